"""Milestones over all tenancies, and one with its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, of_office_tenancies
from feidi.domain.incubation.enums import MilestoneTrack
from feidi.domain.incubation.models import Milestone
from feidi.domain.incubation.services.milestones import (
    KIND,
    PURPOSE,
    Proof,
    add_milestone,
    decide_milestone,
    drop_milestone,
    move_milestone,
    show_milestone,
    subject_of,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import state_of
from feidi.portals.console.incubation.forms import MilestoneFilterForm, MilestoneForm, MoveForm, ProofForm
from feidi.portals.console.lists import EXPORTED, asked_of, chat_lines, export_action, listed, sheet
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.profiles.pieces import pieces_of
from feidi.portals.console.tenancies.entering import FORM, given_file
from feidi.portals.console.tenancies.views import editable, record_url, require_sight
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("title", gettext_lazy("里程碑"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("track", gettext_lazy("在哪一侧")),
    Column("due", gettext_lazy("应达成日"), sortable=True),
    Column("reached", gettext_lazy("达成日"), sortable=True),
]
SORTS = {"due": "due_on", "reached": "reached_on"}
NOBODY: frozenset[int] = frozenset()


def milestone_of(request: FeidiRequest, uid: str) -> Milestone:
    """Return one milestone that the actor may open; what may not be seen does not exist."""
    rows = of_office_tenancies(request.actor, Milestone.objects.all())
    found = rows.select_related("tenancy__organization", "tenancy__outpost__home").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def page_of(milestone: Milestone) -> str:
    """Return a milestone's page."""
    return reverse("console:incubation:milestone_view", args=[milestone.uid])


def _wanted(request: FeidiRequest) -> tuple[MilestoneFilterForm, QuerySet[Milestone], int]:
    require_sight(request.actor)
    form = MilestoneFilterForm(request.GET)
    given, active = asked_of(form)
    rows = of_office_tenancies(request.actor, Milestone.objects.filter(voided_at__isnull=True))
    rows = rows.select_related("tenancy__organization").order_by("due_on", "id")
    show = given.get("show") or "open"
    if show in {"open", "late"}:
        rows = rows.filter(reached_on__isnull=True)
    if show == "late":
        rows = rows.filter(due_on__lt=request.today)
    if show == "reached":
        rows = rows.filter(reached_on__isnull=False)
    return form, rows, active


@require_GET
def milestone_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list of milestones shows, as a workbook; who took it is on record."""
    _form, rows, _active = _wanted(request)
    return sheet(request, "milestones", COLUMNS, [_row(each, request) for each in rows[:EXPORTED]])


@require_GET
def milestone_list(request: FeidiRequest) -> HttpResponse:
    """The milestones of all tenancies, the next due first; those not reached unless others are asked for."""
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: [_row(each, request) for each in items], sorts=SORTS)
    lines = [f"{e.cells['organization']}：{e.cells['title']} {e.cells['due']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("里程碑"),
        "subtitle": _("达成以采信的证据为准；改期要写原因，原来的日期留在记录里。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:milestone_list"),
        "actions": [export_action(request, "console:incubation:milestone_export")],
        "copy_text": chat_lines(_("里程碑（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的里程碑"),
        "empty_text": _("在入驻页里与企业约定里程碑。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


def _row(row: Milestone, request: FeidiRequest) -> Row:
    late = row.reached_on is None and row.due_on < request.today
    badges = [Badge(_("逾期 {n} 天").format(n=(request.today - row.due_on).days), "bad", "clock")] if late else []
    return Row(
        cells={
            "title": row.title,
            "organization": row.tenancy.organization.name,
            "track": MilestoneTrack(row.track).label,
            "due": row.due_on,
            "reached": row.reached_on,
        },
        url=page_of(row),
        uid=row.uid,
        badges=badges,
    )


@require_GET
def milestone_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One milestone and its evidence."""
    row = milestone_of(request, uid)
    scope = outpost_scope(row.tenancy.outpost_id)
    pieces = pieces_of(
        request.actor,
        state_of(subject_of(row), PURPOSE),
        NOBODY,
        reviewer=request.actor.may("evidence.review", scope),
        show_url=reverse("console:incubation:milestone_show", args=[uid]),
        decide_url=lambda item: reverse("console:incubation:milestone_decide", args=[uid, item]),
    )
    may = request.actor.may(EDIT, scope) and row.voided_at is None and row.tenancy.ended_on is None
    context = {
        "row": row,
        "pieces": pieces,
        "may": may,
        "may_change": may and row.reached_on is None,
        "may_files": request.actor.may("file.view"),
        "today": request.today,
        "crumbs": [Crumb(row.tenancy.organization.name, record_url(row.tenancy.uid)), Crumb(row.title)],
    }
    return render(request, "console/incubation/milestone_view.html", context)


