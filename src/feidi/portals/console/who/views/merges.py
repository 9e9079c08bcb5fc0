"""Merging two organizations: the preview, the act, what it moved, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.models import OrganizationMerge
from feidi.domain.parties.selectors.merging import not_linked, preview_merge, told_of
from feidi.domain.parties.selectors.pairs import get_merge, get_pair, sides_of
from feidi.domain.parties.services.merging import merge_organizations, undo_merge
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.who import presenting
from feidi.portals.console.who.forms import MergeForm
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def merge_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show every relation that would move, and merge on confirmation; ``keep`` says which side stays."""
    pair = get_pair(request.actor, uid)
    if not all(each.organization for each in sides_of(pair)):
        raise refuse("parties.merge_across", *not_linked(request.actor, pair.left, pair.right))
    keep = (request.POST if request.method == "POST" else request.GET).get("keep", "")
    kept, gone = (pair.right, pair.left) if keep == "right" else (pair.left, pair.right)
    preview = preview_merge(request.actor, kept, gone)
    form = MergeForm(
        sent(request),
        two_codes=preview.two_codes,
        initial={"plan": preview.digest, "keep": "right" if keep == "right" else "left"},
    )
    made: list[OrganizationMerge] = []

    def save(data: dict[str, Any]) -> None:
        made.append(
            merge_organizations(
                actor=request.actor,
                now=request.now,
                kept=kept,
                gone=gone,
                reason=data["reason"],
                plan=data["plan"] or "-",
                codes_checked=bool(data.get("codes_checked")),
            )
        )

    response = save_page(
        request,
        template="console/who/merge_new.html",
        form=form,
        save=save,
        done=_("已合并，可以撤销。"),
        onward=reverse("console:who:pair_view", args=[uid]),
        extra={
            "pair": pair,
            "kept": kept,
            "gone": gone,
            "preview": preview,
            "other": "left" if keep == "right" else "right",
            "crumbs": presenting.queue_crumbs(_("合并")),
        },
    )
    return redirect("console:who:merge_view", made[0].uid) if made else response


@require_safe
def merge_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one merge: what it moved, why, by whom, and whether it was taken back."""
    merge = get_merge(request.actor, uid)
    context = {
        "merge": merge,
        "lines": told_of(request.actor, merge),
        "crumbs": presenting.queue_crumbs(_("合并记录")),
        "may_undo": merge.undone_at is None and not not_linked(request.actor, merge.kept),
    }
    return render(request, "console/who/merge_view.html", context)


@require_POST
def merge_undo(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put everything back as it was before the merge."""
    merge = get_merge(request.actor, uid)
    undo_merge(actor=request.actor, now=request.now, merge=merge)
    messages.success(request, _("已撤销合并，两家都恢复原样。"))
    return redirect("console:who:merge_view", uid)
