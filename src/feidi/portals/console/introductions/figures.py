"""对接统计: how many stand where, how many days it takes, 技术交易额; every number opens its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import VIEW
from feidi.domain.matching.enums import NEED_KINDS, IntroductionState, Side
from feidi.domain.matching.models import Introduction, IntroductionOutcome
from feidi.domain.matching.selectors.introduction_pace import CONTRACT, STEPS, Pace, count_by_state, paces_of
from feidi.domain.matching.selectors.introduction_steps import STEPS as ALL_STEPS
from feidi.domain.matching.selectors.outcomes import TechnologyAmount, counted, list_contracts, technology_amounts
from feidi.domain.parties.access import require
from feidi.kernel.messages import Words
from feidi.kernel.money.display import format_money
from feidi.portals.console.introductions.views import record_url
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Action, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000
_FEW = 5
TO: Mapping[str, Words] = {
    **{str(each.to): each.label for each in ALL_STEPS if each.to in STEPS},
    CONTRACT: gettext_lazy("技术合同（已采信）"),
}
DAYS_COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("need", gettext_lazy("需求"), sortable=True),
    Column("offer", gettext_lazy("供给"), sortable=True),
    Column("interested", gettext_lazy("意向日期"), sortable=True),
    Column("on", gettext_lazy("到达日期")),
    Column("days", gettext_lazy("天数")),
]
DAYS_SORTS = {
    "number": "number",
    "need": "need__number",
    "offer": "offer__number",
    "interested": "interested_on",
}
CONTRACT_COLUMNS = [
    Column("number", gettext_lazy("对接编号"), sortable=True, lead=True),
    Column("on", gettext_lazy("日期"), sortable=True),
    Column("amount", gettext_lazy("合同金额"), sortable=True),
    Column("technology", gettext_lazy("技术交易额"), sortable=True),
    Column("registration", gettext_lazy("登记号")),
    Column("side", gettext_lazy("由哪一方登记"), sortable=True),
    Column("counts", gettext_lazy("是否计入")),
]
CONTRACT_SORTS = {
    "number": "introduction__number",
    "on": "on",
    "amount": "amount_fen",
    "technology": "technology_amount_fen",
    "side": "registering_side",
}


class KindForm(Form):
    """Of which kind of need; lives in the address."""

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((each.value, each.label) for each in NEED_KINDS)],
    )


class DaysForm(KindForm):
    """Up to which step the days are counted."""

    to = forms.ChoiceField(label=gettext_lazy("走到哪一步"), required=False, choices=list(TO.items()))


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what, its value, what it says beside it, the rows behind it."""

    label: str
    value: str
    note: str
    url: str


def _rows_url(name: str, **asked: str) -> str:
    kept = {key: value for key, value in asked.items() if value}
    return f"{reverse(f'console:introductions:{name}')}?{urlencode(kept)}"


@require_GET
def introduction_figures(request: FeidiRequest) -> HttpResponse:
    """How many introductions stand where, how many days they took, and 技术交易额 of accepted contracts."""
    require(request.actor, VIEW)
    form = KindForm(request.GET)
    given, active = asked_of(form)
    kind = given.get("kind") or ""
    states = [_state_line(state, n, kind) for state, n in count_by_state(request.actor, kind)]
    paces = [_pace_line(each, kind) for each in paces_of(request.actor, kind)]
    amounts = [_amount_line(each, kind) for each in technology_amounts(request.actor, kind)]
    lines = [f"{each.label}：{each.value}" for each in (*states, *paces, *amounts)]
    context = {
        "form": form,
        "active": active,
        "clear_url": reverse("console:introductions:introduction_figures"),
        "states": states,
        "paces": paces,
        "amounts": amounts,
        "contracts_url": _rows_url("contract_list", kind=kind),
        "today": request.today,
        "copy_text": chat_lines(_("对接统计（截至{day}）").format(day=request.today), lines),
        "crumbs": [Crumb(_("对接"), reverse("console:introductions:introduction_list")), Crumb(_("对接统计"))],
    }
    return render(request, "console/introductions/introduction_figures.html", context)


def _state_line(state: IntroductionState, n: int, kind: str) -> Line:
    url = _rows_url("introduction_list", show="all", state=str(state), kind=kind)
    return Line(str(state.label), str(n), "", url)


def _pace_line(pace: Pace, kind: str) -> Line:
    label = _("从意向到{step}").format(step=TO[pace.to])
    url = _rows_url("days_list", to=pace.to, kind=kind)
    note = _("{n} 条，共 {of} 条").format(n=len(pace.reached), of=pace.of)
    if pace.median is None:
        return Line(label, _("暂无"), note, url)
    days = [each.days for each in pace.reached]
    note += _("；最短 {low} 天，最长 {high} 天").format(low=days[0], high=days[-1])
    if len(days) < _FEW:
        note += _("；条数少，仅供参考")
    return Line(label, _("中位 {n} 天").format(n=f"{pace.median:g}"), note, url)


