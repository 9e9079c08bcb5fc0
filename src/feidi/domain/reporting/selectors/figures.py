"""Figures of outposts over a period, and the rows behind them.

Numbers count every live project of the outposts over which the actor may count; rows are those the actor may open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache, partial

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.selectors.figures_columns import Mark, gather
from feidi.domain.reporting.selectors.figures_plaques import under_plaque
from feidi.domain.reporting.selectors.readings.kept import PROJECT_KINDS, Keeper
from feidi.engines.measures import (
    DEFINITIONS,
    Columns,
    Figure,
    MoneyRow,
    Period,
    Pot,
    Step,
    Word,
    by_month,
    five_words,
    funnel_of,
    measure,
    pots_of,
    signed_within,
)
from feidi.kernel.access import Actor, Scope, ScopeKind

VIEW, COUNT = "report.view", "project.count"
#: Months of the trend.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: whose figures, over which days, as known when. ``as_of`` is included.

    ``known_at``: only what had been written down by that moment (None: all that is written now). ``plaque``: only the
    projects that count today under the plaque of this code, or, with ``NO_PLAQUE``, under none.
    """

    outposts: tuple[int, ...]
    period: Period
    as_of: date
    known_at: datetime | None = None
    plaque: str = ""

    @property
    def end(self) -> date:
        """The first day that is not looked at."""
        return min(self.period.end, self.as_of + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Behind:
    """Which rows: of a figure (``part`` rows, hits, sums, opening, forced), a funnel step, or one of the five words."""

    kind: str
    code: str
    part: str = "rows"
    openings: bool = False


def outposts_counted(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts whose figures the actor may see: own ones, and those of the actor's home."""
    own = Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST) & actor.scopes(COUNT, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW, ScopeKind.HOME) & actor.scopes(COUNT, ScopeKind.HOME)
    return (own | Outpost.objects.filter(home_id__in=homes)).select_related("home").order_by("code")


def view_of(
    actor: Actor, outposts: Iterable[Outpost], period: Period, as_of: date, known_at: datetime | None = None
) -> View:
    """Return the view; refuses an outpost over which the actor may not count."""
    chosen = tuple(outposts)
    for each in chosen:
        for permission in (VIEW, COUNT):
            require(actor, permission, Scope(ScopeKind.OUTPOST, each.pk), Scope(ScopeKind.HOME, each.home_id))
    return View(tuple(sorted(each.pk for each in chosen)), period, as_of, known_at)


def figures_for(
    actor: Actor,
    outposts: Iterable[Outpost],
    period: Period,
    as_of: date,
    *,
    codes: Sequence[str] = tuple(DEFINITIONS),
    known_at: datetime | None = None,
) -> tuple[Figure, ...]:
    """Return the figures of ``codes`` in that order. Refuses an outpost over which the actor may not count."""
    return figures_of(view_of(actor, outposts, period, as_of, known_at), codes)


def figures_of(view: View, codes: Sequence[str] = tuple(DEFINITIONS)) -> tuple[Figure, ...]:
    """Return the figures of a view that ``view_of`` has allowed."""
    keeper = Keeper(content=False)

    @cache
    def found() -> tuple[Columns, tuple[MoneyRow, ...]]:
        return gathered(view, keeper.mark)

    def read(code: str) -> Figure:
        columns, money = found()
        return measure(code, columns, view.period, view.as_of, money)

    return tuple(keeper.keep(("figure", code, view), PROJECT_KINDS, partial(read, code), _keys_in) for code in codes)


def _keys_in(figure: Figure) -> int:
    return sum(map(len, (figure.rows, figure.hits, figure.summed, figure.opening, figure.forced)))


def funnel_for(view: View, *, openings: bool = False) -> tuple[Step, ...]:
    """Return the funnel of the period's leads; with ``openings`` the ledger's claims as well."""
    keeper = Keeper(content=False)

    def read() -> tuple[Step, ...]:
        return funnel_of(gathered(view, keeper.mark)[0], view.period, view.as_of, openings=openings)

    key = ("funnel", openings, view)
    return keeper.keep(key, PROJECT_KINDS, read, lambda steps: sum(len(each.keys) for each in steps))


def words_for(view: View) -> tuple[Word, ...]:
    """Return 在谈·签约·注册·开工·投产."""
    keeper = Keeper(content=False)

    def read() -> tuple[Word, ...]:
        return five_words(gathered(view, keeper.mark)[0], view.period, view.as_of)

    def weigh(words: tuple[Word, ...]) -> int:
        return sum(len(each.keys) + len(each.standing) for each in words)

    return keeper.keep(("words", view), PROJECT_KINDS, read, weigh)


def trend_for(view: View, names: Sequence[str]) -> tuple[tuple[Period, ...], list[list[int]]]:
    """Return the twelve months up to the as-of date, and how many first days of each column lie in each."""
    months, keeper = months_to(view.as_of), Keeper(content=False)

    def read() -> list[list[int]]:
        columns = gathered(view, keeper.mark)[0]
        return [by_month(columns, name, months) for name in names]

    return months, keeper.keep(("trend", tuple(names), view), PROJECT_KINDS, read)


def months_to(as_of: date) -> tuple[Period, ...]:
    """Return the twelve months that end with ``as_of``; the last is not whole."""
    firsts = [as_of.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    firsts.reverse()
    ends = [*firsts[1:], as_of + timedelta(days=1)]
    return tuple(Period(start, end) for start, end in zip(firsts, ends, strict=True))


def rows_behind(actor: Actor, view: View, behind: Behind) -> QuerySet[Project]:
    """Return the projects behind a number, of those that the actor may open; raises KeyError for what does not exist."""
    return rows_of_keys(actor, keys_behind(view, behind))


def rows_of_keys(actor: Actor, keys: Sequence[int]) -> QuerySet[Project]:
    """Return the live projects with these keys that the actor may open."""
    seen = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)).select_related(
        "outpost__home", "owner"
    )
    return seen.filter(pk__in=keys_query(keys))


