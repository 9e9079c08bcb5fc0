"""对接: from interest through both advisers' yes to names shown, meeting, trial and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.matching.enums import (
    Channel,
    IntroductionState,
    NextDecision,
    OutcomeKind,
    Side,
    TechnologyContractKind,
)
from feidi.domain.matching.models.candidates import CandidateRow
from feidi.domain.matching.models.profile import Profile
from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed, Voidable


class Introduction(Addressed, Voidable):
    """One need and one offer brought together (once while open: constraint). Names are shown only when both advisers
    have agreed (constraint); who ended it says why (constraint). ``state`` is written by the services of its table only.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="introductions")
    number = models.CharField(max_length=40)
    need = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="introductions_as_need")
    offer = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="introductions_as_offer")
    candidate = models.ForeignKey(
        CandidateRow, on_delete=models.PROTECT, null=True, blank=True, related_name="introductions"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    asked_by_side = models.CharField(max_length=5, choices=Side.choices, default=Side.NEED)
    state = models.CharField(max_length=10, choices=IntroductionState.choices, default=IntroductionState.INTERESTED)
    need_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offer_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    interested_on = models.DateField()
    need_agreed_on = models.DateField(null=True, blank=True)
    need_agreed_by = models.CharField(max_length=160, blank=True)
    offer_agreed_on = models.DateField(null=True, blank=True)
    offer_agreed_by = models.CharField(max_length=160, blank=True)
    revealed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="introduction_number_once"),
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=Q(voided_at__isnull=True) & ~Q(state=IntroductionState.ENDED),
                name="introduction_once_while_open",
            ),
            models.CheckConstraint(condition=~Q(need=F("offer")), name="introduction_of_two"),
            models.CheckConstraint(
                condition=Q(revealed_on__isnull=True)
                | (Q(need_agreed_on__isnull=False) & Q(offer_agreed_on__isnull=False)),
                name="introduction_names_after_both_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntroductionState.ENDED) | ~Q(ended_reason=""), name="introduction_ended_says_why"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "state", "-id"], name="introduction_list")]

    @override
    def __str__(self) -> str:
        return self.number


class IntroductionLog(models.Model):
    """One step of an introduction. Appended, never changed."""

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="log")
    from_state = models.CharField(max_length=10, choices=IntroductionState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=IntroductionState.choices)
    occurred_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["introduction", "id"], name="introduction_log_of")]

    @override
    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.from_state} → {self.to_state}"


class MatchmakingDay(Addressed, Voidable):
    """对接日: so many tables and slots of so many minutes; its agenda comes of both sides' wishes by deferred acceptance."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="matchmaking_days")
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    begins_at = models.TimeField()
    slot_minutes = models.PositiveSmallIntegerField()
    slots = models.PositiveSmallIntegerField()
    tables = models.PositiveSmallIntegerField()
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slot_minutes__gte=5) & Q(slots__gte=1) & Q(tables__gte=1), name="matchmaking_day_has_room"
            )
        ]
        indexes = [models.Index(fields=["outpost", "-held_on"], name="matchmaking_day_list")]

    @override
    def __str__(self) -> str:
        return self.title


class IntroductionMeeting(Addressed, Voidable):
    """One 对接会面, alone or as a slot of a matchmaking day (a table holds one meeting per slot: constraint).

    ``by_hand``: a person gave it its seat; arranging the day anew leaves it there.
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="meetings")
    day = models.ForeignKey(MatchmakingDay, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    table = models.PositiveSmallIntegerField(null=True, blank=True)
    by_hand = models.BooleanField(default=False)
    planned_for = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True, blank=True)
    present = models.JSONField(default=list, blank=True)
    result = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "slot", "table"],
                condition=Q(day__isnull=False, voided_at__isnull=True),
                name="meeting_table_once_per_slot",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | (Q(slot__isnull=False) & Q(table__isnull=False)),
                name="meeting_of_a_day_has_its_slot",
            ),
            models.CheckConstraint(condition=Q(held_on__isnull=True) | ~Q(result=""), name="meeting_held_says_result"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.introduction_id} {self.planned_for:%Y-%m-%d}"


class Trial(Addressed, Voidable):
    """试验合作: which sample or line, by which protocol, when, where, who pays, what was measured, what is done next.
    A next decision needs a measured result (constraint).
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="trials")
    subject = models.CharField(max_length=200)
    sample = models.CharField(max_length=200)
    protocol = models.TextField()
    planned_on = models.DateField()
    place = models.CharField(max_length=160)
    payer = models.CharField(max_length=160)
    cost_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    done_on = models.DateField(null=True, blank=True)
    measured = models.TextField(blank=True)
    next_decision = models.CharField(max_length=6, choices=NextDecision.choices, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_decision="") | (~Q(measured="") & Q(done_on__isnull=False)),
                name="trial_decides_on_a_result",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.subject


class IntroductionOutcome(Addressed, Voidable):
    """What came of an introduction. ``uid`` is the subject of its evidence: without accepted evidence it counts nowhere.

    Of a technology contract: contract sum and 技术交易额 (never more than the sum: constraint), 登记号, which side
    registered it, and who owns what. ``amount_fen`` in hundredths of ``currency``; NULL: not said.
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=OutcomeKind.choices)
    on = models.DateField()
    amount_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    contract_kind = models.CharField(max_length=12, choices=TechnologyContractKind.choices, blank=True)
    technology_amount_fen = models.BigIntegerField(null=True, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    registering_side = models.CharField(max_length=5, choices=Side.choices, blank=True)
    ownership = models.CharField(max_length=300, blank=True)
    solved_when = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(technology_amount_fen__isnull=True)
                | (Q(amount_fen__isnull=False) & Q(technology_amount_fen__lte=F("amount_fen"))),
                name="outcome_technology_within_contract",
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.TECHNOLOGY_CONTRACT)
                | (Q(technology_amount_fen__isnull=True) & Q(registration_number="") & Q(contract_kind="")),
                name="outcome_registration_of_technology_only",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | ~Q(currency=""), name="outcome_amount_has_currency"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.introduction_id} {self.kind}"
