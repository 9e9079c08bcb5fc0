"""Figures: what a measure comes to, with the rows behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import numpy as np

from feidi.engines.measures.definitions import DEFINITIONS, Definition
from feidi.engines.measures.many import masks_of
from feidi.engines.measures.one import Asked, place_of
from feidi.engines.measures.rows import Columns, MoneyRow, Period, ProjectRow

Bound = Literal["", "<=", ">="]
#: known: as it says; none: n/a (no denominator, no row); early: the cohort's window has not passed (未满观察期);
#: unclear: two lower bounds cannot be compared.
State = Literal["known", "none", "early", "unclear"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows; ``at_least``: there may be more (100 多个)."""

    n: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """``hit`` over ``base``, exact; ``value`` None unless ``state`` is known. ``bound``: how the true ratio lies to it."""

    state: State
    value: Fraction | None
    hit: int
    base: int
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Pot:
    """Hundredths of one currency (empty: not known); ``unknown`` rows had no exact amount, so that it is "at least"."""

    currency: str
    fen: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value``: a number of projects, an exact ratio, or a median of days; None unless ``state`` is known.

    ``rows``: keys behind it (the cohort of a ratio), ``hits``: those counted above the line. ``opening``, ``forced``:
    keys counted apart. ``sums`` (money) and ``agreed`` (what ``sums`` is compared with) hold one pot per currency,
    never added across; ``summed``: keys whose money is in ``sums`` of a money figure (an increment belongs to a project
    that was signed before). ``spread``: 25 % and 75 % of the days.
    """

    code: str
    state: State
    value: Fraction | None
    numerator: int
    denominator: int | None
    bound: Bound = ""
    rows: tuple[int, ...] = ()
    hits: tuple[int, ...] = ()
    opening: tuple[int, ...] = ()
    forced: tuple[int, ...] = ()
    sums: tuple[Pot, ...] = ()
    summed: tuple[int, ...] = ()
    agreed: tuple[Pot, ...] = ()
    shares: tuple[tuple[str, Ratio], ...] = ()
    spread: tuple[Fraction, Fraction] | None = None
    period: Period | None = field(default=None, compare=False)
    as_of: date | None = field(default=None, compare=False)

    @property
    def definition(self) -> Definition:
        """What the figure means."""
        return DEFINITIONS[self.code]


@dataclass(frozen=True, slots=True)
class _Places:
    """Keys by place; ``days`` of the hits, for medians."""

    base: tuple[int, ...]
    hit: tuple[int, ...]
    opening: tuple[int, ...]
    forced: tuple[int, ...]
    days: tuple[int, ...] = ()


def ratio_of(hit: Count, base: Count) -> Ratio:
    """Return ``hit`` over ``base``; a lower bound below the line makes the ratio "at most", above it "at least".

    >>> ratio_of(Count(20), Count(100, at_least=True))
    Ratio(state='known', value=Fraction(1, 5), hit=20, base=100, bound='<=')
    >>> ratio_of(Count(0), Count(0)).state
    'none'
    """
    if not base.n:
        return Ratio("none", None, hit.n, base.n)
    if hit.at_least and base.at_least:
        return Ratio("unclear", None, hit.n, base.n)
    bound: Bound = ">=" if hit.at_least else "<=" if base.at_least else ""
    return Ratio("known", Fraction(hit.n, base.n), hit.n, base.n, bound)


def quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    """Return the value below which ``share`` of sorted values lie, straight between neighbours. Needs a value.

    >>> quantile([10, 20, 40], Fraction(1, 2)), quantile([10, 20], Fraction(1, 4))
    (Fraction(20, 1), Fraction(25, 2))
    """
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def measure(
    code: str,
    rows: Columns | Sequence[ProjectRow],
    period: Period,
    as_of: date,
    money: Sequence[MoneyRow] = (),
) -> Figure:
    """Return one figure over rows or columns (the same answer). Nothing after ``as_of`` counts.

    Raises KeyError for a code that the definition table does not have.
    """
    definition, asked = DEFINITIONS[code], Asked(period, as_of)
    places = _by_columns(code, rows, asked) if isinstance(rows, Columns) else _by_rows(code, rows, asked)
    return _FIGURES[definition.kind](definition, places, asked, money)


def _by_rows(code: str, rows: Sequence[ProjectRow], asked: Asked) -> _Places:
    found: dict[str, list[int]] = defaultdict(list)
    days = []
    for row in rows:
        place = place_of(code, row, asked)
        found[place].append(row.key)
        if place == "hit":
            found["base"].append(row.key)
            if DEFINITIONS[code].kind == "days" and row.verified_on and row.negotiating_on:
                days.append((row.verified_on - row.negotiating_on).days)
    base, hit, opening, forced = (tuple(found[each]) for each in ("base", "hit", "opening", "forced"))
    return _Places(base, hit, opening, forced, tuple(days))


def _by_columns(code: str, columns: Columns, asked: Asked) -> _Places:
    masks, keys = masks_of(code, columns, asked), columns["key"]
    days: tuple[int, ...] = ()
    if DEFINITIONS[code].kind == "days":
        days = tuple((columns["verified_on"] - columns["negotiating_on"])[masks.hit].tolist())
    masked = (masks.base, masks.hit, masks.opening, masks.forced)
    base, hit, opening, forced = (tuple(keys[np.flatnonzero(each)].tolist()) for each in masked)
    return _Places(base, hit, opening, forced, days)


def _figure(definition: Definition, places: _Places, asked: Asked, state: State, value: Fraction | None) -> Figure:
    ratio = definition.kind == "ratio"
    return Figure(
        code=definition.code,
        state=state,
        value=value,
        numerator=len(places.hit),
        denominator=len(places.base) if ratio else None,
        rows=places.base if ratio else places.hit,
        hits=places.hit,
        opening=places.opening,
        forced=places.forced,
        period=asked.period,
        as_of=asked.as_of,
    )


def _of_count(definition: Definition, places: _Places, asked: Asked, _money: Sequence[MoneyRow]) -> Figure:
    return _figure(definition, places, asked, "known", Fraction(len(places.hit)))


def _of_ratio(definition: Definition, places: _Places, asked: Asked, _money: Sequence[MoneyRow]) -> Figure:
    ratio = ratio_of(Count(len(places.hit)), Count(len(places.base)))
    state, value = ratio.state, ratio.value
    if state == "known" and not observed(definition, asked):
        state, value = "early", None
    return _figure(definition, places, asked, state, value)


def observed(definition: Definition, asked: Asked) -> bool:
    """Tell whether the follow-up window of the cohort's last day has passed by the as-of date."""
    if definition.window_days is None:
        return True
    return asked.as_of >= asked.period.end + timedelta(days=definition.window_days - 1)


