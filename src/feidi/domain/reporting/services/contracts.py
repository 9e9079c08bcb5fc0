"""Verbs of the operating contract (委托运营协议): the contract, budget, costs by month, payments, promised resources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.models import (
    ActualCost,
    BudgetLine,
    OperatingContract,
    PaymentNode,
    PromisedResource,
    ResourceUse,
)
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject

EDIT = "contract.edit"
CONTRACT = "reporting.contract"
Entry = TypeVar("Entry", ActualCost, PaymentNode, PromisedResource, ResourceUse)
_KINDS: dict[type[Any], str] = {
    BudgetLine: "reporting.budget_line",
    ActualCost: "reporting.cost",
    PaymentNode: "reporting.payment",
    PromisedResource: "reporting.resource",
    ResourceUse: "reporting.resource_use",
}


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What the contract says. Both days are included."""

    number: str
    title: str
    client: str
    operator: Organization
    starts_on: date
    ends_on: date
    total: Money | None = None


def add_contract(*, actor: Actor, now: datetime, outpost: Outpost, terms: ContractTerms) -> OperatingContract:
    """Enter a contract. Refused: no permission, no number or title, an end not after the start, the number is taken."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check_terms(terms)
    if OperatingContract.objects.filter(outpost=outpost, number=terms.number.strip()).exists():
        raise refuse("reporting.contract_number_taken", number=terms.number.strip())
    row = OperatingContract(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
    _put(row, terms)
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=CONTRACT)
    return row


def change_contract(
    *, actor: Actor, now: datetime, contract: OperatingContract, version: int, terms: ContractTerms, reason: str
) -> OperatingContract:
    """Put the terms right, or write down what a supplement changed; the trail keeps what stood before.

    Refused: as for entering; no reason, nothing changed, changed by somebody else since ``version``, a term that leaves
    out a year in which costs, a budget, indicators or a sheet stand, another currency once there are sums.
    """
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    _check_terms(terms)
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = OperatingContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        refuse_if_changed(row, CONTRACT, version, "reporting.contract_changed_meanwhile")
        others = OperatingContract.objects.filter(outpost_id=row.outpost_id, number=terms.number.strip())
        if others.exclude(pk=row.pk).exists():
            raise refuse("reporting.contract_number_taken", number=terms.number.strip())
        years = _years_held(row)
        outside = sorted(year for year in years if not terms.starts_on.year <= year <= terms.ends_on.year)
        if outside:
            raise refuse("reporting.contract_term_holds", years="、".join(map(str, outside)))
        given = (terms.total.currency if terms.total else None) or row.currency
        if years and given != row.currency:
            raise refuse("reporting.contract_currency", currency=row.currency, given=given)
        before = unit.before(row, CONTRACT)
        _put(row, terms)
        if unit.before(row, CONTRACT) == before:
            raise refuse("reporting.contract_nothing_changed")
        row.version += 1
        row.save()
        unit.changed(row, kind=CONTRACT, before=before, reason=reason.strip(), action="corrected")
    return row


def _check_terms(terms: ContractTerms) -> None:
    if not terms.number.strip() or not terms.title.strip() or not terms.client.strip():
        raise refuse("reporting.contract_incomplete")
    if terms.ends_on <= terms.starts_on:
        raise refuse("reporting.contract_order", starts=terms.starts_on.isoformat(), ends=terms.ends_on.isoformat())


def _put(row: OperatingContract, terms: ContractTerms) -> None:
    row.number, row.title, row.client = terms.number.strip(), terms.title.strip(), terms.client.strip()
    row.operator, row.starts_on, row.ends_on = terms.operator, terms.starts_on, terms.ends_on
    row.total_fen = terms.total.fen if terms.total else None
    row.currency = (terms.total.currency if terms.total else None) or row.currency or "CNY"


def _years_held(row: OperatingContract) -> set[int]:
    """Return the years for which something was entered already."""
    live = {"voided_at__isnull": True}
    return {
        *row.costs.filter(**live).values_list("month__year", flat=True),
        *row.budget.filter(**live).values_list("year", flat=True),
        *row.indicators.filter(**live).values_list("year", flat=True),
        *row.sheets.values_list("year", flat=True),
    }


def attach_contract_scan(
    *, actor: Actor, now: datetime, contract: OperatingContract, name: str, chunks: Iterable[bytes], reason: str = ""
) -> OperatingContract:
    """Keep a scan of the contract; it replaces the one before. Refused as ``store_upload`` refuses."""
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = OperatingContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        before = unit.before(row, CONTRACT)
        subject = Subject(CONTRACT, row.uid)
        row.document = store_upload(actor=actor, now=now, subject=subject, name=name, chunks=chunks, reason=reason)
        row.version += 1
        row.save(update_fields=["document", "version"])
        unit.changed(row, kind=CONTRACT, before=before)
    return row


def set_budget(
    *, actor: Actor, now: datetime, contract: OperatingContract, year: int, category: CostCategory, amount: Money
) -> BudgetLine:
    """Set what a category may cost in a year; the line before is kept as taken back. Refused: another currency, a year
    outside the term, below zero.
    """
    _permitted(actor, contract, amount)
    if not contract.starts_on.year <= year <= contract.ends_on.year:
        raise refuse("reporting.contract_outside", when=str(year))
    with recorded(actor=actor, now=now) as unit:
        for old in contract.budget.select_for_update().filter(year=year, category=category, voided_at__isnull=True):
            before = unit.before(old, "reporting.budget_line")
            old.voided_at, old.void_reason = now, "被新预算替代"
            old.save(update_fields=["voided_at", "void_reason"])
            unit.changed(old, kind="reporting.budget_line", before=before)
        row = BudgetLine(contract=contract, year=year, category=category, amount_fen=amount.fen, created_at=now)
        row.save()
        unit.created(row, kind="reporting.budget_line")
    return row


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of the month of ``on``, with its voucher."""

    on: date
    category: CostCategory
    amount: Money
    voucher: str = ""
    note: str = ""


