"""The simple ledger of a tenancy: what is due each month, what else is due, what was received. No accounting system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from feidi.domain.incubation.access import MONEY
from feidi.domain.incubation.enums import ChargeKind
from feidi.domain.incubation.models import Charge, Receipt, Tenancy
from feidi.domain.incubation.selectors.ledger import dated_terms, outstanding_of
from feidi.domain.incubation.selectors.terms import month_due, months_between
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.charge"
RECEIPT_KIND: Final = "incubation.receipt"


@dataclass(frozen=True, slots=True)
class NewCharge:
    """Something due besides rent, for [period_from, period_to], by a day."""

    kind: ChargeKind
    period_from: date
    period_to: date
    due_on: date
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """Money that came in: when, how much, by which voucher."""

    received_on: date
    amount: Money
    voucher: str = ""
    attachment: Attachment | None = None
    note: str = ""


def charge_months(*, actor: Actor, now: datetime, tenancies: Iterable[Tenancy], until: date) -> int:
    """Charge the rent of every month that has begun by ``until`` and was not charged yet; return how many charges were made.

    A month whose rent is 0 or not said makes none. Run again: nothing is doubled (constraint).
    """
    made = 0
    for tenancy in tenancies:
        require(actor, MONEY, outpost_scope(tenancy.outpost_id))
        with recorded(actor=actor, now=now):
            row = Tenancy.objects.select_for_update(of=("self",)).get(pk=tenancy.pk)
            made += _charge(actor, now, row, until)
    return made


def add_charge(*, actor: Actor, now: datetime, tenancy: Tenancy, new: NewCharge) -> Charge:
    """Enter something due. Refused: rent (it follows from the terms), no currency, nothing, a period turned round."""
    require(actor, MONEY, outpost_scope(tenancy.outpost_id))
    if new.kind is ChargeKind.RENT:
        raise refuse("incubation.rent_follows_terms")
    _check_amount(new.amount)
    if new.period_to < new.period_from:
        raise refuse("incubation.term_order", starts_on=new.period_from.isoformat(), ends_on=new.period_to.isoformat())
    row = Charge(
        tenancy=tenancy,
        kind=new.kind,
        period_from=new.period_from,
        period_to=new.period_to,
        due_on=new.due_on,
        amount_fen=new.amount.fen,
        currency=new.amount.currency or "",
        note=new.note.strip()[:300],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=KIND, actor=actor, now=now)


def receive(*, actor: Actor, now: datetime, charge: Charge, new: NewReceipt) -> Receipt:
    """Enter money received against a charge. Refused: a day to come, another currency, more than is still due."""
    require(actor, MONEY, outpost_scope(charge.tenancy.outpost_id))
    _check_amount(new.amount)
    if new.received_on > now.astimezone(SHANGHAI).date():
        raise refuse("incubation.received_in_future", on=new.received_on.isoformat())
    # the charge's row is the lock: two receipts at the same time cannot both fit into what is left
    with changing(charge, kind=KIND, actor=actor, now=now, action="received") as row:
        if new.amount.currency != row.currency:
            raise refuse("incubation.currencies_differ", rent=row.currency, forgone=new.amount.currency)
        left = outstanding_of(row)
        if new.amount.fen > left:
            raise refuse(
                "incubation.more_than_due",
                given=format_money(new.amount.fen, row.currency),
                left=format_money(left, row.currency),
            )
        receipt = Receipt(
            charge=row,
            received_on=new.received_on,
            amount_fen=new.amount.fen,
            voucher=new.voucher.strip()[:80],
            note=new.note.strip()[:300],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        receipt.file = attach(actor=actor, now=now, subject=Subject(KIND, row.uid), given=new.attachment)
        return adding(receipt, kind=RECEIPT_KIND, actor=actor, now=now)


def void_charge(*, actor: Actor, now: datetime, charge: Charge, reason: str) -> Charge:
    """Take back a charge that was entered in error. Refused: no reason, money was received against it."""
    require(actor, MONEY, outpost_scope(charge.tenancy.outpost_id))
    if charge.receipts.filter(voided_at__isnull=True).exists():
        raise refuse("incubation.charge_has_receipts")
    return voiding(charge, kind=KIND, actor=actor, now=now, reason=reason)


def void_receipt(*, actor: Actor, now: datetime, receipt: Receipt, reason: str) -> Receipt:
    """Take back a receipt that was entered in error; the amount is due again."""
    require(actor, MONEY, outpost_scope(receipt.charge.tenancy.outpost_id))
    return voiding(receipt, kind=RECEIPT_KIND, actor=actor, now=now, reason=reason)


def running_on(day: date) -> Q:
    """Return which tenancies hold on a day, or held in its month: those whose rent may have to be charged."""
    first = day.replace(day=1)
    return Q(voided_at__isnull=True, starts_on__lte=day) & (
        Q(ended_on__isnull=True, ends_on__gte=first) | Q(ended_on__gte=first)
    )


def _charge(actor: Actor, now: datetime, tenancy: Tenancy, until: date) -> int:
    terms = dated_terms(tenancy)
    ends = tenancy.ended_on or tenancy.ends_on
    held = tenancy.charges.filter(kind=ChargeKind.RENT, voided_at__isnull=True)
    done = set(held.values_list("period_from", flat=True))
    due_days = {each.since: each.due_day for each in tenancy.terms.filter(voided_at__isnull=True)}
    made = 0
    for first, last in months_between(tenancy.starts_on, min(until, ends)):
        due = month_due(terms, tenancy.starts_on, ends, first, last)
        if due is None or not due.rent_fen or due.first in done:
            continue
        day = next((d for since, d in sorted(due_days.items(), reverse=True) if since <= due.last), 10)
        row = Charge(
            tenancy=tenancy,
            kind=ChargeKind.RENT,
            period_from=due.first,
            period_to=due.last,
            due_on=max(due.first, first.replace(day=day)),
            amount_fen=due.rent_fen,
            currency=due.currency,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        adding(row, kind=KIND, actor=actor, now=now)
        made += 1
    return made


def _check_amount(amount: Money) -> None:
    if not amount.currency:
        raise refuse("incubation.currency_needed", value=str(amount.units))
    if amount.fen <= 0:
        raise refuse("incubation.amount_positive", value=str(amount.units))
