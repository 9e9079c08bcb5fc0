"""How an answer reads: what each part of a score means, where the figures come from, what they must not be taken for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import IndustryTable
from feidi.domain.matching.models.uploaded_table import UploadedTable
from feidi.domain.matching.selectors.complementarity import Answer
from feidi.engines.findings import Finding, Level
from feidi.engines.regions import Cell, Contribution, Growth, Method, Part, PartCode, Point
from feidi.kernel.messages import Words
from feidi.portals.console.regions.heat import Shaded, quotient_cell, undefined
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("title", gettext_lazy("产业表"), lead=True, sortable=True),
    Column("year", gettext_lazy("年份"), numeric=True, sortable=True),
    Column("level", gettext_lazy("口径"), sortable=True),
    Column("unit", gettext_lazy("单位")),
    Column("sides", gettext_lazy("主办地 / 所在地")),
    Column("size", gettext_lazy("地区 × 产业")),
    Column("source", gettext_lazy("来源")),
    Column("uploaded", gettext_lazy("上传"), sortable=True),
    Column("by", gettext_lazy("上传人"), shown=False),
]
SORTS = {"title": "title", "year": "year", "level": "level", "uploaded": "uploaded_at"}
POINTS = [
    Column("home_industry", gettext_lazy("主办地产业"), sortable=True, lead=True),
    Column("host_industry", gettext_lazy("所在地产业"), sortable=True),
    Column("score", gettext_lazy("分数"), sortable=True, numeric=True),
    *(
        Column(code.value, label, sortable=True, numeric=True)
        for code, label in {
            PartCode.HOST_ADDS: gettext_lazy("所在地补主办地"),
            PartCode.HOME_ADDS: gettext_lazy("主办地补所在地"),
            PartCode.HOME_LEADS: gettext_lazy("主办地领先"),
            PartCode.HOST_LEADS: gettext_lazy("所在地领先"),
        }.items()
    ),
    Column("linked", gettext_lazy("投入产出联系"), shown=False),
    Column("possible", gettext_lazy("未定义项按满分时"), numeric=True, shown=False),
]
PART_NAMES: dict[PartCode, Words] = {
    PartCode.HOST_ADDS: gettext_lazy("所在地产业给主办地产业补上的关联"),
    PartCode.HOME_ADDS: gettext_lazy("主办地产业给所在地产业补上的关联"),
    PartCode.HOME_LEADS: gettext_lazy("主办地在自己产业上的领先"),
    PartCode.HOST_LEADS: gettext_lazy("所在地在自己产业上的领先"),
    PartCode.LINKED: gettext_lazy("两个产业的投入产出联系"),
}
_PART_TELLS: dict[PartCode, Words] = {
    PartCode.HOST_ADDS: gettext_lazy(
        "主办地没有所在地的这个产业时：它与主办地产业的关联，是最近的相关产业的百分之几（100 就是最近的）"
    ),
    PartCode.HOME_ADDS: gettext_lazy(
        "所在地没有主办地的这个产业时：它与所在地产业的关联，是最近的相关产业的百分之几（100 就是最近的）"
    ),
    PartCode.HOME_LEADS: gettext_lazy("两地区位熵折成 0–100 后相差多少（熵 ÷（1＋熵））"),
    PartCode.HOST_LEADS: gettext_lazy("两地区位熵折成 0–100 后相差多少（熵 ÷（1＋熵））"),
    PartCode.LINKED: gettext_lazy("互为采购或销售的最大份额"),
}
_METHODS: dict[Method, Words] = {
    Method.PROB: gettext_lazy("从本表各地区的产业共现算出（EconGeo，prob；1 为随机水平）"),
    Method.COSINE: gettext_lazy("从本表各地区的产业共现算出（余弦）"),
    Method.JACCARD: gettext_lazy("从本表各地区的产业共现算出（Jaccard）"),
    Method.GIVEN: gettext_lazy("另给的产业关联表"),
    Method.INPUTS: gettext_lazy("投入系数"),
}


def address(table: IndustryTable, name: str = "table_view", **query: str) -> str:
    """Return the address of a page of a table that asks the same."""
    here = reverse(f"console:regions:{name}", args=[table.uid])
    asked = urlencode({key: value for key, value in query.items() if value})
    return f"{here}?{asked}" if asked else here


def sides(answer: Answer) -> dict[str, str]:
    """Return what of the address says which pair is looked at, and by which flows; empty for what goes unsaid."""
    own = (answer.table.home_region, answer.table.host_region)
    asked = (answer.result.home, answer.result.host)
    pair = {} if asked == own else dict(zip(("home", "host"), asked, strict=True))
    return {**pair, "flows": answer.flows} if answer.flows else pair


def badges_of(table: UploadedTable) -> list[Badge]:
    """Return what a table must not be taken for: void, invented, a city's."""
    found = []
    if table.voided_at:
        found.append(Badge(_("已作废"), "bad", title=table.void_reason))
    if table.invented:
        found.append(Badge(_("虚构数字，演示用"), "mark"))
    if isinstance(table, IndustryTable) and table.level == TableLevel.CITY:
        found.append(Badge(_("市级数字，不是本区的"), "warn"))
    return found


