"""From figures to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.figure_texts import said, source_text, window_text
from feidi.domain.reporting.indicator_texts import plain, tells_on_few, yuan_text
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.selectors.indicator_rows import Behind, RowLine, rows_of, signed_sums
from feidi.domain.reporting.selectors.indicator_trend import Point
from feidi.domain.reporting.selectors.indicators import Indicator, rows_url
from feidi.domain.talent.models import ClassRuling
from feidi.engines.measures import GROUPS, Rows, period_name, periods_before
from feidi.kernel.access import Actor
from feidi.portals.console.figures.lens import Lens
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Chart, Series, Tab
from feidi.portals.ui.tables import Page

_QUARTER_DAYS = 92
#: The figure of which each row has a sum beside it.
SIGNED = "K08"
#: Parts that speak of persons by kind: a very small number of them is not told.
_SPLIT = ("class:", "side:")


def group_label(code: str) -> str:
    """Return the name of a group of figures."""
    return {
        "pipeline": _("招商与落地"),
        "results": _("孵化成果与成本"),
        "space": _("空间"),
        "firms": _("在孵企业"),
        "talents": _("人才"),
        "matching": _("对接与要素流动"),
        "policy": _("政策"),
        "trust": _("满意度与数据"),
    }[code]


class Coded(Protocol):
    """Anything of one figure."""

    @property
    def code(self) -> str:
        """Which figure."""
        ...


Figure = TypeVar("Figure", bound=Coded)


def groups_of(found: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """Return what is of figures by what belongs together."""
    by_code = {each.code: each for each in found}
    return [(group_label(code), [by_code[each] for each in codes if each in by_code]) for code, codes in GROUPS.items()]


def facts_of(one: Indicator) -> list[tuple[str, object]]:
    """Return what is told of one figure."""
    definition = one.definition
    facts: list[tuple[str, object]] = [(_("数值"), one.value_text)]
    if one.beside:
        below = said(definition.denominator) if definition.denominator else ""
        label = " / ".join(part for part in (said(definition.numerator), below) if part)
        facts.append((label, one.beside))
    facts.append((_("口径"), one.formula))
    if window := window_text(definition):
        facts.append((_("观察期"), window))
    if one.task:
        facts.append((_("目标"), one.target_text))
    if one.progress_text:
        facts.append((_("进度"), one.progress_text))
    if one.frozen:
        facts.insert(0, (_("关账冻结"), f"{one.frozen.text}（{one.frozen.closing.closed_on}）"))
        if one.frozen.meaning_changed:
            facts.insert(1, (_("口径"), _("关账之后口径已改，冻结的数字按当时的口径")))
    if one.correction_text:
        facts.insert(1, (_("更正"), one.correction_text))
    return [*facts, (_("依据"), source_text(definition)), (_("截至"), one.as_of)]


def closable(outpost: Outpost, rows: Sequence[ClosedPeriod], today: date) -> list[str]:
    """Return the names of the periods that are over and not closed yet: two years, four quarters, six months."""
    spans = [*periods_before(today, 3, 12), *periods_before(today, 5, 3), *periods_before(today, 7, 1)]
    names = [period_name(each) for each in reversed(spans) if each.end <= today]
    done = {each.period for each in rows if each.outpost_id == outpost.pk}
    return [name for name in names if name not in done]


def export_heads() -> list[str]:
    """Return the heads of the workbook."""
    return [
        _("指标"), _("数值"), _("分子"), _("分母"), _("对照"), _("目标与进度"),
        _("关账冻结"), _("更正"), _("截至"), _("口径"), _("依据"),
    ]  # fmt: skip


def export_row(one: Indicator) -> list[object]:
    """Return one figure as a row; numbers as numbers where they are exact."""
    reading = one.reading
    return [
        one.label,
        one.value_text,
        *(None if each is None else float(each) for each in (reading.numerator, reading.denominator)),
        one.beside,
        "　".join(part for part in (one.target_text, one.progress_text) if part),
        one.frozen.text if one.frozen else "",
        one.correction_text,
        one.as_of,
        one.formula,
        source_text(one.definition),
    ]


def part_label(one: Indicator, part: str) -> str:
    """Return the name of a part of a figure."""
    definition = one.definition
    if part == "above":
        return said(definition.numerator)
    if part == "below":
        return said(definition.denominator) if definition.denominator else _("分母")
    if part.startswith("class:"):
        return _class_names().get(part[6:], part[6:]) if part[6:] else _("类别未裁定")
    return {
        "fix:added": _("更正：多出的"),
        "fix:removed": _("更正：少掉的"),
        "apart:opening": _("期初（单列）"),
        "apart:forced": _("强制推进（单列）"),
        "apart:unknown": _("没有答复或填报"),
        "apart:no_area": _("没有登记面积（未计入）"),
        "apart:waiting": _("成果待采信（未计入）"),
        "apart:incomparable": _("没有两年可比的数据（未计入）"),
        "apart:other_currency": _("其他币种（未计入）"),
        "apart:no_amount": _("核准但没有登记金额（未计入）"),
        "apart:missed": _("应享未享"),
        "months:host_to_home": _("人月，流入"),
        "months:home_to_host": _("人月，流出"),
        "apart:unpromised": _("没有规定时限（单列）"),
        "apart:standing": _("正在等申请人（单列）"),
        "side:home": _("在本地工作"),
        "side:host": _("在飞地工作"),
        "side:elsewhere": _("在其他地方工作"),
        "side:": _("工作地未登记"),
    }.get(part, part.partition(":")[2])


def _class_names() -> dict[str, str]:
    return dict(ClassRuling.objects.exclude(class_code="").order_by("id").values_list("class_code", "class_name"))


def part_links(one: Indicator) -> list[dict[str, Any]]:
    """Return the parts of a figure, each with its number and its rows."""
    return [
        {
            "label": part_label(one, part),
            "n": _("人数少，不分列") if _untold(one, part) else f"{len(rows.keys):,}",
            "url": rows_url(one.view, one.code, part=part),
        }
        for part, rows in one.parts.items()
        if rows.keys
    ]


def _untold(one: Indicator, part: str) -> bool:
    return part.startswith(_SPLIT) and tells_on_few(one.reading, part.partition(":")[0] + ":")


def tabs_of(one: Indicator) -> list[Tab]:
    """Return the parts as tabs; those by kind of person stay on the figure's own page."""
    parts = one.parts
    return [
        Tab(part, part_label(one, part), rows_url(one.view, one.code, part=part), len(rows.keys))
        for part, rows in parts.items()
        if part == "above" or (rows.keys and not part.startswith(_SPLIT))
    ]


