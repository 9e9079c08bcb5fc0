"""人才类别: sent to the home side with what the clauses say, decided there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.policy.enums import Verdict
from feidi.domain.talent.access import DECIDE, EDIT, VIEW, staff_sees
from feidi.domain.talent.enums import AskedBecause, Origin, RulingState
from feidi.domain.talent.models import ClassRuling
from feidi.domain.talent.selectors.catalogue import classes_of
from feidi.domain.talent.selectors.talents import get_ruling, list_rulings
from feidi.domain.talent.services.rulings import ask_ruling, decide_ruling, void_ruling
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.portals.console.lists import listed
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.talents import presenting
from feidi.portals.console.talents.asking import FORM, crumbs, editable, scan_of, talent_url
from feidi.portals.console.talents.forms import QuestionForm, RulingForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _office(actor: Actor) -> None:
    if not actor.may(DECIDE):
        require(actor, VIEW)


def _ruling(request: FeidiRequest, uid: str) -> ClassRuling:
    """Return one question for staff and the home side: a talent's own pages are in the workspace."""
    row = get_ruling(request.actor, uid)
    home = request.actor.may(DECIDE, Scope(ScopeKind.HOME, row.talent.outpost.home_id))
    if not home and not staff_sees(request.actor, row.talent.outpost_id):
        raise ClassRuling.DoesNotExist
    return row


@require_GET
def ruling_list(request: FeidiRequest) -> HttpResponse:
    """Questions of class: those that wait, oldest first; with ``?show=all`` every one."""
    _office(request.actor)
    show = "all" if request.GET.get("show") == "all" else "asked"
    rows = list_rulings(request.actor, show=show)
    found = listed(request, rows, presenting.RULING_COLUMNS, presenting.ruling_rows, sorts={})
    context = {**found, "show": show, "crumbs": crumbs(Crumb(_("待裁定"))) if request.actor.may(VIEW) else []}
    return render(request, "console/talents/ruling_list.html", context)


@require_GET
def ruling_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One question: what the clauses said that day, why a person cannot decide it here, what was decided."""
    row = _ruling(request, uid)
    home = Scope(ScopeKind.HOME, row.talent.outpost.home_id)
    open_ = row.state == RulingState.ASKED and row.voided_at is None
    decides = request.actor.may(DECIDE, home)
    context = {
        "row": row,
        "clauses": [(each, Verdict(each["verdict"]).label) for each in row.clauses],
        "because": AskedBecause(row.because).label,
        "pairs": [
            (_("姓名"), row.talent.person.name),
            (_("身份"), Origin(row.talent.origin).label),
            (_("专业领域"), row.talent.field),
            (_("用人单位"), row.talent.employer.name if row.talent.employer else ""),
            (_("在哪里工作"), f"{presenting.where(row.talent.works_at)} {row.talent.work_place}".strip()),
            (_("在哪里参保"), f"{presenting.where(row.talent.insured_at)} {row.talent.insured_place}".strip()),
            (_("补充说明"), row.question),
            (_("送裁定"), f"{row.asked_on:%Y-%m-%d} {row.asked_by}"),
        ],
        "may_decide": open_ and decides,
        "may_void": row.voided_at is None
        and (decides or (open_ and request.actor.may(EDIT, outpost_scope(row.talent.outpost_id)))),
        "staff": staff_sees(request.actor, row.talent.outpost_id),
        "may_files": request.actor.may("file.view"),
        "crumbs": [Crumb(_("待裁定"), reverse("console:talents:ruling_list")), Crumb(row.talent.number)],
    }
    return render(request, "console/talents/ruling_view.html", context)


@require_http_methods(["GET", "POST"])
def ruling_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a person's class to the home side; the check-up is kept with it."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=QuestionForm(sent(request)),
        save=lambda data: ask_ruling(actor=request.actor, now=request.now, talent=row, question=data["question"]),
        done=_("已送主办单位裁定，当日的政策体检已留存。"),
        onward=talent_url(uid),
        extra={
            "title": _("送主办单位裁定类别"),
            "subtitle": _("在飞地工作的、条文要的事实不清楚的，由主办单位逐人裁定；送出之后主办单位看得到姓名。"),
            "submit": _("送裁定"),
        },
    )


@require_http_methods(["GET", "POST"])
def ruling_decide(request: FeidiRequest, uid: str) -> HttpResponse:
    """Decide for the home side."""
    row = _ruling(request, uid)
    require(request.actor, DECIDE, Scope(ScopeKind.HOME, row.talent.outpost.home_id))
    classes = classes_of(row.talent.outpost, request.today)

    def save(data: dict[str, Any]) -> None:
        scan = scan_of(data["paper"], data["mark_reason"])
        told = {"class_code": data["class_code"], "basis": data["basis"], "paper": scan}
        decide_ruling(actor=request.actor, now=request.now, ruling=row, **told)

    return save_page(
        request,
        template=FORM,
        form=RulingForm(*uploaded(request), classes=classes),
        save=save,
        done=_("已裁定。"),
        onward=reverse("console:talents:ruling_view", args=[uid]),
        fields={"talent.ruling_basis": "basis", "talent.class_unknown": "class_code"},
        extra={"title": _("裁定人才类别"), "subtitle": row.talent.number, "submit": _("裁定")},
    )


@require_POST
def ruling_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a question or a ruling back."""
    row = _ruling(request, uid)
    void_ruling(actor=request.actor, now=request.now, ruling=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect("console:talents:ruling_list")