def keys_behind(view: View, behind: Behind) -> tuple[int, ...]:
    """Return the keys of all projects behind a number, seen or not: only to be counted."""
    if behind.kind == "figure":
        figure = figures_of(view, (behind.code,))[0]
        parts = {
            "rows": figure.rows, "hits": figure.hits, "sums": figure.summed,
            "opening": figure.opening, "forced": figure.forced,
        }  # fmt: skip
        return parts[behind.part]
    if behind.kind == "step":
        return {each.stage: each.keys for each in funnel_for(view, openings=behind.openings)}[behind.code]
    if behind.kind == "word":
        found = {each.word: each for each in words_for(view)}[behind.code]
        return found.standing if behind.part == "standing" else found.keys
    raise KeyError(behind.kind)


def money_behind(view: View, keys: Iterable[int]) -> dict[int, tuple[Pot, ...]]:
    """Return what each project adds to the sum of contracts of the view's period, per currency."""
    wanted = set(keys)
    found: dict[int, list[MoneyRow]] = {}
    for each in signed_within(gathered(view)[1], view.period, view.as_of):
        if each.key in wanted:
            found.setdefault(each.key, []).append(each)
    return {key: pots_of(rows) for key, rows in found.items()}


def keys_query(keys: Sequence[int]) -> RawSQL | list[int]:
    """Return keys as ``__in`` takes them. Many go as one value: a database takes only so many parameters."""
    if len(keys) <= 500:  # noqa: PLR2004 - well under every limit
        return list(keys)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def gathered(view: View, mark: Mark | None = None) -> tuple[Columns, tuple[MoneyRow, ...]]:
    """Return the columns and sums that the figures of a view are measured over; ``mark``: see ``gather``."""
    found = gather(view.outposts, view.end, known_at=view.known_at, mark=mark)
    if view.plaque:
        found = under_plaque(found, view.outposts, view.plaque)
    return found.columns, found.money


def last_year(view: View) -> View:
    """Return the same days a year before (同比). 29 February becomes the 28th."""
    period = Period(_a_year_before(view.period.start), _a_year_before(view.period.end))
    return replace(view, period=period, as_of=_a_year_before(view.as_of))


def _a_year_before(day: date) -> date:
    if day.year <= 1:
        return day
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True, slots=True)
class Growth:
    """同比: the value now and a year ago; ``change`` None when there was nothing to compare with."""

    now: Fraction
    before: Fraction

    @property
    def change(self) -> Fraction | None:
        """The relative change."""
        return (self.now - self.before) / self.before if self.before else None