def _amount_line(amount: TechnologyAmount, kind: str) -> Line:
    note = _("{n} 份已采信的技术合同").format(n=amount.contracts)
    if amount.undetermined:
        note += _("；另有 {n} 份尚未认定技术交易额，不在内").format(n=amount.undetermined)
    return Line(_("技术交易额"), format_money(amount.fen, amount.currency), note, _rows_url("contract_list", kind=kind))


def _days(request: FeidiRequest) -> tuple[DaysForm, int, Pace, QuerySet[Introduction]]:
    form = DaysForm(request.GET)
    given, active = asked_of(form)
    to = given.get("to") or str(IntroductionState.MET)
    pace = next(each for each in paces_of(request.actor, given.get("kind") or "") if each.to == to)
    rows = Introduction.objects.filter(pk__in=[each.introduction.pk for each in pace.reached])
    return form, active, pace, rows.select_related("need", "offer").order_by("-interested_on", "-id")


def _days_rows(pace: Pace, rows: Sequence[Introduction]) -> list[Row]:
    reached = {each.introduction.pk: each for each in pace.reached}
    return [
        Row(
            cells={
                "number": each.number,
                "need": f"{each.need.number} {each.need.title}",
                "offer": f"{each.offer.number} {each.offer.title}",
                "interested": each.interested_on,
                "on": reached[each.pk].on,
                "days": reached[each.pk].days,
            },
            url=record_url(each.uid),
            uid=each.uid,
        )
        for each in rows
    ]


@require_GET
def days_list(request: FeidiRequest) -> HttpResponse:
    """The introductions behind the days to one step, each with its own."""
    require(request.actor, VIEW)
    form, active, pace, rows = _days(request)
    found = listed(request, rows, DAYS_COLUMNS, lambda each: _days_rows(pace, each), sorts=DAYS_SORTS)
    title = _("从意向到{step}").format(step=TO[pace.to])
    return _listing(request, found, form, active, {"title": title, "name": "days"})


@require_GET
def days_export(request: FeidiRequest) -> HttpResponse:
    """The same rows as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    _form, _active, pace, rows = _days(request)
    return _book(request, "introduction-days", DAYS_COLUMNS, _days_rows(pace, list(rows[:_EXPORTED])))


def _contracts(request: FeidiRequest) -> tuple[KindForm, int, QuerySet[IntroductionOutcome]]:
    form = KindForm(request.GET)
    given, active = asked_of(form)
    return form, active, list_contracts(request.actor, given.get("kind") or "")


def _contract_rows(rows: Sequence[IntroductionOutcome]) -> list[Row]:
    counts = counted(rows)
    return [
        Row(
            cells={
                "number": each.introduction.number,
                "on": each.on,
                "amount": _said(each.amount_fen, each.currency),
                "technology": _said(each.technology_amount_fen, each.currency),
                "registration": each.registration_number or _("未登记"),
                "side": str(Side(each.registering_side).label) if each.registering_side else _("未说明"),
                "counts": _("计入") if each.pk in counts else _("证据未采信，不计入"),
            },
            url=record_url(each.introduction.uid),
            uid=each.uid,
            tone="" if each.pk in counts else "quiet",
        )
        for each in rows
    ]


def _said(fen: int | None, currency: str) -> str:
    return _("未知") if fen is None else format_money(fen, currency)


@require_GET
def contract_list(request: FeidiRequest) -> HttpResponse:
    """The technology contracts behind 技术交易额, and those that do not count yet."""
    require(request.actor, VIEW)
    form, active, rows = _contracts(request)
    found = listed(request, rows, CONTRACT_COLUMNS, _contract_rows, sorts=CONTRACT_SORTS)
    return _listing(request, found, form, active, {"title": _("技术合同"), "name": "contract"})


@require_GET
def contract_export(request: FeidiRequest) -> HttpResponse:
    """The same contracts as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    _form, _active, rows = _contracts(request)
    return _book(request, "technology-contracts", CONTRACT_COLUMNS, _contract_rows(list(rows[:_EXPORTED])))


def _listing(
    request: FeidiRequest, found: dict[str, Any], form: Form, active: int, said: Mapping[str, str]
) -> HttpResponse:
    name = said["name"]
    lines = (" ".join(str(value) for value in row.cells.values()) for row in found["table"].rows)
    context = {
        **found,
        "title": said["title"],
        "subtitle": _("数字背后的每一条；截至{day}").format(day=request.today),
        "form": form,
        "active": active,
        "clear_url": reverse(f"console:introductions:{name}_list"),
        "actions": [
            Action(_("对接统计"), reverse("console:introductions:introduction_figures"), "chart-bar"),
            Action(_("导出本列表"), f"{_rows_url(f'{name}_export')}{request.GET.urlencode()}", "database-export"),
        ],
        "copy_text": chat_lines(said["title"], lines),
        "empty_title": _("还没有这样的对接"),
        "empty_text": _("走到这一步的对接显示在这里。"),
        "empty_url": reverse("console:introductions:introduction_list"),
        "empty_label": _("对接"),
        "bulk": "",
    }
    return render(request, "console/introductions/figure_rows.html", context)


def _book(request: FeidiRequest, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> HttpResponse:
    return workbook(
        request,
        name=name,
        headers=[str(each.label) for each in columns],
        rows=([each.cells[column.code] for column in columns] for each in rows),
    )
