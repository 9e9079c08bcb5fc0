"""From figures to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from feidi.domain.reporting.figure_texts import said, window_text
from feidi.domain.reporting.indicator_texts import plain, small_text
from feidi.domain.reporting.selectors.indicator_rows import parts_of
from feidi.domain.reporting.selectors.indicators import Indicator, rows_url
from feidi.domain.talent.models import ClassRuling
from feidi.engines.measures import GROUPS, Rows
from feidi.portals.console.figures.lens import Lens
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Tab

#: Parts with so few rows are not opened one by one where they speak of persons.
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


def groups_of(found: Iterable[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Return the figures by what belongs together."""
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
    return [*facts, (_("依据"), definition.source), (_("截至"), one.as_of)]


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
        "apart:opening": _("期初（单列）"),
        "apart:forced": _("强制推进（单列）"),
        "apart:unknown": _("未填报"),
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
            "n": small_text(len(rows.keys)) if part.startswith(_SPLIT) else f"{len(rows.keys):,}",
            "url": rows_url(one.view, one.code, part=part),
        }
        for part, rows in parts_of(one.reading).items()
        if rows.keys
    ]


def tabs_of(one: Indicator) -> list[Tab]:
    """Return the parts as tabs; those by kind of person stay on the figure's own page."""
    parts = parts_of(one.reading)
    return [
        Tab(part, part_label(one, part), rows_url(one.view, one.code, part=part), len(rows.keys))
        for part, rows in parts.items()
        if part == "above" or (rows.keys and not part.startswith(_SPLIT))
    ]


def amount_label(one: Indicator, part: str) -> str:
    """Return what the rows' amounts are of."""
    return part_label(one, part)


def sum_text(rows: Rows) -> str:
    """Return what the rows add up to; empty where each adds one."""
    return "" if rows.amounts is None else plain(rows.total)


def chat_of(lens: Lens, found: Sequence[Indicator]) -> str:
    """Return the figures in daily use as lines for a chat group, at most 300 characters."""
    whose = lens.outposts[0].short_name if len(lens.outposts) == 1 else _("各驻点")
    title = _("【{whose}】截至{day}").format(whose=whose, day=lens.view.as_of)
    return chat_lines(title, [f"{each.label} {each.shown}" for each in found if each.value is not None])
