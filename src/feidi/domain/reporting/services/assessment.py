"""Verbs of the yearly assessment (绩效考核): indicators, self-score, the client's score, disputes, freezing, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.enums import SheetState
from feidi.domain.reporting.models import (
    AssessmentCorrection,
    AssessmentSheet,
    Indicator,
    IndicatorScore,
    OperatingContract,
)
from feidi.domain.reporting.selectors.assessment import (
    WHOLE,
    content_hash,
    indicators_of,
    measures_known,
    points,
    result_data,
    scores_of,
    value_of,
)
from feidi.domain.reporting.services.contracts import CONTRACT, EDIT
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

SELF, SCORE = "contract.self_score", "contract.score"
INDICATOR, SHEET, ITEM, CORRECTION = (
    "reporting.indicator",
    "reporting.sheet",
    "reporting.score",
    "reporting.correction",
)


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """One indicator. ``weight`` in hundredths of a point; ``measure`` empty: stated by hand with evidence."""

    label: str
    definition: str
    weight: int
    measure: str = ""
    target: int | None = None
    unit: str = ""
    floor_target: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What one side says of an item. Scores are hundredths of a point."""

    score: int
    note: str = ""
    value: str = ""
    deduction: int = 0
    deduction_note: str = ""


def add_indicator(
    *, actor: Actor, now: datetime, contract: OperatingContract, year: int, new: NewIndicator
) -> Indicator:
    """Add an indicator at the end. Refused: weights above 100 in all, an unknown measure, a sheet already scored."""
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    if not new.label.strip() or not new.definition.strip() or new.weight <= 0:
        raise refuse("reporting.indicator_incomplete")
    if new.measure and new.measure not in measures_known():
        raise refuse("reporting.indicator_measure", code=new.measure)
    with recorded(actor=actor, now=now) as unit:
        OperatingContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        _must_be_draft(contract, year)
        others = indicators_of(contract, year)
        total = sum(each.weight for each in others) + new.weight
        if total > WHOLE:
            raise refuse("reporting.indicator_weights", total=points(total))
        row = Indicator(
            contract=contract,
            year=year,
            position=max((each.position for each in others), default=0) + 1,
            label=new.label.strip(),
            definition=new.definition.strip(),
            weight=new.weight,
            measure=new.measure,
            target=new.target,
            unit=new.unit.strip(),
            floor_target=new.floor_target.strip(),
            evidence=new.evidence.strip(),
            created_at=now,
        )
        row.save()
        unit.created(row, kind=INDICATOR)
    return row


def void_indicator(*, actor: Actor, now: datetime, indicator: Indicator, reason: str) -> None:
    """Take an indicator back. Refused: no reason, a sheet already scored."""
    require(actor, EDIT, outpost_scope(indicator.contract.outpost_id))
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        _must_be_draft(indicator.contract, row.year)
        before = unit.before(row, INDICATOR)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=INDICATOR, before=before, reason=row.void_reason, action="voided")


def self_score(
    *, actor: Actor, now: datetime, contract: OperatingContract, year: int, as_of: date, given: Mapping[int, Given]
) -> AssessmentSheet:
    """The operator scores itself: indicator key → what it says. Values with a measure come from the figures of ``as_of``.

    Needs ``contract.self_score``. Refused: weights that are not 100 in all, an item missing or above its weight, after the
    client has scored.
    """
    require(actor, SELF, outpost_scope(contract.outpost_id))
    indicators = indicators_of(contract, year)
    _check_weights(indicators)
    _check_given(indicators, given)
    with recorded(actor=actor, now=now) as unit:
        OperatingContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        sheet = AssessmentSheet.objects.select_for_update(of=("self",)).filter(contract=contract, year=year).first()
        if sheet is None:
            sheet = AssessmentSheet(contract=contract, year=year, created_at=now)
            sheet.save()
            unit.created(sheet, kind=SHEET)
        elif sheet.state not in (SheetState.DRAFT, SheetState.SELF_SCORED):
            raise refuse("reporting.sheet_state", state=str(SheetState(sheet.state).label))
        before = unit.before(sheet, SHEET)
        for each in indicators:
            _say_self(unit, sheet, each, given[each.pk], as_of, now)
        sheet.state, sheet.as_of, sheet.self_scored_by = SheetState.SELF_SCORED, as_of, actor.label[:160]
        sheet.version += 1
        sheet.save()
        unit.changed(sheet, kind=SHEET, before=before)
    return sheet


