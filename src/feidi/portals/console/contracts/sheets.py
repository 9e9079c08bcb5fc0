"""A year's assessment: indicators, both scores, disputes, the result on paper, freezing, corrections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.enums import SheetState
from feidi.domain.reporting.models import AssessmentSheet, IndicatorScore, OperatingContract
from feidi.domain.reporting.selectors.assessment import (
    WHOLE,
    find_sheet,
    indicators_of,
    points,
    result_data,
    scores_of,
    still_as_frozen,
    totals_of,
    value_of,
)
from feidi.domain.reporting.selectors.contracts import get_contract
from feidi.domain.reporting.services import assessment
from feidi.domain.reporting.services.assessment import SCORE, SELF, Given, NewIndicator
from feidi.domain.reporting.services.contracts import CONTRACT, EDIT
from feidi.engines.findings import refuse
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.contracts.forms import CorrectionForm, IndicatorForm, ScoreForm, SelfForm
from feidi.portals.console.contracts.views import crumbs, edits, money, year_of
from feidi.portals.console.lists import workbook
from feidi.portals.console.pipeline.forms import SignedCopyForm
from feidi.portals.console.pipeline.views.landing import split_names
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.forms import Form
from feidi.portals.ui.requests import FeidiRequest


def _year(request: FeidiRequest, uid: str, year: int) -> OperatingContract:
    contract = get_contract(request.actor, uid)
    year_of(contract, year)
    return contract


def _sheet(request: FeidiRequest, uid: str, year: int) -> AssessmentSheet:
    found = find_sheet(_year(request, uid, year), year)
    if found is None:
        raise refuse("reporting.sheet_state", state=str(SheetState.DRAFT.label))
    return found


def _home(contract: OperatingContract) -> Scope:
    return Scope(ScopeKind.HOME, contract.outpost.home_id)


def _url(name: str, contract: OperatingContract, year: int, *more: str) -> str:
    return reverse(f"console:contracts:{name}", args=[contract.uid, year, *more])


def _form(
    request: FeidiRequest, contract: OperatingContract, year: int, title: str, form: Form, save: Any, onward: str
) -> HttpResponse:
    return save_page(
        request,
        template="console/promises/form_page.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=_url(onward, contract, year),
        extra={"title": title, "subtitle": f"{contract.number} {contract.title}", "submit": _("保存")},
    )


@require_GET
def indicator_list(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """The indicators of a year with weights, definitions, evidence, and what the figures say of each today."""
    contract = _year(request, uid, year)
    rows = indicators_of(contract, year)
    total = sum(each.weight for each in rows)
    sheet = find_sheet(contract, year)
    context = {
        "contract": contract,
        "year": year,
        "crumbs": crumbs(contract, _("{year} 年指标").format(year=year)),
        "rows": [
            {"row": each, "weight": points(each.weight), "value": found.text if found else ""}
            for each in rows
            for found in [value_of(each, request.today)]
        ],
        "total": points(total),
        "whole": total == WHOLE,
        "may_edit": edits(request, contract) and (sheet is None or sheet.state == SheetState.DRAFT),
    }
    return render(request, "console/contracts/indicator_list.html", context)


@require_http_methods(["GET", "POST"])
def indicator_add(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """Add an indicator."""
    contract = _year(request, uid, year)
    require(request.actor, EDIT, outpost_scope(contract.outpost_id))

    def save(data: dict[str, Any]) -> None:
        data["weight"] = _hundredths(data["weight"])
        new = NewIndicator(**data)
        assessment.add_indicator(actor=request.actor, now=request.now, contract=contract, year=year, new=new)

    title = _("添加指标（{year} 年）").format(year=year)
    return _form(request, contract, year, title, IndicatorForm(sent(request)), save, "indicator_list")


@require_POST
def indicator_void(request: FeidiRequest, uid: str, year: int, entry: str) -> HttpResponse:
    """Take an indicator back."""
    contract = _year(request, uid, year)
    require(request.actor, EDIT, outpost_scope(contract.outpost_id))
    row = contract.indicators.select_related("contract").get(uid=entry, year=year, voided_at__isnull=True)
    assessment.void_indicator(
        actor=request.actor, now=request.now, indicator=row, reason=request.POST.get("reason", "")
    )
    return redirect("console:contracts:indicator_list", uid, year)


@require_GET
def sheet_view(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """A year's sheet: every item with value, rows, both scores, deduction; opinion, corrections, papers."""
    contract = _year(request, uid, year)
    sheet = find_sheet(contract, year)
    scores = scores_of(sheet) if sheet else []
    total = totals_of(scores)
    state = sheet.state if sheet else SheetState.DRAFT
    own = request.actor.may(SELF, outpost_scope(contract.outpost_id))
    client = request.actor.may(SCORE, _home(contract)) and not own
    papers = PrintedForm.objects.filter(subject_kind=CONTRACT, subject_uid=contract.uid, title__startswith=str(year))
    context = {
        "contract": contract,
        "year": year,
        "crumbs": crumbs(contract, _("{year} 年考核").format(year=year)),
        "sheet": sheet,
        "state": SheetState(state).label,
        "items": [_item(each) for each in scores],
        "total": {
            "self": points(total.self_score),
            "score": points(total.score),
            "deduction": points(total.deduction),
            "result": points(total.result),
        },
        "proposed": money(contract, sheet.proposed_fen) if sheet else "",
        "corrections": list(sheet.corrections.select_related("indicator").order_by("id")) if sheet else [],
        "whole": sheet is None or still_as_frozen(sheet),
        "papers": papers.prefetch_related("signed_copies__file").order_by("-id"),
        "may": {
            "self": own and state in (SheetState.DRAFT, SheetState.SELF_SCORED),
            "score": client and state in (SheetState.SELF_SCORED, SheetState.SCORED),
            "freeze": client and state == SheetState.SCORED,
            "dispute": own and state == SheetState.SCORED,
            "settle": (own or client) and state == SheetState.SCORED,
            "correct": client and state == SheetState.FROZEN,
            "print": (own or client) and state in (SheetState.SCORED, SheetState.FROZEN),
        },
        "copy_text": _copied(contract, year, str(SheetState(state).label), points(total.result)),
    }
    return render(request, "console/contracts/sheet_view.html", context)


