"""The occupancy ledger: who holds which unit from when to when, and why. One table for bookings, blockings, tenancies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models.premises import Unit
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class Occupation(Addressed, SubjectColumns):
    """One unit held during [starts_at, ends_at) for a subject. Live until ``freed_at`` is set; never deleted.

    Two live rows that overlap in time on the same unit, or on a room and a part of it, cannot stand in this table: the
    database refuses them (``space.triggers``: an exclusion constraint on PostgreSQL, triggers on SQLite), whoever writes.
    ``root`` is the unit's room, or the unit itself; the database refuses any other.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="occupations")
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=8, choices=OccupationReason.choices)
    freed_at = models.DateTimeField(null=True, blank=True)
    freed_by = models.CharField(max_length=160, blank=True)
    freed_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occupation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(freed_at__isnull=True) | ~Q(freed_reason=""), name="occupation_freed_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["root", "ends_at"], condition=Q(freed_at__isnull=True), name="occupation_live"),
            models.Index(fields=["root", "starts_at"], condition=Q(freed_at__isnull=True), name="occupation_begins"),
            models.Index(fields=["unit", "starts_at"], name="occupation_of_unit"),
            models.Index(fields=["subject_kind", "subject_uid"], name="occupation_of_subject"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.unit_id} {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M}"


class Blocking(Addressed, Voidable):
    """A unit closed for a while (repair, decoration, a visit), with the reason (constraint). Voided: open again."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="blockings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="blockings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    why = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="blocking_ends_after_start"),
            models.CheckConstraint(condition=~Q(why=""), name="blocking_says_why"),
        ]
        indexes = [models.Index(fields=["outpost", "-starts_at"], name="blocking_list")]

    @override
    def __str__(self) -> str:
        return self.why
