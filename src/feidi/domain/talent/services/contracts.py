"""双聘、柔性引才: contracts with a home unit, days present by the month, which benefits accept them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.talent.access import EDIT
from feidi.domain.talent.enums import Acceptance, ContractKind, Whereabouts
from feidi.domain.talent.events import ContractVoided
from feidi.domain.talent.kinds import BENEFIT, CONTRACT, MONTH
from feidi.domain.talent.models import BenefitAcceptance, FlexibleContract, PresenceMonth, Talent
from feidi.domain.talent.services.talents import refuse_erased
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.evidence.selectors import count_accepted
from feidi.kernel.subjects import Subject

_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class NewContract:
    """A contract as signed. ``days_agreed``: days a month, None where it does not say."""

    home_unit: Organization
    kind: ContractKind
    starts_on: date
    ends_on: date
    works_at: Whereabouts | str = ""
    insured_at: Whereabouts | str = ""
    days_agreed: int | None = None
    note: str = ""


def add_contract(*, actor: Actor, now: datetime, talent: Talent, new: NewContract) -> FlexibleContract:
    """Enter a contract. Refused: no permission, erased, a home unit the outpost does not know, an end before its
    beginning, more days than a month has.
    """
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    if new.ends_on <= new.starts_on:
        raise refuse("talent.date_before", value=new.ends_on.isoformat(), first=new.starts_on.isoformat())
    if new.days_agreed is not None and not 1 <= new.days_agreed <= _LONGEST_MONTH:
        raise refuse("talent.days_of_month", value=new.days_agreed)
    if not OrganizationLink.objects.filter(outpost=talent.outpost_id, organization=new.home_unit).exists():
        raise refuse("talent.organization_unknown", name=new.home_unit.name)
    with recorded(actor=actor, now=now) as unit:
        owner = locked(talent)
        refuse_erased(owner)
        row = FlexibleContract(
            talent=owner,
            home_unit=new.home_unit,
            kind=new.kind,
            works_at=new.works_at,
            insured_at=new.insured_at,
            starts_on=new.starts_on,
            ends_on=new.ends_on,
            days_agreed=new.days_agreed,
            note=new.note.strip()[:300],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=CONTRACT)
    return row


def record_presence(
    *, actor: Actor, now: datetime, contract: FlexibleContract, month: date, days: int
) -> PresenceMonth:
    """Say how many days somebody was present in a month (any day of it names it). Said again, it is corrected.

    Refused: no permission, a month outside the contract or not begun, more days than the month has, days that evidence
    was accepted for.
    """
    require(actor, EDIT, outpost_scope(contract.talent.outpost_id))
    first = month.replace(day=1)
    with recorded(actor=actor, now=now) as unit:
        owner = locked(contract)
        if first < owner.starts_on.replace(day=1) or first > min(owner.ends_on, today_of(now)):
            raise refuse("talent.month_outside", month=f"{first:%Y-%m}")
        if not 0 <= days <= _days_of(first):
            raise refuse("talent.days_of_month", value=days)
        known = owner.months.filter(month=first).first()
        if known is None:
            row = PresenceMonth(contract=owner, month=first, days=days, recorded_by=actor.label[:160], created_at=now)
            row.save()
            unit.created(row, kind=MONTH)
            return row
        if count_accepted(Subject(MONTH, known.uid)):
            raise refuse("talent.month_accepted", month=f"{first:%Y-%m}")
        with changed(unit, known, kind=MONTH) as row:
            row.days, row.recorded_by = days, actor.label[:160]
    return row


def say_acceptance(
    *, actor: Actor, now: datetime, contract: FlexibleContract, clause: str, answer: Acceptance | str, basis: str
) -> BenefitAcceptance:
    """Say whether a benefit accepts the contract: yes, no, or unknown. Said again, it is corrected.

    Refused: no permission, a clause that no place of this outpost has, yes or no without a basis.
    """
    require(actor, EDIT, outpost_scope(contract.talent.outpost_id))
    found = library_of(contract.talent.outpost, on=today_of(now)).clause(clause.strip())
    if found is None:
        raise refuse("talent.clause_unknown", value=clause)
    words = said(basis, "talent.benefit_basis")[:300] if answer else basis.strip()[:300]
    with recorded(actor=actor, now=now) as unit:
        owner = locked(contract)
        known = owner.benefits.filter(clause=found.code).first()
        if known is None:
            row = BenefitAcceptance(
                contract=owner,
                clause=found.code,
                clause_title=found.title[:160],
                answer=answer,
                basis=words,
                recorded_by=actor.label[:160],
                created_at=now,
            )
            row.save()
            unit.created(row, kind=BENEFIT)
            return row
        with changed(unit, known, kind=BENEFIT) as row:
            row.answer, row.basis, row.recorded_by = str(answer), words, actor.label[:160]
    return row


def void_contract(*, actor: Actor, now: datetime, contract: FlexibleContract, reason: str) -> FlexibleContract:
    """Take a contract back that was entered in error. Refused: no permission, no reason."""
    require(actor, EDIT, outpost_scope(contract.talent.outpost_id))
    words = said(reason, "talent.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, contract, kind=CONTRACT, reason=words, action="voided") as row:
            row.voided_at, row.void_reason = now, words[:500]
        publish(ContractVoided(row.uid, row.void_reason))
    return row


def _days_of(first: date) -> int:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return (following - first).days
