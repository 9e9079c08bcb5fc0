"""采纳情况: precision at ten, acceptance by kind and by channel, why not; each figure opens its rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import VIEW
from feidi.domain.matching.enums import Channel, IntroductionState, ProfileKind, Verdict
from feidi.domain.matching.models import CandidateRow, Introduction
from feidi.domain.matching.selectors.precision import (
    FIRST,
    AnswerFilter,
    Precision,
    Share,
    list_answers,
    list_decided,
    precision_of,
)
from feidi.domain.parties.access import require
from feidi.portals.console.candidates import presenting
from feidi.portals.console.candidates.forms import AnswerFilterForm, PrecisionFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.ui.pieces import Action, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000
#: A share of fewer answers says little, and says so.
_FEW = 10
DECIDED_COLUMNS = [
    Column("number", gettext_lazy("编号"), lead=True, sortable=True),
    Column("channel", gettext_lazy("来源")),
    Column("need", gettext_lazy("需求")),
    Column("offer", gettext_lazy("供给")),
    Column("interested_on", gettext_lazy("表达意向"), sortable=True),
    Column("agreed", gettext_lazy("双方同意")),
    Column("state", gettext_lazy("状态"), sortable=True),
]
DECIDED_SORTS = {"number": "number", "interested_on": "interested_on", "state": "state"}


def _asked(request: FeidiRequest) -> tuple[AnswerFilterForm, AnswerFilter, int]:
    form = AnswerFilterForm(request.GET)
    given, active = asked_of(form)
    words: dict[str, Any] = {name: given.get(name) or "" for name in ("kind", "verdict", "reason")}
    wanted = AnswerFilter(
        since=given.get("since"), until=given.get("until"), first_only=bool(given.get("first_only")), **words
    )
    return form, wanted, active


@require_GET
def precision_view(request: FeidiRequest) -> HttpResponse:
    """How many of the first ten were accepted, of what kind, through which channel, and why the others were not."""
    require(request.actor, VIEW)
    form = PrecisionFilterForm(request.GET)
    given, active = asked_of(form)
    wanted = AnswerFilter(since=given.get("since"), until=given.get("until"), kind=given.get("kind") or "")
    figures = precision_of(request.actor, wanted)
    tables = _tables(request, figures)
    lines = [f"{each['label']}：{each['value']}（{each['note']}）" for each in tables["tiles"]]
    context = {
        **tables,
        "form": form,
        "active": active,
        "clear_url": reverse("console:candidates:precision_view"),
        "today": request.today,
        "copy_text": chat_lines(_("候选采纳情况（截至{day}）").format(day=request.today), lines),
        "crumbs": [Crumb(_("候选名单"), reverse("console:candidates:list_list")), Crumb(_("采纳情况"))],
    }
    return render(request, "console/candidates/precision_view.html", context)


def _tables(request: FeidiRequest, figures: Precision) -> dict[str, Any]:
    """Return the figures, each with the address of its rows."""
    kept = {name: value for name in ("since", "until", "kind") if (value := request.GET.get(name))}

    def rows(page: str = "answer_list", **more: str) -> str:
        return f"{reverse(f'console:candidates:{page}')}?{urlencode({**kept, **more})}"

    return {
        "tiles": [
            _tile(_("前 {n} 名采纳率").format(n=FIRST), figures.at_ten, rows(first_only="on")),
            _tile(_("全部采纳率"), figures.accepted, rows()),
        ],
        "later": figures.later,
        "later_url": rows(verdict=Verdict.LATER),
        "kinds": [(kind.label, *_share(share), rows(kind=kind.value)) for kind, share in figures.by_kind],
        "channels": [
            (each.label, *_share(share), rows("decided_list", channel=each.value)) for each, share in figures.by_channel
        ],
        "reasons": [(each.label, n, rows(verdict="declined", reason=each.value)) for each, n in figures.reasons],
    }


@require_GET
def answer_list(request: FeidiRequest) -> HttpResponse:
    """The answers behind a figure."""
    require(request.actor, VIEW)
    form, wanted, active = _asked(request)
    rows = list_answers(request.actor, wanted)
    shown = listed(request, rows, presenting.ANSWER_COLUMNS, presenting.answer_rows, sorts=presenting.ANSWER_SORTS)
    export = f"{reverse('console:candidates:answer_export')}?{request.GET.urlencode()}"
    lines = [f"{row.cells['number']} {row.cells['candidate']}：{row.cells['verdict']}" for row in shown["table"].rows]
    context = {
        **shown,
        "title": _("候选的答复"),
        "subtitle": _("已发出、已答复的候选，一行一条。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:candidates:answer_list"),
        "actions": [
            Action(_("采纳情况"), reverse("console:candidates:precision_view"), "chart-bar"),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "copy_text": chat_lines(_("候选的答复（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("还没有答复"),
        "empty_text": _("发出名单后，把对方说的一条条记在名单页上；企业也可以在工作区里自己答。"),
        "empty_url": f"{reverse('console:candidates:list_list')}?waiting=on",
        "empty_label": _("看等答复的名单"),
        "bulk": "",
    }
    return render(request, "console/candidates/answer_list.html", context)


@require_GET
def answer_export(request: FeidiRequest) -> HttpResponse:
    """Exactly the answers that the page shows, with every column; who took them is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _asked(request)
    found: list[CandidateRow] = list(list_answers(request.actor, wanted)[:_EXPORTED])
    return workbook(
        request,
        name="candidate-answers",
        headers=[str(each.label) for each in presenting.ANSWER_COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.ANSWER_COLUMNS] for row in presenting.answer_rows(found)],
    )


