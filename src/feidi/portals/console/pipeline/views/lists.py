"""The list of projects: filters kept under a name, columns, groups, many assigned at once, the list as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import VIEW, VIEW_REPORTED
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.board import column_counts, outposts_of_board
from feidi.domain.pipeline.selectors.projects import list_projects, settled, slim
from feidi.domain.pipeline.services.assigning import LIMIT, assign_many, undo_assignment
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.saved_views.models import SavedView
from feidi.kernel.saved_views.selectors import find_view, list_views, remembered_columns
from feidi.kernel.saved_views.services import delete_view, remember_columns, save_view
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.pipeline.list_forms import AssignForm, FilterNameForm
from feidi.portals.console.pipeline.presenting import COLUMNS, rows_of, stage_choices
from feidi.portals.console.pipeline.views.projects import colleagues, in_order, only_own, outposts_of, read_filter
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Column, Row
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import Table, paginate, read_table

#: The key under which filters and columns of this list are kept.
PAGE = "console:pipeline:project_list"
_IN_GROUP = 10
SAMPLE = 20
#: What of the address is a filter; the rest is the page at which one stands.
_FILTERS = ("words", "stage", "condition", "owner", "plaque", "show", "sort", "group")
_UNDO_FOR = timedelta(hours=1)
_DONE = "assigned"


@dataclass(frozen=True, slots=True)
class Group:
    """One stage of the grouped list: how many, the first of them, and where all are."""

    label: str
    count: int
    table: Table
    url: str


def filters_of(asked: QueryDict) -> QueryDict:
    """Return the part of an address that says which rows are wanted, in which order."""
    kept = QueryDict(mutable=True)
    for name in _FILTERS:
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept


def table_of(request: FeidiRequest, *, selectable: bool = False) -> Table:
    """Return the list's columns and sorting: those of the address, else of the chosen filter, else as remembered."""
    table = read_table(request.GET, COLUMNS, selectable=selectable)
    if request.GET.getlist("cols"):
        return replace(table, columns=_arranged(request.GET.getlist("cols")))
    chosen = find_view(request.actor, request.GET["view"]) if request.GET.get("view") else None
    codes = chosen.columns if chosen and chosen.columns else remembered_columns(request.actor, PAGE)
    return replace(table, columns=_arranged(codes)) if codes else table


def _arranged(codes: Sequence[str]) -> tuple[Column, ...]:
    """Return the named columns in that order; the one that links is always there, and first unless placed elsewhere."""
    known = {each.code: each for each in COLUMNS}
    chosen = [known[code] for code in dict.fromkeys(codes) if code in known]
    lead = [each for each in COLUMNS if each.lead and each not in chosen]
    return (*lead, *chosen)


@require_GET
def project_list(request: FeidiRequest) -> HttpResponse:
    """Every project the actor may open, filtered, sorted, one page of them; a tenant goes to its own portal."""
    if only_own(request.actor):
        return redirect("workspace:home")
    form, wanted, active = read_filter(request)
    may_edit = request.actor.may("project.edit")
    table = table_of(request, selectable=may_edit)
    found = list_projects(request.actor, wanted)
    found = settled(found) if wanted.words else found
    filters = filters_of(request.GET)
    grouped = request.GET.get("group") == "stage"
    rows = in_order(found, table)
    page = None if grouped else paginate(slim(rows), request.GET.get("page"))
    drawn = rows_of(page.items, table.columns) if page else []
    context = {
        "form": form,
        "active": active,
        "page": page,
        "groups": _groups(request, found, rows, table, filters) if grouped else [],
        "grouped": grouped,
        "group_url": address_of(filters, group=None if grouped else "stage"),
        "table": table.with_rows(drawn),
        "may_add": may_edit,
        "may_export": request.actor.may("project.export"),
        "may_import": request.actor.may("project.import"),
        "export_url": f"{reverse('console:pipeline:project_export')}?{request.GET.urlencode()}",
        "ledger_url": f"{reverse('console:pipeline:project_export')}?{filters.urlencode()}&form=ledger",
        "views": _links(request),
        "filters": filters,
        "columns_url": f"{reverse('console:pipeline:column_choose')}?{request.GET.urlencode()}",
        "done": _recent(request),
        "chat": _chat(drawn) if drawn else "",
    }
    return render(request, "console/pipeline/project_list.html", context)


def _chat(rows: Sequence[Row]) -> str:
    """Return the first rows as clean lines for a chat message."""
    lines = (f"{row.cells['name']}（{row.cells['stage']}）{row.cells['owner']}" for row in rows[:_IN_GROUP])
    return chat_lines(_("项目"), lines)


