"""Verbs of a tenancy: beginning, another unit, a longer term, other terms. Ending is decided in ``services.exits``.

A unit is taken through ``space.services.occupying``, where the database itself refuses that two hold it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from feidi.domain.incubation.access import EDIT, MONEY
from feidi.domain.incubation.enums import Programme, TenancyKind
from feidi.domain.incubation.models import Tenancy, TenancyTerm, TenancyUnit
from feidi.domain.incubation.services.changing import adding, changing, needed_reason
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Occupation, Unit
from feidi.domain.space.services.head_leases import check_tenancy_end
from feidi.domain.space.services.occupying import end_occupation, free_unit, occupy_unit, tenancy_span
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.tenancy"
UNIT_KIND: Final = "incubation.tenancy_unit"
TERM_KIND: Final = "incubation.tenancy_term"
SERIES: Final = "tenancy"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a month costs from a day on. ``rent`` due, ``forgone`` given free until ``forgone_until`` on ``forgone_basis``;
    None: not said, never nothing.
    """

    programme: Programme
    rent: Money | None = None
    forgone: Money | None = None
    forgone_until: date | None = None
    forgone_basis: str = ""
    basis_document: StoredFile | None = None
    due_day: int = 10
    services: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewTenancy:
    """Who moves in, on what paper, from when to when (both included), into which units, on what terms."""

    kind: TenancyKind
    organization: Organization
    starts_on: date
    ends_on: date
    units: Sequence[Unit]
    terms: Terms
    project: Project | None = None
    agreement: Agreement | None = None
    contract_scan: StoredFile | None = None
    deposit: Money | None = None
    note: str = ""


