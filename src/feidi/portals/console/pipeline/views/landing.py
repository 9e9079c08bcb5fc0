"""Landing: collecting evidence, submitting, deciding, revoking; and the verifier's queue."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.selectors.landing import PURPOSE, get_case, live_case, queue_for, warnings_of
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.landing import (
    Paper,
    decide_item,
    hand_in,
    may_submit,
    missing_for_verification,
    open_case,
    own_part,
    return_landing,
    revoke_landing,
    state_signals,
    submit_landing,
    verify_landing,
)
from feidi.kernel.documents.selectors import list_forms
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement, state_of
from feidi.kernel.files.services import store_upload
from feidi.portals.console.pipeline import presenting
from feidi.portals.console.pipeline.forms import EvidenceForm, SignalsForm
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.requests import FeidiRequest

NAMES = re.compile(r"[、,，;；/\s]+")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a line written with 顿号, commas or spaces."""
    return tuple(name for name in NAMES.split(text) if name)


def _page(case: LandingCase) -> str:
    return reverse("console:pipeline:landing_view", args=[case.uid])


@require_GET
def landing_queue(request: FeidiRequest) -> HttpResponse:
    """Cases that wait for this verifier, oldest first."""
    require(request.actor, "landing.verify")
    context = {"cases": presenting.waiting(queue_for(request.actor)), "today": request.today}
    return render(request, "console/pipeline/landing_queue.html", context)


@require_http_methods(["GET", "POST"])
def landing_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Open the project's landing case, or go to the one it has. Looking opens nothing: it leads to where that is done."""
    project = get_project(request.actor, uid)
    may_submit(request.actor, project)
    if request.method == "GET" and live_case(project) is None:
        return redirect(reverse("console:pipeline:project_view", args=[uid]) + "?tab=landing")
    case = open_case(actor=request.actor, now=request.now, project=project)
    return redirect(_page(case))


@require_GET
def landing_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One case: evidence with its states, signals that warn, what still lacks, and who may decide."""
    case = get_case(request.actor, uid)
    states = state_of(subject_of(case.project), PURPOSE)
    context = {
        "case": case,
        "project": case.project,
        "evidence": presenting.evidence_of(states),
        "lacking": [each.requirement for each in states if each.missing],
        "warnings": warnings_of(case, request.actor),
        "missing": missing_for_verification(case),
        "may": presenting.might(request.actor, case.project),
        "own_part": own_part(request.actor, case),
        "forms": list(list_forms(subject_of(case.project))),
        "badges": presenting.badges_of(case.project),
        "today": request.today,
    }
    return render(request, "console/pipeline/landing_view.html", context)


@require_http_methods(["GET", "POST"])
def evidence_add(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Hand in one item; ``?replaces=`` names the returned one that it corrects."""
    case = get_case(request.actor, uid)
    may_submit(request.actor, case.project)
    requirement = get_requirement(subject=subject_of(case.project), purpose=PURPOSE, kind=kind)
    replaced = EvidenceItem.objects.filter(requirement=requirement, uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        file = None
        if upload:
            file = store_upload(
                actor=request.actor,
                now=request.now,
                subject=subject_of(case.project),
                name=upload.name,
                chunks=upload.chunks(),
                reason=data["mark_reason"],
            )
        paper = Paper(
            file, data["record"], data["occurred_on"], data["amount"].exact, split_names(data["people"]), replaced
        )
        hand_in(actor=request.actor, now=request.now, case=case, requirement=requirement, paper=paper)

    return save_page(
        request,
        template="console/pipeline/evidence_add.html",
        form=EvidenceForm(*uploaded(request)),
        save=save,
        done=_("证据已提交。"),
        onward=_page(case),
        project=case.project,
        extra={"case": case, "requirement": requirement, "replaced": replaced},
    )


@require_http_methods(["GET", "POST"])
def signals_state(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down the signals beside the evidence."""
    case = get_case(request.actor, uid)
    may_submit(request.actor, case.project)

    def save(data: dict[str, Any]) -> None:
        exact = data.pop("paid_in_capital").exact
        signals = {**data, "paid_in_capital": exact.fen if exact else None}
        state_signals(actor=request.actor, now=request.now, case=case, signals=signals)

    known = {key: value for key, value in (case.signals or {}).items() if key != "paid_in_capital"}
    return save_page(
        request,
        template="console/pipeline/project_form.html",
        form=SignalsForm(sent(request), initial=known),
        save=save,
        done=_("参考信息已登记。"),
        onward=_page(case),
        project=case.project,
        extra={"title": _("落地参考信息")},
    )


@require_POST
def landing_submit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Submit the case; the project is thereby reported to its home."""
    case = get_case(request.actor, uid)
    submit_landing(actor=request.actor, now=request.now, case=case)
    messages.success(request, _("已提交核验，并作为一次报送送达主办方。"))
    return redirect(_page(case))


@require_POST
def evidence_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one item."""
    case = get_case(request.actor, uid)
    row = EvidenceItem.objects.filter(
        requirement__subject_kind="pipeline.project", requirement__subject_uid=case.project.uid
    ).get(uid=item)
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_item(actor=request.actor, now=request.now, case=case, item=row, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(_page(case))


@require_POST
def landing_return(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send the case back."""
    case = get_case(request.actor, uid)
    return_landing(actor=request.actor, now=request.now, case=case, reason=request.POST.get("reason", ""))
    messages.success(request, _("已退回运营方。"))
    return redirect(_page(case))


@require_POST
def landing_verify(request: FeidiRequest, uid: str) -> HttpResponse:
    """Verify the landing."""
    case = get_case(request.actor, uid)
    verify_landing(actor=request.actor, now=request.now, case=case)
    messages.success(request, _("落地已核验。"))
    return redirect(_page(case))


@require_POST
def landing_revoke(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the verification back."""
    case = get_case(request.actor, uid)
    revoke_landing(actor=request.actor, now=request.now, case=case, reason=request.POST.get("reason", ""))
    messages.success(request, _("核验已撤销，记录保留。"))
    return redirect(_page(case))
