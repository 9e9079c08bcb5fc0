"""The burn-down of each side as a small picture: planned as a dashed line of steps, what came as a full one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feidi.engines.playbooks import Line, Owner

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 300, 110, 26, 10, 22


@dataclass(frozen=True, slots=True)
class Burnt:
    """One side: its words, both lines as points of a polyline, the axis, and the same numbers as rows of a table."""

    label: str
    left: int
    total: int
    planned: str
    actual: str
    first: date
    last: date
    rows: tuple[tuple[date, int | None, int | None], ...]
    width: int = _WIDTH
    height: int = _HEIGHT
    base: int = _HEIGHT - _FOOT
    left_edge: int = _LEFT


def burnt_of(lines: Mapping[Owner, Line], words: Mapping[Owner, str]) -> list[Burnt]:
    """Return what is drawn of each side, all on the same days."""
    days = [day for each in lines.values() for day, _left in (*each.planned, *each.actual)]
    if not days:
        return []
    first, last = min(days), max(days)
    return [_burnt(line, words[owner], first, last) for owner, line in lines.items()]


def _burnt(line: Line, label: str, first: date, last: date) -> Burnt:
    total = max(line.planned[0][1], line.actual[0][1], *(left for _day, left in (*line.planned, *line.actual)))
    planned, actual = dict(line.planned), dict(line.actual)
    return Burnt(
        label=label,
        left=line.left,
        total=total,
        planned=_points(line.planned, first, last, total),
        actual=_points(line.actual, first, last, total),
        first=first,
        last=last,
        rows=tuple((day, planned.get(day), actual.get(day)) for day in sorted({*planned, *actual})),
    )


def _points(falls: Sequence[tuple[date, int]], first: date, last: date, total: int) -> str:
    """Return the falling line as a staircase: level until the day, then down."""
    days = max(1, (last - first).days)
    height = _HEIGHT - _FOOT - _TOP
    points: list[str] = []
    y = 0.0
    for at, (day, left) in enumerate(falls):
        x = _LEFT + (day - first).days / days * (_WIDTH - _LEFT - 6)
        if at:
            points.append(f"{x:.1f},{y:.1f}")
        y = _TOP + height * (1 - left / max(1, total))
        points.append(f"{x:.1f},{y:.1f}")
    return " ".join(points)
