"""Under which plaques (牌子) projects count: one project's, or one plaque for many."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.assigning import LIMIT
from feidi.domain.pipeline.services.plaques import mark_many, set_plaques
from feidi.engines.findings import RefusedError
from feidi.portals.console.daily import plaques_of
from feidi.portals.console.pipeline.list_forms import PlaqueMarkForm, PlaquesForm
from feidi.portals.console.pipeline.views.lists import SAMPLE, address_of, chosen_projects, filters_of
from feidi.portals.console.pipeline.views.notes import TEMPLATE, editable, record_of
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, save_page, sent
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest

EDIT = "project.edit"


@require_http_methods(["GET", "POST"])
def plaque_set(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say under which of its outpost's plaques a project counts: several at will, under each once."""
    project = editable(request, uid)
    offered = [(each.code, each.name) for each in project.outpost.plaques.order_by("id")]
    standing = project.plaque_rows.order_by("plaque_id").values_list("plaque__code", flat=True)
    return save_page(
        request,
        template=TEMPLATE,
        form=PlaquesForm(sent(request), plaques=offered, initial={"plaques": list(standing)}),
        save=lambda data: set_plaques(actor=request.actor, now=request.now, project=project, codes=data["plaques"]),
        done=_("牌子已登记。"),
        onward=record_of(project),
        project=project,
        extra={"title": _("归到哪块牌子")},
        fields={"pipeline.plaque_unknown": "plaques"},
    )


@require_http_methods(["GET", "POST"])
def plaque_mark(request: FeidiRequest) -> HttpResponse:
    """Let the picked projects, or all that the filter finds, count under one plaque, or no longer: how many first."""
    require(request.actor, EDIT)
    asked = request.POST if request.method == "POST" else request.GET
    filters = filters_of(QueryDict(asked["query"]) if "query" in asked else request.GET)
    everything = asked.get("scope") == "all"
    picked = [each for each in asked.getlist("picked") if len(each) < 40]  # noqa: PLR2004 - a uid is much shorter
    rows = chosen_projects(request, filters, picked, everything=everything)
    form = PlaqueMarkForm(sent(request), plaques=plaques_of(outposts_of(request.actor, EDIT)))
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                return _mark(request, rows, form.cleaned_data, filters)
            except RefusedError as error:
                add_refusal(form, error.refusal, {"pipeline.plaque_unknown": "plaque"})
                status = REFUSED
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
    return render(request, "console/pipeline/plaque_mark.html", context, status=status)


def _mark(request: FeidiRequest, rows: QuerySet[Project], data: dict[str, Any], filters: QueryDict) -> HttpResponse:
    done = mark_many(actor=request.actor, now=request.now, projects=rows, code=data["plaque"], belongs=data["belongs"])
    words = _("{n} 个项目已改，{same} 个原来就是这样。").format(n=done.changed, same=done.same)
    messages.success(request, words)
    return redirect(address_of(filters))
