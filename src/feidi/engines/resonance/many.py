"""All investors against all projects, by columns: the same intervals as one pair at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feidi.engines.resonance.checking import check_investor, check_project, check_stages, exponents_of
from feidi.engines.resonance.intervals import stage_value, unit
from feidi.engines.resonance.model import EVEN, STAGES, Amount, FactorCode, Investor, Project, Weights, Window

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: lo and hi, both (investors, projects).
Both = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Resonances:
    """``lo``, ``hi`` (investors, projects) in 0..1."""

    investors: tuple[str, ...]
    projects: tuple[str, ...]
    lo: Floats
    hi: Floats


def resonances(
    investors: Sequence[Investor],
    projects: Sequence[Project],
    *,
    weights: Weights = EVEN,
    stages: Sequence[str] = STAGES,
) -> Resonances:
    """Return every pair's interval, equal to ``resonance`` of that pair to 1e-12. Raises RefusedError as it does."""
    exponents = exponents_of(weights)
    check_stages(stages)
    for investor in investors:
        check_investor(investor, stages)
    for project in projects:
        check_project(project, stages)
    lo = np.ones((len(investors), len(projects)))
    hi = lo.copy()
    if lo.size:
        for code, (least, most) in _factors(investors, projects, stages).items():
            lo *= least ** exponents[code]
            hi *= most ** exponents[code]
    return Resonances(tuple(each.id for each in investors), tuple(each.id for each in projects), lo, hi)


def _factors(
    investors: Sequence[Investor], projects: Sequence[Project], stages: Sequence[str]
) -> dict[FactorCode, Both]:
    return {
        FactorCode.SECTOR: _sector(investors, projects),
        FactorCode.STAGE: _stage(investors, projects, stages),
        FactorCode.TICKET: _ticket(investors, projects),
        FactorCode.REGION: _region(investors, projects),
        FactorCode.WINDOW: _window(investors, projects),
    }


def _where_known(value: Floats, known: Bools) -> Both:
    return np.where(known, value, 0.0), np.where(known, value, 1.0)


def _sector(investors: Sequence[Investor], projects: Sequence[Project]) -> Both:
    given = [each.sectors or {} for each in investors] + [each.sectors or {} for each in projects]
    at = {sector: place for place, sector in enumerate(dict.fromkeys(name for each in given for name in each))}
    vectors = np.zeros((len(given), len(at)))
    for row, sectors in enumerate(given):
        if any(sectors.values()):
            for sector, weight in unit(sectors).items():
                vectors[row, at[sector]] = weight
    n = len(investors)
    ours, theirs = vectors[:n], vectors[n:]
    known = (ours.sum(axis=1) > 0)[:, None] & (theirs.sum(axis=1) > 0)[None, :]
    return _where_known(np.minimum(ours @ theirs.T, 1.0), known)


def _stage(investors: Sequence[Investor], projects: Sequence[Project], stages: Sequence[str]) -> Both:
    counts = np.array(
        [
            [stage_value(each.stages, at, stages) if each.stages else np.nan for at in range(len(stages))]
            for each in investors
        ]
    )
    places = np.array([stages.index(each.stage) if each.stage is not None else -1 for each in projects])
    value = counts[:, places]
    return _where_known(np.nan_to_num(value), ~np.isnan(value) & (places >= 0)[None, :])


def _ticket(investors: Sequence[Investor], projects: Sequence[Project]) -> Both:
    tickets, asks = [each.ticket for each in investors], [each.ask for each in projects]
    currencies = np.array([_currency(each) for each in tickets])[:, None], np.array([_currency(each) for each in asks])
    known = (currencies[0] == currencies[1]) & (currencies[0] != "")
    lows, highs = (np.array([_end(each, end) for each in tickets])[:, None] for end in ("lo_fen", "hi_fen"))
    least, most = (np.array([_end(each, end) for each in asks])[None, :] for end in ("lo_fen", "hi_fen"))
    least = np.nan_to_num(least, nan=0.0)
    lo = _least_covered(lows, highs, least, most)
    hi = _most_covered(np.nan_to_num(lows, nan=0.0), highs, least, most)
    return np.where(known, lo, 0.0), np.where(known, hi, 1.0)


def _currency(amount: Amount | None) -> str:
    return (amount.currency or "") if amount else ""


def _end(amount: Amount | None, end: str) -> float:
    value = getattr(amount, end, None)
    return np.nan if value is None else float(value)


def _most_covered(lows: Floats, highs: Floats, least: Floats, most: Floats) -> Floats:
    smallest = np.maximum(lows, least)
    with np.errstate(divide="ignore", invalid="ignore"):
        covered = np.minimum(np.where(smallest > 0, highs / smallest, np.where(highs > 0, 1.0, 0.0)), 1.0)
    covered = np.where(np.isnan(highs), 1.0, covered)
    return np.where(smallest > np.where(np.isnan(most), np.inf, most), 0.0, covered)


def _least_covered(lows: Floats, highs: Floats, least: Floats, most: Floats) -> Floats:
    smallest, largest = np.where(np.isnan(lows), highs, lows), np.where(np.isnan(highs), lows, highs)
    covered = np.minimum(largest / most, 1.0)
    sure = ~np.isnan(covered) & (least >= smallest)
    return np.where(sure, covered, 0.0)


def _region(investors: Sequence[Investor], projects: Sequence[Project]) -> Both:
    mandates = [each.mandate for each in investors]
    bindings = [each.places if each else frozenset() for each in mandates]
    names = sorted(frozenset().union(*bindings))
    ours = _held(bindings, names)
    theirs = _held([each.places or frozenset() for each in projects], names)
    inside = ours @ theirs.T > 0
    bound = np.array([np.nan if each is None or each.bound is None else each.bound for each in mandates])[:, None]
    free = np.where(np.isnan(bound), 0.0, 1 - bound)
    placed = np.array([each.places is not None for each in projects])[None, :]
    decided = ~np.isnan(bound) & (ours.sum(axis=1) > 0)[:, None] & placed
    full = inside | (bound == 0)
    return np.where(full, 1.0, free), np.where(full | ~decided, 1.0, free)


def _held(places: Sequence[frozenset[str]], names: Sequence[str]) -> Floats:
    return np.array([[float(name in each) for name in names] for each in places]).reshape(len(places), len(names))


def _window(investors: Sequence[Investor], projects: Sequence[Project]) -> Both:
    start, end = (each[:, None] for each in _days([each.window for each in investors]))
    first, last = (each[None, :] for each in _days([each.window for each in projects]))
    known = np.isfinite(first) & np.isfinite(last)
    days = np.where(known, last - first + 1, 1.0)
    most = np.minimum(end, last) - np.maximum(start, first) + 1
    never = (end < first) | (start > last)
    hi = np.where(never, 0.0, np.where(known, most / days, 1.0))
    lo = np.where(never | ~known, 0.0, _sure(start, end, first, last, most) / days)
    return lo, hi


def _days(windows: Sequence[Window | None]) -> tuple[Floats, Floats]:
    starts = [each.start.toordinal() if each and each.start else -np.inf for each in windows]
    ends = [each.end.toordinal() if each and each.end else np.inf for each in windows]
    return np.array(starts, dtype=float), np.array(ends, dtype=float)


def _sure(start: Floats, end: Floats, first: Floats, last: Floats, most: Floats) -> Floats:
    known = np.where(np.isinf(start), end, start)
    within = (known >= first) & (known <= last)
    both = np.isfinite(start) & np.isfinite(end)
    return np.where(both, most, np.where(within, 1.0, 0.0))
