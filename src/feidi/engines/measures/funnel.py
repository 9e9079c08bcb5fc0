"""The funnel: of the projects that came in during a period, how many reached each stage; and the officials' five words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from feidi.engines.measures.figures import Count, Ratio, ratio_of
from feidi.engines.measures.many import Mask, open_at_end
from feidi.engines.measures.one import Asked
from feidi.engines.measures.rows import LANDED, TALKS, Columns, Period, ProjectRow, columns_of

#: Stages of the funnel in order. ``key`` is optional: who passed it over has not reached it.
STEPS = (*TALKS, *LANDED)
_OPTIONAL = frozenset({"key"})
#: 在谈·签约·注册·开工·投产: the word and the day by which a project comes under it.
FIVE_WORDS = (
    ("talking", "lead_on"),
    ("signed", "contract_on"),
    ("registered", "registered_on"),
    ("started", "started_on"),
    ("producing", "producing_on"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: who reached it, how many of the stage before (``of_last``; optional stages are skipped) and of all."""

    stage: str
    count: Count
    keys: tuple[int, ...]
    of_last: Ratio | None
    of_first: Ratio


def funnel_of(
    rows: Columns | Sequence[ProjectRow], period: Period, as_of: date, *, openings: bool = False
) -> tuple[Step, ...]:
    """Return the funnel of the leads of ``period`` by ``as_of``.

    A later stage implies the earlier ones (no stage but an optional one can be passed over). ``openings``: ledger
    claims are shown as well; those without a date make every count "at least" unless the period has no beginning.
    """
    columns = rows if isinstance(rows, Columns) else columns_of(rows)
    asked = Asked(period, as_of)
    cohort, claims, doubt = _cohort(columns, asked, openings=openings)
    reached = _reached(columns, asked, claims)
    found = []
    for stage in STEPS:
        keys = tuple(columns["key"][np.flatnonzero(reached[stage] & cohort)].tolist())
        found.append((stage, Count(len(keys), at_least=doubt), keys))
    return tuple(_step(found, at) for at in range(len(found)))


def _step(found: list[tuple[str, Count, tuple[int, ...]]], at: int) -> Step:
    stage, count, keys = found[at]
    last = next((n for name, n, _keys in reversed(found[:at]) if name not in _OPTIONAL), None)
    return Step(stage, count, keys, None if last is None else ratio_of(count, last), ratio_of(count, found[0][1]))


def _cohort(c: Columns, asked: Asked, *, openings: bool) -> tuple[Mask, Mask, bool]:
    """Return who belongs to it, whose place is a ledger's claim, and whether there may be more."""
    start, end = asked.period.start.toordinal(), asked.end.toordinal()
    came = (c["lead_on"] >= max(start, 1)) & (c["lead_on"] < end)
    claims = (c["opening_place"] >= 0) & (c["lead_on"] == 0)
    if not openings:
        return came, np.zeros(c.n, dtype=bool), False
    dated = claims & (c["opened_on"] > 0) & (c["opened_on"] >= start) & (c["opened_on"] < end)
    undated = claims & (c["opened_on"] == 0)
    if asked.period.start == date.min:
        return came | dated | undated, claims, False
    return came | dated, claims, bool(undated.any())


def _reached(c: Columns, asked: Asked, claims: Mask) -> dict[str, Mask]:
    as_of = asked.as_of.toordinal()

    def by(name: str) -> Mask:
        return (c[name] > 0) & (c[name] <= as_of)

    reached: dict[str, Mask] = {}
    later = np.zeros(c.n, dtype=bool)
    contract = by("contract_on")
    for stage in reversed(LANDED):
        later = later | (by(f"{stage}_on") & contract)
        reached[stage] = later
    reached["signed"] = contract
    later = contract | by("signed_on")
    for stage in reversed(TALKS[:-1]):
        own = by(f"{stage}_on") | (claims & (c["opening_place"] >= TALKS.index(stage)))
        if stage in _OPTIONAL:
            reached[stage] = by(f"{stage}_on") | (claims & (c["opening_place"] == TALKS.index(stage)))
            later = later | own
        else:
            later = later | own
            reached[stage] = later
    return reached


def chain_of(counts: Sequence[Count]) -> tuple[Ratio, ...]:
    """Return each count over the one before, then the last over the first, for counts stated by somebody.

    >>> [str(each.value) + each.bound for each in chain_of([Count(100, at_least=True), Count(20), Count(6)])]
    ['1/5<=', '3/10', '3/50<=']
    """
    pairs = [ratio_of(after, before) for before, after in pairwise(counts)]
    return (*pairs, ratio_of(counts[-1], counts[0]))


@dataclass(frozen=True, slots=True)
class Word:
    """One of the five words: how many came under it in the period, and how many stand under it now (在谈 only)."""

    word: str
    keys: tuple[int, ...]
    standing: tuple[int, ...]


def five_words(rows: Columns | Sequence[ProjectRow], period: Period, as_of: date) -> tuple[Word, ...]:
    """Return 在谈·签约·注册·开工·投产: first days in the period; ``standing``: all that have come there by the end."""
    columns = rows if isinstance(rows, Columns) else columns_of(rows)
    asked = Asked(period, as_of)
    start, end, keys = max(asked.period.start.toordinal(), 1), asked.end.toordinal(), columns["key"]
    words = []
    for word, name in FIVE_WORDS:
        days = columns[name]
        came = (days >= start) & (days < end)
        there = open_at_end(columns, asked) if word == "talking" else (days > 0) & (days < end)
        words.append(Word(word, *(tuple(keys[np.flatnonzero(each)].tolist()) for each in (came, there))))
    return tuple(words)


def by_month(rows: Columns, name: str, months: Sequence[Period]) -> list[int]:
    """Return how many first days ``name`` lie in each of consecutive periods."""
    edges = [each.start.toordinal() for each in months] + [months[-1].end.toordinal()]
    counted, _edges = np.histogram(rows[name], bins=[edge - 0.5 for edge in edges])
    return [int(each) for each in counted]


def percent(value: Fraction, places: int = 1) -> str:
    """Return a share in per cent, rounded half up, without idle zeros.

    >>> percent(Fraction(1, 5)), percent(Fraction(11, 30))
    ('20', '36.7')
    """
    scaled = value * 100 * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{whole // 10**places}.{whole % 10**places:0{places}d}"
    return text.rstrip("0").rstrip(".")