def trend_chart(one: Indicator, points: Sequence[Point]) -> Chart:
    """Return the figure over earlier periods; no value is a gap. A target of the year stands as a line of its own."""
    ratio = one.definition.kind in {"ratio", "share"}
    values = [_number(each.one, ratio=ratio) for each in points]
    series = [Series(one.label, values)]
    # a year's target beside quarters would say nothing
    years = all((each.one.view.period.end - each.one.view.period.start).days > _QUARTER_DAYS for each in points)
    floors = [each.one.task.floor if each.one.task else None for each in points] if years else []
    if any(each is not None for each in floors):
        series.append(Series(_("目标（底线）"), floors))
    return Chart(
        kind="line",
        title=_("历年与各季度（已关账的为冻结数）"),
        categories=[each.name for each in points],
        series=series,
        unit="%" if ratio else said(one.definition.unit),
    )


def _number(one: Indicator, *, ratio: bool) -> float | int | None:
    value = one.frozen.reading.value if one.frozen else one.value
    if value is None:
        return None
    scaled = value * 100 if ratio else value
    return int(scaled) if scaled.denominator == 1 else round(float(scaled), 1)


def frozen_lines(points: Sequence[Point]) -> list[dict[str, object]]:
    """Return the earlier periods with what was frozen, what it rests on and what was corrected."""
    return [
        {
            "name": each.name,
            "url": each.one.page_url,
            "shown": each.one.shown,
            "beside": each.one.beside,
            "frozen": each.one.frozen,
            "correction": each.one.correction_text,
        }
        for each in reversed(points)
    ]


def changed_words(one: Indicator) -> str:
    """Return how the rows of a correction differ: more, fewer, or the same with other numbers in them."""
    fix = one.frozen.correction if one.frozen else None
    if fix is None or fix.added is None or fix.removed is None:
        return ""
    if not fix.added and not fix.removed:
        return _("行没有增减，行里的数改了")
    return _("多 {a} 条、少 {r} 条").format(a=len(fix.added), r=len(fix.removed))


def reasons_of(actor: Actor, one: Indicator) -> list[str]:
    """Return what was written to the rows of a correction, with the reason; nothing where one of them may not be opened."""
    fix = one.frozen.correction if one.frozen else None
    if fix is None or not fix.writes:
        return []
    behind = rows_of(actor, Rows(one.reading.above.kind, fix.touched))
    if behind.seen is None or behind.seen.count() < behind.total:
        return []
    return [f"{localtime(each.at):%Y-%m-%d} {each.by}：{each.reason}" for each in fix.writes]


