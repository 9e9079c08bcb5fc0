"""K16, K18, K23–K30: results, landings that lasted, firms in incubation and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet, Sum

from feidi.domain.incubation.enums import ChargeKind, TenancyEnd, TenancyKind, TenantOutcomeKind
from feidi.domain.incubation.models import Mentor, Receipt, Tenancy, TenantOutcome
from feidi.domain.incubation.selectors.outcomes import accepted_among
from feidi.domain.incubation.selectors.tenancies import ended_in, here_on
from feidi.domain.pipeline.selectors.rechecks import Kept, retention
from feidi.domain.policy.selectors.facts import facts_known_of
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.reporting.selectors.readings.asked import EVER, FIRST, Question
from feidi.domain.reporting.selectors.readings.projects import project_readings
from feidi.domain.space.models import Floor, Unit
from feidi.domain.space.selectors.premises import there_on
from feidi.engines.measures import Reading, Rows, average_reading, count_reading, grown, missing, ratio_reading
from feidi.engines.rules.facts import Interval, Value
from feidi.kernel.subjects import Subject

TENANCY, OUTCOME, CASE = "incubation.tenancy", "incubation.tenant_outcome", "pipeline.landing_case"
RECEIPT, MENTOR = "incubation.receipt", "incubation.mentor"
_ORGANIZATION = "parties.organization"
_GROWING = ("revenue", "rd_spend")
_FUNDED, _IP = "external_funding_year", "valid_ip"
_RENT = (ChargeKind.RENT, ChargeKind.PROPERTY)
_THOUSAND, _YEAR_DAYS, _DECEMBER, _LAST = 1000, 365, 12, 31

Facts = Mapping[int, Mapping[str, Value]]


def incubation_readings(asked: Question) -> dict[str, Reading]:
    """Return the figures that are counted on the day and over the period."""
    here = _firms_on(asked, asked.last)
    tenants = Rows(TENANCY, tuple(here.values()))
    gone = ended_in(_startups(asked), asked.start, asked.last, TenancyEnd.GRADUATED) if asked.begun else ()
    graduates = {each.organization_id: each.pk for each in gone}
    above = Rows(TENANCY, tuple(graduates.values()))
    found = [
        _results(asked),
        _retained(asked),
        count_reading("K23", tenants),
        count_reading("K23G", above),
        ratio_reading("K23R", above, Rows(TENANCY, tuple(_there_or_admitted(asked, graduates).values()))),
        _other_income(asked),
        _per_area(asked, tenants),
        _per_mentor(asked, tenants),
        _density(asked),
    ]
    return {each.code: each for each in found}


def firm_readings(asked: Question) -> dict[str, Reading]:
    """Return what rests on what firms have said: K24 and K25 of the last full calendar year, K27 on the day."""
    year = told_year(asked.last)
    end = _firms_on(asked, date(year, 12, 31))
    now, before = _facts(asked, end, date(year + 1, 1, 1)), _facts(asked, end, date(year, 1, 1))
    here = _firms_on(asked, asked.last)
    return {
        "K24": _funded(asked, year, end, now).told(year=year),
        "K25": _growing(end, now, before).told(year=year),
        "K27": _holding("K27", here, _facts(asked, here, asked.last), _IP),
    }


def told_year(day: date) -> int:
    """Return the last calendar year that is over on a day.

    >>> told_year(date(2026, 11, 23)), told_year(date(2026, 12, 31))
    (2025, 2026)
    """
    return day.year if (day.month, day.day) == (_DECEMBER, _LAST) else day.year - 1


def _startups(asked: Question) -> QuerySet[Tenancy]:
    return Tenancy.objects.filter(outpost_id__in=asked.pks, voided_at__isnull=True, kind=TenancyKind.STARTUP)


def _firms_on(asked: Question, day: date) -> dict[int, int]:
    """Return firm → its tenancy, of the firms in incubation on a day; each once."""
    rows = here_on(_startups(asked), day).order_by("-starts_on", "-pk")
    return dict(rows.values_list("organization_id", "pk"))


def _there_or_admitted(asked: Question, graduates: Mapping[int, int]) -> dict[int, int]:
    admitted = _startups(asked).filter(starts_on__gte=asked.start, starts_on__lt=asked.end)
    came = dict(admitted.order_by("-starts_on", "-pk").values_list("organization_id", "pk"))
    return {**graduates, **came, **_firms_on(asked, asked.start)}


def _results(asked: Question) -> Reading:
    """One row per project (or firm without one) and year: its first accepted result."""
    rows = list(
        TenantOutcome.objects.filter(
            outpost_id__in=asked.pks, voided_at__isnull=True, dated_on__gte=asked.start, dated_on__lt=asked.end
        ).order_by("dated_on", "pk")
    )
    good = accepted_among(rows)
    counted: dict[tuple[int, bool, int], int] = {}
    waiting: list[int] = []
    for row in rows:
        if row.pk not in good:
            waiting.append(row.pk)
            continue
        whose = row.project_id if row.project_id is not None else row.organization_id
        counted.setdefault((row.dated_on.year, row.project_id is not None, whose), row.pk)
    told = count_reading("K16", Rows(OUTCOME, tuple(counted.values())))
    return told.beside({"waiting": Rows(OUTCOME, tuple(waiting))} if waiting else {})


def _retained(asked: Question) -> Reading:
    sides: dict[Kept, list[int]] = {each: [] for each in Kept}
    for outpost in asked.outposts:
        for row in retention(outpost, asked.last).rows:
            sides[row.kept].append(row.case.pk)
    below = Rows(CASE, tuple(key for each in Kept for key in sides[each]))
    above, unknown = Rows(CASE, tuple(sides[Kept.THERE])), Rows(CASE, tuple(sides[Kept.UNKNOWN]))
    told = ratio_reading("K18", above, below, unknown=unknown)
    return replace(told, why="figures.no_recheck") if told.state == "missing" else told


def _facts(asked: Question, firms: Mapping[int, int], as_of: date) -> Facts:
    """Return tenancy → what is known of the firm on a day. Yearly values hold during the year after."""
    found: dict[int, Mapping[str, Value]] = {}
    rows = Tenancy.objects.filter(pk__in=list(firms.values())).select_related("organization")
    for outpost in asked.outposts:
        mine = {
            each.pk: (Subject(_ORGANIZATION, each.organization.uid),) for each in rows if each.outpost_id == outpost.pk
        }
        if mine:
            dictionary = library_of(outpost, on=as_of).dictionary
            known = facts_known_of(outpost, mine, dictionary, as_of=as_of, known_at=EVER)
            found |= {key: each.values for key, each in known.items()}
    return found


def exact(value: Value | None) -> Fraction | None:
    """Return an exact number; yes is 1 and no 0; a range or a text is not known exactly."""
    if isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Interval) and value.lo is not None and value.lo == value.hi:
        return Fraction(value.lo)
    return None


def _holding(code: str, firms: Mapping[int, int], facts: Facts, fact: str, yes: Iterable[int] = ()) -> Reading:
    """Return the firms of which a number is above 0. ``yes``: tenancies known to have it from elsewhere."""
    said = {key: exact(facts.get(key, {}).get(fact)) for key in firms.values()}
    sure = set(yes)
    above = tuple(key for key, n in said.items() if key in sure or (n is not None and n > 0))
    unknown = tuple(key for key, n in said.items() if n is None and key not in sure)
    below = Rows(TENANCY, tuple(firms.values()))
    return ratio_reading(code, Rows(TENANCY, above), below, unknown=Rows(TENANCY, unknown))


def _funded(asked: Question, year: int, firms: Mapping[int, int], facts: Facts) -> Reading:
    """Funding that was proven here counts whether or not the firm has said it."""
    rows = list(
        TenantOutcome.objects.filter(
            outpost_id__in=asked.pks, voided_at__isnull=True, kind=TenantOutcomeKind.FUNDING, dated_on__year=year
        )
    )
    good = accepted_among(rows)
    proven = [firms[each.organization_id] for each in rows if each.pk in good and each.organization_id in firms]
    return _holding("K24", firms, facts, _FUNDED, proven)


def _growing(firms: Mapping[int, int], now: Facts, before: Facts) -> Reading:
    above, below = [], []
    for key in firms.values():
        answers = [grown(exact(now.get(key, {}).get(fact)), exact(before.get(key, {}).get(fact))) for fact in _GROWING]
        if any(each is not None for each in answers):
            below.append(key)
        if any(answers):
            above.append(key)
    rest = tuple(key for key in firms.values() if key not in below)
    told = ratio_reading("K25", Rows(TENANCY, tuple(above)), Rows(TENANCY, tuple(below)))
    if told.state == "none" and firms:
        told = missing("K25", "figures.no_two_years", n=len(firms))
    return told.beside({"incomparable": Rows(TENANCY, rest)} if rest and told.state != "hidden" else {})


def _other_income(asked: Question) -> Reading:
    """Income is what was received; deposits are none."""
    rows = Receipt.objects.filter(
        charge__tenancy__outpost_id__in=asked.pks, voided_at__isnull=True, charge__voided_at__isnull=True,
        received_on__gte=asked.start, received_on__lt=asked.end,
    ).exclude(charge__kind=ChargeKind.DEPOSIT)  # fmt: skip
    found = list(rows.order_by("received_on", "pk").values_list("pk", "amount_fen", "charge__kind", "charge__currency"))
    yuan = [each for each in found if each[3] == "CNY"]
    above, below = [each for each in yuan if each[2] not in _RENT], yuan
    told = ratio_reading("K26", _money(above), _money(below))
    if told.state == "none":
        told = missing("K26", "figures.no_receipt")
    others = tuple(each[0] for each in found if each[3] != "CNY")
    return told.beside({"other_currency": Rows(RECEIPT, others)} if others else {})


def _money(rows: Iterable[tuple[int, int, str, str]]) -> Rows:
    kept = list(rows)
    return Rows(RECEIPT, tuple(each[0] for each in kept), tuple(Fraction(each[1], 100) for each in kept))


def _per_area(asked: Question, tenants: Rows) -> Reading:
    units = Unit.objects.filter(
        there_on(asked.last), outpost_id__in=asked.pks, voided_at__isnull=True, lettable=True, parts__isnull=True
    )
    areas = list(units.values_list("area_m2", flat=True))
    known = [each for each in areas if each is not None]
    thousands = Fraction(sum(known)) / _THOUSAND if known else None
    told = average_reading("K28", tenants, thousands, why="figures.no_area")
    # a unit without a known area makes the area a lower bound, and the ratio an upper one
    return replace(told, bound="<=") if told.value is not None and len(known) < len(areas) else told


def _per_mentor(asked: Question, tenants: Rows) -> Reading:
    rows = Mentor.objects.filter(outpost_id__in=asked.pks, voided_at__isnull=True, since__lte=asked.last)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=asked.last))
    keys = tuple(dict(rows.order_by("-pk").values_list("person_id", "pk")).values())
    if not keys:
        return replace(missing("K29", "figures.no_mentor"), above=tenants)
    return average_reading("K29", tenants, Fraction(len(keys)), Rows(MENTOR, keys))


def _density(asked: Question) -> Reading:
    landed = project_readings(asked.view, ("K14",))["K14"].above
    if asked.view.period.start < FIRST:
        return replace(missing("K30", "figures.no_years"), above=landed)
    floors = Floor.objects.filter(outpost_id__in=asked.pks, voided_at__isnull=True)
    area = None if floors.filter(area_m2__isnull=True).exists() else floors.aggregate(n=Sum("area_m2"))["n"]
    years = Fraction((asked.end - asked.start).days, _YEAR_DAYS)
    by = None if area is None or not asked.begun else Fraction(area) / _THOUSAND * years
    return average_reading("K30", landed, by, why="figures.no_area")
