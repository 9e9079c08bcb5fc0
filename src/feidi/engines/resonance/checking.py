"""Facts that cannot be are refused, with whose they are; facts that are not known are not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from feidi.engines.findings import refuse
from feidi.engines.resonance.model import Amount, FactorCode, Investor, Project, Weights, Window


def exponents_of(weights: Weights) -> dict[FactorCode, float]:
    """Return each weight over their sum. Raises RefusedError for one below 0, or none above."""
    given = {FactorCode(code): float(value) for code, value in asdict(weights).items()}
    for code, value in given.items():
        if not (math.isfinite(value) and value >= 0):
            raise refuse("resonance.weight_negative", factor=code.value, value=value)
    whole = math.fsum(given.values())
    if whole == 0:
        raise refuse("resonance.weights_zero")
    return {code: value / whole for code, value in given.items()}


def check_stages(stages: Sequence[str]) -> None:
    """Raise RefusedError for an empty list of rounds or one that repeats."""
    if not stages or len(set(stages)) < len(stages):
        raise refuse("resonance.stages_empty")


def check_investor(investor: Investor, stages: Sequence[str]) -> None:
    """Raise RefusedError for a fact that cannot be."""
    _sectors(investor.id, investor.sectors)
    for stage in sorted(investor.stages or ()):
        _stage(investor.id, stage, stages)
    _amount(investor.id, investor.ticket, least=0)
    _window(investor.id, investor.window)
    bound = investor.mandate.bound if investor.mandate else None
    if bound is not None and not 0 <= bound <= 1:
        raise refuse("resonance.bound_wrong", id=investor.id, value=bound)


def check_project(project: Project, stages: Sequence[str]) -> None:
    """Raise RefusedError for a fact that cannot be."""
    _sectors(project.id, project.sectors)
    if project.stage is not None:
        _stage(project.id, project.stage, stages)
    _amount(project.id, project.ask, least=1)
    _window(project.id, project.window)


def _sectors(of: str, sectors: Mapping[str, float] | None) -> None:
    for sector, value in (sectors or {}).items():
        if not (math.isfinite(value) and value >= 0):
            raise refuse("resonance.sector_negative", id=of, sector=sector, value=value)


def _stage(of: str, stage: str, stages: Sequence[str]) -> None:
    if stage not in stages:
        raise refuse("resonance.stage_unknown", id=of, stage=stage, stages="、".join(stages))


def _amount(of: str, amount: Amount | None, *, least: int) -> None:
    if amount is None:
        return
    lo, hi = amount.lo_fen, amount.hi_fen
    wrong = (lo is not None and lo < 0) or (hi is not None and hi < least) or (None not in (lo, hi) and lo > hi)  # type: ignore[operator]
    if wrong:
        raise refuse("resonance.amount_wrong", id=of, lo=lo, hi=hi)


def _window(of: str, window: Window | None) -> None:
    if window and window.start and window.end and window.start > window.end:
        raise refuse("resonance.window_order", id=of, start=window.start.isoformat(), end=window.end.isoformat())
