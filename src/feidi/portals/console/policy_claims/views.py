"""Claims: the list with 兑现率, one claim with papers and what was seen, beginning and following it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.policy.access import CLAIM, VIEW
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.askable import masked_name
from feidi.domain.policy.selectors.claims import ClaimFilter, claim_figures, claimants_of, get_claim, list_claims
from feidi.domain.policy.selectors.payouts import PayoutRule, payout_rule, remainder_rule
from feidi.domain.policy.services.claims import (
    KIND,
    MATERIALS,
    Seen,
    record_claim_status,
    void_claim,
)
from feidi.domain.policy.services.materials import hand_in_material
from feidi.kernel.access import ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.deadlines.selectors import running
from feidi.kernel.evidence.selectors import get_requirement, state_of
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.policy_claims import presenting
from feidi.portals.console.policy_claims.forms import ClaimFilterForm, MaterialForm, SeenForm
from feidi.portals.ui.pieces import Action, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest


def _wanted(request: FeidiRequest) -> tuple[ClaimFilterForm, QuerySet[PolicyClaim], int]:
    form = ClaimFilterForm(request.GET)
    given, active = asked_of(form)
    wanted = ClaimFilter(
        words=given.get("q", ""), status=given.get("status", ""), open_only=bool(given.get("open_only"))
    )
    return form, list_claims(request.actor, wanted), active


@require_GET
def claim_list(request: FeidiRequest) -> HttpResponse:
    """List claims as last seen on the platforms, with how much of what was approved has been paid."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    figures = claim_figures(list(list_claims(request.actor, ClaimFilter())))
    new_url = reverse("console:policy_claims:claim_new") if request.actor.may(CLAIM) else ""
    actions = [Action(_("登记申报"), new_url, "plus", tone="primary")] if new_url else []
    address = f"{reverse('console:policy_claims:claim_export')}?{request.GET.urlencode()}"

    def draw(items: Sequence[PolicyClaim]) -> list[Row]:
        return presenting.rows_of(items, claimants_of(request.actor, items))

    shown = listed(request, rows, presenting.COLUMNS, draw, sorts=presenting.SORTS)
    # what is copied leaves the page: no person's name in it
    lines = [
        f"{each.claimant} {each.clause_title}：{presenting.status_badge(each).text}" for each in shown["page"].items
    ]
    context = {
        **shown,
        "title": _("政策申报"),
        "subtitle": _(
            "这里只是官方平台的影子：记着在哪个平台、谁的账号、受理号和看到的状态。在这里登记不等于已经申报。"
        ),
        "form": form,
        "active": active,
        "tiles": presenting.tiles_of(figures, request.today),
        "today": request.today,
        "clear_url": reverse("console:policy_claims:claim_list"),
        "actions": [*actions, Action(_("导出本列表"), address, "database-export")],
        "copy_text": chat_lines(_("政策申报（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有申报"),
        "empty_text": _("从企业政策体检或这里登记一件，跟到到账为止。"),
        "empty_url": new_url,
        "empty_label": _("登记申报"),
        "bulk": "",
    }
    return render(request, "console/policy_claims/claim_list.html", context)


@require_GET
def claim_export(request: FeidiRequest) -> HttpResponse:
    """Export exactly what the list shows."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    headers = [
        _("申报方"),
        _("对象"),
        _("条款代码"),
        _("条款"),
        _("官方平台"),
        _("平台账号"),
        _("受理号"),
        _("状态"),
        _("状态看到于"),
    ]
    headers += [
        _("提交日期"),
        _("核准日期"),
        _("到账日期"),
        _("申报（元）"),
        _("核准（元）"),
        _("到账（元）"),
        _("未到账（元）"),
        _("备注"),
    ]
    told = [
        (
            each.claimant,
            str(presenting.kind_of(each).label),
            each.clause,
            each.clause_title,
            each.platform,
            each.account_holder if each.organization else masked_name(each.account_holder),
            each.acceptance_number,
            each.get_status_display(),
            each.status_seen_on,
            each.submitted_on,
            each.approved_on,
            each.paid_on,
            *(None if fen is None else fen / 100 for fen in (each.applied_fen, each.approved_fen, each.paid_fen)),
            None if (left := presenting.waited_for(each)) is None else left.fen / 100,
            each.note,
        )
        for each in rows
    ]
    return workbook(request, name="policy-claims", headers=headers, rows=told)


def _claim(request: FeidiRequest, uid: str) -> PolicyClaim:
    """Return a claim of the actor's outposts; to everybody else (also to the firm, in this portal) there is none."""
    claim = get_claim(request.actor, uid)
    if claim.outpost_id not in request.actor.scopes(VIEW, ScopeKind.OUTPOST):
        raise Http404
    return claim


@require_GET
def claim_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one claim: where it stands on the platform, its papers, everything that was seen."""
    claim = _claim(request, uid)
    may = claim.voided_at is None and request.actor.may(CLAIM, outpost_scope(claim.outpost_id))
    states = state_of(Subject(KIND, claim.uid), MATERIALS)
    name = claimants_of(request.actor, [claim])[claim.pk]
    context = {
        "claim": claim,
        "claimant": name,
        "crumbs": presenting.crumbs(Crumb(name)),
        "badges": [presenting.status_badge(claim)],
        "pairs": presenting.pairs_of(claim, request.today, name),
        "entries": presenting.entries_of(list(claim.entries.all())),
        "materials": presenting.materials_of(claim, states, may_add=may),
        "may_edit": may,
        "may_move": may and presenting.may_move_on(claim),
        "may_files": request.actor.may("file.view"),
        "receipt": claim.receipt,
        "today": request.today,
        "clocks": presenting.clocks_of(running([Subject(KIND, claim.uid)])[Subject(KIND, claim.uid)]),
        "payout_rule": _rule_on(claim),
    }
    return render(request, "console/policy_claims/claim_view.html", context)


def _rule_on(claim: PolicyClaim) -> PayoutRule | None:
    """Return on what the clock rests that runs on approved money; None where none runs."""
    if claim.is_partly_paid:
        return remainder_rule(claim.outpost)
    return payout_rule(claim.outpost) if claim.status == ClaimStatus.APPROVED else None


@require_http_methods(["GET", "POST"])
def claim_record(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note what was seen on the platform, with its receipt or picture."""
    claim = _claim(request, uid)
    require(request.actor, CLAIM, outpost_scope(claim.outpost_id))
    form = SeenForm(*uploaded(request), claim=claim, initial={"seen_on": request.today})

    def save(given: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):  # a refused step leaves no file behind
            seen = Seen(
                status=ClaimStatus(given["status"]),
                seen_on=given["seen_on"],
                acceptance_number=given["acceptance_number"],
                amount_fen=given["amount"].fen if given["amount"] else None,
                document=_kept(request, claim, given),
                note=given["note"],
            )
            record_claim_status(actor=request.actor, now=request.now, claim=claim, version=given["version"], seen=seen)

    return save_page(
        request,
        template="console/policy_claims/claim_edit.html",
        form=form,
        save=save,
        done=_("已记下。"),
        onward=reverse("console:policy_claims:claim_view", args=[uid]),
        fields={
            "policy.claim_number_needed": "acceptance_number",
            "policy.claim_amount_needed": "amount",
            "policy.claim_paid_beyond": "amount",
            "policy.claim_nothing_left": "status",
            "policy.claim_reason_needed": "note",
            "policy.claim_seen_ahead": "seen_on",
            "policy.claim_seen_backwards": "seen_on",
        },
        extra={
            "title": _("记下平台上看到的状态"),
            "claim": claim,
            "about": None,
            "crumbs": presenting.crumbs(Crumb(claim.clause_title)),
        },
    )


def _kept(request: FeidiRequest, claim: PolicyClaim, given: dict[str, Any]) -> Any:
    upload = given["document"]
    if not upload:
        return None
    return store_upload(
        actor=request.actor,
        now=request.now,
        subject=Subject(KIND, claim.uid),
        name=upload.name,
        chunks=upload.chunks(),
        reason=given["mark_reason"],
    )


@require_POST
def claim_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back a claim that was entered in error."""
    claim = _claim(request, uid)
    void_claim(actor=request.actor, now=request.now, claim=claim, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect("console:policy_claims:claim_view", uid)


@require_http_methods(["GET", "POST"])
def material_add(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Keep one paper of the 材料清单."""
    claim = _claim(request, uid)
    require(request.actor, CLAIM, outpost_scope(claim.outpost_id))
    requirement = get_requirement(subject=Subject(KIND, claim.uid), purpose=MATERIALS, kind=kind)

    def save(given: dict[str, Any]) -> None:
        upload = given["file"]
        hand_in_material(
            actor=request.actor,
            now=request.now,
            claim=claim,
            kind=kind,
            name=upload.name,
            chunks=upload.chunks(),
            reason=given["mark_reason"],
        )

    return save_page(
        request,
        template="console/policy_claims/claim_edit.html",
        form=MaterialForm(*uploaded(request)),
        save=save,
        done=_("已收存。"),
        onward=reverse("console:policy_claims:claim_view", args=[uid]),
        extra={
            "title": requirement.label_zh,
            "claim": claim,
            "about": None,
            "crumbs": presenting.crumbs(Crumb(claim.clause_title)),
        },
    )