def _say_self(unit: Any, sheet: AssessmentSheet, indicator: Indicator, said: Given, as_of: date, now: datetime) -> None:
    item = IndicatorScore.objects.filter(sheet=sheet, indicator=indicator).first()
    found = value_of(indicator, as_of)
    before = unit.before(item, ITEM) if item else None
    item = item or IndicatorScore(sheet=sheet, indicator=indicator, created_at=now, version=0)
    item.value, item.rows = (found.text[:80], list(found.rows)) if found else (said.value.strip()[:80], [])
    item.self_score, item.self_note, item.version = said.score, said.note.strip(), item.version + 1
    item.save()
    if before is None:
        unit.created(item, kind=ITEM)
    else:
        unit.changed(item, kind=ITEM, before=before)


def score_sheet(
    *,
    actor: Actor,
    now: datetime,
    sheet: AssessmentSheet,
    given: Mapping[int, Given],
    payment_opinion: str,
    proposed: Money | None = None,
) -> AssessmentSheet:
    """The client scores: indicator key → score, deduction with its reason; and says what is to be paid.

    Needs ``contract.score``. Refused: somebody of the operator, before the self-score, after freezing, above the weight, a
    deduction without a reason.
    """
    _may_score(actor, sheet.contract)
    scores = scores_of(sheet)
    _check_given([each.indicator for each in scores], given)
    if proposed and proposed.currency != sheet.contract.currency:
        raise refuse("reporting.contract_currency", currency=sheet.contract.currency, given=proposed.currency)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(sheet, SheetState.SELF_SCORED, SheetState.SCORED)
        before = unit.before(row, SHEET)
        for item in scores_of(row):
            said = given[item.indicator_id]
            if said.deduction and not said.deduction_note.strip():
                raise refuse("reporting.deduction_reason", label=item.indicator.label)
            was = unit.before(item, ITEM)
            item.score, item.score_note = said.score, said.note.strip()
            item.deduction, item.deduction_note = said.deduction, said.deduction_note.strip()
            item.version += 1
            item.save()
            unit.changed(item, kind=ITEM, before=was)
        row.payment_opinion, row.proposed_fen = payment_opinion.strip(), proposed.fen if proposed else None
        row.state, row.scored_by, row.version = SheetState.SCORED, actor.label[:160], row.version + 1
        row.save()
        unit.changed(row, kind=SHEET, before=before)
    return row


def dispute_item(*, actor: Actor, now: datetime, item: IndicatorScore, reason: str) -> IndicatorScore:
    """The operator disputes a score: the item stays open, and the sheet cannot be frozen, until it is settled."""
    require(actor, SELF, outpost_scope(item.sheet.contract.outpost_id))
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    return _mark(actor, now, item, disputed=True, note=reason)


def settle_item(*, actor: Actor, now: datetime, item: IndicatorScore, note: str) -> IndicatorScore:
    """Close a dispute: the operator withdraws it, or the client says how it was decided. The reason stays on record."""
    contract = item.sheet.contract
    if not actor.may(SELF, outpost_scope(contract.outpost_id)):
        _may_score(actor, contract)
    if not note.strip():
        raise refuse("reporting.reason_needed")
    return _mark(actor, now, item, disputed=False, note=f"{item.dispute_note} → {note.strip()}")


def freeze_sheet(*, actor: Actor, now: datetime, sheet: AssessmentSheet) -> AssessmentSheet:
    """Freeze a scored sheet under the SHA-256 of what it says. Needs ``contract.score``; refused while an item is open."""
    _may_score(actor, sheet.contract)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(sheet, SheetState.SCORED)
        scores = scores_of(row)
        open_items = [each.indicator.label for each in scores if each.disputed]
        if open_items:
            findings = [Finding(Level.PROBLEM, "reporting.item_open", {"label": label}) for label in open_items]
            raise refuse("reporting.sheet_open", *findings, n=len(open_items))
        if not row.payment_opinion:
            raise refuse("reporting.payment_opinion_needed")
        before = unit.before(row, SHEET)
        row.sha256 = content_hash(row)
        row.state, row.frozen_at, row.frozen_by = SheetState.FROZEN, now, actor.label[:160]
        row.version += 1
        row.save()
        unit.changed(row, kind=SHEET, before=before, action="frozen")
    return row


