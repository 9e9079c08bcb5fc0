"""The yearly statistics: every row of the form computed from the rows, or typed where nothing here knows it.

Money of the form is in 千元 (thousand yuan); here it stays in hundredths until it is written, and unknown stays None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from feidi.domain.incubation.access import tenancies_visible_to
from feidi.domain.incubation.enums import TenancyEnd, TenancyKind
from feidi.domain.incubation.models import Tenancy, TenancyUnit
from feidi.domain.incubation.selectors.rules import IncubationRules, incubation_rules
from feidi.domain.incubation.selectors.tenancies import ended_in, here_on
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.selectors.facts import facts_known_of
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.space.models import Floor, Zone
from feidi.engines.findings import refuse
from feidi.engines.rules.facts import Interval, Value
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject

ORGANIZATION = "parties.organization"
_THOUSAND_YUAN = 100_000
_FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form. ``value`` in its unit, None: not known; ``known`` of ``of`` tenants said it; ``tenants`` the
    rows behind it (uids); ``manual``: typed by a person.
    """

    code: str
    zh: str
    en: str
    unit: str
    value: int | None
    known: int = 0
    of: int = 0
    tenants: tuple[str, ...] = ()
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """One threshold: how far the outpost is from it. ``value`` None: not known. Never a grade."""

    code: str
    zh: str
    en: str
    value: Fraction | None
    at_least: Fraction
    unit: str
    source: str

    @property
    def reached(self) -> bool | None:
        """Whether it is reached; None: not known."""
        return None if self.value is None else self.value >= self.at_least


@dataclass(frozen=True, slots=True)
class YearStatistics:
    """The form of one year as it stands, and the thresholds beside it."""

    year: int
    lines: tuple[Line, ...]
    beside: tuple[Beside, ...]
    problems: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=())


def statistics_of(
    actor: Actor, outpost: Outpost, year: int, *, known_at: datetime, typed: Mapping[str, int] | None = None
) -> YearStatistics:
    """Return the statistics of a year for an outpost over the rows the actor sees. ``typed``: code → what a person wrote.

    Refused: a year that has not begun, or before there were outposts.
    """
    if not _FIRST_YEAR <= year <= known_at.astimezone(SHANGHAI).year:
        raise refuse("incubation.year_out_of_range", year=year, first=_FIRST_YEAR)
    rules = incubation_rules(outpost)
    last = date(year, 12, 31)
    rows = tenancies_visible_to(actor, Tenancy.objects.filter(outpost=outpost, voided_at__isnull=True))
    rows = rows.filter(kind=TenancyKind.STARTUP).select_related("organization")
    here = list(here_on(rows, last).order_by("number"))
    facts = _facts(outpost, here, year, known_at)
    lines = tuple(_line(outpost, year, raw, rows, here, facts, typed or {}) for raw in rules.statistics)
    values = {each.code: each.value for each in lines}
    return YearStatistics(year, lines, tuple(_beside(rules, values)), tuple(_problems(values)))


def _facts(outpost: Outpost, here: Iterable[Tenancy], year: int, known_at: datetime) -> dict[str, Mapping[str, Value]]:
    """Return what is known of each tenant about ``year``: yearly values hold during the year after it."""
    as_of = date(year + 1, 1, 1)
    dictionary = library_of(outpost, on=as_of).dictionary
    asked = {each.uid: (Subject(ORGANIZATION, each.organization.uid),) for each in here}
    known = facts_known_of(outpost, asked, dictionary, as_of=as_of, known_at=known_at)
    return {uid: each.values for uid, each in known.items()}


