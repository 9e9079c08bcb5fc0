"""Each use of a laboratory: request → answer → sample → result → fee."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, in_office
from feidi.domain.incubation.enums import Biosafety, LabState
from feidi.domain.incubation.models import LabUse, Tenancy
from feidi.domain.incubation.selectors.labs import OPEN, level_suffices, list_labs
from feidi.domain.incubation.services import labs
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.money import Money
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.lab_forms import (
    FeeForm,
    LabAnswerForm,
    LabResultForm,
    LabUseFilterForm,
    LabUseForm,
    SampleForm,
)
from feidi.portals.console.incubation.labs import page_of as lab_page
from feidi.portals.console.lists import EXPORTED, asked_of, chat_lines, export_action, listed, sheet
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.console.tenancies.views import editable, record_url
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row, Tone
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("purpose", gettext_lazy("要做什么"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("lab", gettext_lazy("实验室")),
    Column("asked", gettext_lazy("申请日"), sortable=True),
    Column("sample", gettext_lazy("送样日"), sortable=True),
    Column("due", gettext_lazy("应出结果日"), sortable=True),
    Column("fee", gettext_lazy("费用"), numeric=True),
]
SORTS = {"asked": "asked_on", "sample": "sample_on", "due": "due_on"}
_TONES: dict[str, Tone] = {
    LabState.ASKED: "warn",
    LabState.AGREED: "info",
    LabState.SAMPLED: "info",
    LabState.REPORTED: "warn",
    LabState.SETTLED: "ok",
    LabState.DECLINED: "bad",
    LabState.WITHDRAWN: "quiet",
}
#: So long a tenant has for a fee when nobody says otherwise.
_FEE_DAYS = timedelta(days=14)
_DAYS = {"incubation.day_to_come": "on", "incubation.lab_day_before": "on"}


def use_of(request: FeidiRequest, uid: str) -> LabUse:
    """Return one use by a tenant of an outpost the actor works for; what may not be seen does not exist."""
    rows = LabUse.objects.filter(tenancy__in=in_office(request.actor, Tenancy.objects.all()))
    rows = rows.select_related("lab__owner", "tenancy__organization", "tenancy__outpost", "charge", "result_file")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def page_of(row: LabUse) -> str:
    """Return a use's page."""
    return reverse("console:incubation:lab_use_view", args=[row.uid])


def badges_of(row: LabUse) -> list[Badge]:
    """Return where a use stands."""
    return [Badge(LabState(row.state).label, _TONES[row.state])]


def money_of(fen: int | None, currency: str) -> Money | None:
    """Return an amount; None: not said."""
    return None if fen is None else Money(fen, currency)


def _wanted(request: FeidiRequest) -> tuple[LabUseFilterForm, QuerySet[LabUse], int]:
    require(request.actor, VIEW)
    form = LabUseFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    rows = LabUse.objects.filter(tenancy__in=in_office(request.actor, Tenancy.objects.all()), voided_at__isnull=True)
    rows = rows.select_related("lab__owner", "tenancy__organization").order_by("-asked_on", "-id")
    show = given.get("show") or "open"
    if show != "all":
        rows = rows.filter(state__in=OPEN) if show == "open" else rows.filter(state=show)
    return form, rows, active


@require_GET
def lab_use_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list of uses shows, as a workbook; who took it is on record."""
    _form, rows, _active = _wanted(request)
    return sheet(request, "laboratory-uses", COLUMNS, _rows(list(rows[:EXPORTED]), request))


@require_GET
def lab_use_list(request: FeidiRequest) -> HttpResponse:
    """Uses of laboratories by all tenants, the newest first; those not over unless others are asked for."""
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: _rows(items, request), sorts=SORTS)
    lines = [f"{e.cells['organization']}：{e.cells['purpose']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("无界实验室使用记录"),
        "subtitle": _("申请、答复、送样、出结果、结费，每一步有日期。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:lab_use_list"),
        "actions": [
            Action(_("无界实验室"), reverse("console:incubation:lab_list"), "list-check"),
            export_action(request, "console:incubation:lab_use_export"),
        ],
        "copy_text": chat_lines(_("在用的实验室（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的使用记录"),
        "empty_text": _("企业在自己的页面申请，或从入驻页代为申请。"),
        "empty_url": reverse("console:incubation:lab_list"),
        "empty_label": _("看名录"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


def _rows(rows: Sequence[LabUse], request: FeidiRequest) -> list[Row]:
    return [
        Row(
            cells={
                "purpose": each.purpose[:60],
                "organization": each.tenancy.organization.name,
                "lab": each.lab.title,
                "asked": each.asked_on,
                "sample": each.sample_on,
                "due": each.due_on,
                "fee": money_of(each.fee_fen, each.currency),
            },
            url=page_of(each),
            uid=each.uid,
            badges=[*badges_of(each), *_late(each, request)],
        )
        for each in rows
    ]


def _late(row: LabUse, request: FeidiRequest) -> list[Badge]:
    late = row.state == LabState.SAMPLED and row.due_on is not None and row.due_on < request.today
    return [Badge(_("逾期"), "bad", "clock")] if late else []


@require_GET
def lab_use_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One use: each step with its day, and what comes next."""
    row = use_of(request, uid)
    may = request.actor.may(EDIT, outpost_scope(row.tenancy.outpost_id))
    level = level_suffices(row.lab, row.biosafety)
    context = {
        "row": row,
        "badges": [*badges_of(row), *_late(row, request)],
        "next": row.state if may else "",
        "level_unknown": level is None,
        "lab_url": lab_page(row.lab),
        "may_files": request.actor.may("file.view"),
        "pairs": [
            (_("实验室"), f"{row.lab.title}（{row.lab.owner.name}）"),
            (_("要哪一级"), Biosafety(row.biosafety).label if row.biosafety else _("不要求")),
            (_("申请日"), row.asked_on),
            (_("申请人"), row.asked_by),
            (_("答复日"), row.answered_on),
            (_("怎么说的"), row.answer),
            (_("说定的价格"), money_of(row.agreed_fen, row.currency)),
            (_("样品和数量"), row.sample),
            (_("送样日"), row.sample_on),
            (_("应出结果日"), row.due_on),
            (_("出结果日"), row.result_on),
            (_("结果"), row.result),
            (_("费用"), money_of(row.fee_fen, row.currency)),
            (_("结费日"), row.fee_on),
        ],
        "crumbs": [Crumb(row.tenancy.organization.name, record_url(row.tenancy.uid)), Crumb(_("无界实验室"))],
    }
    return render(request, "console/incubation/lab_use_view.html", context)


