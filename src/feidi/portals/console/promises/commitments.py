"""Commitments: the list, one with its evidence, entering, showing what was met, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import require_on, scopes_of
from feidi.domain.pipeline.enums import CommitmentKind, CommitmentSide
from feidi.domain.pipeline.selectors.clauses import get_agreement
from feidi.domain.pipeline.selectors.commitments import (
    CommitmentFilter,
    Fulfilment,
    get_commitment,
    list_commitments,
    standings_of,
)
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.domain.pipeline.services.commitments import (
    EDIT,
    REVIEW,
    Promised,
    Shown,
    add_commitment,
    decide_shown,
    show_met,
    void_commitment,
)
from feidi.engines.findings import RefusedError
from feidi.engines.money import MoneyText
from feidi.kernel.access import Actor
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.services.reviews import check_reviewer
from feidi.portals.console.lists import asked_of, chat_lines, listed, require_office, workbook
from feidi.portals.console.pipeline.presenting import ShownItem, evidence_of
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.promises import presenting
from feidi.portals.console.promises.forms import CommitmentFilterForm, CommitmentForm, ShownForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"


def _wanted(request: FeidiRequest) -> tuple[CommitmentFilterForm, CommitmentFilter, int]:
    form = CommitmentFilterForm(request.GET)
    given, active = asked_of(form)
    words, side, kind = (given.get(name) or "" for name in ("words", "side", "kind"))
    wanted = CommitmentFilter(words, side, kind, due=given.get("due") or "", state=given.get("state") or "")
    return form, wanted, active


@require_GET
def commitment_list(request: FeidiRequest) -> HttpResponse:
    """Every commitment of agreements that the actor may open: what was promised, what is met, what is late."""
    require_office(request.actor)
    form, wanted, active = _wanted(request)
    rows = list_commitments(request.actor, wanted, request.today)
    shown = listed(
        request,
        rows,
        presenting.COMMITMENTS,
        lambda items: presenting.commitment_rows(items, request.today),
        sorts=presenting.COMMITMENT_SORTS,
    )
    actions = [
        Action(_("利益分享"), reverse("console:promises:benefit_list"), "arrows-exchange"),
        Action(_("存量协议排查"), reverse("console:promises:clause_list"), "list-check"),
    ]
    if request.actor.may("project.export"):
        address = f"{reverse('console:promises:commitment_export')}?{request.GET.urlencode()}"
        actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [f"{row.cells['project']}：{row.cells['text']}（{row.cells['state']}）" for row in shown["table"].rows]
    context = {
        **shown,
        "title": _("承诺与兑现"),
        "subtitle": _("协议承诺了什么、哪些有采信的证据。没有证据是“未知”，不是“没兑现”。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:promises:commitment_list"),
        "actions": actions,
        "copy_text": chat_lines(_("承诺与兑现（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的承诺") if active else _("还没有登记承诺"),
        "empty_text": _("承诺在协议上登记：打开项目的“协议”页，点“登记承诺”。"),
        "empty_url": reverse("console:pipeline:project_list"),
        "empty_label": _("去选项目"),
        "bulk": "",
    }
    return render(request, "console/promises/commitment_list.html", context)


@require_GET
def commitment_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    require(request.actor, "project.export")
    _form, wanted, _active = _wanted(request)
    rows = list(list_commitments(request.actor, wanted, request.today))
    drawn = presenting.commitment_rows(rows, request.today)
    return workbook(
        request,
        name="commitments",
        headers=[str(each.label) for each in presenting.COMMITMENTS],
        rows=[[row.cells[each.code] for each in presenting.COMMITMENTS] for row in drawn],
    )


@require_http_methods(["GET", "POST"])
def commitment_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter one promise of an agreement."""
    agreement = get_agreement(request.actor, uid)
    require_on(request.actor, EDIT, agreement.project)

    def save(data: dict[str, Any]) -> None:
        amount: MoneyText = data["amount"]
        promised = Promised(
            side=CommitmentSide(data["side"]),
            kind=CommitmentKind(data["kind"]),
            text=data["text"],
            amount=amount if amount.text else None,
            quantity=data["quantity"],
            unit=data["unit"],
            due_on=data["due_on"],
            condition=data["condition"],
        )
        add_commitment(actor=request.actor, now=request.now, agreement=agreement, promised=promised)

    return save_page(
        request,
        template=FORM,
        form=CommitmentForm(sent(request)),
        save=save,
        done=_("承诺已登记。"),
        onward=reverse("console:pipeline:project_view", args=[agreement.project.uid]) + "?tab=agreements",
        project=agreement.project,
        fields={
            "pipeline.commitment_unit_needed": "unit",
            "pipeline.currency_needed": "amount",
            "pipeline.commitment_before_signing": "due_on",
        },
        extra={
            "title": _("登记承诺"),
            "subtitle": f"{agreement.project.name} · {agreement.get_kind_display()} {agreement.signed_on}",
            "submit": _("保存"),
        },
    )