@require_GET
def decided_list(request: FeidiRequest) -> HttpResponse:
    """The introductions behind the acceptance of a channel: both sides agreed, or it ended before."""
    require(request.actor, VIEW)
    form, wanted, active = _asked(request)
    asked = request.GET.get("channel", "")
    rows = list_decided(request.actor, wanted, asked if asked in Channel.values else "")
    context = {
        **listed(request, rows, DECIDED_COLUMNS, _decided_rows, sorts=DECIDED_SORTS),
        "title": _("双方已有结论的对接"),
        "subtitle": Channel(asked).label if asked in Channel.values else _("全部来源"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:candidates:decided_list"),
        "actions": [Action(_("采纳情况"), reverse("console:candidates:precision_view"), "chart-bar")],
        "copy_text": "",
        "empty_title": _("没有符合条件的对接"),
        "empty_text": _("双方都同意，或在同意前终止的对接，显示在这里。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/candidates/decided_list.html", context)


def _decided_rows(rows: Any) -> list[Row]:
    return [_decided_row(each) for each in rows]


def _decided_row(each: Introduction) -> Row:
    agreed = each.need_agreed_on is not None and each.offer_agreed_on is not None
    return Row(
        cells={
            "number": each.number,
            "channel": str(Channel(each.channel).label),
            "need": f"{each.need.number}（{ProfileKind(each.need.kind).label}）",
            "offer": each.offer.number,
            "interested_on": each.interested_on,
            "agreed": _("是") if agreed else _("否"),
            "state": str(IntroductionState(each.state).label),
        },
        url=reverse("console:introductions:introduction_view", args=[each.uid]),
        uid=each.uid,
    )


def _share(share: Share) -> tuple[str, str]:
    """Return a share in per cent, and what it is of; n/a where nobody has answered."""
    percent = share.percent
    value = _("暂无") if percent is None else f"{percent:.0f}%"
    note = _("采纳 {yes} / 答复 {all}").format(yes=share.yes, all=share.all)
    return value, _("{note}，数太少，仅供参考").format(note=note) if 0 < share.all < _FEW else note


def _tile(label: str, share: Share, url: str) -> dict[str, str]:
    value, note = _share(share)
    return {"label": label, "value": value, "note": note, "url": url}
