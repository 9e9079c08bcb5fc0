"""A comparison on paper and as a workbook: the same rows, the same warnings, every figure with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from feidi.engines.costing import CONVERSION, PROFILE, Comparison, Figure, Line, Side, Swing, period_words
from feidi.engines.money import MoneyText
from feidi.kernel.money.display import format_money_text
from feidi.portals.console.costs import presenting
from feidi.portals.console.costs.presenting import money_words
from feidi.portals.console.words import say


def paper_of(comparison: Comparison, swings: Iterable[Swing]) -> dict[str, Any]:
    """Return what the printed report says."""
    home, host = say(comparison.home.name), say(comparison.host.name)
    first, others = presenting.remarks_of(comparison)
    difference = _("差额（{host} − {home}）").format(host=host, home=home)
    return {
        "facts": [
            {"label": _("为谁测算"), "value": comparison.profile.name or _("未写")},
            {"label": _("主办地 / 所在地"), "value": f"{home} / {host}"},
            {"label": _("测算日"), "value": comparison.as_of.isoformat()},
            {"label": _("测算需求"), "value": "；".join(needs_of(comparison))},
        ],
        "warnings": first,
        "tables": [
            {
                "title": _("逐项对比"),
                "columns": [_("项目"), home, host, difference],
                "widths": [3, 3, 3, 3],
                "rows": [*(_row(each) for each in comparison.lines), *_totals(comparison)],
            },
            {
                "title": _("什么最影响差额（各 ±10%）"),
                "columns": [_("什么"), _("现值"), _("−10% 时差额"), _("+10% 时差额"), _("两边持平")],
                "widths": [4, 3, 3, 3, 2],
                "rows": [
                    [each.what, each.now, _written(each.low), _written(each.high), each.turns_at or "—"]
                    for each in presenting.influences_of(comparison, list(swings))
                ],
            },
            {
                "title": _("用到的数字"),
                "columns": [_("数字"), _("数值"), _("地方"), _("期间"), _("口径"), _("来源"), _("可信度")],
                "widths": [3, 3, 1, 2, 3, 3, 2],
                "rows": [list(each) for each in dict.fromkeys(tuple(row[1:]) for row in figure_rows(comparison))],
            },
        ],
        "closing": [*_closing(comparison), *others],
    }


def _closing(comparison: Comparison) -> list[str]:
    said = [_("差额大于零表示所在地更贵。未知的项不按零计算，也不进合计；合计按现价乘年数，不预测涨跌。")]
    if comparison.left_out:
        said.append(_("未计入合计（至少一边未知）：{items}").format(items=presenting.left_out_words(comparison)))
    return said


def needs_of(comparison: Comparison) -> Iterator[str]:
    """Yield what was asked, as it was typed."""
    for code, value in comparison.profile.given.items():
        if code in {"name", "quotes", "office_kind"}:
            continue
        yield _NEEDS[code](value) if code in _NEEDS else f"{say(PROFILE[code])} {value}"


def _people(groups: Any) -> str:
    usual = _("当地平均工资")
    said = [f"{each['kind']} {each['count']} {_('人')} {each.get('wage') or usual}" for each in groups]
    return "，".join(each.strip() for each in said)


def _conversion(codes: Any) -> str:
    return _("成果转化：") + "、".join(say(CONVERSION[code]) for code in codes)


_NEEDS: dict[str, Callable[[Any], str]] = {
    "years": lambda value: _("{n} 年").format(n=value),
    "people": _people,
    "conversion": _conversion,
    "laboratory": lambda value: _("湿实验室：") + str(value),
    "high_tech": lambda value: _("高新技术企业：") + str(value),
    "power_shares": lambda value: _("峰平谷 {shares}").format(shares="/".join(value.values())),
}


def _row(line: Line) -> list[str]:
    label = f"{say(line.item.label)}（{presenting.per_words(line)}）"
    difference = money_words(line.difference) + (f" {_('两边用同一个数字')}" if line.same else "")
    return [label, _side(line.home), _side(line.host), difference]


def _side(side: Side) -> str:
    lacking = presenting.missing_words(side)
    return money_words(side.amount) + (f"（{_('缺')}：{lacking}）" if lacking else "")


def _totals(comparison: Comparison) -> list[list[str]]:
    return [
        [each.label, _written(each.home), _written(each.host), _written(each.difference)]
        for each in presenting.totals_of(comparison)
    ]


def _written(value: MoneyText | None) -> str:
    return _("未知") if value is None else format_money_text(value, reading=False)


def figure_rows(comparison: Comparison) -> list[list[str]]:
    """Return one row per figure used: item, figure, value, place, period, basket, source, confidence."""
    found: dict[tuple[str, ...], None] = {}
    for line in comparison.lines:
        for place, side in ((comparison.home, line.home), (comparison.host, line.host)):
            for use in side.uses:
                if use.figure is not None:
                    found[tuple(_figure(line, use.figure, say(place.called(use.figure.place)), say(place.name)))] = None
    return [list(each) for each in found]


def _figure(line: Line, figure: Figure, place: str, side: str) -> list[str]:
    stated = not figure.file
    return [
        say(line.item.label),
        say(figure.definition.label),
        presenting.value_words(figure),
        side if stated else place,
        period_words(figure.since, figure.until),
        say(figure.basket),
        _("本次自报") if stated else f"{figure.source} {figure.url}".strip() or say(figure.note),
        "" if figure.value is None else presenting.confidence_words(figure.confidence),
    ]


def headers() -> tuple[str, ...]:
    """Return the heads of the workbook's items."""
    return (
        _("项目"),
        _("周期"),
        _("主办地"),
        _("主办地金额（元）下限"),
        _("主办地金额（元）上限"),
        _("所在地"),
        _("所在地金额（元）下限"),
        _("所在地金额（元）上限"),
        _("差额（元）下限"),
        _("差额（元）上限"),
        _("计入合计"),
        _("缺"),
        _("提示"),
    )


def figure_headers() -> tuple[str, ...]:
    """Return the heads of the workbook's figures."""
    return (_("项目"), _("数字"), _("数值"), _("地方"), _("期间"), _("口径"), _("来源"), _("可信度"))