@require_http_methods(["GET", "POST"])
def lab_use_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask for a laboratory on behalf of a tenant."""
    tenancy = editable(request, uid)
    choices = list_labs(request.actor, outpost=tenancy.outpost, open_to=tenancy.kind)
    chosen = choices.filter(uid=request.GET.get("lab", "")).first()
    return save_page(
        request,
        template=FORM,
        form=LabUseForm(sent(request), labs=choices, initial={"lab": chosen}),
        save=lambda data: labs.ask_lab(actor=request.actor, now=request.now, tenancy=tenancy, **data),
        done=_("已申请。"),
        onward=f"{record_url(uid)}#labs",
        fields={"incubation.lab_level_low": "biosafety", "incubation.lab_purpose_needed": "purpose"},
        extra={"title": _("申请用实验室"), "subtitle": tenancy.organization.name, "note": ""},
    )


def _step(
    request: FeidiRequest,
    row: LabUse,
    form: Form,
    save: Callable[[dict[str, Any]], object],
    title: str,
    done: str,
    fields: dict[str, str],
) -> HttpResponse:
    require(request.actor, EDIT, outpost_scope(row.tenancy.outpost_id))
    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=done,
        onward=page_of(row),
        fields=fields,
        extra={"title": title, "subtitle": f"{row.lab.title} · {row.purpose[:40]}", "note": ""},
    )


@require_http_methods(["GET", "POST"])
def lab_use_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what the laboratory said."""
    row = use_of(request, uid)

    def save(data: dict[str, Any]) -> None:
        labs.answer_lab(
            actor=request.actor, now=request.now, use=row, agreed=data["agreed"] == "yes", answer=data["answer"],
            price=data["price"],
        )  # fmt: skip

    fields = {"incubation.lab_answer_needed": "answer"}
    return _step(request, row, LabAnswerForm(sent(request)), save, _("登记答复"), _("答复已登记。"), fields)


@require_http_methods(["GET", "POST"])
def lab_use_sample(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down that a sample was handed over."""
    row = use_of(request, uid)
    form = SampleForm(sent(request), initial={"on": request.today})

    def save(data: dict[str, Any]) -> None:
        labs.hand_sample(actor=request.actor, now=request.now, use=row, **data)

    return _step(request, row, form, save, _("登记送样"), _("送样已登记。"), _DAYS)


@require_http_methods(["GET", "POST"])
def lab_use_result(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what was measured, with the report."""
    row = use_of(request, uid)
    files = request.FILES if request.method == "POST" else None
    form = LabResultForm(sent(request), files, initial={"on": request.today})

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        report = Attachment(upload.name, upload.chunks()) if upload else None
        labs.record_result(
            actor=request.actor, now=request.now, use=row, result=data["result"], on=data["on"], report=report
        )

    return _step(request, row, form, save, _("登记结果"), _("结果已登记。"), _DAYS)


@require_http_methods(["GET", "POST"])
def lab_use_settle(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what it cost, and whether the outpost collects it."""
    row = use_of(request, uid)

    def save(data: dict[str, Any]) -> None:
        labs.settle_lab(actor=request.actor, now=request.now, use=row, **data)

    fields = {"incubation.lab_fee_nothing": "charge"}
    form = FeeForm(sent(request), initial={"due_on": request.today + _FEE_DAYS})
    return _step(request, row, form, save, _("登记费用"), _("费用已登记。"), fields)


@require_POST
def lab_use_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back what was asked for, before a sample was handed over."""
    row = use_of(request, uid)
    labs.withdraw_lab(actor=request.actor, now=request.now, use=row)
    messages.success(request, _("已撤回。"))
    return redirect(page_of(row))
