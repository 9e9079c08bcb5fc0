"""Drafts: begun from a project, published many at once, and made drafts again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.access import EDIT, VIEW, visible_to
from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_publishing import Published, publish_drafts, unpublish_drafts
from feidi.domain.matching.services.project_drafts import draft_from_project
from feidi.domain.parties.access import require
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import ScopeKind
from feidi.portals.console.profiles.presenting import owner_of
from feidi.portals.console.profiles.views import record_url
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

#: So many are looked at on one page.
_AT_ONCE = 100


@require_POST
def project_draft(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin a need or an offer from what a project says of itself; it stays a draft until somebody has read it."""
    rows = Project.objects.filter(outpost_id__in=request.actor.scopes(VIEW, ScopeKind.OUTPOST), voided_at__isnull=True)
    project = rows.select_related("outpost__home", "owner").get(uid=uid)
    side = Side.NEED if request.POST.get("side") == Side.NEED else Side.OFFER
    kind = request.POST.get("kind") or (ProfileKind.PROJECT if side is Side.OFFER else "")
    if kind not in ProfileKind.values:
        raise refuse("matching.row_kind", value=kind, known="、".join(str(each) for each in ProfileKind.labels))
    made = draft_from_project(actor=request.actor, now=request.now, project=project, side=side, kind=ProfileKind(kind))
    messages.success(request, _("草稿已建，照项目里写的。看过脱敏文本再发布，名单才用得上。"))
    return redirect(record_url(made.uid))


@require_http_methods(["GET", "POST"])
def drafts_publish(request: FeidiRequest) -> HttpResponse:
    """Publish the picked drafts: first their masked texts to be read, then what became of each."""
    require(request.actor, EDIT)
    picked = request.POST.getlist("picked")[:_AT_ONCE]
    rows = visible_to(request.actor, Profile.objects.filter(uid__in=picked, voided_at__isnull=True))
    chosen = list(rows.select_related("outpost__home", "organization", "project", "person").order_by("pk"))
    if not chosen:
        if request.method == "POST":
            messages.info(request, _("没有勾选草稿。"))
        return redirect(_drafts())
    if request.POST.get("masked_seen") != "on":
        texts = [(each, owner_of(each), record_url(each.uid)) for each in chosen]
        return render(request, "console/profiles/drafts_publish.html", {**_page(), "texts": texts})
    answer = publish_drafts(actor=request.actor, now=request.now, profiles=chosen, masked_seen=True)
    made = [f"{each.uid}:{each.version}" for each in answer.done]
    return render(request, "console/profiles/drafts_publish.html", {**_page(), **_told(answer), "made": made})


@require_http_methods(["GET", "POST"])
def drafts_unpublish(request: FeidiRequest) -> HttpResponse:
    """Make drafts again of what was just published, where nobody has gone on with it."""
    require(request.actor, EDIT)
    if request.method == "GET":
        return redirect(_drafts())
    pairs = [each.partition(":") for each in request.POST.getlist("made")[:_AT_ONCE]]
    versions = {uid: int(version) for uid, _colon, version in pairs if version.isdigit()}
    visible = visible_to(request.actor, Profile.objects.filter(uid__in=versions)).values_list("uid", flat=True)
    answer = unpublish_drafts(actor=request.actor, now=request.now, versions={uid: versions[uid] for uid in visible})
    return render(request, "console/profiles/drafts_publish.html", {**_page(), **_told(answer), "undone": True})


def _drafts() -> str:
    return f"{reverse('console:profiles:profile_list')}?show=draft"


def _page() -> dict[str, Any]:
    crumbs = [Crumb(_("需求与供给"), reverse("console:profiles:profile_list")), Crumb(_("草稿"), _drafts())]
    nothing: dict[str, Any] = {"texts": [], "told": False, "done": [], "refused": [], "made": [], "undone": False}
    return {**nothing, "crumbs": crumbs, "onward": _drafts()}


def _told(answer: Published) -> dict[str, Any]:
    return {
        "told": True,
        "done": [(each, record_url(each.uid)) for each in answer.done],
        "refused": [(each, record_url(each.uid), refusal) for each, refusal in answer.refused],
    }
