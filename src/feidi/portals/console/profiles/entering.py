"""Entering a need or an offer: three sentences, then a second look at what the other side will read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import Confidentiality, ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.masking import (
    Masked,
    Owner,
    owner_by_name,
    owner_of,
    propose_masked,
    what_words,
    without_contacts,
)
from feidi.domain.matching.selectors.profiles import profiles_of
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.selectors.tagging import OTHER, Tagging, find_node, nodes_of, propose_node
from feidi.domain.matching.selectors.wording import clean_text, short_title
from feidi.domain.matching.services.profiles import Facts, NewProfile, add_profile
from feidi.domain.parties.access import require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError, refuse
from feidi.engines.names import fold_name
from feidi.kernel.audit import recorded
from feidi.portals.console.daily import asked_project, outposts_for
from feidi.portals.console.pipeline.views.leads import _alike
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, save_page, sent
from feidi.portals.console.profiles.forms import AskForm, ProfileForm, facts_of
from feidi.portals.console.profiles.views import PLACES, record_url
from feidi.portals.console.words import say_pair
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the second look begins with: the masked text as proposed, what was struck, where it belongs and why."""

    masked: Masked
    title: str
    tagging: Tagging
    node: str


@require_http_methods(["GET", "POST"])
def profile_new(request: FeidiRequest) -> HttpResponse:
    """Three sentences, whose, what kind; the answer is a proposal for the second look, and nothing is written. Sent
    back with both texts it is kept: published when the masked text has been read, else as a draft.
    """
    require(request.actor, EDIT)
    if "masked_text" in request.POST:
        return _save(request)
    outposts = outposts_for(request.actor, EDIT)
    form = AskForm(sent(request), actor=request.actor, outposts=outposts, initial=_begun(request))
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                return _second_look(request, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, {"matching.owner_needed": "owner"})
                status = REFUSED
    context = {"form": form, "found": [], "elsewhere": [], "standing": []}
    return render(request, "console/profiles/profile_new.html", context, status=status)


def _begun(request: FeidiRequest) -> dict[str, Any]:
    """Return what a form begun from a project or an organization starts with."""
    side = request.GET.get("side", "")
    begun: dict[str, Any] = {"side": side if side in Side.values else Side.NEED}
    project = asked_project(request)
    if project is not None:
        begun |= {"project": project, "outpost": project.outpost, "text": project.one_line}
        begun["kind"] = ProfileKind.PROJECT if side == Side.OFFER else ProfileKind.TECHNOLOGY
    if name := request.GET.get("owner", "")[:160]:
        begun["owner"] = name
    return begun


def _second_look(request: FeidiRequest, data: dict[str, Any]) -> HttpResponse:
    """Return the page with both texts, before anything is kept."""
    text = clean_text(data["text"], _("原话"))
    if not (data["owner"].strip() or data["project"] or data["person"].strip()):
        raise refuse("matching.owner_needed")
    if data["side"] == Side.NEED and data["kind"] not in dict(AskForm.base_fields["kind"].choices):  # type: ignore[attr-defined]
        raise refuse("matching.kind_not_needed", kind=data["kind"])
    outpost = data["outpost"]
    proposal = _proposal(outpost, text, _owner(data), request)
    days = matching_rules(outpost).valid_days
    initial = {
        **{name: data[name] for name in ("outpost", "side", "owner", "uscc", "project", "person", "kind")},
        "title": proposal.title,
        "masked_text": proposal.masked.text,
        "full_text": without_contacts(text),
        "confidentiality": Confidentiality.MASKED,
        "expires_on": request.today + timedelta(days=days),
        "officer": request.actor.user_id,
    }
    form = ProfileForm(initial=initial, actor=request.actor, outposts=outposts_for(request.actor, EDIT))
    return render(request, "console/profiles/profile_second_look.html", _page(form, proposal))


