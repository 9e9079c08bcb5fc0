"""尽调: writing down what a person saw at a public source, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import DiligenceResult
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.diligence import diligence_list, get_check
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.domain.pipeline.services.diligence import EDIT, record_look, void_look
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.targets.forms import LookForm
from feidi.portals.console.words import say_pair
from feidi.portals.ui.requests import FeidiRequest


def _tab(project: Project) -> str:
    return reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=diligence"


@require_http_methods(["GET", "POST"])
def diligence_add(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Write down one look at one source of a project's list."""
    project = get_project(request.actor, uid)
    require_on(request.actor, EDIT, project)
    wanted = diligence_list(project.outpost).item(item)
    if wanted is None:
        raise refuse("pipeline.diligence_item_unknown", item=item)

    def save(data: dict[str, Any]) -> None:
        upload, reason = data.pop("file"), data.pop("mark_reason")
        attachment = Attachment(upload.name, upload.chunks(), reason) if upload else None
        result = DiligenceResult(data.pop("result"))
        record_look(
            actor=request.actor,
            now=request.now,
            project=project,
            item=item,
            result=result,
            attachment=attachment,
            **data,
        )

    initial = {"searched_for": project.sponsor_name, "checked_on": request.today}
    return save_page(
        request,
        template="console/targets/diligence_form.html",
        form=LookForm(*uploaded(request), initial=initial),
        save=save,
        done=_("已登记。"),
        onward=_tab(project),
        project=project,
        fields={"pipeline.diligence_finding_says_nothing": "note", "pipeline.date_in_future": "checked_on"},
        extra={
            "title": say_pair(wanted.label_zh, wanted.label_en),
            "subtitle": project.sponsor_name,
            "submit": _("保存"),
            "item": wanted,
            "site": say_pair(wanted.site_zh, wanted.site_en),
            "look_for": say_pair(wanted.look_for_zh, wanted.look_for_en),
        },
    )


@require_POST
def diligence_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a look back that was written down in error."""
    check = get_check(request.actor, uid)
    void_look(actor=request.actor, now=request.now, check=check, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect(_tab(check.project))
