"""Indices and 互补点 as JSON and as lines; what is undefined is null, and a dash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from feidi.engines.regions import Complementarity, Growth, Indices, Point, Source, Table
from feidi.portals.cli.matching.telling import finding_json, line_of

#: So many of the largest are listed; ``--json`` gives all.
SHOWN: Final = 5
_PARTS: Final = {
    "host_adds": "所在地补给主办地",
    "home_adds": "主办地补给所在地",
    "home_leads": "主办地领先",
    "host_leads": "所在地领先",
    "linked": "投入产出联系",
}


def indices_told(found: Indices) -> dict[str, Any]:
    """Return all indices as JSON."""
    by_region = {
        "diversity": found.diversity,
        "krugman": found.krugman,
        "herfindahl": found.herfindahl,
        "entropy": found.entropy,
        "hachman": found.hachman,
        "specialisation": found.specialisation,
        "complexity": found.region_complexity,
    }
    by_industry = {"ubiquity": found.ubiquity, "gini": found.gini, "complexity": found.industry_complexity}
    regions, industries = found.matrix.regions, found.matrix.industries
    related = Table(industries, industries, found.relatedness.values)
    return {
        "source": asdict(found.matrix.source),
        "location_quotient": _table(found.quotients),
        "specialised": _table(found.specialised),
        "relatedness": {"method": found.relatedness.method.value, "values": _table(related)},
        "density": _table(found.density),
        "regions": {
            region: {name: values[at] for name, values in by_region.items()} for at, region in enumerate(regions)
        },
        "industries": {
            each: {name: values[at] for name, values in by_industry.items()} for at, each in enumerate(industries)
        },
        "findings": [finding_json(each) for each in found.findings],
    }


def _table(table: Table) -> dict[str, dict[str, float | None]]:
    return {row: table.row(row) for row in table.rows}


def indices_lines(found: Indices) -> Iterator[str]:
    """Yield a line for each region: how mixed it is, and what it is strongest in."""
    yield source_line(found.matrix.source)
    for at, region in enumerate(found.matrix.regions):
        lq = {name: value for name, value in found.quotients.row(region).items() if value is not None}
        strongest = sorted(lq.items(), key=lambda each: -each[1])[:SHOWN]
        yield (
            f"{region}　优势产业 {_shown(found.diversity[at])} 个　专业化 {_shown(found.specialisation[at])}"
            f"　熵 {_shown(found.entropy[at])}　复杂度 {_shown(found.region_complexity[at])}"
        )
        yield f"  区位熵：{'　'.join(f'{name} {value:.2f}' for name, value in strongest) or '—'}"
    yield from (line_of(each) for each in found.findings)


def _shown(value: float | None) -> str:
    return "—" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def source_line(source: Source) -> str:
    """Return whose figures they are, in one line."""
    said = [source.name or "来源未注明", f"{source.year} 年" if source.year else "年份未注明", source.unit]
    return "　".join(filter(None, [*said, "虚构数字" if source.invented else ""]))


def complementarity_told(found: Complementarity, top: int | None) -> dict[str, Any]:
    """Return the ranked points with everything behind them as JSON."""
    return {
        "home": found.home,
        "host": found.host,
        "method": found.method.value,
        "weights": asdict(found.weights),
        "source": asdict(found.source),
        "relatedness_source": asdict(found.relatedness_source),
        "linkage_source": asdict(found.linkage_source) if found.linkage_source else None,
        "points": [_point(each) for each in found.points[:top]],
        "home_grows": [asdict(each) for each in found.home_grows],
        "host_grows": [asdict(each) for each in found.host_grows],
        "findings": [finding_json(each) for each in found.findings],
    }


def _point(point: Point) -> dict[str, Any]:
    return asdict(point) | {"parts": [asdict(each) | {"code": each.code.value} for each in point.parts]}


def complementarity_lines(found: Complementarity, top: int | None) -> Iterator[str]:
    """Yield the best points with the split of their score, then what each side would gain."""
    yield f"互补点　主办地 {found.home}　所在地 {found.host}　关联：{found.method.value}"
    yield source_line(found.source)
    for place, point in enumerate(found.points[: top or len(found.points)], 1):
        yield from _point_lines(place, point, found)
    if not found.points:
        yield "没有互补点。"
    for growths, region in ((found.home_grows, found.home), (found.host_grows, found.host)):
        yield f"{region} 因对方而更近的产业（密度 + 增加 = 合起来）："
        yield from _growth_lines(growths)
    yield from (line_of(each) for each in found.findings)


def _point_lines(place: int, point: Point, found: Complementarity) -> Iterator[str]:
    score = f"{point.score:.1f}" + (f"（至多 {point.possible:.1f}）" if point.possible > point.score else "")
    yield f"{place}. {found.home}·{point.home_industry} × {found.host}·{point.host_industry}　{score}"
    split = [f"{_PARTS[each.code]} {'—' if each.value is None else f'{each.value:.1f}'}" for each in point.parts]
    yield f"   {'　'.join(split)}"
    cells = [f"{each.region}{each.industry} {_shown(each.quotient)}" for each in point.cells]
    yield f"   区位熵：{'　'.join(cells)}"
    for each in point.links:
        if each.supply is not None:
            yield f"   {each.seller}→{each.buyer}　投入系数 {each.supply:.4f}"


def _growth_lines(growths: Sequence[Growth]) -> Iterator[str]:
    for each in growths[:SHOWN]:
        if not each.added or each.density is None:
            continue
        who = "、".join(f"{part.industry} {part.points:.1f}" for part in each.gained[:3])
        gap = "" if each.complexity_gap is None else f"　复杂度差 {each.complexity_gap:+.2f}"
        both = each.density + each.added
        yield f"  {each.industry}　{each.density:.1f} + {each.added:.1f} = {both:.1f}{gap}　来自 {who}"
