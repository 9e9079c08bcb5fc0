"""The tables of roadshow."""

from feidi.domain.roadshow.models.activity import Activity, ProgrammeItem
from feidi.domain.roadshow.models.activity_attendance import ActivityMeeting, ActivityTalk, CheckIn
from feidi.domain.roadshow.models.activity_registration import Registration
from feidi.domain.roadshow.models.roadshow import Entry, Judge, Roadshow, Round
from feidi.domain.roadshow.models.roadshow_scores import (
    Assignment,
    Interest,
    Recusal,
    Seal,
    Sheet,
    SheetSave,
)

__all__ = [
    "Activity",
    "ActivityMeeting",
    "ActivityTalk",
    "Assignment",
    "CheckIn",
    "Entry",
    "Interest",
    "Judge",
    "ProgrammeItem",
    "Recusal",
    "Registration",
    "Roadshow",
    "Round",
    "Seal",
    "Sheet",
    "SheetSave",
]