def address_of(filters: QueryDict, **changes: str | None) -> str:
    """Return the list's address with these filters."""
    changed = filters.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"{reverse(PAGE)}?{changed.urlencode()}" if changed else reverse(PAGE)


def _groups(
    request: FeidiRequest, found: QuerySet[Project], rows: QuerySet[Project], table: Table, filters: QueryDict
) -> list[Group]:
    """Return the stages of the talks with their counts and first rows. One query, and one per stage."""
    counts = column_counts(found, Track.TALKS)
    labels = dict(stage_choices(outposts_of_board(request.actor)))
    return [
        Group(
            label=labels.get(f"talks:{stage.value}", str(stage.label)).rpartition(" · ")[2],
            count=counts[stage.value],
            table=table.with_rows(rows_of(rows.filter(talks_stage=stage)[:_IN_GROUP], table.columns)),
            url=address_of(filters, group=None, stage=f"talks:{stage.value}"),
        )
        for stage in Stage
        if counts.get(stage.value)
    ]


def _links(request: FeidiRequest) -> list[dict[str, Any]]:
    here = request.GET.get("view", "")
    return [
        {
            "name": each.name,
            "url": f"{reverse(PAGE)}?{each.query}{'&' if each.query else ''}view={each.uid}",
            "current": each.uid == here,
            "shared_by": "" if each.user_id == request.actor.user_id else each.user.display_name,
        }
        for each in list_views(request.actor, PAGE)
    ]


def _recent(request: FeidiRequest) -> dict[str, Any] | None:
    """Return the last assignment while it may be undone from here."""
    done: dict[str, Any] | None = request.session.get(_DONE)
    if done and request.now - datetime.fromisoformat(done["at"]) < _UNDO_FOR:
        return done
    return None


@require_GET
def project_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows: its columns, rows and order; with ``form=ledger`` in the ledger's columns."""
    from feidi.domain.pipeline.services.ledger.exporting import export_projects  # noqa: PLC0415 - XlsxWriter is slow to load
    from feidi.portals.console.pipeline.list_export import export_list  # noqa: PLC0415

    require(request.actor, "project.export")
    _form, wanted, _active = read_filter(request)
    table = table_of(request)
    rows = in_order(list_projects(request.actor, wanted), table)
    if request.GET.get("form") == "ledger":
        workbook = export_projects(actor=request.actor, now=request.now, queryset=rows)
    else:
        workbook = export_list(actor=request.actor, now=request.now, rows=rows, columns=table.columns)
    response = HttpResponse(workbook, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="projects-{request.today:%Y%m%d}.xlsx"'
    return response


def _require_list(actor: Actor) -> None:
    if not actor.may(VIEW_REPORTED):
        require(actor, VIEW)


@require_http_methods(["GET", "POST"])
def filter_list(request: FeidiRequest) -> HttpResponse:
    """One's kept filters: keep the present one under a name, share it with an outpost, forget one."""
    _require_list(request.actor)
    outposts = outposts_of(request.actor, VIEW)
    filters = filters_of(QueryDict(request.POST.get("query", "")) if request.method == "POST" else request.GET)
    form = FilterNameForm(request.POST if "name" in request.POST else None, outposts=outposts)
    if "forget" in request.POST:
        return _forget(request)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form.cleaned_data, filters)
        except RefusedError as error:
            add_refusal(form, error.refusal, {"saved_views.name": "name"})
            status = REFUSED
        else:
            messages.success(request, _("已存为常用筛选“{name}”。").format(name=kept.name))
            return redirect(f"{reverse(PAGE)}?{kept.query}{'&' if kept.query else ''}view={kept.uid}")
    elif request.method == "POST":
        status = 422
    names = {each.pk: each.short_name for each in outposts}
    context = {
        "form": form,
        "query": filters.urlencode(),
        "views": [
            {
                **link,
                "uid": each.uid,
                "own": each.user_id == request.actor.user_id,
                "shared": names.get(each.shared_with or 0, ""),
            }
            for each, link in zip(list_views(request.actor, PAGE), _links(request), strict=True)
        ],
        "back_url": address_of(filters),
    }
    return render(request, "console/pipeline/filter_list.html", context, status=status)


def _keep(request: FeidiRequest, data: dict[str, Any], filters: QueryDict) -> SavedView:
    outpost = data["shared_with"]
    return save_view(
        actor=request.actor,
        now=request.now,
        page=PAGE,
        name=data["name"],
        query=filters.urlencode(),
        columns=remembered_columns(request.actor, PAGE),
        shared_with=outpost.pk if outpost else None,
    )


