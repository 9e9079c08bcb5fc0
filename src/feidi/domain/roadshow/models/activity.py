"""活动: what is held, when, where, for whom; and its programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.roadshow.enums import ActivityState, Audience, PartnerSide
from feidi.domain.space.models import Booking
from feidi.kernel.subjects.fields import Addressed, Voidable


class Activity(Addressed, Voidable):
    """One activity of an outpost during [starts_at, ends_at).

    ``kind``           code of content (``enclave/activities.yaml``); ``questions``: of the form, as they were when asked
    ``booking``        the room, held in the ledger of space; else ``address`` says where (constraint: never both)
    ``capacity``       places; NULL: not limited
    ``invitation``     the word in the link without which an activity by invitation opens to nobody from outside
    ``last_position``  registrations so far: the next one gets the next number, in order of commit
    ``erased_at``      since when contacts of its registrants are no longer kept
    Cancelled says why, held has its moment (constraints).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="activities")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="activity")
    address = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    questions = models.JSONField(default=list, blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    invitation = models.CharField(max_length=24, blank=True)
    side = models.CharField(max_length=5, choices=PartnerSide.choices, blank=True)
    partners = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=ActivityState.choices, default=ActivityState.DRAFT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities")
    last_position = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=160, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="activity_number_once"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="activity_has_a_title"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(condition=Q(booking__isnull=True) | Q(address=""), name="activity_in_one_place"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="activity_has_a_place_or_more"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="activity_window_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.INVITATION) | ~Q(invitation=""), name="activity_invites_by_a_word"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.CANCELLED) | (~Q(cancelled_reason="") & Q(cancelled_at__isnull=False)),
                name="activity_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.HELD) | Q(held_at__isnull=False), name="activity_held_has_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "-starts_at"], name="activity_list"),
            models.Index(fields=["state", "starts_at"], name="activity_by_state"),
        ]

    @override
    def __str__(self) -> str:
        return self.title_zh


class ProgrammeItem(Addressed, Voidable):
    """One item of the programme, in order of its time. ``speaker`` and ``speaker_of`` are public words."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="programme")
    starts_at = models.DateTimeField()
    topic_zh = models.CharField(max_length=160)
    topic_en = models.CharField(max_length=240, blank=True)
    speaker = models.CharField(max_length=60, blank=True)
    speaker_of = models.CharField(max_length=120, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(topic_zh=""), name="programme_item_has_a_topic")]
        indexes = [models.Index(fields=["activity", "starts_at"], name="programme_of_activity")]

    @override
    def __str__(self) -> str:
        return self.topic_zh