def warnings_of(table: IndustryTable) -> list[str]:
    """Return the same as sentences, for page, export and picture."""
    found = []
    if table.invented:
        found.append(_("数字是虚构的，只作演示，不能用于任何决定。"))
    if table.level == TableLevel.CITY:
        found.append(
            _("这是市级数字，不是本区的数字：{home}、{host}的结论不能直接当作区的结论。").format(
                home=table.home_region, host=table.host_region
            )
        )
    return found


def source_of(table: IndustryTable) -> str:
    """Return whose figures they are, of which year, counting what, for how large an area."""
    return _("来源：{source}；{year} 年；单位：{unit}；口径：{level}").format(
        source=table.source, year=table.year, unit=table.unit, level=TableLevel(table.level).label
    )


def tables_as_rows(tables: Sequence[IndustryTable]) -> list[Row]:
    """Return tables as list rows."""
    return [
        Row(
            cells={
                "title": each.title,
                "year": str(each.year),
                "level": TableLevel(each.level).label,
                "unit": each.unit,
                "sides": f"{each.home_region} / {each.host_region}",
                "size": f"{len(each.regions)} × {len(each.industries)}",
                "source": each.source,
                "uploaded": each.uploaded_at,
                "by": each.uploaded_by,
            },
            url=address(each),
            uid=each.uid,
            badges=badges_of(each),
        )
        for each in tables
    ]


def part_text(part: Part, point: Point) -> str:
    """Return a part's value, or why it is undefined."""
    if part.value is not None:
        return f"{part.value:.1f}"
    names = {"home": point.home_industry, "host": point.host_industry}
    industry = names["host" if part.code is PartCode.HOME_ADDS else "home"]
    return undefined(part.why, industry=industry, **names).text


def sort_points(points: Iterable[Point], sort: str, *, descending: bool) -> list[Point]:
    """Return points in the order asked for; undefined parts last either way; without a wish as the engine ranks them."""
    keys: dict[str, Any] = {
        "home_industry": lambda each: each.home_industry,
        "host_industry": lambda each: each.host_industry,
        "score": lambda each: each.score,
    }
    codes = {code.value for code in PartCode}
    rows = list(points)
    if sort in keys:
        return sorted(rows, key=keys[sort], reverse=descending)
    if sort not in codes:
        return rows
    known = [each for each in rows if _value(each, sort) is not None]
    return sorted(known, key=lambda each: _value(each, sort) or 0.0, reverse=descending) + [
        each for each in rows if _value(each, sort) is None
    ]


def _value(point: Point, code: str) -> float | None:
    return next((part.value for part in point.parts if part.code == code), None)


def points_as_rows(answer: Answer, points: Iterable[Point]) -> list[Row]:
    """Return points as list rows; each leads to what stands behind it."""
    return [
        Row(
            cells={
                "home_industry": each.home_industry,
                "host_industry": each.host_industry,
                "score": f"{each.score:.1f}",
                "possible": f"{each.possible:.1f}",
                "linked": _("不计"),
                **{part.code.value: part_text(part, each) for part in each.parts},
            },
            url=point_url(answer, each.home_industry, each.host_industry),
        )
        for each in points
    ]