def _owner(data: dict[str, Any]) -> Owner:
    """Return by what the owner is known: on file where it is, else by the name alone."""
    found = owner_by_name(data["outpost"], data["owner"]) if data["owner"].strip() else Owner()
    if isinstance(data["project"], Project):
        of_project = owner_of(project=data["project"])
        found = Owner(*(a + b for a, b in zip(_parts(found), _parts(of_project), strict=True)))
    if person := data["person"].strip():
        found = Owner(found.names, found.brands, (*found.persons, person), found.numbers)
    return found


def _parts(owner: Owner) -> tuple[tuple[str, ...], ...]:
    return owner.names, owner.brands, owner.persons, owner.numbers


def _proposal(outpost: Outpost, text: str, owner: Owner, request: FeidiRequest) -> Proposal:
    masked = propose_masked(text, owner, request.today)
    tagging = propose_node(nodes_of(outpost.home), text)
    place = find_node(outpost.home, tagging.chain, tagging.node) if tagging.node != OTHER else None
    node = f"{_said(place.chain_label)} · {_said(place.label)}" if place else _("其他")
    return Proposal(masked, short_title(masked.text), tagging, node)


def _said(label: Any) -> str:
    return say_pair(label["zh"], label["en"])


def _page(form: ProfileForm, proposal: Proposal | None) -> dict[str, Any]:
    struck = [(each.said, what_words(each.what)) for each in proposal.masked.struck] if proposal else []
    return {
        "form": form,
        "proposal": proposal,
        "struck": list(dict.fromkeys(struck)),
        "onward": reverse("console:profiles:profile_list"),
    }


def _save(request: FeidiRequest) -> HttpResponse:
    """Keep what was looked at."""
    form = ProfileForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT))
    made: list[Profile] = []

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            made.append(_add(request, data))

    response = save_page(
        request,
        template="console/profiles/profile_second_look.html",
        form=form,
        save=save,
        done=_("已登记。"),
        onward=reverse("console:profiles:profile_list"),
        fields=PLACES,
        extra=_page(form, None),
    )
    if made:
        response.headers["Location"] = record_url(made[0].uid)
        if made[0].state == "draft":
            messages.info(request, _("存为草稿，别人看不到；看过脱敏文本后再发布。"))
    return response


def _add(request: FeidiRequest, data: dict[str, Any]) -> Profile:
    outpost, organization, person = data["outpost"], None, None
    if name := data["owner"].strip():
        organization = find_or_add_organization(
            actor=request.actor, now=request.now, outpost=outpost, name=name, uscc=data["uscc"]
        )
    if name := data["person"].strip():
        person = find_or_add_person(
            actor=request.actor, now=request.now, outpost=outpost, name=name, organization=organization
        )
    new = NewProfile(
        side=Side(data["side"]),
        kind=ProfileKind(data["kind"]),
        organization=organization,
        project=data["project"],
        person=person,
        confidentiality=Confidentiality(data["confidentiality"]),
        facts=Facts(**facts_of(data)),
        **{
            name: data[name]
            for name in ("title", "masked_text", "full_text", "expires_on", "officer", "source", "masked_seen")
        },
    )
    return add_profile(actor=request.actor, now=request.now, outpost=outpost, new=new)


@require_GET
def profile_known(request: FeidiRequest) -> HttpResponse:
    """What the outpost has of the firm being typed: the firm and those like it, and its needs and offers."""
    require(request.actor, EDIT)
    asked, name = request.GET.get("outpost", ""), request.GET.get("owner", "")[:160]
    outpost = next((each for each in outposts_for(request.actor, EDIT) if str(each.pk) == asked), None)
    if outpost is None or not fold_name(name):
        return render(request, "console/profiles/profile_known.html", {"found": [], "elsewhere": [], "standing": []})
    values = {"sponsor": name, "uscc": request.GET.get("uscc", "")[:20]}
    known = Organization.objects.filter(name_folded=fold_name(name), voided_at__isnull=True)
    standing = [
        {"row": each, "url": record_url(each.uid)}
        for firm in known[:3]
        for each in profiles_of(request.actor, organization=firm.pk)[:5]
    ]
    context = {"found": [], "elsewhere": [], **_alike(request, outpost, values), "standing": standing}
    return render(request, "console/profiles/profile_known.html", context)
