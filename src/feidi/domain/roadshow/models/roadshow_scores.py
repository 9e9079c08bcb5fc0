"""评分: who stands aside, who reads what, scores with their history, the sealed result, interest shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization
from feidi.domain.roadshow.models.roadshow import Entry, Judge, Round
from feidi.domain.roadshow.roadshow_enums import RecusalGround, SheetState
from feidi.kernel.subjects.fields import Addressed, Voidable


class Recusal(Addressed, Voidable):
    """A judge stands aside from an entry, with the reason (constraint); one live row per pair (constraint).

    ``found``: it follows from what is on record; then it stands as long as that does.
    """

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=10, choices=RecusalGround.choices)
    found = models.BooleanField()
    reason = models.CharField(max_length=300)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "entry"], condition=Q(voided_at__isnull=True), name="roadshow_recusal_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="roadshow_recusal_says_why"),
        ]

    @override
    def __str__(self) -> str:
        return self.reason


class Assignment(Addressed, Voidable):
    """A judge reads an entry, once while it stands (constraint). ``why``: how it came about, in words."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    expert = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "entry"], condition=Q(voided_at__isnull=True), name="roadshow_assignment_once"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id}"


class Sheet(Addressed):
    """The scores of one judge for one entry: one row for ever (constraint), drafts and all; its saves are its history.

    ``points``  criterion → hundredths of a point; ``total``: their sum once all are there; locked has it (constraint)
    """

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=9, choices=SheetState.choices, default=SheetState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    points = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    remark = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry"], name="roadshow_sheet_once"),
            models.CheckConstraint(
                condition=~Q(state=SheetState.LOCKED) | Q(total__isnull=False, locked_at__isnull=False),
                name="roadshow_sheet_locked_has_total",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id}"


class SheetSave(models.Model):
    """One saving of a sheet; ``nonce``: made on the tablet, so that what is sent again after a lost line is one saving."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="saves")
    nonce = models.CharField(max_length=40)
    revision = models.PositiveIntegerField()
    points = models.JSONField()
    remark = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "nonce"], name="roadshow_save_once")]

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id} {self.revision}"


class Seal(Addressed, Voidable):
    """A round's result as it was sealed: rule, scores, ranking as canonical JSON, and its hash. One live per round
    (constraint); a voided one says why and is kept with what it held.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seals")
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(voided_at__isnull=True), name="roadshow_seal_one_live"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="roadshow_seal_voided_says_why"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.sha256[:12]


class Interest(Addressed, Voidable):
    """An investor's interest in an entry, once per organization while it stands (constraint). ``name``: who, in words.

    ``ticket_fen`` NULL: no amount was said; with one there is a currency (constraint).
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="interests")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    ticket_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_link = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "organization"],
                condition=Q(voided_at__isnull=True, organization__isnull=False),
                name="roadshow_interest_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="roadshow_interest_of_somebody"),
            models.CheckConstraint(
                condition=Q(ticket_fen__isnull=True) | (Q(ticket_fen__gt=0) & ~Q(currency="")),
                name="roadshow_interest_ticket_has_currency",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
