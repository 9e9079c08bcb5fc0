"""The list of talents and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.talent.access import EDIT, REVIEW, UNMASK, VIEW
from feidi.domain.talent.enums import GivenHow, Origin, RequestKind
from feidi.domain.talent.models import Talent
from feidi.domain.talent.selectors.catalogue import SERVICE_CONSENT, classes_of
from feidi.domain.talent.selectors.talents import (
    SORTS,
    TalentFilter,
    list_talents,
    outposts_without_agreement,
)
from feidi.domain.talent.services.consents import NewConsent
from feidi.domain.talent.services.talents import NewTalent, change_talent, register_talent, void_talent
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.playbooks.cards import run_card
from feidi.portals.console.talents import case_presenting, presenting
from feidi.portals.console.talents.asking import FORM, crumbs, editable, scan_of, staff_talent, talent_url, work_of
from feidi.portals.console.talents.forms import TalentFilterForm, TalentForm, WorkForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000
_SHOWN = 50


def _wanted(request: FeidiRequest) -> tuple[TalentFilterForm, TalentFilter, int]:
    form = TalentFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = TalentFilter(
        words=given.get("words") or "",
        show=given.get("show") or "live",
        works_at=given.get("works_at") or "",
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, active


def _actions(request: FeidiRequest) -> list[Action]:
    at = reverse
    first = [Action(_("登记人才"), at("console:talents:talent_new"), "plus", tone="primary")]
    return [
        *(first if request.actor.may(EDIT) else []),
        Action(_("办理事项"), at("console:talents:case_list"), "clock"),
        Action(_("待裁定"), at("console:talents:ruling_list"), "signature"),
        Action(_("岗位"), at("console:talents:position_list"), "briefcase"),
        Action(_("人才统计"), at("console:talents:figure_view"), "chart-bar"),
        Action(_("超期保存"), at("console:talents:retention_list"), "lock"),
        Action(_("委托处理协议"), at("console:talents:agreement_list"), "file-text"),
        Action(_("导出本列表"), f"{at('console:talents:talent_export')}?{request.GET.urlencode()}", "database-export"),
    ]


@require_GET
def talent_list(request: FeidiRequest) -> HttpResponse:
    """Talents of the actor's outposts, newest first; those whose data was erased only when asked for."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(request, list_talents(request.actor, wanted), presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    outposts = outposts_for(request.actor, VIEW)
    context = {
        **found,
        "title": _("人才"),
        "subtitle": _("先同意后登记；证件和电话加密、打码，看一次记一次；类别由主办单位裁定，不由人填。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:talents:talent_list"),
        "actions": _actions(request),
        "unagreed": [each.short_name for each in outposts_without_agreement(outposts, request.today)],
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text),
        "empty_title": _("还没有登记人才"),
        "empty_text": _("请本人读过同意书、签字或在线确认，再登记。"),
        "empty_url": reverse("console:talents:talent_new") if request.actor.may(EDIT) else "",
        "empty_label": _("登记人才"),
        "bulk": "",
    }
    return render(request, "console/talents/talent_list.html", context)


@require_GET
def talent_export(request: FeidiRequest) -> HttpResponse:
    """The listed talents as a workbook, papers and contacts left out; who took it is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list(list_talents(request.actor, wanted)[:_EXPORTED]))
    return workbook(
        request,
        name="talents",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def talent_new(request: FeidiRequest) -> HttpResponse:
    """Put a person on file, with their consent."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    made: list[Talent] = []

    def save(data: dict[str, Any]) -> None:
        new = NewTalent(
            name=data["name"],
            origin=Origin(data["origin"]),
            title=data["title"],
            phone=data["phone"],
            paper_kind=data["paper_kind"],
            paper_number=data["paper_number"],
            work=work_of(request, data["outpost"], data),
        )
        scan = scan_of(data["paper"], data["mark_reason"])
        consent = NewConsent(SERVICE_CONSENT, GivenHow(data["given_how"]), data["given_on"], paper=scan)
        given = {"actor": request.actor, "now": request.now, "outpost": data["outpost"]}
        made.append(register_talent(new=new, consent=consent, **given))

    form = TalentForm(
        *uploaded(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={"given_on": request.today, "given_how": GivenHow.PAPER, "origin": Origin.MAINLAND},
    )
    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已登记。证件和电话已加密。"),
        onward=reverse("console:talents:talent_list"),
        fields={
            "talent.paper_kind_needed": "paper_kind",
            "talent.consent_paper_missing": "paper",
            "talent.date_in_future": "given_on",
            "parties.phone_malformed": "phone",
        },
        extra={
            "title": _("登记人才"),
            "subtitle": _("请本人先读同意书；没有同意，不登记。"),
            "submit": _("保存"),
        },
    )
    return redirect(talent_url(made[0].uid)) if made else answer


@require_GET
def talent_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One talent: consents, class, evidence, contracts, cases, what was handed to whom."""
    row = staff_talent(request, uid)
    scope = outpost_scope(row.outpost_id)
    may = request.actor.may(EDIT, scope) and row.voided_at is None and row.erased_at is None
    classes = classes_of(row.outpost, request.today)
    cases = case_presenting.rows_of(case_presenting.cases_of(row), request.today)
    context = {
        "row": row,
        "may": may,
        "may_unmask": may and request.actor.may(UNMASK, scope),
        "may_files": request.actor.may("file.view", scope),
        "badges": presenting.badges_of(row),
        "pairs": presenting.pairs_of(row),
        "consents": presenting.consents_of(row, request.today),
        "rulings": row.live_rulings,  # type: ignore[attr-defined]
        "has_classes": bool(classes.classes),
        "proofs": presenting.proofs_of(
            request.actor, row, classes, reviewer=request.actor.may(REVIEW, scope) and row.erased_at is None
        ),
        "contracts": list(row.contracts.filter(voided_at__isnull=True).select_related("home_unit").order_by("-id")),
        "cases": cases,
        "disclosures": list(row.disclosures.order_by("-on", "-id")[:_SHOWN]),
        "requests": list(row.requests.order_by("-id")),
        "kinds": [(each.value, each.label) for each in RequestKind],
        "crumbs": crumbs(Crumb(row.number)),
        **run_card(request.actor, "talent", row.uid, request.today, outpost_id=row.outpost_id),
    }
    return render(request, "console/talents/talent_view.html", context)


@require_http_methods(["GET", "POST"])
def talent_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say otherwise what somebody does and where."""
    row = editable(request, uid)
    names = ("field", "works_at", "work_place", "insured_at", "insured_place", "since")
    initial = {name: getattr(row, name) for name in names}
    initial["employer"] = row.employer.name if row.employer else ""

    def save(data: dict[str, Any]) -> None:
        work = work_of(request, row.outpost, data)
        change_talent(actor=request.actor, now=request.now, talent=row, version=row.version, work=work)

    return save_page(
        request,
        template=FORM,
        form=WorkForm(*uploaded(request), initial=initial),
        save=save,
        done=_("已修改。"),
        onward=talent_url(uid),
        extra={"title": _("修改工作情况"), "subtitle": row.number, "submit": _("保存")},
    )


@require_POST
def talent_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back one put on file in error."""
    row = editable(request, uid)
    void_talent(actor=request.actor, now=request.now, talent=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect("console:talents:talent_list")
