"""Drafting content: what waits for its second person, the editor with its check, the difference and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.policy.selectors.drafts import is_reckoned, remarks_on
from feidi.domain.policy.selectors.trials import try_draft
from feidi.engines.findings import RefusedError
from feidi.kernel.content.checking import schema_path
from feidi.kernel.content.differences import line_differences
from feidi.kernel.content.library import library
from feidi.kernel.content.models import ContentProposal, ContentRevision, ProposalState
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import (
    approve_proposal,
    can_decide,
    can_propose,
    findings_of,
    propose_content,
    published_text,
    return_proposal,
    visible_to,
    withdraw_proposal,
)
from feidi.portals.console.drafts import presenting, templates_of_files
from feidi.portals.console.drafts.bands import bands_from
from feidi.portals.console.drafts.forms import BandForm, DraftFilterForm, DraftForm, NewPolicyForm
from feidi.portals.console.drafts.locating import excerpts_of, located
from feidi.portals.console.drafts.trying import ShownTrial, shown_trial
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, sent
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _shown(request: FeidiRequest) -> QuerySet[ContentProposal]:
    return visible_to(request.actor, ContentProposal.objects.all())


@require_GET
def draft_list(request: FeidiRequest) -> HttpResponse:
    """List the proposals that the actor may read, those that wait first."""
    may_draft = bool(presenting.places_to_draft(request.actor))
    if not may_draft and not _shown(request).exists():
        raise Http404
    form = DraftFilterForm(request.GET)
    given, active = asked_of(form)
    rows = _shown(request).order_by("decided_at", "-created_at", "-id")
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("q"):
        rows = rows.filter(Q(path__icontains=given["q"]) | Q(note__icontains=given["q"]))
    context = {
        **listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=presenting.SORTS),
        "form": form,
        "active": active,
        "may_draft": may_draft,
        "start_url": reverse("console:drafts:draft_start") if may_draft else "",
    }
    return render(request, "console/drafts/draft_list.html", context)


@require_http_methods(["GET", "POST"])
def draft_start(request: FeidiRequest) -> HttpResponse:
    """Choose a file to draft anew, or name a new policy."""
    places = presenting.places_to_draft(request.actor)
    if not places:
        raise Http404
    form = NewPolicyForm(sent(request), places=places)
    if request.method == "POST" and form.is_valid():
        path = f"policies/{form.cleaned_data['name']}.yaml"
        return redirect(presenting.edit_url(form.cleaned_data["place"], path))
    context = {"form": form, "places": presenting.files_to_draft(request.actor, request.today)}
    return render(request, "console/drafts/draft_start.html", context, status=INVALID if form.errors else 200)


def _wanted_file(request: FeidiRequest) -> tuple[str, str]:
    place, path = request.GET.get("place", ""), request.GET.get("path", "")
    known = place in library().places() and schema_path(path) is not None and path.endswith(".yaml")
    if not known or not can_propose(request.actor, place):
        raise Http404
    return place, path


@require_http_methods(["GET", "POST"])
def draft_edit(request: FeidiRequest) -> HttpResponse:
    """Edit the text of a file: check it against everything published and sample firms, then propose it."""
    if "path" not in request.GET:
        return draft_start(request)
    place, path = _wanted_file(request)
    published = published_text(place, path)
    begun = {
        "base": digest_of(published) if published else "",
        "body": published
        or templates_of_files.copied_text(request.GET.get("from", ""), path, place, request.today)
        or templates_of_files.first_text(path, place, request.today),
    }
    form = DraftForm(sent(request), initial=begun)
    context: dict[str, Any] = {"checked": False}
    status = 200
    if request.method == "POST" and not form.is_valid():
        status = INVALID
    elif request.method == "POST":
        status, done = _act_on(request, form, place, path, context)
        if done is not None:
            messages.success(request, _("已提交，等待另一人复核。"))
            return redirect("console:drafts:draft_view", done.uid)
    context |= {
        "form": form,
        "place": place,
        "place_name": presenting.place_name(place),
        "path": path,
        "title": presenting.title_of(path, published),
        "about": presenting.about(path),
        "crumbs": _crumbs(_("起草")),
        "is_new": not published,
    }
    template = (
        "console/drafts/draft_checked.html" if request.htmx and context["checked"] else "console/drafts/draft_edit.html"
    )
    return render(request, template, context, status=status)


def _act_on(
    request: FeidiRequest, form: DraftForm, place: str, path: str, context: dict[str, Any]
) -> tuple[int, ContentProposal | None]:
    """Check the text, and propose it when that was asked; return the status and the proposal made."""
    given = form.cleaned_data
    body = given["body"].replace("\r\n", "\n")
    if request.POST.get("do") == "propose":
        try:
            return 200, propose_content(
                actor=request.actor,
                now=request.now,
                place=place,
                path=path,
                body=body,
                base_sha256=given["base"],
                note=given["note"],
            )
        except RefusedError as error:
            add_refusal(form, error.refusal)
            context |= _checked(request, place, path, body)  # the lines of the faults, and what is around them
            return REFUSED, None
    context |= _checked(request, place, path, body)
    return 200, None


def _checked(request: FeidiRequest, place: str, path: str, body: str) -> dict[str, Any]:
    return {
        "checked": True,
        **_found(request, place, path, body),
        "lines": line_differences(published_text(place, path), body),
        "tried": _tried(request, place, path, body),
    }


#: What a check found where none is made.
_NOTHING: dict[str, Any] = {"findings": [], "remarks": [], "excerpts": []}


def _found(request: FeidiRequest, place: str, path: str, body: str) -> dict[str, Any]:
    """Return what is wrong and what the lint remarks, each with its line, and the lines around them."""
    file = f"{place}/{path}"
    findings = located(findings_of(place, path, body), file, body)
    remarks = located(remarks_on(place, path, body, as_of=request.today), file, body)
    return {"findings": findings, "remarks": remarks, "excerpts": excerpts_of([*findings, *remarks], body)}


def _tried(request: FeidiRequest, place: str, path: str, body: str) -> ShownTrial | None:
    return shown_trial(try_draft(request.actor, place, path, body, as_of=request.today, known_at=request.now))


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb(_("起草与复核"), reverse("console:drafts:draft_list")), Crumb(last)]


@require_GET
def draft_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show a proposal: what it changes line by line, what the check says, what it means for sample firms."""
    proposal = get_object_or_404(_shown(request), uid=uid)
    is_open = proposal.state == ProposalState.OPEN
    before = published_text(proposal.place, proposal.path) if is_open else _text_before(proposal)
    file = (proposal.place, proposal.path, proposal.body)
    context = {
        "proposal": proposal,
        "crumbs": _crumbs(proposal.path),
        "title": presenting.title_of(proposal.path, proposal.body),
        "badges": [presenting.state_badge(proposal)],
        "place_name": presenting.place_name(proposal.place),
        "about": presenting.about(proposal.path),
        "lines": line_differences(before, proposal.body),
        **(_found(request, *file) if is_open else _NOTHING),
        "tried": _tried(request, *file) if is_open else None,
        "may_decide": is_open and can_decide(request.actor, proposal),
        "may_withdraw": is_open and proposal.proposer_id == request.actor.user_id,
        "stale": is_open and (digest_of(before) if before else "") != proposal.base_sha256,
        "edit_url": presenting.edit_url(proposal.place, proposal.path),
    }
    return render(request, "console/drafts/draft_view.html", context)