def point_url(answer: Answer, home_industry: str, host_industry: str) -> str:
    """Return the address of what stands behind one point."""
    return address(answer.table, "point_view", a=home_industry, b=host_industry, **sides(answer))


def industry_url(answer: Answer, industry: str) -> str:
    """Return the address of one industry."""
    return address(answer.table, "industry_view", industry=industry, **sides(answer))


def parts_of(point: Point) -> list[dict[str, Any]]:
    """Return the split of a score: what each part is, its value, its weight, what it adds."""
    adds = dict(zip((PartCode.HOST_ADDS, PartCode.HOME_ADDS), point.adds, strict=True))
    return [
        {
            "name": PART_NAMES[part.code],
            "tells": _PART_TELLS[part.code],
            "adds": _("新增密度 {points} 点").format(points=f"{added:.1f}")
            if (added := adds.get(part.code)) is not None
            else "",
            "value": part_text(part, point),
            "weight": f"{part.weight:g}",
            "share": part.share,
            "share_text": f"{part.share:.2f}",
        }
        for part in point.parts
    ]


def cells_of(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """Return the figures behind location quotients, as they stand in the table."""
    return [
        {
            "region": each.region,
            "industry": each.industry,
            "value": f"{each.value:,.10g}",
            "region_total": f"{each.region_total:,.10g}",
            "industry_total": f"{each.industry_total:,.10g}",
            "whole": f"{each.whole:,.10g}",
            "quotient": quotient_cell(each).text,
            "strong": each.specialised,
        }
        for each in cells
    ]


def growth_of(answer: Answer, growth: Growth) -> dict[str, Any]:
    """Return what one side has and the other adds around an industry, with every related industry that counts."""
    return {
        "title": _("{region}的{industry}").format(region=growth.region, industry=growth.industry),
        "other": growth.other,
        "region": growth.region,
        "quotient": quotient_cell(growth.cell).text,
        "density": _points(growth.density, growth),
        "added": _points(growth.added, growth),
        "together": f"{growth.density + growth.added:.1f}"
        if growth.density is not None and growth.added is not None
        else "",
        "gap": f"{growth.complexity_gap:+.2f}" if growth.complexity_gap is not None else _gap().text,
        "own": _contributions(answer, growth.own),
        "gained": _contributions(answer, growth.gained),
    }


def _points(value: float | None, growth: Growth) -> str:
    if value is not None:
        return f"{value:.1f}"
    return undefined(growth.why_undefined, industry=growth.industry, region=growth.region).text


def _gap() -> Shaded:
    return undefined("regions.complexity_undefined")


def _contributions(answer: Answer, found: Iterable[Contribution]) -> list[dict[str, str]]:
    return [
        {
            "industry": each.industry,
            "url": industry_url(answer, each.industry),
            "relatedness": f"{each.relatedness:.2f}",
            "points": f"{each.points:.1f}",
            "here": f"{each.here:.2f}" if each.here is not None else "—",
            "there": f"{each.there:.2f}" if each.there is not None else "—",
        }
        for each in found
        if each.points > 0
    ]


def method_of(answer: Answer) -> str:
    """Return where the relatedness comes from."""
    return str(_METHODS[answer.result.method])


def findings_of(answer: Answer) -> list[Finding]:
    """Return what the answer leaves undefined or out."""
    return [each for each in answer.result.findings if each.level is not Level.FATAL]


def chat_of(answer: Answer, points: Sequence[Point]) -> tuple[str, list[str]]:
    """Return the head and the lines of a chat message: what it rests on first, then the best points."""
    table, result = answer.table, answer.result
    title = _("互补点：{home} × {host}（{year} 年，{level}{invented}）").format(
        home=result.home,
        host=result.host,
        year=table.year,
        level=TableLevel(table.level).label,
        invented=_("，虚构数字") if table.invented else "",
    )
    lines = [f"{at}. {each.home_industry} × {each.host_industry} {each.score:.1f}" for at, each in enumerate(points, 1)]
    return title, lines
