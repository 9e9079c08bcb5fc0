"""我的服务: the playbooks that run for one's own firm, what one owes, and what one hands in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.parties.access import require
from feidi.domain.playbook.access import VIEW_OWN
from feidi.domain.playbook.enums import OwnerSide, RunState, StepState
from feidi.domain.playbook.kinds import PURPOSE, STEP
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.selectors.reckoning import plan_of
from feidi.domain.playbook.selectors.runs import own_runs, subject_labels
from feidi.domain.playbook.services.evidence import Piece, Upload, hand_in, may_hand_in
from feidi.engines.findings import RefusedError
from feidi.engines.playbooks import days_waiting
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.selectors import RequirementState, states_of_many
from feidi.kernel.files.kinds import ACCEPTED_WORDS
from feidi.kernel.subjects import Subject
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.forms import EvidenceForm
from feidi.portals.workspace.own import colleagues
from feidi.portals.workspace.presenting import open_returns
from feidi.portals.workspace.words import say, say_pair

_SHOWN = 100
INVALID, REFUSED = 422, 409
_MINE = frozenset({OwnerSide.FIRM, OwnerSide.TALENT})
_UNDER_WAY = frozenset({StepState.OPEN, StepState.ASKED})
_TONES: dict[str, Tone] = {ItemState.ACCEPTED: "ok", ItemState.RETURNED: "bad", ItemState.SUBMITTED: "info"}


@require_safe
def run_list(request: FeidiRequest) -> HttpResponse:
    """List one's own services, those under way first, with what one owes in each."""
    require(request.actor, VIEW_OWN)
    runs = list(own_runs(request.actor).prefetch_related("steps")[:_SHOWN])
    names = subject_labels(request.actor, runs)
    ordered = sorted(runs, key=lambda run: run.state != RunState.RUNNING)
    cards = [{**_card(each, request.today), "subject": names[each.pk]} for each in ordered]
    return render(request, "workspace/run_list.html", {"cards": cards})


@require_safe
def run_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one service: what one owes now, what others are at, what is still to come."""
    run = _own(request, uid)
    steps = list(run.steps.order_by("position"))
    states = states_of_many([Subject(STEP, each.uid) for each in steps], PURPOSE)
    context = {
        "run": run,
        "title": say_pair(run.title_zh, run.title_en),
        "subject": subject_labels(request.actor, [run])[run.pk],
        "purpose": say(plan_of(run).purpose),
        "badge": _run_badge(run),
        "mine": [_owed(request, each, states[Subject(STEP, each.uid)]) for each in steps if is_mine(each)],
        "lines": [_line(each, request.today) for each in steps],
        "crumbs": [Crumb(_("我的服务"), reverse("workspace:run_list")), Crumb(run.number)],
    }
    return render(request, "workspace/run_view.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def run_hand_in(request: FeidiRequest, uid: str, step: str, kind: str) -> HttpResponse:
    """Hand in one paper for a step of one's own; ``?replaces=`` names the returned one that it corrects."""
    run = _own(request, uid)
    row = run.steps.select_related("run__outpost__home").get(uid=step)
    asked = EvidenceRequirement.objects.get(subject_kind=STEP, subject_uid=row.uid, purpose=PURPOSE, kind=kind)
    if not may_hand_in(request.actor, row):
        raise Http404
    own = EvidenceItem.objects.filter(requirement=asked, submitted_by_id_number__in=colleagues(request.actor))
    replaced = own.get(uid=request.GET["replaces"]) if request.GET.get("replaces") else None
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = EvidenceForm(*sent, kind=kind), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                _hand_in(request, row, kind, form.cleaned_data, replaced)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                if error.refusal.code == "files.internal":
                    form.ask_reason()
                status = REFUSED
            else:
                messages.success(request, _("已收到。审核结果会显示在这里。"))
                return redirect("workspace:run_view", uid)
    return render(request, "workspace/run_hand_in.html", _asking(run, row, asked, form, replaced), status=status)


def _own(request: FeidiRequest, uid: str) -> PlaybookRun:
    return own_runs(request.actor).get(uid=uid)


def _hand_in(
    request: FeidiRequest, step: RunStep, kind: str, data: dict[str, Any], replaced: EvidenceItem | None
) -> EvidenceItem:
    given = data["file"]
    upload = Upload(given.name, given.chunks(), data.get("mark_reason", ""))
    piece = Piece(kind, upload, data["record"], data["occurred_on"], replaced)
    return hand_in(actor=request.actor, now=request.now, step=step, piece=piece)


