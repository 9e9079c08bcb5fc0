"""The review queue: pairs that may be one, looked at side by side, decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.parties.enums import PairState, RelationKind
from feidi.domain.parties.likeness import reason_words
from feidi.domain.parties.selectors.lookup import VIEW, get_organization, lookup_organization
from feidi.domain.parties.selectors.merging import not_linked
from feidi.domain.parties.selectors.pairs import PairFilter, get_pair, list_pairs, sides_of
from feidi.domain.parties.services.duplicates import RELATED, add_pair, decide_pair, reopen_pair
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.who import presenting
from feidi.portals.console.who.forms import CompareForm, PairFilterForm
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table


@require_safe
def pair_list(request: FeidiRequest) -> HttpResponse:
    """List pairs of organizations that may be one, surest first, filtered by the address."""
    require(request.actor, VIEW)
    form = PairFilterForm(request.GET, auto_id="filter-%s")
    wanted = form.cleaned_data if form.is_valid() else {}
    chosen = PairFilter(wanted.get("state", ""), wanted.get("kind", ""), wanted.get("words", ""))
    page = paginate(list_pairs(request.actor, chosen), request.GET.get("page"))
    table = read_table(request.GET, presenting.PAIR_COLUMNS)
    context = {
        "form": form,
        "active": sum(1 for value in wanted.values() if value),
        "page": page,
        "table": table.with_rows([presenting.pair_row(each) for each in page.items]),
    }
    return render(request, "console/who/pair_list.html", context)


@require_safe
def pair_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show both sides beside each other, why they were paired, and what may be decided."""
    pair = get_pair(request.actor, uid)
    sides = sides_of(pair)
    whole = all(each.organization for each in sides)
    blocks = not_linked(request.actor, pair.left, pair.right)
    context = {
        "pair": pair,
        "sides": sides,
        "names": [presenting.side_name(each) for each in sides],
        "whole": whole,
        "facts": presenting.side_by_side(request.actor, sides),
        "reasons": reason_words(pair.reasons) if whole else [],
        "badges": presenting.pair_badges(pair),
        "crumbs": presenting.queue_crumbs(_("对比")),
        "may_decide": pair.state == PairState.OPEN and whole and not blocks,
        "may_reopen": pair.state in {PairState.NOT_SAME, PairState.RELATED} and whole and not blocks,
        "kinds": [(each.value, each.label) for each in RELATED],
        "not_same": [("state", PairState.NOT_SAME.value)],
        "copy_text": "\n".join(presenting.side_name(each) for each in sides),
    }
    return render(request, "console/who/pair_view.html", context)


@require_POST
def pair_decide(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that two are not one, or how they are related: remembered, never proposed again."""
    pair = get_pair(request.actor, uid)
    asked = request.POST.get("state", "")
    lesser = {"left": pair.left, "right": pair.right}.get(request.POST.get("lesser", ""))
    decide_pair(
        actor=request.actor,
        now=request.now,
        pair=pair,
        state=PairState(asked) if asked in PairState.values else PairState.OPEN,
        note=request.POST.get("reason", ""),
        relation=request.POST.get("relation", RelationKind.BRANCH_OF),
        lesser=lesser,
    )
    messages.success(request, _("已记住，以后不再提示这一对。"))
    return redirect("console:who:pair_list")


@require_POST
def pair_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a decided pair into the queue again."""
    pair = get_pair(request.actor, uid)
    reopen_pair(actor=request.actor, now=request.now, pair=pair, reason=request.POST.get("reason", ""))
    messages.success(request, _("已重新打开。"))
    return redirect("console:who:pair_view", uid)


@require_http_methods(["GET", "POST"])
def pair_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put an organization beside another of one's own that the machine did not pair with it."""
    one = get_organization(request.actor, uid)
    require(request.actor, VIEW)
    made: list[str] = []

    def save(data: dict[str, str]) -> None:
        found = [each for each in lookup_organization(request.actor, data["words"]).visible if each.pk != one.pk]
        if not found:
            raise refuse("parties.pair_other_unknown", words=data["words"])
        made.append(add_pair(actor=request.actor, now=request.now, one=one, other=found[0]).uid)

    response = save_page(
        request,
        template="console/who/form.html",
        form=CompareForm(sent(request)),
        save=save,
        done=_("请逐项对比。"),
        onward=reverse("console:parties:organization_view", args=[uid]),
        extra={"title": _("与另一家对比"), "subtitle": one.name, "button": _("对比"), "crumbs": ()},
    )
    return redirect("console:who:pair_view", made[0]) if made else response