def _of_days(definition: Definition, places: _Places, asked: Asked, _money: Sequence[MoneyRow]) -> Figure:
    ordered = sorted(places.days)
    if not ordered:
        return _figure(definition, places, asked, "none", None)
    middle, low, high = (quantile(ordered, Fraction(share, 4)) for share in (2, 1, 3))
    made = _figure(definition, places, asked, "known", middle)
    return replace(made, spread=(low, high))


def _of_money(definition: Definition, places: _Places, asked: Asked, money: Sequence[MoneyRow]) -> Figure:
    counted = signed_within(money, asked.period, asked.as_of)
    made = _figure(definition, places, asked, "known", Fraction(len(places.hit)))
    return replace(made, sums=pots_of(counted), summed=tuple(sorted({each.key for each in counted})))


def signed_within(money: Sequence[MoneyRow], period: Period, as_of: date) -> list[MoneyRow]:
    """Return the money of contracts and increments signed within the period, up to ``as_of``."""
    asked = Asked(period, as_of)
    return [each for each in money if each.kind == "signed" and asked.holds(each.on)]


def _of_share(definition: Definition, places: _Places, asked: Asked, money: Sequence[MoneyRow]) -> Figure:
    """Paid over agreed money of the projects under contract, per currency; the share itself is that of CNY."""
    under = set(places.hit)
    past = [each for each in money if each.key in under and each.on < asked.end]
    agreed = pots_of([each for each in past if each.kind == "signed"])
    paid = {pot.currency: pot for pot in pots_of([each for each in past if each.kind == "paid"])}
    shares = tuple((pot.currency, _share(paid.get(pot.currency), pot)) for pot in agreed if pot.currency)
    main = dict(shares).get("CNY", Ratio("none", None, 0, 0))
    made = _figure(definition, places, asked, main.state, main.value)
    return replace(made, bound=main.bound, sums=tuple(paid.values()), agreed=agreed, shares=shares)


def _share(paid: Pot | None, agreed: Pot) -> Ratio:
    got = paid or Pot(agreed.currency, 0)
    return ratio_of(Count(got.fen, got.unknown > 0), Count(agreed.fen, agreed.unknown > 0))


def pots_of(money: Sequence[MoneyRow]) -> tuple[Pot, ...]:
    """Return the sum per currency, CNY first, the unknown currency last; nothing is added across currencies."""
    fen: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    for each in money:
        fen[each.currency] += each.fen or 0
        unknown[each.currency] += each.fen is None
    order = sorted(fen, key=lambda code: (code != "CNY", not code, code))
    return tuple(Pot(code, fen[code], unknown[code]) for code in order)


_FIGURES = {"count": _of_count, "ratio": _of_ratio, "money": _of_money, "share": _of_share, "days": _of_days}