@require_GET
def commitment_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One commitment: what was promised, what was shown, what waits for a decision, and who may decide."""
    row = get_commitment(request.actor, uid)
    standing = standings_of([row], request.today)[row.pk]
    project = row.agreement.project
    scopes = scopes_of(project)
    reviewer = request.actor.may(REVIEW, *scopes)
    context = {
        "row": row,
        "project": project,
        "standing": standing,
        "badges": presenting.state_badges(standing),
        "pairs": [
            (_("谁的承诺"), CommitmentSide(row.side).label),
            (_("类别"), CommitmentKind(row.kind).label),
            (_("承诺数"), presenting.promised_of(row)),
            (_("已采信"), presenting.met_of(row, standing)),
            (_("期限"), row.due_on),
            (_("前提条件"), row.condition),
            (_("协议"), f"{row.agreement.get_kind_display()} {row.agreement.signed_on}"),
            (_("登记人"), row.recorded_by),
        ],
        "items": [
            {"shown": each, "decidable": reviewer and _may_decide(request.actor, each, project.owner_id)}
            for each in (evidence_of([standing.evidence])[0].items if standing.evidence else [])
        ],
        "may_edit": request.actor.may(EDIT, *scopes) and row.voided_at is None,
        "may_files": request.actor.may("file.view", *scopes),
        "crumbs": [
            Crumb(_("承诺与兑现"), reverse("console:promises:commitment_list")),
            Crumb(project.name, reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=agreements"),
            Crumb(row.text),
        ],
    }
    return render(request, "console/promises/commitment_view.html", context)


def _may_decide(actor: Actor, shown: ShownItem, owner_id: int | None) -> bool:
    """Tell whether the actor could decide on a waiting item: neither its submitter nor the project's owner."""
    if shown.row.state != "submitted":
        return False
    try:
        check_reviewer(
            actor=actor, item=shown.row, forbidden_reviewers=frozenset() if owner_id is None else frozenset({owner_id})
        )
    except RefusedError:
        return False
    return True


@require_http_methods(["GET", "POST"])
def commitment_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand in evidence of what was met so far; ``?replaces=`` names the returned one that it corrects."""
    row = get_commitment(request.actor, uid)
    require_on(request.actor, EDIT, row.agreement.project)
    items = EvidenceItem.objects.filter(requirement__subject_kind="pipeline.commitment", requirement__subject_uid=uid)
    replaced = items.filter(uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        attachment = Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None
        shown = Shown(
            attachment=attachment,
            record=data["record"],
            occurred_on=data["occurred_on"],
            amount=data["amount"],
            quantity=data["quantity"],
            outcome=Fulfilment(data["outcome"]) if data["outcome"] else None,
            replaces=replaced,
        )
        show_met(actor=request.actor, now=request.now, commitment=row, shown=shown)

    return save_page(
        request,
        template=FORM,
        form=ShownForm(*uploaded(request)),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=reverse("console:promises:commitment_view", args=[uid]),
        project=row.agreement.project,
        extra={"title": _("提交兑现证据"), "subtitle": row.text, "submit": _("提交")},
    )


@require_POST
def commitment_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one item of evidence."""
    row = get_commitment(request.actor, uid)
    found = EvidenceItem.objects.select_related("requirement").get(
        requirement__subject_kind="pipeline.commitment", requirement__subject_uid=row.uid, uid=item
    )
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_shown(actor=request.actor, now=request.now, commitment=row, item=found, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect("console:promises:commitment_view", uid)


@require_POST
def commitment_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a promise back that was entered in error."""
    row = get_commitment(request.actor, uid)
    void_commitment(actor=request.actor, now=request.now, commitment=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("承诺已作废，记录保留。"))
    return redirect("console:promises:commitment_view", uid)
