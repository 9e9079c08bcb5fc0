"""Where many projects stand in one measure: the same answers as ``one``, by columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feidi.engines.measures.one import JUDGE_DAYS, JUDGE_DAYS_MAJOR, NOTE_DAYS, Asked
from feidi.engines.measures.rows import TALKS, Array, Columns

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Masks:
    """(n,) each: counted below the line (``base`` includes ``hit``), counted, and counted apart."""

    base: Mask
    hit: Mask
    opening: Mask
    forced: Mask


class _Days:
    """The asked period on ordinals; 0 is never a known day."""

    def __init__(self, asked: Asked) -> None:
        self.start = max(asked.period.start.toordinal(), 1)
        self.end, self.as_of = asked.end.toordinal(), asked.as_of.toordinal()

    def holds(self, days: Array) -> Mask:
        return (days >= self.start) & (days < self.end)

    def by(self, days: Array) -> Mask:
        return (days > 0) & (days <= self.as_of)

    def before_end(self, days: Array) -> Mask:
        return (days > 0) & (days < self.end)


Judge = Callable[[Columns, _Days], Masks]


def masks_of(code: str, columns: Columns, asked: Asked) -> Masks:
    """Return where every project stands in the measure ``code``. Raises KeyError for an unknown code."""
    return _JUDGES[code](columns, _Days(asked))


def open_at_end(columns: Columns, asked: Asked) -> Mask:
    """Return which projects are in talks (在谈) at the end."""
    return _open(columns, _Days(asked))


def _masks(base: Mask, hit: Mask, opening: Mask | None = None, forced: Mask | None = None) -> Masks:
    none = np.zeros(len(base), dtype=bool)
    opening = none if opening is None else opening
    forced = none if forced is None else forced & ~opening
    kept = base & ~opening & ~forced
    return Masks(kept, kept & hit, opening, forced)


def _count(hit: Mask) -> Masks:
    return _masks(hit, hit)


def _opened(c: Columns, days: _Days, stage: str) -> Mask:
    there: Mask = c["opening_place"] >= TALKS.index(stage)
    then: Mask = (c["opened_on"] == 0) | days.holds(c["opened_on"])
    return there & then


def _lead(c: Columns, days: _Days) -> Masks:
    hit = days.holds(c["lead_on"])
    return _masks(hit, hit, (c["lead_on"] == 0) & _opened(c, days, "lead"))


def _valid(c: Columns, days: _Days) -> Masks:
    return _masks(days.holds(c["lead_on"]) & (c["judged_follow"] >= 0), c["judged_follow"] == 1)


def _responded(c: Columns, days: _Days) -> Masks:
    due, contacted = c["contact_due_on"], c["contacted_on"]
    base = days.holds(c["lead_on"]) & (due > 0) & (due < days.as_of)
    return _masks(base, (contacted > 0) & (contacted <= due))


def _judged(c: Columns, days: _Days) -> Masks:
    limit = c["lead_on"] + np.where(c["major"] == 1, JUDGE_DAYS_MAJOR, JUDGE_DAYS)
    base = days.holds(c["lead_on"]) & (limit < days.as_of)
    return _masks(base, (c["judged_on"] > 0) & (c["judged_on"] <= limit))


def _open(c: Columns, days: _Days) -> Mask:
    free: Mask = c["under_condition"] == 0
    return days.before_end(c["entered_on"]) & ~days.before_end(c["left_talks_on"]) & free


def _followed(c: Columns, days: _Days) -> Masks:
    noted = c["noted_on"]
    return _masks(_open(c, days), (noted > 0) & (noted >= days.end - NOTE_DAYS) & (noted < days.end))


def _conversion(stage: str, onward: str) -> Judge:
    def judge(c: Columns, days: _Days) -> Masks:
        claimed = c["opening_place"] >= TALKS.index(stage)
        base = days.holds(c[f"{stage}_on"]) & ~claimed
        return _masks(base, days.by(c[f"{onward}_on"]), _opened(c, days, stage), base & days.by(c["forced_on"]))

    return judge


def _first(name: str) -> Judge:
    return lambda c, days: _count(days.holds(c[name]))


def _tenancy_only(c: Columns, days: _Days) -> Masks:
    return _count(days.holds(c["tenancy_on"]) & ~days.by(c["contract_on"]))


def _contracted(c: Columns, days: _Days) -> Masks:
    return _masks(days.holds(c["framework_on"]), days.by(c["contract_on"]))


def _with_apart(c: Columns, days: _Days, base: Mask, hit: Mask) -> Masks:
    return _masks(base, hit, base & (c["home_opening"] == 1), base & days.by(c["forced_on"]))


def _fulfilled(c: Columns, days: _Days) -> Masks:
    return _with_apart(c, days, days.before_end(c["contract_on"]), days.by(c["home_on"]))


def _landed(stage: str) -> Judge:
    return lambda c, days: _with_apart(c, days, days.holds(c["contract_on"]), days.by(c[f"{stage}_on"]))


def _late(c: Columns, days: _Days) -> Masks:
    due = (c["agreed_start_on"] > 0) & (c["agreed_start_on"] < days.as_of)
    late = days.before_end(c["contract_on"]) & due & ~days.by(c["started_on"])
    return _masks(late, late, late & (c["home_opening"] == 1))


def _verified(c: Columns, days: _Days) -> Masks:
    return _count(days.holds(c["verified_on"]) & (c["verified_stands"] == 1))


def _cycle(c: Columns, days: _Days) -> Masks:
    landed = _verified(c, days).hit
    claimed = (c["opening_place"] >= TALKS.index("negotiating")) | (c["home_opening"] == 1)
    known = (c["negotiating_on"] > 0) & (c["negotiating_on"] <= c["verified_on"])
    opening = landed & claimed
    forced = landed & days.by(c["forced_on"])
    return _masks(landed & (known | opening | forced), known, opening, forced)


_JUDGES: dict[str, Judge] = {
    "K01": _lead,
    "K02": _valid,
    "K03": _responded,
    "K04": _judged,
    "K05": _followed,
    "K06": _conversion("negotiating", "inspecting"),
    "K07": _conversion("inspecting", "key"),
    "K08": _first("contract_on"),
    "K08F": _first("framework_on"),
    "K08T": _tenancy_only,
    "K09": _contracted,
    "K10": _fulfilled,
    "K11R": _landed("registered"),
    "K11S": _landed("started"),
    "K11P": _landed("producing"),
    "K12": _late,
    "K13": lambda c, days: _count(days.before_end(c["contract_on"])),
    "K14": _verified,
    "K15": _cycle,
}
