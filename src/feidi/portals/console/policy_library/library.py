"""The catalogue: every clause published, looked for by words, place, kind, validity and for whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import LIBRARY, VIEW
from feidi.domain.policy.enums import Decision, Subject, Validity
from feidi.domain.policy.selectors.catalogue import (
    Entry,
    Wanted,
    list_clauses,
    matching,
    places_with_policies,
    stamps_by_place,
)
from feidi.domain.policy.selectors.standings import count_by_group
from feidi.kernel.content.library import library
from feidi.portals.console.lists import asked_of, chat_lines, workbook
from feidi.portals.console.policies.words import place_names
from feidi.portals.console.policy_library import presenting
from feidi.portals.console.policy_library.forms import NEAR_BY, ClauseFilterForm
from feidi.portals.ui.pieces import Action
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate_listed, read_table

_ORDERS = {
    "title": lambda each: each.clause.title,
    "place": lambda each: (each.clause.place, each.clause.code),
    "code": lambda each: each.clause.code,
}
#: What holds comes first; drafts, what is not found out and what has ended stand below, apart.
_APART = {Validity.IN_FORCE: 0, Validity.NOT_YET: 1, Validity.UNCONFIRMED: 2, Validity.DRAFT: 3, Validity.EXPIRED: 4}


def _near_by(request: FeidiRequest) -> frozenset[str]:
    """Return the places between which the actor's outposts stand, with all that they inherit from."""
    known = library()
    outposts = outposts_visible_to(request.actor, Outpost.objects.select_related("home", "host"))
    codes = {each.code for outpost in outposts for each in (outpost.home, outpost.host)}
    return frozenset(place for code in codes & set(known.places()) for place in known.lineage(code))


def _wanted(request: FeidiRequest) -> tuple[ClauseFilterForm, list[Entry], int]:
    names = place_names()
    places = [(code, names.get(code, code)) for code in places_with_policies()]
    form = ClauseFilterForm(request.GET, places=places)
    given, active = asked_of(form)
    chosen = given.get("place", "")
    wanted = Wanted(
        words=given.get("q", ""),
        places=_near_by(request) if chosen == NEAR_BY else frozenset({chosen} if chosen else ()),
        decision=given.get("decision", ""),
        validity=given.get("validity", ""),
        subject=given.get("subject", ""),
        trust=given.get("trust", ""),
    )
    return form, matching(list_clauses(on=request.today), wanted), active


def _ordered(entries: list[Entry], table: Any) -> list[Entry]:
    order = _ORDERS.get(table.sort)
    if order is not None:
        return sorted(entries, key=order, reverse=table.descending)
    return sorted(entries, key=lambda each: _APART[Validity(each.validity.value)])


@require_GET
def clause_list(request: FeidiRequest) -> HttpResponse:
    """List clauses: what is in force first, drafts and ended ones apart, each with how far its text is to be trusted."""
    require(request.actor, LIBRARY)
    form, entries, active = _wanted(request)
    table = read_table(request.GET, presenting.COLUMNS)
    page = paginate_listed(_ordered(entries, table), request.GET.get("page"))
    shown: list[Entry] = list(page.items)
    codes = [each.clause.code for each in shown]
    rows = presenting.rows_of(
        shown, request.today, stamps_by_place(shown), count_by_group(request.actor, codes) if codes else {}
    )
    lines = [f"{each.clause.title}：{presenting.amount_words(each)}" for each in shown]
    context = {
        "page": page,
        "table": table.with_rows(rows),
        "form": form,
        "active": active,
        "title": _("政策库"),
        "subtitle": _("条文、规则、金额、效力和依据在一处。没有核实的写明没有核实，过期和草案另列，不作承诺。"),
        "clear_url": reverse("console:policy_library:clause_list"),
        "actions": _actions(request),
        "copy_text": chat_lines(_("政策（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有这样的条款"),
        "empty_text": _("换一个词或去掉条件再找；新政策在“起草与复核”里录入。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/policy_library/clause_list.html", context)


def _actions(request: FeidiRequest) -> list[Action]:
    address = f"{reverse('console:policy_library:clause_export')}?{request.GET.urlencode()}"
    found = [Action(_("导出本列表"), address, "database-export")]
    if request.actor.may(VIEW):
        found.insert(0, Action(_("应享与变化"), reverse("console:policy_library:change_list"), "history"))
    if request.actor.may("content.propose"):
        found.insert(0, Action(_("起草政策"), reverse("console:drafts:draft_start"), "pencil", tone="primary"))
    return found


@require_GET
def clause_export(request: FeidiRequest) -> HttpResponse:
    """Export exactly what the list shows."""
    require(request.actor, LIBRARY)
    _form, entries, _active = _wanted(request)
    names, stamps = place_names(), stamps_by_place(entries)
    headers = [_("代码"), _("条款"), _("地方"), _("政策"), _("给谁"), _("方式"), _("效力"), _("可信度")]
    headers += [_("待遇"), _("受理"), _("核实"), _("网址")]
    rows = [
        (
            each.clause.code,
            each.clause.title,
            names.get(each.clause.place, each.clause.place),
            each.policy.document.title,
            str(Subject(each.clause.subject.value).label),
            str(Decision(each.clause.decision.value).label),
            str(Validity(each.validity.value).label),
            each.clause.trust.value,
            presenting.amount_words(each),
            presenting.window_words(each.clause, request.today),
            str(presenting.badges_of(each, stamps.get(each.clause.code, ()))[-1].text),
            each.clause.citation.url or each.policy.document.url,
        )
        for each in entries
    ]
    return workbook(request, name="policies", headers=headers, rows=rows)
