"""Results of incubation: the year's goal, who is on the way, one of them with its evidence; and the warning list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, VIEW_HOME, outcomes_in_office
from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.models import Tenancy, TenantOutcome
from feidi.domain.incubation.selectors.outcomes import accepted_among, list_outcomes, results_of_year
from feidi.domain.incubation.selectors.tenancies import here_on, list_tenancies
from feidi.domain.incubation.selectors.warnings import Signal, warnings_of
from feidi.domain.incubation.services.milestones import Proof
from feidi.domain.incubation.services.outcomes import (
    KIND,
    PURPOSE,
    NewOutcome,
    decide_outcome,
    note_outcome,
    show_outcome,
    subject_of,
    void_outcome,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.money import Money
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.messages import fix_of, text_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.forms import OutcomeFilterForm, OutcomeForm, ProofForm
from feidi.portals.console.incubation.milestones import NOBODY, piece_of, replaced
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.profiles.pieces import pieces_of
from feidi.portals.console.tenancies.entering import FORM, given_file
from feidi.portals.console.tenancies.views import editable, record_url, require_sight
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("title", gettext_lazy("成果"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("project", gettext_lazy("项目"), shown=False),
    Column("kind", gettext_lazy("种类")),
    Column("on", gettext_lazy("日期"), sortable=True),
    Column("amount", gettext_lazy("金额"), numeric=True),
    Column("counts", gettext_lazy("是否计入")),
]
SORTS = {"on": "dated_on"}


def outcome_of(request: FeidiRequest, uid: str) -> TenantOutcome:
    """Return one result that the actor may open in the office; what may not be seen does not exist."""
    found = outcomes_in_office(request.actor, list_outcomes(request.actor)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def page_of(row: TenantOutcome) -> str:
    """Return a result's page."""
    return reverse("console:incubation:outcome_view", args=[row.uid])


def _rows(items: Any) -> list[Row]:
    good = accepted_among(items)
    return [
        Row(
            cells={
                "title": each.title,
                "organization": each.organization.name,
                "project": each.project.name if each.project else None,
                "kind": TenantOutcomeKind(each.kind).label,
                "on": each.dated_on,
                "amount": None if each.amount_fen is None else Money(each.amount_fen, each.currency),
                "counts": _("已采信，计入") if each.pk in good else _("证据未采信，不计入"),
            },
            url=page_of(each),
            uid=each.uid,
            badges=[] if each.pk in good else [Badge(_("待证据"), "warn")],
        )
        for each in items
    ]