def _asking(
    run: PlaybookRun, step: RunStep, asked: EvidenceRequirement, form: EvidenceForm, replaced: EvidenceItem | None
) -> dict[str, Any]:
    label = say_pair(asked.label_zh, asked.label_en)
    back = reverse("workspace:run_view", args=[run.uid])
    return {
        "label": label,
        "step_label": say_pair(step.label_zh, step.label_en),
        "back": back,
        "form": form,
        "rest": [field for field in form if field.name != "file"],
        "replaced": replaced,
        "crumbs": [Crumb(_("我的服务"), reverse("workspace:run_list")), Crumb(run.number, back), Crumb(label)],
        "kinds": ACCEPTED_WORDS,
        "limit": settings.FEIDI_UPLOAD_LIMIT,
    }


def is_mine(step: RunStep) -> bool:
    """Tell whether a step waits for the firm itself."""
    return step.owner in _MINE and step.state in _UNDER_WAY


def _card(run: PlaybookRun, today: date) -> dict[str, Any]:
    steps = sorted(run.steps.all(), key=lambda each: each.position)
    return {
        "run": run,
        "title": say_pair(run.title_zh, run.title_en),
        "badge": _run_badge(run),
        "owed": [say_pair(each.label_zh, each.label_en) for each in steps if is_mine(each)],
        "others": [_line(each, today) for each in steps if each.state in _UNDER_WAY and each.owner not in _MINE],
        "done": sum(1 for each in steps if each.state == StepState.DONE),
        "total": sum(1 for each in steps if each.state not in {StepState.NOT_APPLICABLE, StepState.SKIPPED}),
    }


def _run_badge(run: PlaybookRun) -> Badge:
    tones: dict[str, Tone] = {RunState.RUNNING: "info", RunState.FINISHED: "ok", RunState.STOPPED: "quiet"}
    return Badge(RunState(run.state).label, tones[run.state], title=run.ended_reason)


def _line(step: RunStep, today: date) -> dict[str, Any]:
    return {
        "label": say_pair(step.label_zh, step.label_en),
        "side": _("您这边") if step.owner in _MINE else OwnerSide(step.owner).label,
        "badge": _standing(step, today),
        "due": step.due_on if step.state in _UNDER_WAY else None,
    }


def _standing(step: RunStep, today: date) -> Badge:
    """Return how a step stands for the firm; others' delays are told as waiting, never as blame."""
    if step.state == StepState.WAITING and step.unclear:
        return Badge(_("待问清"), "warn")
    if step.state in _UNDER_WAY and step.owner not in _MINE:
        since = step.asked_on or step.opened_on
        return Badge(_("办理中 · 第 {n} 天").format(n=days_waiting(since, today)) if since else _("办理中"), "info")
    if step.state in _UNDER_WAY:
        return Badge(_("等您办"), "warn")
    return Badge(StepState(step.state).label, "ok" if step.state == StepState.DONE else "quiet")


def _owed(request: FeidiRequest, step: RunStep, states: tuple[RequirementState, ...]) -> dict[str, Any]:
    planned = plan_of(step.run).by_code[step.code]
    return {
        "step": step,
        "label": say_pair(step.label_zh, step.label_en),
        "documents": [say(each) for each in planned.documents],
        "papers": [_paper(request, step, each) for each in states],
    }


def _paper(request: FeidiRequest, step: RunStep, state: RequirementState) -> dict[str, Any]:
    """Return one paper that is asked: what came in of it, and the way to hand it in or to put it right."""
    address = reverse("workspace:run_hand_in", args=[step.run.uid, step.uid, state.requirement.kind])
    own = colleagues(request.actor)
    returned = [each for each in open_returns(state) if each.submitted_by_id_number in own]
    may = request.actor.may("evidence.submit_own") and bool(state.missing)
    return {
        "label": say_pair(state.requirement.label_zh, state.requirement.label_en),
        "met": state.met,
        "items": [
            {"row": each, "badge": Badge(ItemState(each.state).label, _TONES[each.state])}
            for each in state.items
            if each.submitted_by_id_number in own
        ],
        "url": (f"{address}?replaces={returned[-1].uid}" if returned else address) if may else "",
        "again": bool(returned),
    }
