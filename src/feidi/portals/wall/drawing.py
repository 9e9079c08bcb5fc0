"""Shapes of the scenes as plain numbers for SVG: no script, no inline style, no map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from feidi.domain.reporting.figure_texts import bound_text, ratio_text
from feidi.domain.reporting.selectors.indicators import Indicator
from feidi.engines.measures import Count, Ratio

#: Width of the funnel's drawing, its rows, the gauge's radius, how many cells of a zone are drawn at most.
FUNNEL_WIDTH: Final = 1000
_ROW, _BAR, _THIN = 100, 70, 6
_RADIUS, _START, _SWEEP = 88.0, 0.75 * pi, 1.5 * pi
MOST_CELLS: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage of the funnel: its bar, its figure with ≥, what of the stage before came here, with ≤.

    ``passed_over``: more came to the next stage, so this one may be passed over.
    """

    label: str
    text: str
    of_last: str
    this_year: int
    x: float
    y: int
    width: float
    height: int
    passed_over: bool


def funnel(steps: Sequence[tuple[str, Count, Ratio | None, int]]) -> list[Bar]:
    """Return the bars from the widest down, each centred."""
    largest = max((count.n for _label, count, _ratio, _year in steps), default=0) or 1
    bars = []
    for at, (label, count, ratio, year) in enumerate(steps):
        width = max(float(_THIN), count.n / largest * FUNNEL_WIDTH)
        bound = bound_text(">=") if count.at_least else ""
        bars.append(
            Bar(
                label,
                f"{bound}{count.n:,}",
                ratio_text(ratio) if ratio is not None else "",
                year,
                (FUNNEL_WIDTH - width) / 2,
                at * _ROW + (_ROW - _BAR) // 2,
                width,
                _BAR,
                at + 1 < len(steps) and steps[at + 1][1].n > count.n,
            )
        )
    return bars


@dataclass(frozen=True, slots=True)
class Gauge:
    """One target: value, target, how far it is (an arc), where it should be by now (a tick), ahead or behind."""

    label: str
    value: str
    target: str
    note: str
    track: str
    arc: str
    tick: tuple[float, float, float, float] | None
    tone: str


def gauge(indicator: Indicator) -> Gauge:
    """Return the gauge of an indicator; without a task only its value."""
    progress, task = indicator.progress, indicator.task
    track = _arc(1.0)
    if progress is None or task is None:
        return Gauge(indicator.label, indicator.value_text, "", indicator.note, track, "", None, "")
    done, passed = float(progress.done) / 100, float(progress.passed) / 100
    tone = "ok" if progress.points >= 0 else "warn"
    return Gauge(
        indicator.label,
        indicator.value_text,
        indicator.target_text,
        indicator.progress_text,
        track,
        _arc(min(1.0, done)) if done > 0 else "",
        _tick(min(1.0, passed)),
        tone,
    )


def cells(used: int, every: int) -> list[bool]:
    """Return one mark per unit, those in use first; of very many a share."""
    shown = min(every, MOST_CELLS)
    filled = used if every <= MOST_CELLS else round(used / every * MOST_CELLS)
    return [at < filled for at in range(shown)]


def _arc(share: float) -> str:
    x0, y0 = _point(0.0)
    x1, y1 = _point(share)
    large = 1 if share * _SWEEP > pi else 0
    return f"M{x0:.1f} {y0:.1f}A{_RADIUS:.0f} {_RADIUS:.0f} 0 {large} 1 {x1:.1f} {y1:.1f}"


def _tick(share: float) -> tuple[float, float, float, float]:
    angle = _START + share * _SWEEP
    inner, outer = _RADIUS - 16, _RADIUS + 16
    return (
        round(110 + inner * cos(angle), 1),
        round(110 + inner * sin(angle), 1),
        round(110 + outer * cos(angle), 1),
        round(110 + outer * sin(angle), 1),
    )


def _point(share: float) -> tuple[float, float]:
    angle = _START + share * _SWEEP
    return 110 + _RADIUS * cos(angle), 110 + _RADIUS * sin(angle)
