"""How good the lists are, told by those who answered: precision at ten, acceptance by kind and by channel, why not.

A share is always a numerator over a denominator, and both open their rows. Nobody has answered: n/a, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from feidi.domain.matching.access import VIEW, visible_to
from feidi.domain.matching.enums import Channel, DeclineReason, IntroductionState, ProfileKind, Verdict
from feidi.domain.matching.models import CandidateRow, Introduction
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor, ScopeKind

#: The first so many of a list count for the precision.
FIRST: Final = 10


@dataclass(frozen=True, slots=True)
class Share:
    """``yes`` of ``all``; None as ``percent`` where nobody has answered."""

    yes: int
    all: int

    @property
    def percent(self) -> float | None:
        """Return the share in per cent."""
        return 100 * self.yes / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers are looked at. Empty means "any"; days are of the answer, both included."""

    since: date | None = None
    until: date | None = None
    kind: str = ""
    verdict: str = ""
    reason: str = ""
    first_only: bool = False
    outpost_id: int | None = None


@dataclass(frozen=True, slots=True)
class Precision:
    """The figures of one span of days."""

    at_ten: Share
    accepted: Share
    by_kind: tuple[tuple[ProfileKind, Share], ...]
    reasons: tuple[tuple[DeclineReason, int], ...]
    later: int
    by_channel: tuple[tuple[Channel, Share], ...]


def list_answers(actor: Actor, wanted: AnswerFilter) -> QuerySet[CandidateRow]:
    """Return the candidates that somebody has answered, of lists that stand, the latest answer first."""
    rows = CandidateRow.objects.filter(
        candidate_list__outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST),
        candidate_list__voided_at__isnull=True,
        picked=True,
    ).exclude(verdict=Verdict.NONE)
    exact = {
        "candidate_list__profile__kind": wanted.kind,
        "verdict": wanted.verdict,
        "reason": wanted.reason,
        "candidate_list__outpost_id": wanted.outpost_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.since:
        rows = rows.filter(answered_at__gte=_start(wanted.since))
    if wanted.until:
        rows = rows.filter(answered_at__lt=_start(wanted.until + timedelta(days=1)))
    if wanted.first_only:
        rows = rows.filter(position__lte=FIRST)
    return rows.select_related("candidate_list__profile", "profile").order_by("-answered_at", "-id")


def precision_of(actor: Actor, wanted: AnswerFilter) -> Precision:
    """Return the figures of the answers looked at. Four queries."""
    rows = list_answers(actor, wanted).order_by()
    yes, at_ten = Q(verdict=Verdict.ACCEPTED), Q(position__lte=FIRST)
    sums = rows.aggregate(
        n=Count("pk"),
        yes=Count("pk", filter=yes),
        n_ten=Count("pk", filter=at_ten),
        yes_ten=Count("pk", filter=at_ten & yes),
        later=Count("pk", filter=Q(verdict=Verdict.LATER)),
    )
    kinds = rows.values_list("candidate_list__profile__kind").annotate(n=Count("pk"), yes=Count("pk", filter=yes))
    found = {kind: Share(yes_n, n) for kind, n, yes_n in kinds}
    declined = rows.filter(verdict=Verdict.DECLINED).values_list("reason").annotate(n=Count("pk"))
    reasons = dict(declined)
    return Precision(
        at_ten=Share(sums["yes_ten"], sums["n_ten"]),
        accepted=Share(sums["yes"], sums["n"]),
        by_kind=tuple((kind, found[kind]) for kind in ProfileKind if kind in found),
        reasons=tuple((reason, reasons[reason]) for reason in DeclineReason if reason in reasons),
        later=sums["later"],
        by_channel=_by_channel(actor, wanted),
    )


def list_decided(actor: Actor, wanted: AnswerFilter, channel: str = "") -> QuerySet[Introduction]:
    """Return the introductions on which both sides have decided: both agreed, or it ended before; latest first."""
    rows = visible_to(actor, Introduction.objects.filter(_decided(), voided_at__isnull=True))
    if wanted.since:
        rows = rows.filter(interested_on__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(interested_on__lte=wanted.until)
    exact = {"channel": channel, "need__kind": wanted.kind, "outpost_id": wanted.outpost_id}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.select_related("need", "offer").order_by("-interested_on", "-id")


def both_agreed() -> Q:
    """Return the condition that both sides have agreed to an introduction."""
    return Q(need_agreed_on__isnull=False, offer_agreed_on__isnull=False)


def _decided() -> Q:
    return both_agreed() | Q(state=IntroductionState.ENDED)


def _by_channel(actor: Actor, wanted: AnswerFilter) -> tuple[tuple[Channel, Share], ...]:
    rows = list_decided(actor, wanted).order_by().values_list("channel")
    found = {
        channel: Share(yes, n)
        for channel, n, yes in rows.annotate(n=Count("pk"), yes=Count("pk", filter=both_agreed()))
    }
    return tuple((channel, found[channel]) for channel in Channel if channel in found)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)