@require_http_methods(["GET", "POST"])
def milestone_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Agree on a step by a day."""
    tenancy = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        track = MilestoneTrack(data["track"])
        add_milestone(
            actor=request.actor,
            now=request.now,
            tenancy=tenancy,
            title=data["title"],
            due_on=data["due_on"],
            track=track,
        )

    return save_page(
        request,
        template=FORM,
        form=MilestoneForm(sent(request)),
        save=save,
        done=_("里程碑已约定。"),
        onward=f"{record_url(uid)}#milestones",
        fields={"incubation.milestone_too_early": "due_on"},
        extra={"title": _("约定里程碑"), "subtitle": tenancy.organization.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def milestone_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand in evidence of a milestone; ``?replaces=`` names the returned piece that it corrects."""
    row = milestone_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.tenancy.outpost_id))

    def save(data: dict[str, Any]) -> None:
        proof = Proof(data["occurred_on"], given_file(data, "file"), data["record"], replaced(request, KIND, uid))
        show_milestone(actor=request.actor, now=request.now, milestone=row, proof=proof)

    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request), initial={"occurred_on": request.today}),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=page_of(row),
        extra={"title": _("提交证据"), "subtitle": row.title, "note": ""},
    )


def replaced(request: FeidiRequest, kind: str, uid: str) -> EvidenceItem | None:
    """Return the returned piece of this row that ``?replaces=`` names."""
    items = EvidenceItem.objects.filter(requirement__subject_kind=kind, requirement__subject_uid=uid)
    return items.filter(uid=request.GET.get("replaces", "")).first()


def piece_of(kind: str, uid: str, item: str) -> EvidenceItem:
    """Return one piece of evidence of a row; a stranger's does not exist."""
    items = EvidenceItem.objects.select_related("requirement")
    found = items.filter(requirement__subject_kind=kind, requirement__subject_uid=uid, uid=item).first()
    if found is None:
        raise Http404
    return found


@require_POST
def milestone_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one piece of evidence."""
    row = milestone_of(request, uid)
    accept = request.POST.get("decision") == "accept"
    decide_milestone(
        actor=request.actor,
        now=request.now,
        milestone=row,
        item=piece_of(KIND, uid, item),
        accept=accept,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已采信，里程碑达成。") if accept else _("已退回，原因已写明。"))
    return redirect(page_of(row))


@require_http_methods(["GET", "POST"])
def milestone_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Agree on another day, with the reason."""
    row = milestone_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.tenancy.outpost_id))
    return save_page(
        request,
        template=FORM,
        form=MoveForm(sent(request), initial={"due_on": row.due_on}),
        save=lambda data: move_milestone(actor=request.actor, now=request.now, milestone=row, **data),
        done=_("已改期，原来的日期留在记录里。"),
        onward=page_of(row),
        extra={"title": _("里程碑改期"), "subtitle": row.title, "note": ""},
    )


@require_POST
def milestone_drop(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a milestone up, with the reason."""
    row = milestone_of(request, uid)
    drop_milestone(actor=request.actor, now=request.now, milestone=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("里程碑已放弃，原因已写明。"))
    return redirect(record_url(row.tenancy.uid))