def _text_before(proposal: ContentProposal) -> str:
    """Return the published text that a decided proposal was written from."""
    rows = ContentRevision.objects.filter(place=proposal.place, path=proposal.path, sha256=proposal.base_sha256)
    return rows.values_list("body", flat=True).first() or ""


def _decided(request: FeidiRequest, uid: str, verb: Callable[..., object], done: str, **more: Any) -> HttpResponse:
    proposal = get_object_or_404(_shown(request), uid=uid)
    verb(actor=request.actor, now=request.now, proposal=proposal, **more)
    messages.success(request, done)
    return redirect("console:drafts:draft_view", uid)


@require_POST
def draft_approve(request: FeidiRequest, uid: str) -> HttpResponse:
    """Publish a proposal as its second person."""
    proposal = get_object_or_404(_shown(request), uid=uid)
    done = _("已发布，起草人与复核人都已记录。")
    if is_reckoned(proposal.path):
        done = _("已发布，起草人与复核人都已记录；相关驻点的应享结果正在后台重新计算。")
    return _decided(request, uid, approve_proposal, done)


@require_POST
def draft_return(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send a proposal back with a reason."""
    return _decided(request, uid, return_proposal, _("已退回。"), reason=request.POST.get("reason", ""))


@require_POST
def draft_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take one's own proposal back."""
    return _decided(request, uid, withdraw_proposal, _("已撤回。"))


@require_http_methods(["GET", "POST"])
def band_paste(request: FeidiRequest) -> HttpResponse:
    """Turn a table of tiers copied from Excel into the lines of a policy."""
    if not presenting.places_to_draft(request.actor):
        raise Http404
    form = BandForm(sent(request))
    made = None
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            made = bands_from(form.cleaned_data["basis"], form.cleaned_data["pasted"])
            status = INVALID if made.problems else 200
    return render(
        request,
        "console/drafts/band_paste.html",
        {"form": form, "made": made, "crumbs": _crumbs(_("粘贴分档表"))},
        status=status,
    )
