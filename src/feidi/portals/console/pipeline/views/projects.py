"""The list, the record, and the forms of the project's own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outposts_visible_to
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.staff import staff_of
from feidi.domain.pipeline.access import VIEW, VIEW_OWN, VIEW_REPORTED, require_on, visible_to
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.projects import (
    ProjectFilter,
    get_project,
    with_stage_place,
)
from feidi.domain.pipeline.services.registering import update_project
from feidi.engines.money import MoneyText
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.identity.models import User
from feidi.kernel.money.columns import money_of
from feidi.portals.console.daily import plaques_of
from feidi.portals.console.lists import asked_of
from feidi.portals.console.pipeline.forms import AMOUNTS, FilterForm, ProjectForm
from feidi.portals.console.pipeline.presenting import SORT_FIELDS, stage_choices
from feidi.portals.console.pipeline.record import record_context
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.clock import business_today
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import Table

STALE_DAYS = 14


def colleagues(actor: Actor, *, ever: bool = False, among: Sequence[Outpost] | None = None) -> QuerySet[User]:
    """Return who works at an outpost that the actor works for, by name; ``ever``: also who has left, to find their rows.

    ``among``: every outpost visible to the actor, with its home, where the page has them already.
    """
    on = None if ever else business_today()
    if among is None:
        return staff_of(outposts_of(actor, VIEW), on)
    return staff_of([each for each in among if each.pk in actor.scopes(VIEW, ScopeKind.OUTPOST)], on)


def only_own(actor: Actor) -> bool:
    """Tell whether the actor sees projects only as the organization whose own they are."""
    return actor.may(VIEW_OWN) and not (actor.may(VIEW) or actor.may(VIEW_REPORTED))


def outposts_of(actor: Actor, permission: str) -> QuerySet[Outpost]:
    """Return the outposts over which the actor holds ``permission``."""
    ids = actor.scopes(permission, ScopeKind.OUTPOST)
    return Outpost.objects.filter(pk__in=ids).select_related("home").order_by("code")


def read_filter(request: FeidiRequest, asked: QueryDict | None = None) -> tuple[FilterForm, ProjectFilter, int]:
    """Return the filter form, what it asks for (``asked``: the page's own address), and how many conditions are set."""
    outposts = list(outposts_visible_to(request.actor, Outpost.objects.select_related("home")))
    form = FilterForm(
        request.GET if asked is None else asked,
        users=colleagues(request.actor, ever=True, among=outposts),
        stages=stage_choices(outposts),
        plaques=plaques_of(outposts),
    )
    given, active = asked_of(form)
    track, _colon, stage = str(given.get("stage") or "").partition(":")
    show = given.get("show") or ""
    owner = given.get("owner")
    wanted = ProjectFilter(
        words=given.get("words") or "",
        stage=stage,
        track=track or "talks",
        condition=given.get("condition") or "",
        owner_id=owner.pk if owner else None,
        plaque=given.get("plaque") or "",
        verified=show == "verified",
        gaps=show == "gaps",
        no_contact=show == "no_contact",
        stale_before=request.today.fromordinal(request.today.toordinal() - STALE_DAYS) if show == "stale" else None,
    )
    return form, wanted, active


def in_order(rows: QuerySet[Project], table: Table) -> QuerySet[Project]:
    """Return the rows newest first, or as asked; ties in the same direction, so that an index serves the order."""
    if table.sort == "stage":  # no index has this order: newest first within a stage
        return with_stage_place(rows).order_by(*table.order_by(SORT_FIELDS, ["-id"]))
    upwards = table.sort in SORT_FIELDS and not table.descending
    return rows.order_by(*table.order_by(SORT_FIELDS, ["id" if upwards else "-id"]))


@require_GET
def project_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The record: header, 还差什么, timeline, and what belongs to it in tabs."""
    try:
        project = get_project(request.actor, uid)
    except Project.DoesNotExist:
        if visible_to(request.actor, Project.objects.filter(uid=uid)).exists():
            return redirect("workspace:project_view", uid)
        raise
    context = record_context(request.actor, project, request.today, request.GET.get("tab", "overview"))
    return render(request, "console/pipeline/project_view.html", context)


@require_http_methods(["GET", "POST"])
def project_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Edit the project's own fields; the second saver sees what changed."""
    project = get_project(request.actor, uid)
    require_on(request.actor, "project.edit", project)
    initial = {name: getattr(project, name) for name in ProjectForm.base_fields if hasattr(project, name)}
    initial |= {name: money_of(project, name) for name in AMOUNTS}
    initial |= {name: _three(getattr(project, name)) for name in ("judged_follow", "major")}
    form = ProjectForm(sent(request), initial=initial)
    form.fields["version"].initial = project.version

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        for name in AMOUNTS:
            data |= _amount_columns(name, data.pop(name))
        update_project(actor=request.actor, now=request.now, project=project, version=version, values=data)

    return save_page(
        request,
        template="console/pipeline/project_edit.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=reverse("console:pipeline:project_view", args=[uid]),
        project=project,
    )


def _three(value: bool | None) -> str:  # noqa: FBT001 - a value, not a switch
    return "" if value is None else "true" if value else "false"


def _amount_columns(name: str, value: MoneyText) -> dict[str, Any]:
    return {
        f"{name}_lo_fen": value.lo_fen,
        f"{name}_hi_fen": value.hi_fen,
        f"{name}_currency": value.currency or "",
        f"{name}_text": value.text,
        f"{name}_approximate": value.approximate,
    }
