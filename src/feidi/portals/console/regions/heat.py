"""From the engine's answer to shaded tables: every cell says its number, the shade only repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from feidi.domain.matching.selectors.complementarity import Answer
from feidi.engines.findings import Finding, Level
from feidi.engines.regions import Cell, Growth
from feidi.kernel.messages import text_of

#: So many shades; the legend names where each begins.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Shaded:
    """One cell: what it says, how deep its shade is (0 none … ``SHADES``), where it leads, why it is empty."""

    text: str
    shade: int = 0
    url: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its head, a second line of the head, where the head leads, its cells."""

    head: str
    note: str
    url: str
    cells: Sequence[Shaded]


def shade_of(value: float, largest: float, least: float = 0.0) -> int:
    """Return 1 … ``SHADES`` by equal steps from ``least`` to ``largest``; 0 for nothing at all.

    >>> [shade_of(value, 50) for value in (0, 1, 10, 10.1, 50)]
    [0, 1, 1, 2, 5]
    >>> [shade_of(value, 30, 20) for value in (20, 24, 30)]
    [1, 2, 5]
    """
    if value <= 0:
        return 0
    if largest <= least:
        return SHADES
    steps = (value - least) / (largest - least) * SHADES
    return min(SHADES, max(1, int(steps) + (steps > int(steps))))


def legend_of(largest: float, least: float = 0.0) -> list[tuple[int, str]]:
    """Return each shade with the values it stands for."""
    step = (largest - least) / SHADES
    return [(at, f"{least + step * (at - 1):.1f}–{least + step * at:.1f}") for at in range(1, SHADES + 1)]


def undefined(code: str, **params: str) -> Shaded:
    """Return a cell of what cannot be reckoned, with the reason; never 0."""
    why = text_of(Finding(Level.NOTE, code, params)) if code else ""
    return Shaded(_("—（未定义：{why}）").format(why=why.rstrip("。")) if why else "—", why=why)


def quotient_cell(cell: Cell) -> Shaded:
    """Return a location quotient, shaded from 1 on; undefined where region or industry hold only zeros."""
    if cell.quotient is None:
        if cell.region_total <= 0:
            return undefined("regions.region_zero", region=cell.region)
        return undefined("regions.industry_zero", industry=cell.industry)
    return Shaded(f"{cell.quotient:.2f}", shade_of(cell.quotient if cell.specialised else 0, 3.0))


def points_cell(value: float | None, growth: Growth) -> Shaded:
    """Return a density or an added density (0 … 100)."""
    if value is None:
        return undefined(growth.why_undefined, industry=growth.industry, region=growth.region)
    return Shaded(f"{value:.1f}", shade_of(value, 100.0))


def gap_cell(growth: Growth) -> Shaded:
    """Return the complexity gap (standard deviations), which may be below 0: no shade."""
    if growth.complexity_gap is None:
        return undefined("regions.complexity_undefined")
    return Shaded(f"{growth.complexity_gap:+.2f}")


def grid_of(answer: Answer, *, point_url: Any, industry_url: Any) -> dict[str, Any]:
    """Return the heat map home × host: ``columns`` (Line without cells), ``lines``, ``legend``, ``largest``."""
    grid = answer.grid
    scores = [each.score for each in grid.points.values()] or [0.0]
    largest, least = max(scores), min(scores)

    def cell(a: str, b: str) -> Shaded:
        point = grid.points.get((a, b))
        if point is None:
            return Shaded("", why=_("不是互补点"))
        return Shaded(f"{point.score:.1f}", shade_of(point.score, largest, least), point_url(a, b))

    return {
        "columns": [_head(answer, each, industry_url, home=False) for each in grid.host],
        "lines": [
            Line(
                each, _head(answer, each, industry_url, home=True).note, industry_url(each), [cell(each, b) for b in grid.host]
            )
            for each in grid.home
        ],
        "legend": legend_of(largest, least),
    }  # fmt: skip


def _head(answer: Answer, industry: str, industry_url: Any, *, home: bool) -> Line:
    growth = answer.growth(home=home, industry=industry)
    quotient = growth.cell.quotient if growth else None
    note = _("区位熵 {value}").format(value=f"{quotient:.2f}") if quotient is not None else ""
    return Line(industry, note, industry_url(industry), ())


def figures_of(answer: Answer, *, industry_url: Any) -> list[Line]:
    """Return one line per industry: both sides' quotient, density, what the other adds, complexity gap."""
    home = {each.industry: each for each in answer.result.home_grows}
    host = {each.industry: each for each in answer.result.host_grows}
    return [
        Line(each, "", industry_url(each), [*_side(home[each]), *_side(host[each])])
        for each in answer.matrix.industries
    ]


def _side(growth: Growth) -> Iterable[Shaded]:
    yield quotient_cell(growth.cell)
    yield points_cell(growth.density, growth)
    yield points_cell(growth.added, growth)
    yield gap_cell(growth)
