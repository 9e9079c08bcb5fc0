"""到场: who came, once; and who met whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.pipeline.models import Interaction
from feidi.domain.roadshow.enums import CheckInWay
from feidi.domain.roadshow.models.activity import Activity
from feidi.domain.roadshow.models.activity_registration import Registration
from feidi.kernel.subjects.fields import Addressed, Voidable


class CheckIn(Addressed, Voidable):
    """One entry through the door: one live row per ticket, one row per nonce of an activity (constraints).

    ``nonce``      made by the door for this scan: sent again, it finds this row
    ``at``         when it was written here; ``scanned_at``: when the door says that it was, off line perhaps
    ``door``       which door, in the words of who stands there
    ``counted_at`` since when it is told to projects and to whoever asks how it was; NULL: the activity is not closed yet
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="check_ins")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="check_ins")
    nonce = models.CharField(max_length=64)
    way = models.CharField(max_length=7, choices=CheckInWay.choices)
    door = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    scanned_at = models.DateTimeField()
    by = models.CharField(max_length=160)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(voided_at__isnull=True), name="check_in_once_per_ticket"
            ),
            models.UniqueConstraint(fields=["activity", "nonce"], name="check_in_nonce_once"),
            models.CheckConstraint(condition=~Q(nonce=""), name="check_in_has_a_nonce"),
            models.CheckConstraint(condition=Q(scanned_at__lte=F("at")), name="check_in_scanned_before_written"),
        ]
        indexes = [models.Index(fields=["activity", "-at"], name="check_in_list")]

    @override
    def __str__(self) -> str:
        return f"{self.registration_id} {self.at:%Y-%m-%d}"


class ActivityMeeting(Addressed, Voidable):
    """结识: two registrants met; noted once per pair (``left`` is the earlier one: constraint), by staff or by one of them."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="meetings")
    left = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="meetings_left")
    right = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="meetings_right")
    note = models.CharField(max_length=300, blank=True)
    by_themselves = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="meeting_of_two_in_order"),
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(voided_at__isnull=True), name="meeting_once_per_pair"
            ),
        ]
        indexes = [models.Index(fields=["activity", "-id"], name="meeting_of_activity")]

    @override
    def __str__(self) -> str:
        return f"{self.left_id}-{self.right_id}"


class ActivityTalk(models.Model):
    """What an entry, or a meeting, became in the talks of a project (constraint: of exactly one of the two)."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, null=True, blank=True, related_name="talks")
    meeting = models.ForeignKey(ActivityMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="talks")
    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="from_activities")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_in__isnull=True, meeting__isnull=False)
                | Q(check_in__isnull=False, meeting__isnull=True),
                name="activity_talk_of_one_thing",
            ),
            models.UniqueConstraint(fields=["check_in", "interaction"], name="activity_talk_once_per_entry"),
            models.UniqueConstraint(fields=["meeting", "interaction"], name="activity_talk_once_per_meeting"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.interaction_id)
