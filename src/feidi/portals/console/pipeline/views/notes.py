"""Talks, contacts, owner, opinions, home entity: the daily entries on a record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.pipeline.access import VIEW, require_on
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Interaction, Project
from feidi.domain.pipeline.selectors.impressions import concerns
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.services.interacting import (
    Impression,
    Talk,
    confirm_year,
    record_interaction,
    void_interaction,
)
from feidi.domain.pipeline.services.registering import add_contact, assign_owner, record_opinion, set_home_entity
from feidi.engines.findings import refuse
from feidi.kernel.access import ScopeKind
from feidi.portals.console.pipeline.forms import ContactForm, HomeEntityForm, OpinionForm, OwnerForm, TalkForm
from feidi.portals.console.pipeline.views.projects import colleagues
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.words import say_pair
from feidi.portals.ui.requests import FeidiRequest

TEMPLATE = "console/pipeline/project_form.html"


def editable(request: FeidiRequest, uid: str) -> Project:
    """Return a project of which the actor may change the entries."""
    project = get_project(request.actor, uid)
    require_on(request.actor, "project.edit", project)
    return project


def record_of(project: Project, tab: str = "overview") -> str:
    """Return the address of the record, at one of its tabs."""
    return reverse("console:pipeline:project_view", args=[project.uid]) + f"?tab={tab}"


@require_http_methods(["GET", "POST"])
def interaction_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down a talk, call or visit."""
    project = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        asked = impression_of(data)
        talk = Talk(**{**data, "kind": InteractionKind(data["kind"]), "impression": asked})
        record_interaction(actor=request.actor, now=request.now, project=project, talk=talk)

    return save_page(
        request,
        template=TEMPLATE,
        form=TalkForm(sent(request), initial={"occurred_on": request.today}, concerns=concern_choices(project)),
        save=save,
        done=_("已记入时间线。"),
        onward=record_of(project, "timeline"),
        project=project,
        extra={"title": _("记一次往来")},
        fields={"pipeline.people_needed": "people", "pipeline.impression_range": "impression"},
    )


def concern_choices(project: Project) -> list[tuple[str, str]]:
    """Return content's concerns in the reader's language."""
    return [(code, say_pair(*words)) for code, words in concerns(project.outpost).items()]


def impression_of(data: dict[str, Any]) -> Impression:
    """Take the two questions out of a form's data."""
    return Impression(data.pop("impression"), data.pop("concern"), data.pop("concern_note"))


def _interaction(request: FeidiRequest, uid: str) -> Interaction:
    # notes belong to the outpost that wrote them: the home side reads stages and papers, not talks
    outposts = request.actor.scopes(VIEW, ScopeKind.OUTPOST)
    rows = Interaction.objects.filter(project__outpost_id__in=outposts).select_related("project__outpost__home")
    return rows.get(uid=uid)


@require_GET
def interaction_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One entry: confirm a proposed year, or take it back."""
    row = _interaction(request, uid)
    return render(request, "console/pipeline/interaction_view.html", {"row": row, "project": row.project})


@require_POST
def interaction_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Confirm or correct the date that was proposed for a ledger entry."""
    row = _interaction(request, uid)
    written = request.POST.get("occurred_on", "")
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise refuse("pipeline.date_unclear", value=written)
    confirm_year(actor=request.actor, now=request.now, interaction=row, occurred_on=day)
    messages.success(request, _("日期已确认。"))
    return redirect(record_of(row.project, "timeline"))


@require_POST
def interaction_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry back with a reason."""
    row = _interaction(request, uid)
    void_interaction(actor=request.actor, now=request.now, interaction=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect(record_of(row.project, "timeline"))


@require_http_methods(["GET", "POST"])
def contact_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Add a contact person."""
    project = editable(request, uid)
    return save_page(
        request,
        template=TEMPLATE,
        form=ContactForm(sent(request)),
        save=lambda data: add_contact(actor=request.actor, now=request.now, project=project, **data),
        done=_("联系人已登记，电话已加密。"),
        onward=record_of(project),
        project=project,
        extra={"title": _("添加联系人")},
        fields={"parties.phone_malformed": "phone"},
    )


@require_http_methods(["GET", "POST"])
def owner_assign(request: FeidiRequest, uid: str) -> HttpResponse:
    """Name the owner."""
    project = editable(request, uid)
    return save_page(
        request,
        template=TEMPLATE,
        form=OwnerForm(sent(request), users=colleagues(request.actor), initial={"owner": project.owner}),
        save=lambda data: assign_owner(actor=request.actor, now=request.now, project=project, **data),
        done=_("责任人已指定。"),
        onward=record_of(project),
        project=project,
        extra={"title": _("指定责任人")},
    )


@require_http_methods(["GET", "POST"])
def opinion_record(request: FeidiRequest, uid: str) -> HttpResponse:
    """Record an opinion or a paper that a guard asks for."""
    project = editable(request, uid)
    return save_page(
        request,
        template=TEMPLATE,
        form=OpinionForm(sent(request), initial={"key": request.GET.get("key"), "on": request.today}),
        save=lambda data: record_opinion(actor=request.actor, now=request.now, project=project, **data),
        done=_("意见已登记。"),
        onward=record_of(project),
        project=project,
        extra={"title": _("登记意见或材料")},
    )


@require_http_methods(["GET", "POST"])
def home_entity_set(request: FeidiRequest, uid: str) -> HttpResponse:
    """Name the firm that registers at home."""
    project = editable(request, uid)
    return save_page(
        request,
        template=TEMPLATE,
        form=HomeEntityForm(sent(request)),
        save=lambda data: set_home_entity(actor=request.actor, now=request.now, project=project, **data),
        done=_("落户企业已登记。"),
        onward=record_of(project, "landing"),
        project=project,
        extra={"title": _("落户企业")},
        fields={"parties.uscc_invalid": "uscc"},
    )