def corrections_of(actor: Actor, found: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Return the figures that are counted differently since their period was closed, with how and why."""
    return [
        {"one": each, "words": changed_words(each), "reasons": reasons_of(actor, each)}
        for each in found
        if each.frozen and each.frozen.correction
    ]


def amount_label(one: Indicator, part: str) -> str:
    """Return what the rows' amounts are of; empty where each row just counts."""
    if one.code == SIGNED:
        return _("计入签约额（元）")
    return part_label(one, part) if one.parts[part].amounts is not None else ""


def totals_of(one: Indicator, part: str, behind: Behind, page: Page[Any]) -> dict[str, str]:
    """Return how many rows there are and how many of them one may not open; a very small number of persons is not told."""
    small = _untold(one, part) and page.total < behind.total
    hidden = behind.total - page.total if page.exact and behind.seen is not None and not small else 0
    return {
        "total": "—" if small else f"{behind.total:,}",
        "hidden": f"{hidden:,}" if hidden else "",
    }


def row_lines(one: Indicator, part: str, behind: Behind, lines: Sequence[RowLine]) -> Iterator[list[object]]:
    """Yield the rows of a part for a workbook: each with what it adds, then those not to be opened, then the whole."""
    adds = behind.rows.amounts is not None
    for each in lines:
        yield [each.label, each.note, float(each.amount) if each.amount is not None else 1]
    if _untold(one, part) and len(lines) < behind.total:
        return
    whole = float(behind.rows.total) if adds else behind.total
    if len(lines) < behind.total:
        told = sum(float(each.amount or 0) for each in lines) if adds else len(lines)
        words = _("另有 {n} 条您不能打开，只计数、不列名").format(n=behind.total - len(lines))
        yield [words, "", whole - told]
    yield [_("合计"), _("截至 {day}").format(day=one.as_of), whole]


def with_sums(one: Indicator, rows: Sequence[Any], lines: Sequence[RowLine]) -> list[RowLine]:
    """Return the rows of the signings with the sum of each beside it; other figures' rows as they are."""
    if one.code != SIGNED:
        return list(lines)
    signed = signed_sums(one.view)
    return [replace(line, amount=signed.get(row.pk)) for row, line in zip(rows, lines, strict=True)]


def increments_of(one: Indicator, part: str, behind: Behind) -> list[Fraction]:
    """Return the yuan by which projects signed for earlier were increased: in the sum of the signings, in none of the rows."""
    if one.code != SIGNED or part != "above":
        return []
    keys = set(behind.rows.keys)
    return [yuan for key, yuan in signed_sums(one.view).items() if key not in keys]


def signed_table(
    one: Indicator, part: str, behind: Behind, rows: Sequence[Any], lines: Sequence[RowLine]
) -> list[list[object]]:
    """Return the rows of the signings for a workbook: with the sum of each, what else is in the sum, and the whole."""
    table = list(row_lines(one, part, behind, lines))
    for line, each in zip(table, with_sums(one, rows, lines), strict=False):
        line.append(float(each.amount) if each.amount is not None else "")
    others = increments_of(one, part, behind)
    if others:
        table.insert(-1, [increments_text(one, part, behind), "", "", float(sum(others, Fraction(0)))])
    if part == "above" and len(lines) == behind.total:
        table[-1].append(float(sum(signed_sums(one.view).values(), Fraction(0))))
    return table


def increments_text(one: Indicator, part: str, behind: Behind) -> str:
    """Return what the sum of the signings holds that none of the rows shows: increments of earlier signings."""
    others = increments_of(one, part, behind)
    if not others:
        return ""
    return _("另有 {n} 个以前签约的项目增资 {sum}，只计金额").format(
        n=len(others), sum=yuan_text(sum(others, Fraction(0)))
    )


def sum_text(rows: Rows) -> str:
    """Return what the rows add up to; empty where each adds one."""
    return "" if rows.amounts is None else plain(rows.total)


def chat_of(lens: Lens, found: Sequence[Indicator]) -> str:
    """Return the figures in daily use as lines for a chat group, at most 300 characters."""
    whose = lens.outposts[0].short_name if len(lens.outposts) == 1 else _("各驻点")
    title = _("【{whose}】截至{day}").format(whose=whose, day=lens.view.as_of)
    return chat_lines(title, [f"{each.label} {each.shown}" for each in found if each.value is not None])