@require_GET
def outcome_list(request: FeidiRequest) -> HttpResponse:
    """The results of a year: how many projects count, against the aim, who is on the way, and every row."""
    require_sight(request.actor)
    form = OutcomeFilterForm(request.GET)
    given, active = asked_of(form)
    year = given.get("year") or request.today.year
    rows = outcomes_in_office(request.actor, list_outcomes(request.actor)).filter(dated_on__year=year)
    found = listed(request, rows, COLUMNS, _rows, sorts=SORTS)
    outposts = list(outposts_for(request.actor, VIEW, VIEW_HOME))
    lines = [f"{e.cells['organization']}：{e.cells['title']}（{e.cells['counts']}）" for e in found["table"].rows]
    export = f"{reverse('console:incubation:outcome_export')}?year={year}"
    context = {
        **found,
        "title": _("孵化成果 {year}").format(year=year),
        "subtitle": _("一个项目一年只算一家，证据采信才计入。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:outcome_list"),
        "actions": [Action(_("导出本列表"), export, "database-export")],
        "years": [(each, results_of_year(request.actor, each, year)) for each in outposts],
        "copy_text": chat_lines(_("{year} 年孵化成果").format(year=year), lines) if lines else "",
        "empty_title": _("本年还没有登记成果"),
        "empty_text": _("产品、许可、认证、融资、订单、专利：在入驻页登记，交证据。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/incubation/outcome_list.html", context)


@require_GET
def outcome_export(request: FeidiRequest) -> HttpResponse:
    """The results of a year as a workbook; who took it is on record."""
    require_sight(request.actor)
    given, _active = asked_of(OutcomeFilterForm(request.GET))
    year = given.get("year") or request.today.year
    drawn = _rows(list(outcomes_in_office(request.actor, list_outcomes(request.actor)).filter(dated_on__year=year)))
    return workbook(
        request,
        name=f"outcomes-{year}",
        headers=[str(each.label) for each in COLUMNS],
        rows=[[row.cells[each.code] for each in COLUMNS] for row in drawn],
    )


@require_GET
def outcome_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One result and its evidence."""
    row = outcome_of(request, uid)
    scope = outpost_scope(row.outpost_id)
    mine = row.recorded_by == request.actor.label[:160]
    pieces = pieces_of(
        request.actor,
        state_of(subject_of(row), PURPOSE),
        NOBODY,
        reviewer=request.actor.may("evidence.review", scope) and not mine,
        show_url=reverse("console:incubation:outcome_show", args=[uid]),
        decide_url=lambda item: reverse("console:incubation:outcome_decide", args=[uid, item]),
    )
    context = {
        "row": row,
        "pieces": pieces,
        "counts": row.pk in accepted_among([row]),
        "amount": None if row.amount_fen is None else Money(row.amount_fen, row.currency),
        "may": request.actor.may(EDIT, scope),
        "may_files": request.actor.may("file.view"),
        "crumbs": [Crumb(_("孵化成果"), reverse("console:incubation:outcome_list")), Crumb(row.title)],
    }
    return render(request, "console/incubation/outcome_view.html", context)


@require_http_methods(["GET", "POST"])
def outcome_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note a result of a tenant."""
    tenancy = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        new = NewOutcome(TenantOutcomeKind(data["kind"]), data["title"], data["dated_on"], data["amount"], tenancy)
        note_outcome(
            actor=request.actor,
            now=request.now,
            outpost=tenancy.outpost,
            organization=tenancy.organization,
            project=tenancy.project,
            new=new,
        )

    return save_page(
        request,
        template=FORM,
        form=OutcomeForm(sent(request)),
        save=save,
        done=_("成果已登记；证据采信之前不计入。"),
        onward=f"{record_url(uid)}#outcomes",
        fields={"incubation.day_to_come": "dated_on"},
        extra={"title": _("登记成果"), "subtitle": tenancy.organization.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def outcome_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand in evidence of a result; ``?replaces=`` names the returned piece that it corrects."""
    row = outcome_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))

    def save(data: dict[str, Any]) -> None:
        proof = Proof(data["occurred_on"], given_file(data, "file"), data["record"], replaced(request, KIND, uid))
        show_outcome(actor=request.actor, now=request.now, outcome=row, proof=proof)

    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request), initial={"occurred_on": row.dated_on}),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=page_of(row),
        extra={"title": _("提交证据"), "subtitle": row.title, "note": ""},
    )


@require_POST
def outcome_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one piece of evidence."""
    row = outcome_of(request, uid)
    accept = request.POST.get("decision") == "accept"
    decide_outcome(
        actor=request.actor,
        now=request.now,
        outcome=row,
        item=piece_of(KIND, uid, item),
        accept=accept,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已采信，计入本年成果。") if accept else _("已退回，原因已写明。"))
    return redirect(page_of(row))


@require_POST
def outcome_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a result back that was noted in error."""
    row = outcome_of(request, uid)
    void_outcome(actor=request.actor, now=request.now, outcome=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，不再计入。"))
    return redirect("console:incubation:outcome_list")


def _warned(request: FeidiRequest) -> tuple[list[tuple[Tenancy, tuple[Signal, ...]]], int]:
    """Return tenants with signals, those with most first, and how many tenants there are."""
    require(request.actor, VIEW)
    rows = list(
        here_on(list_tenancies(request.actor), request.today).filter(outpost__in=outposts_for(request.actor, VIEW))
    )
    signals = warnings_of(rows, request.today, request.now)
    shown = [(row, signals[row.pk]) for row in rows if row.pk in signals]
    shown.sort(key=lambda each: (-len(each[1]), each[0].number))
    return shown, len(rows)


@require_GET
def warning_export(request: FeidiRequest) -> HttpResponse:
    """Every signal as one row of a workbook; who took it is on record."""
    shown, _total = _warned(request)
    return workbook(
        request,
        name="warnings",
        headers=[_("单位"), _("编号"), _("信号"), _("原因"), _("怎么办")],
        rows=[
            [row.organization.name, row.number, str(each.kind.label), text_of(each.finding), fix_of(each.finding)]
            for row, found in shown
            for each in found
        ],
    )


@require_GET
def warning_list(request: FeidiRequest) -> HttpResponse:
    """Who may be in trouble, and why: each signal with its figure and since when."""
    shown, total = _warned(request)
    lines = [f"{row.organization.name}：{'、'.join(str(e.kind.label) for e in found)}" for row, found in shown]
    context = {
        "shown": shown,
        "total": total,
        "copy_text": chat_lines(_("要留意的企业（截至{day}）").format(day=request.today), lines) if lines else "",
    }
    return render(request, "console/incubation/warning_list.html", context)
