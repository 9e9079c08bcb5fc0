"""Verbs of benefit sharing: the term, and what was settled of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.models import Agreement, BenefitSettlement, BenefitTerm
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

KIND, SETTLEMENT = "pipeline.benefit_term", "pipeline.settlement"
EDIT = "agreement.edit"


@dataclass(frozen=True, slots=True)
class Sharing:
    """A sharing term as entered: home's ``share`` (0…1) of ``basis``, with whom, from when until when."""

    basis: str
    counterpart: str
    share: Fraction
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """What was settled for a period: the basis as stated (None: not known), the amount paid, when, with which proof."""

    period_from: date
    period_to: date
    paid: Money
    settled_on: date
    basis: Money | None = None
    attachment: Attachment | None = None
    note: str = ""


def add_benefit_term(*, actor: Actor, now: datetime, agreement: Agreement, sharing: Sharing) -> BenefitTerm:
    """Enter a sharing term. Refused: no basis or counterpart, a share outside 0…1, an end before the start."""
    require_on(actor, EDIT, agreement.project)
    if not sharing.basis.strip() or not sharing.counterpart.strip():
        raise refuse("pipeline.benefit_incomplete")
    if not 0 <= sharing.share <= 1:
        raise refuse("pipeline.benefit_share", value=str(sharing.share))
    if sharing.since and sharing.until and sharing.until < sharing.since:
        raise refuse("pipeline.term_order", term_from=sharing.since.isoformat(), term_to=sharing.until.isoformat())
    row = BenefitTerm(
        agreement=agreement,
        basis=sharing.basis.strip()[:200],
        counterpart=sharing.counterpart.strip()[:120],
        share_numerator=sharing.share.numerator,
        share_denominator=sharing.share.denominator,
        since=sharing.since,
        until=sharing.until,
        note=sharing.note.strip()[:300],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=KIND)
    return row


def settle(*, actor: Actor, now: datetime, term: BenefitTerm, settling: Settling) -> BenefitSettlement:
    """Write down a settlement.

    Refused: no currency, basis and payment in two currencies, a negative basis, a period that overlaps one settled
    already, a day to come, a term taken back.
    """
    require_on(actor, EDIT, term.agreement.project)
    _check(settling, now)
    with recorded(actor=actor, now=now) as unit:
        held = BenefitTerm.objects.select_for_update().get(pk=term.pk)
        if held.voided_at is not None:
            raise refuse("pipeline.row_voided_already", reason=held.void_reason)
        for each in held.settlements.filter(
            voided_at__isnull=True, period_from__lte=settling.period_to, period_to__gte=settling.period_from
        ):
            raise refuse(
                "pipeline.settlement_overlaps",
                period_from=each.period_from.isoformat(),
                period_to=each.period_to.isoformat(),
            )
        row = BenefitSettlement(
            term=held,
            period_from=settling.period_from,
            period_to=settling.period_to,
            basis_fen=settling.basis.fen if settling.basis else None,
            settled_fen=settling.paid.fen,
            currency=settling.paid.currency or "",
            settled_on=settling.settled_on,
            file=attach(actor=actor, now=now, subject=Subject(KIND, held.uid), given=settling.attachment),
            note=settling.note.strip()[:300],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=SETTLEMENT)
    return row


def void_benefit_term(*, actor: Actor, now: datetime, term: BenefitTerm, reason: str) -> BenefitTerm:
    """Take a term back. Refused: no reason, taken back before, settlements still stand on it."""
    require_on(actor, EDIT, term.agreement.project)
    with recorded(actor=actor, now=now) as unit:
        row = BenefitTerm.objects.select_for_update().get(pk=term.pk)
        standing = row.settlements.filter(voided_at__isnull=True).count()
        if standing:
            raise refuse("pipeline.benefit_settled", n=standing)
        before = unit.before(row, KIND)
        _take_back(row, now, reason)
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def void_settlement(*, actor: Actor, now: datetime, settlement: BenefitSettlement, reason: str) -> BenefitSettlement:
    """Take a settlement back. Refused: no reason, taken back before."""
    require_on(actor, EDIT, settlement.term.agreement.project)
    with recorded(actor=actor, now=now) as unit:
        row = BenefitSettlement.objects.select_for_update().get(pk=settlement.pk)
        before = unit.before(row, SETTLEMENT)
        _take_back(row, now, reason)
        unit.changed(row, kind=SETTLEMENT, before=before, reason=row.void_reason, action="voided")
    return row


def _take_back(row: BenefitTerm | BenefitSettlement, now: datetime, reason: str) -> None:
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    if row.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=row.void_reason)
    row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
    row.save(update_fields=["voided_at", "void_reason", "version"])


def _check(settling: Settling, now: datetime) -> None:
    if settling.period_to < settling.period_from:
        raise refuse(
            "pipeline.term_order",
            term_from=settling.period_from.isoformat(),
            term_to=settling.period_to.isoformat(),
        )
    if settling.settled_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=settling.settled_on.isoformat())
    if not settling.paid.currency:
        raise refuse("pipeline.currency_needed", value=str(settling.paid.units))
    if settling.basis is not None:
        if settling.basis.currency != settling.paid.currency:
            raise refuse("pipeline.settlement_currencies")
        if settling.basis.fen < 0:
            raise refuse("pipeline.settlement_negative", value=str(settling.basis.units))
