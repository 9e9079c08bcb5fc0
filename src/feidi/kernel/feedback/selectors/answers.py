"""满意度 (K39): mean and n, NPS = %(9–10) − %(0–6); under five answers nothing is shown.

``HIDE_BELOW`` is no setting: five is what the figure's definition says. Both scores have their own n.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from feidi.kernel.access import Actor
from feidi.kernel.feedback.access import answers_visible_to, counted_for
from feidi.kernel.feedback.models import Answer, Ask
from feidi.kernel.sealing import unseal

HIDE_BELOW: Final = 5
#: Promoters give at least the first, detractors at most the second.
PROMOTES: Final = 9
DETRACTS: Final = 6
_SUMS: Final = {
    "answered": Count("pk"),
    "n": Count("satisfaction"),
    "total": Sum("satisfaction"),
    "n_recommend": Count("recommend"),
    "promoters": Count("pk", filter=Q(recommend__gte=PROMOTES)),
    "detractors": Count("pk", filter=Q(recommend__lte=DETRACTS)),
}


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What some answers say together: ``total`` is the sum of ``n`` scores of 1 to 5."""

    answered: int = 0
    n: int = 0
    total: int = 0
    n_recommend: int = 0
    promoters: int = 0
    detractors: int = 0

    @property
    def hidden(self) -> bool:
        """Tell whether there are answers, too few to be shown."""
        return 0 < self.n < HIDE_BELOW

    @property
    def nps_hidden(self) -> bool:
        """Tell whether there are answers about recommending, too few to be shown."""
        return 0 < self.n_recommend < HIDE_BELOW

    @property
    def mean(self) -> Decimal | None:
        """Return the mean score to two places; None: nobody answered, or too few."""
        return None if self.n < HIDE_BELOW else _rounded(Decimal(self.total) / self.n, "0.01")

    @property
    def nps(self) -> Decimal | None:
        """Return promoters less detractors in per cent of who answered, to one place; None as above."""
        if self.n_recommend < HIDE_BELOW:
            return None
        return _rounded(Decimal(100 * (self.promoters - self.detractors)) / self.n_recommend, "0.1")

    def __add__(self, other: Satisfaction) -> Satisfaction:
        return Satisfaction(
            self.answered + other.answered,
            self.n + other.n,
            self.total + other.total,
            self.n_recommend + other.n_recommend,
            self.promoters + other.promoters,
            self.detractors + other.detractors,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers of one month on one occasion; ``month`` is its first day."""

    month: date
    occasion: str
    counts: bool
    said: Satisfaction


def answers_between(outposts: Collection[int], first: date, last: date) -> QuerySet[Answer]:
    """Return every answer to these outposts from one day to another. Who may count them is the caller's question."""
    return Answer.objects.filter(scope_outpost__in=outposts, answered_on__gte=first, answered_on__lte=last)


def satisfaction_of(rows: QuerySet[Answer]) -> Satisfaction:
    """Return what ``rows`` say together, of those that count. One query."""
    found = rows.filter(counts=True).aggregate(**_SUMS)
    return Satisfaction(**{name: value or 0 for name, value in found.items()})


def satisfaction(outposts: Collection[int], first: date, last: date) -> Satisfaction:
    """Return K39 of these outposts from one day to another. Who may count is the caller's question."""
    return satisfaction_of(answers_between(outposts, first, last))


def cells_for(*, actor: Actor, outposts: Collection[int], first: date, last: date) -> list[Cell]:
    """Return what the actor may count, per month (newest first) and occasion. One query."""
    rows = counted_for(actor, answers_between(outposts, first, last))
    grouped: Iterable[Mapping[str, Any]] = (
        rows.annotate(month=TruncMonth("answered_on"))
        .values("month", "occasion", "counts")
        .annotate(**_SUMS)
        .order_by("-month", "occasion")
    )
    return [
        Cell(
            each["month"],
            each["occasion"],
            each["counts"],
            Satisfaction(**{name: each[name] or 0 for name in _SUMS}),
        )
        for each in grouped
    ]


def together(parts: Iterable[Satisfaction]) -> Satisfaction:
    """Return the sum of several."""
    return sum(parts, Satisfaction())


def held_back(sizes: Sequence[int]) -> frozenset[int]:
    """Return which parts of a whole that is shown are not: those too small, and as many more as keep these from being
    found by subtraction.

    >>> sorted(held_back([5, 1, 20])), sorted(held_back([3, 4, 9])), sorted(held_back([6, 0, 7]))
    ([0, 1], [0, 1], [])
    """
    hidden = {at for at, n in enumerate(sizes) if 0 < n < HIDE_BELOW}
    for at in sorted(range(len(sizes)), key=lambda at: sizes[at]):
        if not 0 < sum(sizes[each] for each in hidden) < HIDE_BELOW:
            break
        if sizes[at] >= HIDE_BELOW:
            hidden.add(at)
    return frozenset(hidden)


def asked_count(*, actor: Actor, outposts: Collection[int], first: date, last: date) -> int:
    """Return how many were asked, of what the actor may count."""
    rows = Ask.objects.filter(scope_outpost__in=outposts, asked_on__gte=first, asked_on__lte=last)
    return counted_for(actor, rows).count()


def list_answers(*, actor: Actor, outposts: Collection[int]) -> QuerySet[Answer]:
    """Return the answers that the actor may read, newest first."""
    rows = answers_visible_to(actor, Answer.objects.filter(scope_outpost__in=outposts))
    return rows.select_related("ask__owner", "follow_up").order_by("-answered_on", "-id")


def reasons_given(*, actor: Actor, outposts: Collection[int], first: date, last: date) -> list[tuple[str, str, int]]:
    """Return (occasion, reason, how many) of the answers that the actor may read one by one, the most frequent first."""
    rows = answers_visible_to(actor, answers_between(outposts, first, last)).exclude(reason="")
    counted = rows.values("occasion", "reason").annotate(n=Count("pk")).order_by("-n", "occasion", "reason")
    return [(each["occasion"], each["reason"], each["n"]) for each in counted]


def get_answer(*, actor: Actor, uid: str) -> Answer:
    """Return the answer that the actor may read; another is not there."""
    return answers_visible_to(actor, Answer.objects.select_related("ask__owner", "follow_up")).get(uid=uid)


def words_of(answer: Answer) -> str:
    """Return what was said in words, opened; empty where nothing was said or it was erased."""
    return unseal(answer.words_enc, context=f"feedback.answer:{answer.uid}") if answer.words_enc else ""


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)