def correct_sheet(
    *,
    actor: Actor,
    now: datetime,
    sheet: AssessmentSheet,
    indicator: Indicator | None,
    what: str,
    before: str,
    after: str,
    reason: str,
) -> AssessmentCorrection:
    """List a 更正 of a frozen sheet; what was frozen stays as it is. Needs ``contract.score``; refused without a reason."""
    _may_score(actor, sheet.contract)
    if not (what.strip() and after.strip() and reason.strip()):
        raise refuse("reporting.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(sheet, SheetState.FROZEN)
        correction = AssessmentCorrection(
            sheet=row,
            indicator=indicator,
            what=what.strip()[:60],
            before=before.strip()[:300],
            after=after.strip()[:300],
            reason=reason.strip()[:300],
            corrected_by=actor.label[:160],
            created_at=now,
        )
        correction.save()
        unit.created(correction, kind=CORRECTION)
    return correction


def print_result(*, actor: Actor, now: datetime, sheet: AssessmentSheet) -> PrintedForm:
    """Print the 绩效结果单 for two seals. Needs the permission of one of the two sides."""
    contract = sheet.contract
    if not actor.may(SELF, outpost_scope(contract.outpost_id)):
        require(actor, SCORE, Scope(ScopeKind.HOME, contract.outpost.home_id))
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(CONTRACT, contract.uid),
        form="statement",
        title=f"{sheet.year}年度绩效结果单",
        data=result_data(sheet),
    )
    return form


def _mark(actor: Actor, now: datetime, item: IndicatorScore, *, disputed: bool, note: str) -> IndicatorScore:
    with recorded(actor=actor, now=now) as unit:
        _locked(item.sheet, SheetState.SCORED)
        row = IndicatorScore.objects.select_for_update(of=("self",)).select_related("indicator").get(pk=item.pk)
        before = unit.before(row, ITEM)
        row.disputed, row.dispute_note, row.version = disputed, note.strip()[:300], row.version + 1
        row.save(update_fields=["disputed", "dispute_note", "version"])
        unit.changed(row, kind=ITEM, before=before)
    return row


def _may_score(actor: Actor, contract: OperatingContract) -> None:
    require(actor, SCORE, Scope(ScopeKind.HOME, contract.outpost.home_id))
    # who works for the operator does not score it, whatever other role he holds
    if contract.operator_id in actor.organization_ids or actor.may(SELF, outpost_scope(contract.outpost_id)):
        raise refuse("reporting.score_own")


def _locked(sheet: AssessmentSheet, *states: SheetState) -> AssessmentSheet:
    rows = AssessmentSheet.objects.select_for_update(of=("self",))
    row = rows.select_related("contract__outpost__home", "contract__operator").get(pk=sheet.pk)
    if row.state not in states:
        raise refuse("reporting.sheet_state", state=str(SheetState(row.state).label))
    return row


def _must_be_draft(contract: OperatingContract, year: int) -> None:
    sheet = AssessmentSheet.objects.filter(contract=contract, year=year).first()
    if sheet is not None and sheet.state != SheetState.DRAFT:
        raise refuse("reporting.sheet_state", state=str(SheetState(sheet.state).label))


def _check_weights(indicators: list[Indicator]) -> None:
    total = sum(each.weight for each in indicators)
    if total != WHOLE:
        raise refuse("reporting.indicator_weights", total=points(total))


def _check_given(indicators: list[Indicator], given: Mapping[int, Given]) -> None:
    wrong = [
        Finding(Level.PROBLEM, "reporting.score_wrong", {"label": each.label, "weight": points(each.weight)})
        for each in indicators
        if each.pk not in given or not 0 <= given[each.pk].score <= each.weight or given[each.pk].deduction < 0
    ]
    if wrong:
        raise refuse("reporting.scores_wrong", *wrong, n=len(wrong))
