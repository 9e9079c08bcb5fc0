"""The list of coordination, one matter with the preview of its paper, and drafting one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.enums import CoordinationState, CoordinationWay
from feidi.domain.liaison.models import Coordination
from feidi.domain.liaison.selectors.coordinations import (
    SORTS,
    CoordinationFilter,
    get_coordination,
    list_coordinations,
)
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.coordinations import NewCoordination, edit_coordination, open_coordination
from feidi.domain.liaison.services.letters import paper_of
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.kernel.documents.office.paper_checks import plain
from feidi.kernel.documents.office.papers import Paper, Paragraph
from feidi.portals.console.coordinations import presenting
from feidi.portals.console.coordinations.forms import CoordinationFilterForm, CoordinationForm
from feidi.portals.console.daily import (
    EDIT,
    EXPORT,
    asked_project,
    history_of,
    outposts_for,
    print_by,
    word_file,
)
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def record_url(uid: str) -> str:
    """Return the page of one matter."""
    return reverse("console:coordinations:coordination_view", args=[uid])


def _wanted(request: FeidiRequest) -> tuple[CoordinationFilterForm, CoordinationFilter, int]:
    form = CoordinationFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    show, outpost = given.get("show"), given.get("outpost")
    wanted = CoordinationFilter(
        words=given.get("words") or "",
        state=given.get("state") or "",
        way=given.get("way") or "",
        side=given.get("side") or "",
        owner_id=request.actor.user_id if show == "mine" else None,
        outpost_id=outpost.pk if outpost else None,
        project=given.get("project") or "",
        waiting=show == "waiting",
        overdue_on=request.today if show == "overdue" else None,
    )
    return form, wanted, active


@require_GET
def coordination_list(request: FeidiRequest) -> HttpResponse:
    """What the actor's outposts ask of departments, newest first."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    rows = list_coordinations(request.actor, wanted)
    found = listed(request, rows, presenting.COLUMNS, lambda page: presenting.rows_of(page, request.today), sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
        "may_export": request.actor.may(EXPORT),
        "export_url": f"{reverse('console:coordinations:coordination_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/coordinations/coordination_list.html", context)


@require_GET
def coordination_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    require(request.actor, EXPORT)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list_coordinations(request.actor, wanted)[:10_000], request.today)
    return workbook(
        request,
        name="coordinations",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in rows],
    )


@require_http_methods(["GET", "POST"])
def coordination_new(request: FeidiRequest) -> HttpResponse:
    """Draft what is asked of a department; nothing leaves before it is marked as sent."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        outpost = data.pop("outpost")
        new = _new(data)
        made.append(open_coordination(actor=request.actor, now=request.now, outpost=outpost, new=new).uid)

    form = CoordinationForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={"owner": request.actor.user_id, "project": asked_project(request)},
    )
    response = save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("已登记。"),
        onward=reverse("console:coordinations:coordination_list"),
        extra={"title": _("登记协调事项"), "subtitle": ""},
    )
    if made:
        response.headers["Location"] = record_url(made[0])
    return response


def _new(data: dict[str, Any]) -> NewCoordination:
    data.pop("version")
    return NewCoordination(**{**data, "way": CoordinationWay(data["way"])})


@require_GET
def coordination_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One matter: what is asked, the letter as it will read, what was answered."""
    row = get_coordination(request.actor, uid)
    paper = paper_of(row, print_by(request))
    context = {
        "row": row,
        "may": presenting.might(request.actor, row),
        "pairs": presenting.pairs_of(row),
        "clock": presenting.clock_of(row, request.today),
        "badges": [presenting.badge_of(row)],
        "letter": row.way == CoordinationWay.LETTER,
        "paper": paper,
        "lines": paper_lines(paper),
        "unsent": row.state == CoordinationState.DRAFT,
        "entries": history_of("liaison.coordination", row.uid, Veil(), presenting.FIELDS, presenting.TURNS),
        "copy_text": presenting.record_text(row, request.today),
        "today": request.today,
        "crumbs": [Crumb(_("协调事项"), reverse("console:coordinations:coordination_list")), Crumb(row.number)],
    }
    return render(request, "console/coordinations/coordination_view.html", context)


def paper_lines(paper: Paper) -> list[str]:
    """Return the paragraphs of a paper, for a look at it before it is printed."""
    return [plain(block.spans) for block in paper.blocks if isinstance(block, Paragraph)]


@require_GET
def coordination_paper(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 协调函 (or the note of a call) as a Word file."""
    row = get_coordination(request.actor, uid)
    paper = paper_of(row, print_by(request))
    return word_file(paper, f"{row.number}{'协调函' if row.way == CoordinationWay.LETTER else '电话记录'}")


def editable(request: FeidiRequest, uid: str) -> Coordination:
    """Return one that the actor may change; others are refused or not found."""
    row = get_coordination(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


@require_http_methods(["GET", "POST"])
def coordination_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Correct a draft."""
    row = editable(request, uid)
    names = ("outpost", "department", "side", "way", "ask", "contact", "due_on", "owner", "project")
    form = CoordinationForm(
        sent(request),
        actor=request.actor,
        outposts=Outpost.objects.filter(pk=row.outpost_id),
        initial={**{name: getattr(row, name) for name in names}, "version": row.version},
    )

    def save(data: dict[str, Any]) -> None:
        data.pop("outpost")
        version = data["version"] or row.version
        edit_coordination(actor=request.actor, now=request.now, coordination=row, version=version, new=_new(data))

    return save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        extra={"title": _("修改协调事项"), "subtitle": row.number},
    )
