"""要素流动: capital, technology and talent between host and home, each entry resting on a proven event, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowMadeBy, FlowUnit
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class FlowEntry(Addressed, SubjectColumns):
    """One flow: of which kind, which way, on which day, how much. Appended, never changed and never voided.

    ``subject`` is the proven source (a landing case, an outcome, a talent …), ``evidence`` the uids of the accepted
    items it rests on. An amount (hundredths of ``currency``) or a count of ``unit``, never both (constraint); capital is
    money, talent is counted, technology is money or, where no amount was said, one contract (constraint).
    Taken back only by a counter-entry: ``counter_of``, once (constraint), with a reason and the figure negative
    (constraint). ``live`` turns False on the entry it takes back and is False on itself,
    so that a source has at most one live entry per kind and currency (constraint). That a counter-entry mirrors its entry
    and that nothing but ``live`` ever changes is held by triggers (``flow_triggers``).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="flow_entries")
    kind = models.CharField(max_length=10, choices=FlowKind.choices)
    direction = models.CharField(max_length=12, choices=FlowDirection.choices)
    occurred_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    count = models.IntegerField(null=True, blank=True)
    unit = models.CharField(max_length=8, choices=FlowUnit.choices, blank=True)
    evidence = models.JSONField(default=list)
    counter_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="countered_by"
    )
    live = models.BooleanField(default=True)
    reason = models.CharField(max_length=300, blank=True)
    made_how = models.CharField(max_length=8, choices=FlowMadeBy.choices)
    made_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(amount_fen__isnull=False, count__isnull=True, unit="") & ~Q(currency=""))
                | (Q(amount_fen__isnull=True, count__isnull=False, currency="") & ~Q(unit="")),
                name="flow_amount_or_count",
            ),
            models.CheckConstraint(
                condition=Q(kind=FlowKind.CAPITAL, amount_fen__isnull=False)
                | Q(kind=FlowKind.TECHNOLOGY, amount_fen__isnull=False)
                | Q(kind=FlowKind.TECHNOLOGY, unit=FlowUnit.CONTRACT)
                | Q(kind=FlowKind.TALENT, unit__in=[FlowUnit.PERSON, FlowUnit.MONTH]),
                name="flow_measured_by_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(counter_of__isnull=False)
                | Q(amount_fen__isnull=False, amount_fen__gt=0)
                | Q(count__isnull=False, count__gt=0),
                name="flow_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(counter_of__isnull=True)
                | (
                    (Q(amount_fen__isnull=False, amount_fen__lt=0) | Q(count__isnull=False, count__lt=0))
                    & Q(live=False)
                    & ~Q(reason="")
                ),
                name="flow_counter_mirrors_with_reason",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid", "kind", "currency"],
                condition=Q(live=True),
                name="flow_once_per_source",
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "-occurred_on", "-id"], name="flow_list"),
            models.Index(fields=["outpost", "kind", "occurred_on"], name="flow_of_kind"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"


class FlowSetAside(Addressed, Voidable, SubjectColumns):
    """A proven source somebody judged to be no flow between the two sides, with the reason; once while it stands."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="flows_set_aside")
    reason = models.CharField(max_length=300)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="flow_set_aside_says_why"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid"],
                condition=Q(voided_at__isnull=True),
                name="flow_set_aside_once",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reason
