"""哪些项计分: the outpost's weights, with what a change does to real rankings before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.ranking import Found, asker_of, rank
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.selectors.weights import list_weight_sets, weights_in_force
from feidi.domain.matching.services.weights import check_weights, set_weights
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.engines.findings import RefusedError
from feidi.portals.console.candidates import presenting
from feidi.portals.console.candidates.forms import WeightsForm
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, sent
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

#: Open needs on which a change is tried, and candidates that are compared.
_TRIED, _COMPARED = 3, 10


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate before and after: its place (None: not among the first) and its score."""

    profile: Profile
    before: int | None
    after: int | None
    score: str
    moved: str


def _outpost(request: FeidiRequest) -> Outpost:
    """Return the outpost that the address names; to look, another name is answered like none: the actor's first."""
    outposts = outposts_for(request.actor, VIEW).select_related("home")
    asked = request.GET.get("outpost", "")
    if request.method == "POST" and asked:
        return outposts.get(uid=asked)
    return outposts.filter(uid=asked).first() or outposts[:1].get()


@require_http_methods(["GET", "POST"])
def weights_edit(request: FeidiRequest) -> HttpResponse:
    """Which parts count: what a change does to the rankings of open needs is shown first, saved by a second look."""
    require(request.actor, VIEW)
    outpost = _outpost(request)
    current = weights_in_force(outpost)
    form, status, tried = WeightsForm(sent(request), weights=current.weights), 200, None
    if request.method == "POST":
        require(request.actor, EDIT, outpost_scope(outpost.pk))
        status = INVALID
        if form.is_valid():
            try:
                wanted = check_weights(form.weights())
                if request.POST.get("seen_change") == digest_of(wanted):
                    return _saved(request, outpost, wanted, form)
                tried, status = _tried(request, outpost, current.weights, wanted), 200
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
    context = {
        "form": form,
        "outpost": outpost,
        "current": current,
        "rules": matching_rules(outpost),
        "tried": tried,
        "seen_change": digest_of(form.weights()) if tried is not None else "",
        "versions": [(each, presenting.weight_lines(each.weights)) for each in list_weight_sets(outpost)],
        "may_edit": request.actor.may(EDIT, outpost_scope(outpost.pk)),
        "here": f"{reverse('console:candidates:weights_edit')}?outpost={outpost.uid}",
        "crumbs": [Crumb(_("候选名单"), reverse("console:candidates:list_list")), Crumb(_("哪些项计分"))],
    }
    return render(request, "console/candidates/weights_edit.html", context, status=status)


def digest_of(weights: Mapping[str, int]) -> str:
    """Return weights in one word: what was looked at is what is saved."""
    return "-".join(str(weights[part]) for part in sorted(weights))


def _saved(request: FeidiRequest, outpost: Outpost, wanted: Mapping[str, int], form: WeightsForm) -> HttpResponse:
    number = request.POST.get("number", "")
    row = set_weights(
        actor=request.actor,
        now=request.now,
        outpost=outpost,
        weights=wanted,
        seen=int(number) if number.isdecimal() else -1,
        note=form.cleaned_data["note"],
    )
    messages.success(request, _("第 {n} 版已生效；以前的名单不变。").format(n=row.number))
    return redirect(f"{reverse('console:candidates:weights_edit')}?outpost={outpost.uid}")


def _tried(
    request: FeidiRequest, outpost: Outpost, before: Mapping[str, int], after: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return what would change for the newest open needs."""
    rows = Profile.objects.filter(
        outpost=outpost,
        side=Side.NEED,
        state=ProfileState.OPEN,
        voided_at__isnull=True,
        expires_on__gte=request.today,
    ).select_related("outpost__home", "place", "person")
    return [
        {"profile": each, "changes": _changes(request, each, before, after)} for each in rows.order_by("-id")[:_TRIED]
    ]


def _changes(
    request: FeidiRequest, profile: Profile, before: Mapping[str, int], after: Mapping[str, int]
) -> list[Change]:
    asker = asker_of(profile)
    old = rank(asker, weights=before, today=request.today, top=_COMPARED).found
    new = rank(asker, weights=after, today=request.today, top=_COMPARED).found
    was = {each.profile.pk: at for at, each in enumerate(old, start=1)}
    lines = [_line(each, was.get(each.profile.pk), at) for at, each in enumerate(new, start=1)]
    stays = {each.profile.pk for each in new}
    return lines + [_line(each, was[each.profile.pk], None) for each in old if each.profile.pk not in stays]


def _line(found: Found, before: int | None, after: int | None) -> Change:
    if before is None:
        moved = _("新进")
    elif after is None:
        moved = _("落出")
    elif before == after:
        moved = _("不变")
    else:
        moved = _("升 {n}").format(n=before - after) if before > after else _("降 {n}").format(n=after - before)
    return Change(found.profile, before, after, f"{found.candidate.score:.2f}", moved)
