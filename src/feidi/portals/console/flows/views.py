"""要素流动: what flows between host and home, the ledger behind it, one entry with its source and evidence."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.access import FLOW_EDIT, VIEW
from feidi.domain.reporting.models import FlowEntry
from feidi.domain.reporting.selectors.flow_words import side_names, way_name
from feidi.domain.reporting.selectors.flows import (
    evidence_of,
    flows_by_source,
    flows_for,
    list_entries,
    months_of,
    outposts_with_flows,
)
from feidi.portals.console.flows import presenting
from feidi.portals.console.flows.asking import read_asked
from feidi.portals.console.flows.forms import EntryFilterForm
from feidi.portals.console.flows.presenting import numbered
from feidi.portals.console.flows.sources import Source, source_of
from feidi.portals.console.flows.wording import figure_text, source_name
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

_STATES = {
    "live": Q(live=True),
    "countered": Q(live=False, counter_of__isnull=True),
    "counter": Q(counter_of__isnull=False),
}


@require_GET
def flow_overview(request: FeidiRequest) -> HttpResponse:
    """What flowed which way in a period: one diagram and one monthly chart per kind and measure, never added up."""
    require(request.actor, VIEW)
    asked = read_asked(request)
    flows = flows_for(request.actor, asked.outposts, asked.period, asked.as_of)
    parts = flows_by_source(request.actor, asked.outposts, asked.period, asked.as_of)
    months = months_of(request.actor, asked.outposts, asked.period, asked.as_of)
    lines = [f"{each.kind.label} {way_name(each.direction, asked.sides)}：{figure_text(each)}" for each in flows.lines]
    context = {
        "asked": asked,
        "form": asked.form,
        "diagrams": [
            {"diagram": each, "id": f"flow-{at}"} for at, each in enumerate(presenting.diagrams_of(flows, parts, asked))
        ],
        "charts": numbered(presenting.charts_of(months, asked)),
        "copy_text": chat_lines(_("要素流动（截至{day}）").format(day=asked.as_of), lines) if lines else "",
        "entries_url": asked.entries(),
        "chains_url": asked.page("chain_view"),
        "gathering_url": asked.page("gathering_view"),
        "may_edit": request.actor.may(FLOW_EDIT),
    }
    return render(request, "console/flows/flow_overview.html", context)


def _wanted(request: FeidiRequest) -> tuple[EntryFilterForm, QuerySet[FlowEntry], int]:
    form = EntryFilterForm(request.GET, outposts=outposts_with_flows(request.actor))
    given, active = asked_of(form)
    rows = list_entries(request.actor, [given["outpost"]] if given.get("outpost") else None)
    same = {"kind": "kind", "direction": "direction", "source": "subject_kind"}
    rows = rows.filter(**{field: given[name] for name, field in same.items() if given.get(name)})
    if given.get("measure"):
        rows = rows.filter(Q(currency=given["measure"]) | Q(unit=given["measure"]))
    if given.get("state"):
        rows = rows.filter(_STATES[given["state"]])
    if given.get("since"):
        rows = rows.filter(occurred_on__gte=given["since"])
    if given.get("until"):
        rows = rows.filter(occurred_on__lte=given["until"])
    return form, rows, active


@require_GET
def entry_list(request: FeidiRequest) -> HttpResponse:
    """The ledger: every entry that the actor may see, counter-entries among them, the newest day first."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=presenting.SORTS)
    address = f"{reverse('console:flows:entry_export')}?{request.GET.urlencode()}"
    lines = [
        f"{each.occurred_on} {each.get_kind_display()} {presenting.figure_of(each)}" for each in shown["page"].items
    ]
    context = {
        **shown,
        "title": _("要素流动台账"),
        "subtitle": _("一笔一个来源、有已采信的证据；只增不改，有误用冲销分录冲回。金额、数量、币种分开，不相加。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:flows:entry_list"),
        "actions": [Action(_("导出本列表"), address, "database-export")],
        "copy_text": chat_lines(_("要素流动台账"), lines) if lines else "",
        "empty_title": _("没有符合条件的分录"),
        "empty_text": _("核验落地、采信技术合同或投资、人才到岗的证据后自动入账。"),
        "empty_url": reverse("console:flows:flow_overview"),
        "empty_label": _("看要素流动"),
        "may_edit": request.actor.may(FLOW_EDIT),
        "bulk": "",
    }
    return render(request, "console/flows/entry_list.html", context)


@require_GET
def entry_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    drawn = presenting.rows_of(list(rows))
    return workbook(
        request,
        name="flows",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


@require_GET
def entry_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One entry: which way, how much, what it rests on, what took it back."""
    entry = list_entries(request.actor).select_related("outpost__home", "counter_of").get(uid=uid)
    countered = FlowEntry.objects.filter(counter_of=entry).first()
    source = source_of(request.actor, entry)
    scope = outpost_scope(entry.outpost_id)
    title = f"{entry.get_kind_display()} {presenting.figure_of(entry)}"
    context = {
        "entry": entry,
        "title": title,
        "subtitle": way_name(entry.direction, side_names([entry.outpost])),
        "badges": presenting.badges_of(entry),
        "pairs": _pairs(entry, source),
        "source": source,
        "evidence": evidence_of(entry) if source.row is not None else [],
        "countered": countered,
        "may_edit": request.actor.may(FLOW_EDIT, scope) and entry.live,
        "may_files": request.actor.may("file.view"),
        "crumbs": [
            Crumb(_("要素流动"), reverse("console:flows:flow_overview")),
            Crumb(_("台账"), reverse("console:flows:entry_list")),
            Crumb(title),
        ],
    }
    return render(request, "console/flows/entry_view.html", context)


def _pairs(entry: FlowEntry, source: Source) -> list[tuple[str, Any]]:
    return [
        (_("驻点"), entry.outpost.short_name),
        (_("发生日期"), entry.occurred_on),
        (_("金额或数量"), presenting.amount_of(entry) or presenting.figure_of(entry)),
        (_("来源"), source_name(entry.subject_kind, entry.kind)),
        (_("入账方式"), entry.get_made_how_display()),
        (_("入账人"), entry.made_by),
        (_("入账时间"), entry.created_at),
        (_("冲销理由"), entry.reason),
    ]
