"""The page of lists, and one list as it was shown: checked, sent, answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import ListState
from feidi.domain.matching.models import CandidateList
from feidi.domain.matching.selectors.candidate_words import place_names
from feidi.domain.matching.selectors.candidates import ListFilter, get_list, list_candidate_lists, rows_of
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.findings import Refusal
from feidi.portals.console.candidates import presenting
from feidi.portals.console.candidates.forms import AnswerForm, ListFilterForm, SendForm
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Action, Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000


def _wanted(request: FeidiRequest) -> tuple[ListFilterForm, QuerySet[CandidateList], int]:
    form = ListFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    officer = given.get("officer")
    wanted = ListFilter(
        **{name: given.get(name) or "" for name in ("words", "state", "side", "kind")},
        officer_id=officer.pk if officer else None,
        waiting=bool(given.get("waiting")),
    )
    return form, list_candidate_lists(request.actor, wanted), active


@require_GET
def list_list(request: FeidiRequest) -> HttpResponse:
    """Every list of one's outposts, the newest first: to be checked, to be sent, waiting for answers."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=presenting.SORTS)
    export = f"{reverse('console:candidates:list_export')}?{request.GET.urlencode()}"
    lines = [
        f"{row.cells['number']} {row.cells['state']}，{_('选中')} {row.cells['picked']}，{_('愿意见')} {row.cells['accepted']}"
        for row in shown["table"].rows
    ]
    context = {
        **shown,
        "title": _("候选名单"),
        "subtitle": _("在需求或供给的匹配页生成；有人逐条核对、写明判断之后才能发出。发出的样子不再改变。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:candidates:list_list"),
        "actions": [
            Action(_("采纳情况"), reverse("console:candidates:precision_view"), "chart-bar"),
            Action(_("哪些项计分"), reverse("console:candidates:weights_edit"), "settings"),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "copy_text": chat_lines(_("候选名单（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的候选名单"),
        "empty_text": _("打开一条需求，点“匹配”，看过排序后生成名单。"),
        "empty_url": f"{reverse('console:profiles:profile_list')}?side=need",
        "empty_label": _("去看需求"),
        "bulk": "",
    }
    return render(request, "console/candidates/list_list.html", context)


@require_GET
def list_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the page of lists shows, with every column; who took it is on record."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    drawn = presenting.rows_of(list(rows[:_EXPORTED]))
    return workbook(
        request,
        name="candidate-lists",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


@require_GET
def list_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One list as it was reckoned: its candidates, what was out of reach, what was said of each."""
    return show_list(request, get_list(request.actor, uid))


def show_list(
    request: FeidiRequest,
    row: CandidateList,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    typed: Mapping[int, str] | None = None,
    send_form: SendForm | None = None,
) -> HttpResponse:
    """Render one list; ``typed``: picks and notes of a check that was refused, ``send_form``: one that was not taken."""
    places, profile = place_names(), row.profile
    cards = presenting.row_cards(rows_of(row), places)
    context = {
        "list": row,
        "profile": profile,
        "cards": [(card, *_picked(card, typed)) for card in cards],
        "near": presenting.kept_near_lines(row.near_misses, places),
        "pairs": presenting.pairs_of(row),
        "weights": presenting.weight_lines(row.weights),
        "badges": [Badge(_("已撤回"), "bad")] if row.voided_at else [presenting.state_badge(row)],
        "refusal": refusal,
        "to_pick": matching_rules(row.outpost).to_pick,
        **_acts(request, row, send_form),
        "crumbs": [
            Crumb(_("候选名单"), reverse("console:candidates:list_list")),
            Crumb(profile.number, reverse("console:candidates:profile_match", args=[profile.uid])),
            Crumb(f"{business_date(row.made_at)}"),
        ],
    }
    return render(request, "console/candidates/list_view.html", context, status=status)


def _acts(request: FeidiRequest, row: CandidateList, send_form: SendForm | None) -> dict[str, Any]:
    """Return what may be done with a list as it stands."""
    may = request.actor.may(EDIT, outpost_scope(row.outpost_id)) and row.voided_at is None
    sent, checked = row.state == ListState.SENT, row.state == ListState.CHECKED
    form = send_form or SendForm(initial={"version": row.version})
    return {
        "may_check": may and not sent,
        "may_answer": may and sent,
        "may_void": may,
        "send_form": form if may and checked else None,
        "answer_form": AnswerForm(auto_id=False),
        "introduce_url": reverse("console:introductions:introduction_new"),
        "leaves": row.state != ListState.SHOWN and row.voided_at is None,
    }


def _picked(card: presenting.Shown, typed: Mapping[int, str] | None) -> tuple[bool, str]:
    """Return whether a candidate is ticked, and its note: what was typed, else what stands."""
    if typed is not None:
        return card.position in typed, typed.get(card.position, "")
    row: Any = card.row
    return row.picked, row.note
