"""Beginning to follow a claim: of a firm that is named, or of the person or referral from whose check-up one comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.parties.access import organizations_visible_to, outpost_scope, persons_visible_to, require
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.policy.access import CLAIM, PERSON
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.askable import About, clauses_about, find_about
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.claims import NewClaim, start_claim
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.access import ScopeKind
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.policies.asking import KINDS
from feidi.portals.console.policy_claims import presenting
from feidi.portals.console.policy_claims.forms import ClaimAboutForm, FirmClaimForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

_FIRMS = frozenset({SubjectKind.ORGANIZATION, SubjectKind.PROJECT, SubjectKind.TEAM})


@require_http_methods(["GET", "POST"])
def claim_new(request: FeidiRequest) -> HttpResponse:
    """Begin following a claim: whose, under which clause, on which platform under whose account."""
    about = _about(request)
    require(request.actor, CLAIM, *([outpost_scope(about.outpost.pk)] if about else []))
    made: list[PolicyClaim] = []

    def save(given: dict[str, Any]) -> None:
        whose, outpost = _whose(request, about, given)
        new = NewClaim(
            **whose,
            clause=given["clause"],
            platform=given["platform"],
            account_holder=given["account_holder"],
            applied_fen=given["applied"].fen if given["applied"] else None,
            note=given["note"],
        )
        made.append(start_claim(actor=request.actor, now=request.now, outpost=outpost, new=new))

    answer = save_page(
        request,
        template="console/policy_claims/claim_edit.html",
        form=_form(request, about),
        save=save,
        done=_("已登记。材料备齐后到官方平台提交，再回来记下受理号。"),
        onward=reverse("console:policy_claims:claim_list"),
        fields={"policy.clause_unknown": "clause", "policy.claim_wrong_subject": "clause"},
        extra={
            "title": _("登记申报"),
            "crumbs": presenting.crumbs(Crumb(_("登记申报"))),
            "claim": None,
            "about": about,
        },
    )
    return redirect("console:policy_claims:claim_view", made[0].uid) if made else answer


def _about(request: FeidiRequest) -> About | None:
    """Return the person or referral that the address names, None for a firm's claim; 404 for one that is not seen."""
    kind = request.GET.get("about", "")
    if not kind:
        return None
    about = find_about(request.actor, Subject(KINDS.get(kind, ""), request.GET.get("uid", "")))
    if about is None:
        raise Http404
    return about


def _whose(request: FeidiRequest, about: About | None, given: dict[str, Any]) -> tuple[dict[str, Any], Outpost]:
    """Return the claimant, and the outpost that follows the claim."""
    if about is None:
        return {"organization": given["organization"]}, given["outpost"]
    own = about.subjects[0]
    if own.kind == PERSON:
        person = persons_visible_to(request.actor, Person.objects.all()).get(uid=own.uid)
        return {"organization": None, "person": person}, about.outpost
    return {"organization": None, "about": own}, about.outpost


def _form(request: FeidiRequest, about: About | None) -> ClaimAboutForm:
    begun = {"clause": request.GET.get("clause", "")}
    if about is not None:
        kinds = clauses_about(about.subjects[0].kind) or frozenset()
        return ClaimAboutForm(sent(request), initial=begun, clauses=_clauses(request, [about.outpost], kinds))
    outposts = Outpost.objects.filter(pk__in=request.actor.scopes(CLAIM, ScopeKind.OUTPOST)).order_by("id")
    known = organizations_visible_to(request.actor, Organization.objects.filter(voided_at__isnull=True))
    asked = known.filter(uid=request.GET.get("organization", "")).values_list("name", flat=True).first()
    return FirmClaimForm(
        sent(request),
        initial={**begun, "organization": asked or ""},
        outposts=outposts,
        organizations=known,
        clauses=_clauses(request, outposts.select_related("home", "host"), _FIRMS),
    )


def _clauses(
    request: FeidiRequest, outposts: Iterable[Outpost], kinds: Collection[SubjectKind]
) -> list[tuple[str, str]]:
    """Return (code, words) of the clauses for some kinds of subjects at some outposts, in order of code."""
    found = {
        each.code: f"{each.title}（{each.code}）"
        for outpost in outposts
        for each in library_of(outpost, on=request.today).clauses.clauses.values()
        if each.subject in kinds
    }
    return sorted(found.items())