def _item(each: IndicatorScore) -> dict[str, Any]:
    return {
        "row": each,
        "weight": points(each.indicator.weight),
        "self": points(each.self_score),
        "score": points(each.score),
        "deduction": points(each.deduction) if each.deduction else "",
    }


def _copied(contract: OperatingContract, year: int, state: str, result: str) -> str:
    line = _("{title} {year} 年考核：{state}，得分 {result}")
    return line.format(title=contract.title, year=year, state=state, result=result)[:300]


@require_http_methods(["GET", "POST"])
def sheet_self(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """The operator scores itself; values with a measure are filled from the figures."""
    contract = _year(request, uid, year)
    require(request.actor, SELF, outpost_scope(contract.outpost_id))
    indicators = indicators_of(contract, year)
    sheet = find_sheet(contract, year)
    initial: dict[str, Any] = {"as_of": request.today}
    for item in scores_of(sheet) if sheet else []:
        name = item.indicator.uid
        initial |= {
            f"score_{name}": _shown(item.self_score),
            f"note_{name}": item.self_note,
            f"value_{name}": item.value,
        }

    def save(data: dict[str, Any]) -> None:
        given = {
            each.pk: Given(
                _hundredths(data[f"score_{each.uid}"]),
                note=data[f"note_{each.uid}"],
                value=data.get(f"value_{each.uid}", ""),
            )
            for each in indicators
        }
        assessment.self_score(
            actor=request.actor, now=request.now, contract=contract, year=year, as_of=data["as_of"], given=given
        )

    form = SelfForm(sent(request), indicators=indicators, initial=initial)
    return _form(request, contract, year, _("{year} 年自评").format(year=year), form, save, "sheet_view")


@require_http_methods(["GET", "POST"])
def sheet_score(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """The client scores every item and says what is to be paid."""
    contract = _year(request, uid, year)
    require(request.actor, SCORE, _home(contract))
    sheet = _sheet(request, uid, year)
    scores = scores_of(sheet)
    initial: dict[str, Any] = {"payment_opinion": sheet.payment_opinion}
    if sheet.proposed_fen is not None:
        initial["proposed"] = money(contract, sheet.proposed_fen)
    for item in scores:
        name = item.indicator.uid
        initial |= {
            f"score_{name}": _shown(item.self_score if item.score is None else item.score),
            f"note_{name}": item.score_note,
            f"deduction_{name}": _shown(item.deduction),
            f"why_{name}": item.deduction_note,
        }

    def save(data: dict[str, Any]) -> None:
        given = {
            each.indicator_id: Given(
                _hundredths(data[f"score_{each.indicator.uid}"]),
                note=data[f"note_{each.indicator.uid}"],
                deduction=_hundredths(data[f"deduction_{each.indicator.uid}"] or Decimal(0)),
                deduction_note=data[f"why_{each.indicator.uid}"],
            )
            for each in scores
        }
        assessment.score_sheet(
            actor=request.actor,
            now=request.now,
            sheet=sheet,
            given=given,
            payment_opinion=data["payment_opinion"],
            proposed=data["proposed"],
        )

    form = ScoreForm(sent(request), scores=scores, initial=initial)
    return _form(request, contract, year, _("{year} 年主办方评分").format(year=year), form, save, "sheet_view")


@require_POST
def sheet_freeze(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """Freeze a scored sheet; later changes are corrections."""
    sheet = _sheet(request, uid, year)
    assessment.freeze_sheet(actor=request.actor, now=request.now, sheet=sheet)
    messages.success(request, _("已定稿。之后的变动列为更正。"))
    return redirect("console:contracts:sheet_view", uid, year)


@require_http_methods(["GET", "POST"])
def sheet_correct(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """List a correction of a frozen sheet."""
    contract = _year(request, uid, year)
    require(request.actor, SCORE, _home(contract))
    sheet = _sheet(request, uid, year)
    indicators = [each.indicator for each in scores_of(sheet)]

    def save(data: dict[str, Any]) -> None:
        chosen = data.pop("indicator")
        found = next((each for each in indicators if each.uid == chosen), None)
        assessment.correct_sheet(actor=request.actor, now=request.now, sheet=sheet, indicator=found, **data)

    form = CorrectionForm(sent(request), indicators=indicators)
    return _form(request, contract, year, _("登记更正"), form, save, "sheet_view")


@require_POST
def sheet_print(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """Print the 绩效结果单; what is printed is frozen under its hash."""
    form = assessment.print_result(actor=request.actor, now=request.now, sheet=_sheet(request, uid, year))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def sheet_signed(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """Attach a photograph of the signed result sheet; its QR says which print it is."""
    contract = _year(request, uid, year)
    if not request.actor.may(SELF, outpost_scope(contract.outpost_id)):
        require(request.actor, SCORE, _home(contract))
    sheet = _sheet(request, uid, year)

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        subject = Subject(CONTRACT, contract.uid)
        file = store_upload(
            actor=request.actor, now=request.now, subject=subject, name=upload.name, chunks=upload.chunks()
        )
        attach_signed_copy(
            actor=request.actor,
            now=request.now,
            form=None,
            file=file,
            signers=[{"name": name, "role": ""} for name in split_names(data["signers"])],
            signed_on=data["signed_on"],
            sealed=data["sealed"],
            recognised_note=data["note"],
            current_data=result_data(sheet),
        )

    form = SignedCopyForm(*uploaded(request), initial={"signed_on": request.today})
    return _form(request, contract, year, _("上传签好的结果单"), form, save, "sheet_view")


@require_GET
def sheet_export(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """A year's sheet as a workbook: every item, totals, corrections."""
    data = result_data(_sheet(request, uid, year))
    rows = [[each["label"], each["value"]] for each in data["facts"]]
    for table in data["tables"]:
        rows += [[], [table["title"]], table["columns"], *table["rows"]]
    return workbook(request, name=f"assessment-{year}", headers=[_("内容"), _("数值")], rows=rows)


@require_GET
def item_rows(request: FeidiRequest, uid: str, year: int, entry: str) -> HttpResponse:
    """The projects behind the value of an item; the home side: once reported."""
    sheet = _sheet(request, uid, year)
    item = sheet.scores.select_related("indicator").get(uid=entry)
    seen = list(visible_in_office(request.actor, Project.objects.filter(uid__in=item.rows)).order_by("code"))
    context = {
        "contract": sheet.contract,
        "year": year,
        "item": item,
        "as_of": sheet.as_of,
        "rows": seen,
        "hidden": len(item.rows) - len(seen),
        "crumbs": crumbs(sheet.contract, _("{year} 年考核").format(year=year), item.indicator.label),
    }
    return render(request, "console/contracts/item_rows.html", context)


def _acted(request: FeidiRequest, uid: str, year: int, entry: str) -> IndicatorScore:
    sheet = _sheet(request, uid, year)
    return sheet.scores.select_related("indicator", "sheet__contract__outpost__home").get(uid=entry)


@require_POST
def item_dispute(request: FeidiRequest, uid: str, year: int, entry: str) -> HttpResponse:
    """The operator disputes a score; the item stays open."""
    item, reason = _acted(request, uid, year, entry), request.POST.get("reason", "")
    assessment.dispute_item(actor=request.actor, now=request.now, item=item, reason=reason)
    return redirect("console:contracts:sheet_view", uid, year)


@require_POST
def item_settle(request: FeidiRequest, uid: str, year: int, entry: str) -> HttpResponse:
    """Close a dispute with what was decided."""
    item, note = _acted(request, uid, year, entry), request.POST.get("reason", "")
    assessment.settle_item(actor=request.actor, now=request.now, item=item, note=note)
    return redirect("console:contracts:sheet_view", uid, year)


def _hundredths(value: Decimal) -> int:
    return int((value * 100).to_integral_value())


def _shown(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100
