"""Moves and conditions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import explain
from feidi.domain.pipeline.services.conditions import end_condition, lay_condition
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.voiding import restore_project, void_project
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline import presenting
from feidi.portals.console.pipeline.forms import ConditionForm, MoveForm
from feidi.portals.console.pipeline.views.notes import concern_choices, impression_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def project_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Move a project; the page shows the very checklist that decides."""
    project = get_project(request.actor, uid)
    asked = request.POST or request.GET
    track, to = asked.get("track", ""), asked.get("to", "")
    if track not in Track.values or to not in Stage.values:
        raise refuse("stages.not_used_here", stage=to, track=track)
    may = presenting.might(request.actor, project)
    require_on(request.actor, "project.move", project)
    form = MoveForm(sent(request), initial={"track": track, "to": to})
    if not may.force:
        del form.fields["force"]
    waive = request.POST.getlist("waive")
    answer = explain(project, track=track, to=to, actor=request.actor)

    def save(data: dict[str, Any]) -> None:
        promises = tuple(Promise(guard, data["responsible"], data["due_on"] or request.today) for guard in waive)
        move = Move(Track(track), Stage(to), data["occurred_on"], data["reason"], promises, bool(data.get("force")))
        move_project(actor=request.actor, now=request.now, project=project, move=move)

    label = presenting.stage_label(project.outpost, track, to)
    return save_page(
        request,
        template="console/pipeline/project_move.html",
        form=form,
        save=save,
        done=_("已进入“{stage}”。").format(stage=label),
        onward=reverse("console:pipeline:project_view", args=[uid]),
        project=project,
        extra={
            "answer": answer,
            "label": label,
            "rows": presenting.checklist_rows(answer, project, {}),
            "waivable": [line for line in answer.missing if line.waivable],
            "waived": waive,
            "may": may,
        },
    )


@require_http_methods(["GET", "POST"])
def condition_lay(request: FeidiRequest, uid: str) -> HttpResponse:
    """Lay a condition over the project."""
    project = get_project(request.actor, uid)
    require_on(request.actor, "project.edit", project)
    return save_page(
        request,
        template="console/pipeline/condition_lay.html",
        form=ConditionForm(sent(request), concerns=concern_choices(project)),
        save=lambda data: lay_condition(
            actor=request.actor, now=request.now, project=project, impression=impression_of(data), **data
        ),
        done=_("状态已登记，时限已停。"),
        onward=reverse("console:pipeline:project_view", args=[uid]),
        project=project,
    )


@require_POST
def condition_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """End the open condition."""
    project = get_project(request.actor, uid)
    end_condition(actor=request.actor, now=request.now, project=project, note=request.POST.get("reason", ""))
    return redirect("console:pipeline:project_view", uid)


@require_POST
def project_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Void a project that was entered in error; its address still opens it."""
    project = get_project(request.actor, uid)
    void_project(actor=request.actor, now=request.now, project=project, reason=request.POST.get("reason", ""))
    return redirect("console:pipeline:project_view", uid)


@require_POST
def project_restore(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a voiding back."""
    project = get_project(request.actor, uid)
    restore_project(actor=request.actor, now=request.now, project=project, reason=request.POST.get("reason", ""))
    return redirect("console:pipeline:project_view", uid)