def _line(
    outpost: Outpost,
    year: int,
    raw: Mapping[str, Any],
    rows: Any,
    here: list[Tenancy],
    facts: Mapping[str, Mapping[str, Value]],
    typed: Mapping[str, int],
) -> Line:
    code, source = str(raw["code"]), str(raw["from"])
    head = (code, raw["label"]["zh"], raw["label"]["en"], raw["unit"])
    if source == "manual":
        return Line(*head, typed.get(code), manual=True)
    if source == "tenants":
        return Line(*head, len(here), len(here), len(here), tuple(each.uid for each in here))
    if source == "graduates":
        gone = list(ended_in(rows, date(year, 1, 1), date(year, 12, 31), TenancyEnd.GRADUATED))
        return Line(*head, len(gone), len(gone), len(gone), tuple(each.uid for each in gone))
    if source.startswith("area_"):
        return Line(*head, _area(outpost, source, here, date(year, 12, 31)))
    how, _colon, fact = source.partition(":")
    said = {uid: _number(values.get(fact)) for uid, values in facts.items()}
    held = {uid: each for uid, each in said.items() if each is not None}
    return Line(*head, _folded(how, raw["unit"], held), len(held), len(said), tuple(held))


def _folded(how: str, unit: str, held: Mapping[str, int]) -> int | None:
    """Return the sum or count over those who said it; None when nobody did."""
    if not held:
        return None
    if how == "sum":
        total = sum(held.values())
        return _half_up(Fraction(total, _THOUSAND_YUAN)) if unit == "千元" else total
    return sum(1 for each in held.values() if each > 0)


def _number(value: Value | None) -> int | None:
    """Return an exact number; yes is 1 and no 0; a range or a text is not known exactly."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Interval) and value.lo is not None and value.lo == value.hi:
        return int(value.lo)
    return None


def _area(outpost: Outpost, source: str, here: list[Tenancy], day: date) -> int | None:
    """Return square metres: of the floors, of units let to the tenants on ``day``, of zones that are not lettable."""
    if source == "area_total":
        found = Floor.objects.filter(outpost=outpost, voided_at__isnull=True).aggregate(n=Sum("area_m2"))["n"]
    elif source == "area_tenants":
        units = TenancyUnit.objects.filter(tenancy__in=here, since__lte=day, until__gte=day, voided_at__isnull=True)
        found = units.aggregate(n=Sum("unit__area_m2"))["n"] or Decimal(0)
    else:
        zones = Zone.objects.filter(outpost=outpost, voided_at__isnull=True, lettable=False)
        found = zones.aggregate(n=Sum("area_m2"))["n"]
    return None if found is None else _half_up(Fraction(found))


def _beside(rules: IncubationRules, values: Mapping[str, int | None]) -> Iterable[Beside]:
    for raw in rules.thresholds:
        part = _part(raw["part"], values)
        whole = _part(raw["whole"], values) if raw["whole"] else None
        value = part if raw["whole"] is None else _share(part, whole, percent=raw["unit"] == "%")
        label = raw["label"]
        yield Beside(
            raw["code"], label["zh"], label["en"], value, Fraction(raw["at_least"]), raw["unit"], raw["source"]
        )


def _part(name: str, values: Mapping[str, int | None]) -> Fraction | None:
    """Return one operand: a row of the form, or one of the three sums that the thresholds ask for."""
    if name == "area_tenants_and_public":
        return _added(values.get("area_tenants"), values.get("area_public"), 1)
    if name == "income_other":
        return _added(values.get("income"), values.get("income_rent"), -1)
    if name == "tenants_times_1000":
        tenants = values.get("tenants")
        return None if tenants is None else Fraction(tenants * 1000)
    found = values.get(name)
    return None if found is None else Fraction(found)


def _added(one: int | None, other: int | None, sign: int) -> Fraction | None:
    return None if one is None or other is None else Fraction(one + sign * other)


def _share(part: Fraction | None, whole: Fraction | None, *, percent: bool) -> Fraction | None:
    """Return part over whole; None with an unknown operand or a whole of 0."""
    if part is None or not whole:
        return None
    return part / whole * (100 if percent else 1)


def _problems(values: Mapping[str, int | None]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield where the columns contradict each other (the filing office checks the same)."""
    pairs = (("income_rent", "income"), ("income_service", "income"), ("area_tenants", "area_total"),
             ("returnees", "tenants"), ("funded", "tenants"))  # fmt: skip
    for part, whole in pairs:
        a, b = values.get(part), values.get(whole)
        if a is not None and b is not None and a > b:
            yield "incubation.statistics_part_above_whole", {"part": part, "whole": whole, "a": a, "b": b}


def _half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)).__floor__())