def begin_tenancy(*, actor: Actor, now: datetime, outpost: Outpost, new: NewTenancy) -> Tenancy:
    """Enter a tenancy and take its units in the ledger of space, all or none.

    Refused: no permission, end before start, an agreement of another kind, project or with a shorter term, no paper at
    all, a start-up without a project, no unit, past the head lease, free rent without amount, last day or basis, a unit
    that somebody holds then.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check_new(outpost, new)
    _check_terms(new.terms)
    with recorded(actor=actor, now=now):
        number = next_number(outpost=outpost, series=SERIES, now=now)
        year = now.astimezone(SHANGHAI).year
        tenancy = Tenancy(
            outpost=outpost,
            number=f"{number_prefix(outpost)}-入驻-{year}-{number:03d}",
            kind=new.kind,
            organization=new.organization,
            project=new.project,
            agreement=new.agreement,
            contract_scan=new.contract_scan,
            starts_on=new.starts_on,
            ends_on=new.ends_on,
            deposit_fen=new.deposit.fen if new.deposit else None,
            deposit_currency=(new.deposit.currency or "") if new.deposit else "",
            note=new.note.strip()[:300],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        adding(tenancy, kind=KIND, actor=actor, now=now)
        for unit in new.units:
            _take(actor, now, tenancy, unit, new.starts_on, new.ends_on, "")
        _put_term(actor, now, tenancy, new.starts_on, new.terms)
    return tenancy


def change_unit(
    *,
    actor: Actor,
    now: datetime,
    tenancy: Tenancy,
    leaving: TenancyUnit | None,
    unit: Unit | None,
    on: date,
    reason: str,
) -> TenancyUnit | None:
    """From ``on``: leave one unit, take another, or both (a move). Returns the unit taken.

    Refused: neither named, no reason, a day outside the tenancy, the unit left before, one that somebody holds then.
    """
    require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    said = needed_reason(reason)
    if leaving is None and unit is None:
        raise refuse("incubation.no_unit")
    with changing(tenancy, kind=KIND, actor=actor, now=now, reason=said, action="unit_changed") as row:
        _check_running(row)
        if not row.starts_on <= on <= row.ends_on:
            raise refuse("incubation.day_outside_tenancy", on=on.isoformat(), **_term(row))
        if leaving is not None:
            _leave(actor, now, leaving, on - timedelta(days=1), said)
        return _take(actor, now, row, unit, on, row.ends_on, said) if unit is not None else None


def extend_tenancy(
    *, actor: Actor, now: datetime, tenancy: Tenancy, ends_on: date, paper: StoredFile | None, reason: str
) -> Tenancy:
    """Renew a tenancy until a later day: its present units are taken for the days added. Every renewal rests on paper.

    Refused: no reason, no paper, not later than now agreed, past the head lease, a unit that somebody else holds then.
    """
    require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    said = needed_reason(reason)
    if paper is None:
        raise refuse("incubation.renewal_paper_needed")
    check_tenancy_end(tenancy.outpost, ends_on)
    with changing(tenancy, kind=KIND, actor=actor, now=now, reason=said, action="renewed") as row:
        _check_running(row)
        if ends_on <= row.ends_on:
            raise refuse("incubation.renewal_not_later", asked=ends_on.isoformat(), ends_on=row.ends_on.isoformat())
        for held in list(row.units.filter(voided_at__isnull=True, until=row.ends_on).select_related("unit")):
            _take(actor, now, row, held.unit, row.ends_on + timedelta(days=1), ends_on, said)
        row.ends_on, row.contract_scan = ends_on, paper
    return row


def set_terms(*, actor: Actor, now: datetime, tenancy: Tenancy, since: date, terms: Terms) -> TenancyTerm:
    """Set what a month costs from ``since`` on: a new rent, another programme (升级入加速区), free months ended early.

    Refused: no reason, a day outside the tenancy or before the last term began, charges already made from that day on.
    """
    require(actor, MONEY, outpost_scope(tenancy.outpost_id))
    needed_reason(terms.reason)
    _check_terms(terms)
    with changing(tenancy, kind=KIND, actor=actor, now=now, reason=terms.reason, action="terms_changed") as row:
        _check_running(row)
        if not row.starts_on <= since <= row.ends_on:
            raise refuse("incubation.day_outside_tenancy", on=since.isoformat(), **_term(row))
        last = row.terms.filter(voided_at__isnull=True).order_by("-since").first()
        if last is not None and since <= last.since:
            raise refuse("incubation.terms_not_later", since=since.isoformat(), last=last.since.isoformat())
        charged = row.charges.filter(kind="rent", voided_at__isnull=True, period_to__gte=since).order_by("period_from")
        if charged.exists():
            raise refuse("incubation.terms_already_charged", month=charged[0].period_from.strftime("%Y-%m"))
        return _put_term(actor, now, row, since, terms)


def leave_all_units(*, actor: Actor, now: datetime, tenancy: Tenancy, last_day: date, reason: str) -> None:
    """Free every unit of a tenancy after ``last_day``. For the service that ends tenancies, inside its transaction."""
    later = tenancy.units.filter(voided_at__isnull=True).filter(Q(until__gt=last_day)).select_related("unit")
    for held in later:
        _leave(actor, now, held, last_day, reason)


def _take(
    actor: Actor, now: datetime, tenancy: Tenancy, unit: Unit, since: date, until: date, reason: str
) -> TenancyUnit:
    row = TenancyUnit(tenancy=tenancy, unit=unit, since=since, until=until, reason=reason[:300], created_at=now)
    span = tenancy_span(since, until)
    held = occupy_unit(
        actor=actor,
        now=now,
        unit=unit,
        starts_at=span.start,
        ends_at=span.end,
        reason=OccupationReason.TENANCY,
        subject=Subject(KIND, tenancy.uid),
    )
    row.occupation_uid = held.uid
    return adding(row, kind=UNIT_KIND, actor=actor, now=now)


def _leave(actor: Actor, now: datetime, held: TenancyUnit, last_day: date, reason: str) -> None:
    """Free a unit after ``last_day``; one that would begin only later is taken back whole."""
    with changing(held, kind=UNIT_KIND, actor=actor, now=now, reason=reason, action="left") as row:
        if row.until <= last_day:
            raise refuse("incubation.unit_left_before", until=row.until.isoformat())
        occupation = Occupation.objects.get(uid=row.occupation_uid)
        if row.since <= last_day:
            ends_at = tenancy_span(row.since, last_day).end
            end_occupation(actor=actor, now=now, occupation=occupation, ends_at=ends_at)
            row.until = last_day
        else:
            free_unit(actor=actor, now=now, occupation=occupation, reason=reason)
            row.voided_at, row.void_reason = now, reason[:500]


def _put_term(actor: Actor, now: datetime, tenancy: Tenancy, since: date, terms: Terms) -> TenancyTerm:
    given = terms.rent or terms.forgone
    row = TenancyTerm(
        tenancy=tenancy,
        since=since,
        programme=terms.programme,
        rent_fen=terms.rent.fen if terms.rent else None,
        forgone_fen=terms.forgone.fen if terms.forgone else None,
        forgone_until=terms.forgone_until,
        forgone_basis=terms.forgone_basis.strip()[:300],
        basis_document=terms.basis_document,
        currency=(given.currency or "") if given else "",
        due_day=terms.due_day,
        services=terms.services.strip()[:300],
        reason=terms.reason.strip()[:300],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=TERM_KIND, actor=actor, now=now)


def _check_new(outpost: Outpost, new: NewTenancy) -> None:
    if new.ends_on < new.starts_on:
        raise refuse("incubation.term_order", starts_on=new.starts_on.isoformat(), ends_on=new.ends_on.isoformat())
    if not new.units:
        raise refuse("incubation.no_unit")
    if new.kind is TenancyKind.STARTUP and new.project is None:
        raise refuse("incubation.startup_needs_project")
    if new.agreement is None and new.contract_scan is None:
        raise refuse("incubation.no_paper")
    if new.deposit is not None and not new.deposit.currency:
        raise refuse("incubation.currency_needed", value=str(new.deposit.units))
    if new.agreement is not None:
        _check_agreement(new.agreement, new)
    check_tenancy_end(outpost, new.ends_on)


def _check_agreement(agreement: Agreement, new: NewTenancy) -> None:
    if agreement.voided_at is not None or agreement.kind != AgreementKind.TENANCY:
        raise refuse("incubation.not_a_tenancy_agreement", kind=str(AgreementKind(agreement.kind).label))
    if new.project is None or agreement.project_id != new.project.pk:
        raise refuse("incubation.agreement_of_another_project")
    if agreement.term_to is not None and new.ends_on > agreement.term_to:
        raise refuse(
            "incubation.beyond_agreement", ends_on=new.ends_on.isoformat(), term_to=agreement.term_to.isoformat()
        )


def _check_terms(terms: Terms) -> None:
    for amount in (terms.rent, terms.forgone):
        if amount is not None and not amount.currency:
            raise refuse("incubation.currency_needed", value=str(amount.units))
    if terms.rent is not None and terms.forgone is not None and terms.rent.currency != terms.forgone.currency:
        raise refuse("incubation.currencies_differ", rent=terms.rent.currency, forgone=terms.forgone.currency)
    if terms.forgone is not None and terms.forgone.fen and not (terms.forgone_until and terms.forgone_basis.strip()):
        raise refuse("incubation.free_rent_needs_basis")
    if not 1 <= terms.due_day <= 28:  # noqa: PLR2004 - a day that every month has
        raise refuse("incubation.due_day", value=terms.due_day)


def _check_running(row: Tenancy) -> None:
    if row.ended_on is not None:
        raise refuse("incubation.tenancy_over", ended_on=row.ended_on.isoformat())


def _term(row: Tenancy) -> dict[str, str]:
    return {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