def add_cost(
    *, actor: Actor, now: datetime, contract: OperatingContract, cost: Cost, file: StoredFile | None = None
) -> ActualCost:
    """Enter a cost. Refused: another currency, a month outside the term or in the future, below zero."""
    _permitted(actor, contract, cost.amount)
    month = cost.on.replace(day=1)
    if not contract.starts_on.replace(day=1) <= month <= min(contract.ends_on, now.date()):
        raise refuse("reporting.contract_outside", when=f"{month:%Y-%m}")
    row = ActualCost(
        contract=contract,
        month=month,
        category=cost.category,
        amount_fen=cost.amount.fen,
        voucher=cost.voucher.strip(),
        note=cost.note.strip(),
        file=file,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return _created(actor, now, row)


def add_payment(
    *,
    actor: Actor,
    now: datetime,
    contract: OperatingContract,
    label: str,
    amount: Money,
    due_on: date | None = None,
    condition: str = "",
) -> PaymentNode:
    """Enter a payment that the contract foresees. Refused: another currency, below zero, no label."""
    _permitted(actor, contract, amount)
    if not label.strip():
        raise refuse("reporting.contract_incomplete")
    row = PaymentNode(
        contract=contract,
        label=label.strip(),
        condition=condition.strip(),
        due_on=due_on,
        amount_fen=amount.fen,
        created_at=now,
    )
    return _created(actor, now, row)


def record_paid(
    *, actor: Actor, now: datetime, payment: PaymentNode, paid_on: date, amount: Money, note: str = ""
) -> PaymentNode:
    """Note what was paid, and when. Refused: another currency, below zero, a day to come."""
    _permitted(actor, payment.contract, amount)
    if paid_on > now.date():
        raise refuse("reporting.contract_day_to_come", day=paid_on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = PaymentNode.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        before = unit.before(row, "reporting.payment")
        row.paid_on, row.paid_fen, row.note, row.version = paid_on, amount.fen, note.strip(), row.version + 1
        row.save(update_fields=["paid_on", "paid_fen", "note", "version"])
        unit.changed(row, kind="reporting.payment", before=before)
    return row


def add_resource(
    *,
    actor: Actor,
    now: datetime,
    contract: OperatingContract,
    kind: ResourceKind,
    label: str,
    quantity: int | None = None,
    unit: str = "",
    source: str = "",
) -> PromisedResource:
    """Enter a resource that the operator's bid promised; without a number it stays "not stated"."""
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    if not label.strip():
        raise refuse("reporting.contract_incomplete")
    row = PromisedResource(
        contract=contract,
        kind=kind,
        label=label.strip(),
        quantity=quantity,
        unit=unit.strip(),
        source=source.strip(),
        created_at=now,
    )
    return _created(actor, now, row)


def use_resource(
    *,
    actor: Actor,
    now: datetime,
    resource: PromisedResource,
    used_on: date,
    note: str,
    quantity: int = 1,
    project: Project | None = None,
) -> ResourceUse:
    """Note one use of a promised resource. Refused: nothing said, a day to come, a project of another outpost."""
    require(actor, EDIT, outpost_scope(resource.contract.outpost_id))
    if not note.strip():
        raise refuse("reporting.contract_incomplete")
    if used_on > now.date():
        raise refuse("reporting.contract_day_to_come", day=used_on.isoformat())
    if project is not None and project.outpost_id != resource.contract.outpost_id:
        raise refuse("reporting.dossier_no_project")
    row = ResourceUse(
        resource=resource,
        used_on=used_on,
        quantity=quantity,
        project=project,
        note=note.strip(),
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return _created(actor, now, row)


def void_entry(*, actor: Actor, now: datetime, contract: OperatingContract, row: Any, reason: str) -> None:
    """Take back a cost, payment, resource or use that was entered in error. Refused: no reason, taken back before."""
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    kind = _KINDS[type(row)]
    with recorded(actor=actor, now=now) as unit:
        live = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        if live.voided_at is not None:
            raise refuse("reporting.contract_taken_back")
        before = unit.before(live, kind)
        live.voided_at, live.void_reason, live.version = now, reason.strip()[:500], live.version + 1
        live.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(live, kind=kind, before=before, reason=live.void_reason, action="voided")


def _permitted(actor: Actor, contract: OperatingContract, amount: Money) -> None:
    require(actor, EDIT, outpost_scope(contract.outpost_id))
    if amount.currency != contract.currency:
        raise refuse("reporting.contract_currency", currency=contract.currency, given=amount.currency)
    if amount.fen < 0:
        raise refuse("reporting.contract_negative")


def _created(actor: Actor, now: datetime, row: Entry) -> Entry:
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=_KINDS[type(row)])
    return row