def _forget(request: FeidiRequest) -> HttpResponse:
    view = find_view(request.actor, request.POST["forget"])
    if view is None:
        raise SavedView.DoesNotExist
    delete_view(actor=request.actor, view=view)
    messages.success(request, _("已删除常用筛选“{name}”。").format(name=view.name))
    return redirect("console:pipeline:filter_list")


@require_http_methods(["GET", "POST"])
def column_choose(request: FeidiRequest) -> HttpResponse:
    """Which columns the list shows, in which order; remembered for this person."""
    _require_list(request.actor)
    if request.method == "POST":
        chosen = [each.code for each in COLUMNS if each.code in request.POST.getlist("cols") or each.lead]
        chosen.sort(key=lambda code: _place(request.POST.get(f"order_{code}", "")))
        remember_columns(
            actor=request.actor, now=request.now, page=PAGE, columns=[] if "reset" in request.POST else chosen
        )
        messages.success(request, _("列的选择和顺序已记住。"))
        return redirect(address_of(filters_of(QueryDict(request.POST.get("query", "")))))
    table = table_of(request)
    order = [*table.columns, *(each for each in COLUMNS if each not in table.columns)]
    context = {
        "rows": [(at, each, each in table.columns) for at, each in enumerate(order, start=1)],
        "query": filters_of(request.GET).urlencode(),
        "back_url": address_of(filters_of(request.GET)),
    }
    return render(request, "console/pipeline/column_choose.html", context)


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else len(COLUMNS)  # noqa: PLR2004 - three digits are plenty


@require_http_methods(["GET", "POST"])
def project_assign(request: FeidiRequest) -> HttpResponse:
    """Name one owner for the picked projects, or for all that the filter finds: how many first, then done, undoable."""
    require(request.actor, "project.edit")
    if "undo" in request.POST:
        return _undo(request)
    asked = request.POST if request.method == "POST" else request.GET
    filters = filters_of(QueryDict(asked["query"]) if "query" in asked else request.GET)
    everything = asked.get("scope") == "all"
    picked = [each for each in asked.getlist("picked") if len(each) < 40]  # noqa: PLR2004 - a uid is much shorter
    rows = chosen_projects(request, filters, picked, everything=everything)
    form = AssignForm(request.POST if request.method == "POST" else None, users=colleagues(request.actor))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _assign(request, rows, form.cleaned_data["owner"], filters)
        except RefusedError as error:
            add_refusal(form, error.refusal)
            status = REFUSED
    elif request.method == "POST":
        status = 422
    context = {
        "form": form,
        "count": rows.order_by().count(),
        "limit": LIMIT,
        "sample": list(rows.order_by("-id")[:SAMPLE]),
        "picked": picked,
        "scope": "all" if everything else "picked",
        "query": filters.urlencode(),
        "back_url": address_of(filters),
    }
    return render(request, "console/pipeline/project_assign.html", context, status=status)


def chosen_projects(
    request: FeidiRequest, filters: QueryDict, picked: Sequence[str], *, everything: bool
) -> QuerySet[Project]:
    """Return the projects meant, of those that the actor may edit."""
    _form, wanted, _active = read_filter(request, filters)
    mine = list_projects(request.actor, wanted).filter(
        outpost_id__in=request.actor.scopes("project.edit", ScopeKind.OUTPOST)
    )
    return mine if everything else mine.filter(uid__in=picked)


def _assign(request: FeidiRequest, rows: QuerySet[Project], owner: Any, filters: QueryDict) -> HttpResponse:
    done = assign_many(actor=request.actor, now=request.now, projects=rows, owner=owner)
    if done.link is not None:
        said = {"link": done.link, "n": done.changed, "owner": owner.display_name, "at": request.now.isoformat()}
        request.session[_DONE] = said
    messages.success(
        request,
        _("已把 {n} 个项目指派给{owner}；{same} 个原来就是。").format(
            n=done.changed, owner=owner.display_name, same=done.same
        ),
    )
    return redirect(address_of(filters))


def _undo(request: FeidiRequest) -> HttpResponse:
    text = request.POST["undo"]
    link = int(text) if text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004 - fits the column
    result = undo_assignment(actor=request.actor, now=request.now, link=link)
    request.session.pop(_DONE, None)
    said = _("已退回 {n} 个项目原来的责任人。").format(n=result.restored)
    if result.kept:
        said += _("{n} 个后来另行指派过，没有改动。").format(n=len(result.kept))
    messages.success(request, said)
    return redirect(PAGE)
