"""The tables of roadshow."""

from feidi.domain.roadshow.models.activity import Activity, ActivityNumber, ProgrammeItem
from feidi.domain.roadshow.models.activity_attendance import ActivityMeeting, ActivityTalk, CheckIn
from feidi.domain.roadshow.models.activity_registration import Registration

__all__ = [
    "Activity",
    "ActivityMeeting",
    "ActivityNumber",
    "ActivityTalk",
    "CheckIn",
    "ProgrammeItem",
    "Registration",
]
