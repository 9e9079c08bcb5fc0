"""Claims: the list with 兑现率, one claim with papers and what was seen, beginning and following it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import organizations_visible_to, outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.access import CLAIM, VIEW
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import ClaimFilter, claim_figures, get_claim, list_claims
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.payouts import payout_rule
from feidi.domain.policy.services.claims import (
    KIND,
    MATERIALS,
    NewClaim,
    Seen,
    record_claim_status,
    start_claim,
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
from feidi.portals.console.policy_claims.forms import ClaimFilterForm, MaterialForm, NewClaimForm, SeenForm
from feidi.portals.ui.pieces import Action, Crumb
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
    shown = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=presenting.SORTS)
    lines = [
        f"{each.cells['organization']} {each.cells['title']}：{each.badges[0].text}" for each in shown["table"].rows
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
        _("单位"),
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
        _("备注"),
    ]
    told = [
        (
            each.organization.name,
            each.clause,
            each.clause_title,
            each.platform,
            each.account_holder,
            each.acceptance_number,
            each.get_status_display(),
            each.status_seen_on,
            each.submitted_on,
            each.approved_on,
            each.paid_on,
            *(None if fen is None else fen / 100 for fen in (each.applied_fen, each.approved_fen, each.paid_fen)),
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


def _new_form(request: FeidiRequest) -> NewClaimForm:
    outposts = Outpost.objects.filter(pk__in=request.actor.scopes(CLAIM, ScopeKind.OUTPOST)).order_by("id")
    known = organizations_visible_to(request.actor, Organization.objects.filter(voided_at__isnull=True))
    clauses = {
        each.code: f"{each.title}（{each.code}）"
        for outpost in outposts.select_related("home", "host")
        for each in library_of(outpost, on=request.today).clauses.clauses.values()
    }
    given = request.POST if request.method == "POST" else None
    asked = known.filter(uid=request.GET.get("organization", "")).values_list("name", flat=True).first()
    begun = {"organization": asked or "", "clause": request.GET.get("clause", "")}
    return NewClaimForm(given, initial=begun, outposts=outposts, organizations=known, clauses=sorted(clauses.items()))


@require_http_methods(["GET", "POST"])
def claim_new(request: FeidiRequest) -> HttpResponse:
    """Begin following a claim: whose, under which clause, on which platform under whose account."""
    require(request.actor, CLAIM)
    made: list[PolicyClaim] = []

    def save(given: dict[str, Any]) -> None:
        new = NewClaim(
            organization=given["organization"],
            clause=given["clause"],
            platform=given["platform"],
            account_holder=given["account_holder"],
            applied_fen=given["applied"].fen if given["applied"] else None,
            note=given["note"],
        )
        made.append(start_claim(actor=request.actor, now=request.now, outpost=given["outpost"], new=new))

    answer = save_page(
        request,
        template="console/policy_claims/claim_edit.html",
        form=_new_form(request),
        save=save,
        done=_("已登记。材料备齐后到官方平台提交，再回来记下受理号。"),
        onward=reverse("console:policy_claims:claim_list"),
        fields={"policy.clause_unknown": "clause", "policy.claim_wrong_subject": "clause"},
        extra={"title": _("登记申报"), "crumbs": presenting.crumbs(Crumb(_("登记申报"))), "claim": None},
    )
    return redirect("console:policy_claims:claim_view", made[0].uid) if made else answer


@require_GET
def claim_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one claim: where it stands on the platform, its papers, everything that was seen."""
    claim = _claim(request, uid)
    may = claim.voided_at is None and request.actor.may(CLAIM, outpost_scope(claim.outpost_id))
    states = state_of(Subject(KIND, claim.uid), MATERIALS)
    rule = payout_rule(claim.outpost)
    context = {
        "claim": claim,
        "crumbs": presenting.crumbs(Crumb(claim.organization.name)),
        "badges": [presenting.status_badge(claim)],
        "pairs": presenting.pairs_of(claim, request.today),
        "entries": presenting.entries_of(list(claim.entries.all())),
        "materials": presenting.materials_of(claim, states, may_add=may),
        "may_edit": may,
        "may_move": may and presenting.may_move_on(claim),
        "may_files": request.actor.may("file.view"),
        "receipt": claim.receipt,
        "today": request.today,
        "clocks": presenting.clocks_of(running([Subject(KIND, claim.uid)])[Subject(KIND, claim.uid)]),
        "payout_rule": rule if claim.status == ClaimStatus.APPROVED else None,
    }
    return render(request, "console/policy_claims/claim_view.html", context)


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
            "policy.claim_reason_needed": "note",
            "policy.claim_seen_ahead": "seen_on",
            "policy.claim_seen_backwards": "seen_on",
        },
        extra={
            "title": _("记下平台上看到的状态"),
            "claim": claim,
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
            "crumbs": presenting.crumbs(Crumb(claim.clause_title)),
        },
    )
