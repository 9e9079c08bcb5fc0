"""匹配: who serves a need, an offer, a project or an investor now, and why. Looking writes nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import NEED_KINDS, ProfileKind, ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.candidate_words import place_names
from feidi.domain.matching.selectors.candidates import lists_of
from feidi.domain.matching.selectors.profiles import get_staff_profile, profiles_of
from feidi.domain.matching.selectors.ranking import Asker, Ranking, asker_of, asker_of_project, project_text, rank
from feidi.domain.matching.selectors.weights import weights_in_force
from feidi.domain.parties.access import outpost_scope
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.access import ScopeKind
from feidi.portals.console.candidates import presenting
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Crumb, Tab
from feidi.portals.ui.requests import FeidiRequest

_LISTS = 5


@require_GET
def profile_match(request: FeidiRequest, uid: str) -> HttpResponse:
    """Who serves a need or an offer now: ranked, with the split of each score, what holds, what to ask, near misses."""
    row = get_staff_profile(request.actor, uid)
    asked = _answer(request, asker_of(row))
    standing = row.voided_at is None and row.state == ProfileState.OPEN and row.expires_on >= request.today
    context = {
        **asked,
        "row": row,
        "title": row.title,
        "subtitle": _subtitle(row),
        "standing": standing,
        "may_make": standing and bool(asked["cards"]) and request.actor.may(EDIT, outpost_scope(row.outpost_id)),
        "lists": presenting.kept_lines(lists_of(row)[:_LISTS]),
        "text": row.masked_text,
        "record_url": reverse("console:profiles:profile_view", args=[row.uid]),
        "copy_text": _chat(row, asked["cards"], request),
        "crumbs": [*_crumbs(), Crumb(row.number, reverse("console:profiles:profile_view", args=[row.uid])), Crumb(_("匹配"))],
    }  # fmt: skip
    return render(request, "console/candidates/profile_match.html", context)


@require_GET
def project_match(request: FeidiRequest, uid: str) -> HttpResponse:
    """Which needs a project may answer (or, with ``?side=need``, which offers may help it); nothing is kept."""
    rows = Project.objects.filter(outpost_id__in=request.actor.scopes(VIEW, ScopeKind.OUTPOST), voided_at__isnull=True)
    project = rows.select_related("outpost__home").get(uid=uid)
    side = Side.NEED if request.GET.get("side") == Side.NEED else Side.OFFER
    here = reverse("console:candidates:project_match", args=[uid])
    record = reverse("console:pipeline:project_view", args=[uid])
    context = {
        **_answer(request, asker_of_project(project, side)),
        "project": project,
        "title": project.name,
        "subtitle": project.code,
        "text": project_text(project),
        "profiles": list(profiles_of(request.actor, project=project.pk)),
        "tabs": [
            Tab(Side.OFFER, _("它能答上的需求"), here),
            Tab(Side.NEED, _("能帮上它的供给"), f"{here}?side=need"),
        ],
        "tab": side.value,
        # of what kind a need is, is nobody's to guess; an offer of a project is a project
        "kinds": [(each.value, each.label) for each in NEED_KINDS] if side is Side.NEED else [],
        "register_url": f"{reverse('console:profiles:profile_new')}?project={uid}&side={side.value}",
        "record_url": record,
        "crumbs": [*_crumbs(), Crumb(project.code, record), Crumb(_("匹配"))],
    }
    return render(request, "console/candidates/project_match.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("候选名单"), reverse("console:candidates:list_list"))]


def _subtitle(row: Profile) -> str:
    who = _("投资方") if row.kind == ProfileKind.CAPITAL and row.side == Side.OFFER else Side(row.side).label
    return f"{row.number} · {who} · {ProfileKind(row.kind).label}"


def _answer(request: FeidiRequest, asker: Asker) -> dict[str, Any]:
    """Return what the pages show of a ranking; a question that cannot be asked says why in place of the answer."""
    current = weights_in_force(asker.outpost)
    ranking: Ranking | None = None
    refusal: Refusal | None = None
    try:
        ranking = rank(asker, weights=current.weights, today=request.today)
    except RefusedError as error:
        refusal = error.refusal
    places = place_names()
    return {
        "refusal": refusal,
        "cards": presenting.found_cards(ranking.found, places) if ranking else [],
        "near": presenting.near_lines(ranking.near, places) if ranking else [],
        "searched": ranking.searched if ranking else 0,
        "held_back": ranking.held_back if ranking else 0,
        "per_owner": ranking.rules.per_owner if ranking else 0,
        "to_pick": ranking.rules.to_pick if ranking else 0,
        "thin": asker.thin,
        "asks_needs": asker.side is Side.OFFER,
        "weights": presenting.weight_lines(current.weights),
        "weights_number": current.number,
        "weights_url": f"{reverse('console:candidates:weights_edit')}?outpost={asker.outpost.uid}",
        "may_weigh": request.actor.may(EDIT, outpost_scope(asker.outpost.pk)),
        "today": request.today,
    }


def _chat(row: Profile, cards: list[presenting.Shown], request: FeidiRequest) -> str:
    """Return the numbers for a colleague's chat: nothing of anybody's text leaves before a person has checked it."""
    title = _("{number} 匹配（{day}，未核对，内部用）").format(number=row.number, day=request.today)
    return chat_lines(title, [f"{each.position}. {each.profile.number} {each.score}" for each in cards])
