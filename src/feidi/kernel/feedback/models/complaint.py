"""投诉台账: what was complained of, by when it is answered, and what came of it. Taken back with a reason, never deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.kernel.feedback.enums import Channel, Ruling
from feidi.kernel.feedback.models.answer import Scoped
from feidi.kernel.subjects import UID_LENGTH
from feidi.kernel.subjects.fields import Addressed, Voidable


class ComplaintNumber(models.Model):
    """The last number of a year's series of an outpost.

    A counter of its own: ``domain/parties`` numbers everything else, but the kernel points at no domain app, and knows of
    an outpost only the number of its scope, not the letters that numbers elsewhere begin with.
    """

    scope_outpost = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope_outpost", "year"], name="complaint_series_once")]

    @override
    def __str__(self) -> str:
        return f"{self.year}-{self.last}"


class Complaint(Addressed, Scoped, Voidable):
    """One complaint. ``who_enc`` (name and how to reach) and ``words_enc`` are sealed; ``title`` names no person.

    ``subject_kind``, ``subject_uid``  the row it is about, where there is one
    ``due_on``                         NULL: the place has set no day
    An answer has its day, not before it came in, and a ruling; only what was answered is closed (constraints).
    """

    number = models.CharField(max_length=20)
    received_on = models.DateField()
    received_by = models.CharField(max_length=160)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    topic = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    words_enc = models.BinaryField(default=b"")
    who_enc = models.BinaryField(default=b"")
    who_hint = models.CharField(max_length=40, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_uid = models.CharField(max_length=UID_LENGTH, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, blank=True)
    reply = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    lesson = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope_outpost", "number"], name="complaint_number_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, reply="", ruling="")
                | (Q(answered_on__gte=F("received_on")) & ~Q(reply="") & ~Q(ruling="")),
                name="complaint_answered_says_what",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("answered_on"), answered_on__isnull=False),
                name="complaint_closed_after_answer",
            ),
        ]
        indexes = [models.Index(fields=["scope_outpost", "-received_on"], name="complaint_register")]

    @override
    def __str__(self) -> str:
        return self.number
