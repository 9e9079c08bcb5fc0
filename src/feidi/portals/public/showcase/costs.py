"""What a firm's work costs at home and at the host, from dated figures; the address is the whole question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from feidi.domain.policy.selectors.costs import costs_of, places_with_costs
from feidi.domain.showcase.selectors.sites import Site
from feidi.engines.costing import (
    FIGURES,
    PROFILE,
    Comparison,
    Range,
    Side,
    compare,
    period_words,
    read_profile,
    whole_fen,
)
from feidi.engines.money import MoneyText
from feidi.kernel.messages import sentence_of, text_of
from feidi.kernel.money.display import format_money_text
from feidi.portals.public.showcase.pages import fresh_page, shown
from feidi.portals.public.showcase.words import listed, say
from feidi.portals.ui.requests import FeidiRequest

#: What is asked, and the unit that stands beside it: a bare number has that one.
_FIELDS: Final = {"office": "㎡", "plant": "㎡", "power": "kWh/年", "water": "m³/年"}
_MOST: Final = 60
#: A bare number from here on is a year's pay in yuan; a smaller one may be 万元 or a month's: it is asked about.
_A_YEARS_PAY: Final = 20_000
#: What must not be overlooked: a gap between two years is no gap between two places.
_YEARS: Final = "costing.different_years"
#: So many missing figures are named in a cell.
_NAMED: Final = 3
_BARE: Final = re.compile(r"[\d,.]+[万亿]?")


@fresh_page
def cost_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """Both places item by item, every figure with its source and year; unknown is said, never 0."""
    home, host = site.outpost.home.code, site.outpost.host.code
    stated = {each.code for each in places_with_costs()}
    possible = {home, host} <= stated
    given = _given(request.GET) if possible else {}
    comparison, problems = None, []
    if given:
        profile, findings = read_profile(given, as_of=request.today)
        problems = [sentence_of(each) for each in findings]
        if profile is not None:
            as_of = request.today
            comparison = compare(profile, costs_of(home, on=as_of), costs_of(host, on=as_of), as_of=as_of)
    context = {
        "possible": possible,
        "fields": _drawn(request.GET),
        "problems": problems,
        "comparison": comparison,
        **(_told(comparison) if comparison is not None else {}),
    }
    return shown(request, site, "cost_view", context)


def _drawn(given: QueryDict) -> list[tuple[str, str, str, str]]:
    examples = {
        "people": _("如 9"),
        "wage": _("如 240000（元/年）或 24万元/年；不知道就空着，取当地平均工资"),
        "office": _("如 200（㎡）"),
        "plant": _("如 1000（㎡）"),
        "power": _("如 50000（度/年）"),
        "water": _("如 600（m³/年）"),
    }
    labels = {"people": _("人数"), "wage": _("人均年薪"), **{code: say(PROFILE[code]) for code in _FIELDS}}
    return [(code, labels[code], given.get(code, "")[:_MOST], examples[code]) for code in examples]


def _given(query: QueryDict) -> dict[str, Any]:
    given: dict[str, Any] = {
        code: with_unit(text[:_MOST], unit)
        for code, unit in _FIELDS.items()
        if (text := str(query.get(code, "")).strip())
    }
    people, wage = query.get("people", "").strip()[:8], query.get("wage", "").strip()[:_MOST]
    if wage.endswith("万") or _whole(wage) >= _A_YEARS_PAY:
        wage = f"{wage}元/年"
    if people:
        count = int(people) if people.isascii() and people.isdigit() else people
        pay = {"wage": wage} if wage else {"average": "private"}
        given["people"] = [{"kind": _("团队"), "count": count, **pay}]
    return given


def with_unit(text: str, unit: str) -> str:
    """Return what was typed with the unit that stands beside its field, where none was typed.

    >>> with_unit("200", "㎡"), with_unit("200 平方米", "㎡"), with_unit("未知", "㎡")
    ('200㎡', '200 平方米', '未知')
    """
    return f"{text}{unit}" if _BARE.fullmatch(text) else text


def _whole(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _told(comparison: Comparison) -> dict[str, Any]:
    return {
        "home": say(comparison.home.name),
        "host": say(comparison.host.name),
        "items": [
            {
                "label": say(each.item.label),
                "home": _cell(each.home),
                "host": _cell(each.host),
                "difference": _money(each.difference),
                "remarks": [text_of(remark) for remark in each.remarks if remark.code != _YEARS],
            }
            for each in comparison.lines
        ],
        "warnings": _warnings(comparison),
        "sources": [
            (say(comparison.home.name), _sources(each.home for each in comparison.lines)),
            (say(comparison.host.name), _sources(each.host for each in comparison.lines)),
        ],
        "total": {
            "home": _money(comparison.yearly.home),
            "host": _money(comparison.yearly.host),
            "difference": _money(comparison.yearly.difference),
        },
        "left_out": len(comparison.left_out),
        "remarks": [text_of(each) for each in comparison.remarks],
    }


def _cell(side: Side) -> dict[str, Any]:
    names = [say(FIGURES[code].label if code in FIGURES else PROFILE[code]) for code in side.missing]
    told = listed(names[:_NAMED])
    if len(names) > _NAMED:
        told = _("{names}等 {n} 项").format(names=told, n=len(names))
    return {"amount": _money(side.amount), "missing": told}


def _warnings(comparison: Comparison) -> list[str]:
    """Return each warning once, with the items that it is about."""
    found: dict[str, list[str]] = {}
    for each in comparison.lines:
        for remark in each.remarks:
            if remark.code == _YEARS:
                found.setdefault(text_of(remark), []).append(say(each.item.label))
    return [f"{listed(labels)}：{words}" for words, labels in found.items()]


def _sources(sides: Iterable[Side]) -> list[str]:
    """Return each source once, with the figures that were taken from it and of what time they are."""
    found: dict[str, dict[str, None]] = {}
    for use in (use for side in sides for use in side.uses):
        if use.figure is not None and use.figure.source:
            when = period_words(use.figure.since, use.figure.until)
            label = say(use.figure.definition.label)
            found.setdefault(use.figure.source, {})[f"{label}（{when}）" if when else label] = None
    return [f"{listed(labels)}：{source}" for source, labels in found.items()]


def _money(value: Range | None) -> str:
    if value is None:
        return _("未知")
    return format_money_text(MoneyText("", whole_fen(value.lo), whole_fen(value.hi), "CNY"))
