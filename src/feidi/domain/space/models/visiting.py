"""Visitors, and the links under which calendars are read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.space.enums import FeedKind
from feidi.domain.space.models.booking import Booking
from feidi.domain.space.models.premises import Unit
from feidi.kernel.subjects.fields import Addressed, Voidable


class Visitor(Addressed, Voidable):
    """Somebody expected, with a host who answers for them. ``name_enc`` is sealed for this row; on screen the hint."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="visitors")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="visitors")
    name_enc = models.BinaryField()
    name_hint = models.CharField(max_length=60)
    from_where = models.CharField(max_length=160, blank=True)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expected_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(arrived_at__isnull=False), name="visitor_left_after_arriving"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-expected_at"], name="visitor_list")]

    @override
    def __str__(self) -> str:
        return self.name_hint


class CalendarFeed(Addressed):
    """A link under which a calendar program reads a room's or a person's bookings. Only the token's digest is kept.

    A room's feed has its unit, a personal one its user (constraint). Revoked: it opens nothing any more.
    """

    kind = models.CharField(max_length=8, choices=FeedKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FeedKind.ROOM, unit__isnull=False, user__isnull=True)
                | Q(kind=FeedKind.PERSONAL, unit__isnull=True, user__isnull=False),
                name="feed_of_a_room_or_a_person",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.uid
