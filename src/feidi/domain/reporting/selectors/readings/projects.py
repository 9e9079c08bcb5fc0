"""Figures over projects (K01–K15, K17, K40), from the columns that the process keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from feidi.domain.incubation.enums import TenancyKind
from feidi.domain.incubation.models import Tenancy
from feidi.domain.reporting.selectors.figures import View, gathered
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.space.selectors.head_leases import months_before
from feidi.engines.measures import DEFINITIONS, TALKS, Columns, Reading, Rows, measure, ratio_reading, reading_of
from feidi.engines.measures.many import open_at_end
from feidi.engines.measures.one import Asked
from feidi.engines.measures.rows import Array

KIND = "pipeline.project"
FRESH_DAYS = 14
_COHORTS = {"K17T": 3, "K17F": 5}
_MOVES = (*(f"{code}_on" for code in TALKS), "home_on", "registered_on", "started_on", "producing_on",
          "framework_on", "contract_on", "tenancy_on", "verified_on")  # fmt: skip


def project_readings(view: View, codes: Sequence[str]) -> dict[str, Reading]:
    """Return the readings of the codes that are figures over projects."""
    wanted = [code for code in codes if code in DEFINITIONS]
    if not wanted:
        return {}
    columns, money = gathered(view)
    return {code: reading_of(measure(code, columns, view.period, view.as_of, money), money) for code in wanted}


def freshness_reading(view: View) -> Reading:
    """Return K40: of the open projects, those noted, moved or signed within fourteen days."""
    columns, asked = gathered(view)[0], Asked(view.period, view.as_of)
    there = open_at_end(columns, asked)
    last, end = updated(columns, asked.end), asked.end.toordinal()
    fresh = there & (last >= end - FRESH_DAYS) & (last > 0)
    keys = columns["key"]
    above, below = (Rows(KIND, tuple(keys[np.flatnonzero(mask)].tolist())) for mask in (fresh, there))
    return ratio_reading("K40", above, below)


def updated(columns: Columns, end: date) -> Array:
    """Return the last day before ``end`` on which something happened to each project; 0 where nothing did."""
    last = columns["noted_on"].copy()
    for name in _MOVES:
        days = columns[name]
        np.maximum(last, np.where(days < end.toordinal(), days, 0), out=last)
    return last


def cohort_readings(asked: Question) -> dict[str, Reading]:
    """Return K17: of the projects first admitted in the period, those verified within three and within five years."""
    first: dict[int, date] = {}
    rows = Tenancy.objects.filter(
        outpost_id__in=asked.pks, voided_at__isnull=True, kind=TenancyKind.STARTUP, project__isnull=False
    )
    for project, day in rows.order_by("starts_on").values_list("project_id", "starts_on"):
        if project is not None:
            first.setdefault(project, day)
    cohort = {key: day for key, day in first.items() if asked.view.period.start <= day < asked.end}
    columns = gathered(asked.view)[0]
    stands = (columns["verified_on"] > 0) & (columns["verified_stands"] == 1)
    verified = dict(zip(columns["key"][stands].tolist(), columns["verified_on"][stands].tolist(), strict=True))
    return {code: _landed(code, years, cohort, verified, asked) for code, years in _COHORTS.items()}


def _landed(code: str, years: int, cohort: dict[int, date], verified: dict[int, int], asked: Question) -> Reading:
    def within(key: int, day: date) -> bool:
        return key in verified and date.fromordinal(verified[key]) <= years_after(day, years)

    hits = tuple(key for key, day in cohort.items() if within(key, day))
    told = ratio_reading(code, Rows(KIND, hits), Rows(KIND, tuple(cohort)))
    if told.state == "known" and asked.view.as_of < years_after(asked.view.period.end, years):
        return Reading(code, "early", None, Fraction(len(hits)), Fraction(len(cohort)), "", told.above, told.below)
    return told


def years_after(day: date, years: int) -> date:
    """Return the same day ``years`` later; 29 February becomes the 28th where there is none."""
    return months_before(day, -12 * years)
