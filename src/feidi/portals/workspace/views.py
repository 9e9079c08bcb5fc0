"""The tenant's pages: my projects, one project with what it still needs, handing in a paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.pipeline.access import VIEW_OWN
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.landing import PURPOSE, SITE_VISIT, landing_content, live_case
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.landing import open_case
from feidi.engines.findings import RefusedError
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.selectors import state_of, states_of_many
from feidi.kernel.evidence.services import withdraw_item
from feidi.kernel.files.kinds import ACCEPTED_WORDS
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace import presenting
from feidi.portals.workspace.desk import Line, parts_of
from feidi.portals.workspace.forms import EvidenceForm
from feidi.portals.workspace.handing import hand_in_upload
from feidi.portals.workspace.own import colleagues, get_own_project, live_cases, own_projects
from feidi.portals.workspace.words import say_pair

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409
_SHOWN = 50


@require_safe
def home(request: FeidiRequest) -> HttpResponse:
    """One page: what one owes and gets, rooms, policies, matches; then one's projects and what is asked of each."""
    projects = list(own_projects(request.actor)[:_SHOWN])
    cases = live_cases(projects)
    states = states_of_many([subject_of(each) for each in projects if each.pk in cases], PURPOSE)
    tables = presenting.tables_of(projects)
    cards: list[dict[str, Any]] = [
        {
            "project": each,
            "lines": presenting.track_lines(each, tables[each.outpost_id]),
            "landing": presenting.case_words(each, cases.get(each.pk), request.today),
            "asked": presenting.asked_of(states.get(subject_of(each), ()))
            if presenting.is_open(cases.get(each.pk))
            else [],
        }
        for each in projects
    ]
    asked = [
        Line(each, reverse("workspace:project_view", args=[card["project"].uid]), card["project"].name)
        for card in cards
        for each in card["asked"]
    ]
    parts = parts_of(request, asked) if request.actor.may(VIEW_OWN) else []
    return render(request, "workspace/home.html", {"cards": cards, "parts": parts})


@require_safe
def project_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one project: both sides in plain words, 还差什么 of the landing, what was handed in and what came of it."""
    project = get_own_project(request.actor, uid)
    case, own = live_case(project), colleagues(request.actor)
    states = state_of(subject_of(project), PURPOSE) if case else ()
    tables = presenting.tables_of([project])
    may_add = presenting.is_open(case) and request.actor.may("evidence.submit_own")
    context = {
        "project": project,
        "crumbs": [Crumb(_("我的首页"), reverse("workspace:home")), Crumb(project.name)],
        "lines": presenting.track_lines(project, tables[project.outpost_id], presenting.since_of(project)),
        "case": case,
        "landing": presenting.case_words(project, case, request.today),
        "may_open": case is None and bool(project.home_stage) and request.actor.may("evidence.submit_own"),
        "rows": presenting.checklist(project, states, own, may_add=may_add),
        "items": presenting.own_items(project, states, own, may_add=may_add),
        "entries": presenting.timeline(states, own),
        "may_read": request.actor.may("file.view"),
        "today": request.today,
    }
    return render(request, "workspace/project_view.html", context)


@require_POST
def landing_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin collecting the papers of the landing."""
    project = get_own_project(request.actor, uid)
    open_case(actor=request.actor, now=request.now, project=project)
    return redirect("workspace:project_view", uid)


def _requirement(project: Project, kind: str) -> EvidenceRequirement:
    """Return what is asked of the tenant; the site visit is not."""
    subject = subject_of(project)
    rows = EvidenceRequirement.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, purpose=PURPOSE)
    return rows.exclude(kind=SITE_VISIT).get(kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Hand in one paper; ``?replaces=`` names the returned one that it corrects. A refusal keeps what was typed."""
    project = get_own_project(request.actor, uid)
    requirement = _requirement(project, kind)
    own = EvidenceItem.objects.filter(requirement=requirement, submitted_by_id_number__in=colleagues(request.actor))
    replaced = own.get(uid=request.GET["replaces"]) if request.GET.get("replaces") else None
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = EvidenceForm(*sent, kind=kind), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                hand_in_upload(request, project, requirement, form.cleaned_data, replaced)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                if error.refusal.code == "files.internal":
                    form.ask_reason()
                status = REFUSED
            else:
                messages.success(request, _("已收到。核验结果会显示在这里。"))
                return redirect("workspace:project_view", uid)
    return render(request, "workspace/evidence_add.html", _asking(project, requirement, form, replaced), status=status)


def _asking(
    project: Project, requirement: EvidenceRequirement, form: EvidenceForm, replaced: EvidenceItem | None
) -> dict[str, Any]:
    rules = landing_content(project.outpost).data["requirements"]
    accepts = next(
        (raw["accepts"] for raw in rules if raw["evidence"] == requirement.kind and raw.get("accepts")), None
    )
    label = say_pair(requirement.label_zh, requirement.label_en)
    back = Crumb(project.name, reverse("workspace:project_view", args=[project.uid]))
    return {
        "project": project,
        "label": label,
        "accepts": say_pair(**accepts) if accepts else "",
        "form": form,
        "rest": [field for field in form if field.name != "file"],
        "replaced": replaced,
        "crumbs": [Crumb(_("我的首页"), reverse("workspace:home")), back, Crumb(label)],
        "kinds": ACCEPTED_WORDS,
        "limit": settings.FEIDI_UPLOAD_LIMIT,
    }


@require_POST
def evidence_withdraw(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Take back what was handed in and not yet decided."""
    project = get_own_project(request.actor, uid)
    subject = subject_of(project)
    rows = EvidenceItem.objects.filter(
        requirement__subject_kind=subject.kind,
        requirement__subject_uid=subject.uid,
        submitted_by_id_number__in=colleagues(request.actor),
    )
    row = rows.select_related("requirement").get(uid=item)
    withdraw_item(actor=request.actor, now=request.now, item=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，可以重新提交。"))
    return redirect("workspace:project_view", uid)
