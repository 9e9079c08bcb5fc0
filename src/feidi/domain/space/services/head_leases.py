"""Verbs of the head lease: entering, changing, taking back, and warning before it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.domain.space.enums import RentBasis
from feidi.domain.space.models import HeadLease
from feidi.domain.space.selectors.colleagues import people_who_may
from feidi.domain.space.selectors.head_leases import explain_tenancy_end, find_bounding_lease, warned_months
from feidi.engines.findings import Finding, Level, Refusal, RefusedError, refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo

KIND = "space.head_lease"
EDIT = "lease.edit"


@dataclass(frozen=True, slots=True)
class LeaseTerms:
    """One lease as written. ``rent`` per month, for the whole or per m²; ``sublet`` None: the lease does not say."""

    landlord: str
    premises: str
    starts_on: date
    ends_on: date
    area_m2: Decimal | None = None
    rent: Money | None = None
    basis: RentBasis = RentBasis.WHOLE
    deposit: Money | None = None
    sublet: bool | None = None
    sublet_clause: str = ""
    fit_out: str = ""
    fire_safety: str = ""
    note: str = ""


def add_head_lease(*, actor: Actor, now: datetime, outpost: Outpost, terms: LeaseTerms) -> HeadLease:
    """Enter a lease. Refused: no permission, no landlord or premises, an end not after the start, rent without currency."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(terms)
    lease = HeadLease(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
    _put(lease, terms)
    with recorded(actor=actor, now=now) as unit:
        lease.save()
        unit.created(lease, kind=KIND)
    return lease


def change_head_lease(
    *,
    actor: Actor,
    now: datetime,
    lease: HeadLease,
    version: int,
    terms: LeaseTerms,
) -> HeadLease:
    """Change a lease (ended early, prolonged, corrected).

    Refused as in ``add_head_lease``, and when it was changed since ``version`` or taken back.
    """
    require(actor, EDIT, outpost_scope(lease.outpost_id))
    _check(terms)
    with recorded(actor=actor, now=now) as unit:
        row = _live(lease)
        refuse_if_changed(row, KIND, version, "space.lease_changed_meanwhile")
        before = unit.before(row, KIND)
        _put(row, terms)
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before)
    return row


def attach_document(
    *, actor: Actor, now: datetime, lease: HeadLease, name: str, chunks: Iterable[bytes], reason: str = ""
) -> HeadLease:
    """Keep a scan of the lease; it replaces the one before. Refused as ``store_upload`` refuses."""
    require(actor, EDIT, outpost_scope(lease.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _live(lease)
        before = unit.before(row, KIND)
        subject = Subject(KIND, row.uid)
        row.document = store_upload(actor=actor, now=now, subject=subject, name=name, chunks=chunks, reason=reason)
        row.version += 1
        row.save(update_fields=["document", "version"])
        unit.changed(row, kind=KIND, before=before)
    return row


def void_head_lease(*, actor: Actor, now: datetime, lease: HeadLease, reason: str) -> HeadLease:
    """Take a lease back that was entered in error. Refused: no reason, taken back before."""
    require(actor, EDIT, outpost_scope(lease.outpost_id))
    if not reason.strip():
        raise refuse("space.lease_reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _live(lease)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def check_tenancy_end(outpost: Outpost, term_to: date | None) -> Finding | None:
    """Refuse a tenancy that runs past the head lease: names both days and how to fix it.

    Returns a note when it could not be checked (no lease recorded, no term written), None when it fits.
    """
    found = explain_tenancy_end(outpost, term_to)
    if found is not None and found.level is Level.PROBLEM:
        raise RefusedError(Refusal(found.code, found.params))
    return found


def warn_of_ends(*, actor: Actor, now: datetime) -> int:
    """Give everybody who looks after leases one to-do per lease and threshold (12, 6, 3 months before its end).

    Only the lease that ends last of each outpost is warned of. Run again the same day or after the to-do was done:
    nothing is doubled. Returns how many to-dos were made.
    """
    today = now.astimezone(SHANGHAI).date()
    made = 0
    for outpost in Outpost.objects.filter(head_leases__voided_at__isnull=True).distinct().select_related("home"):
        lease = find_bounding_lease(outpost)
        months = warned_months(lease, today) if lease else None
        if lease is None or months is None or lease.ends_on < today:
            continue
        subject = Subject(KIND, lease.uid)
        what = f"上游租约 {lease.ends_on.isoformat()} 到期，已不足 {months} 个月：{lease.landlord}，{lease.premises}"[
            :300
        ]
        for user in people_who_may(EDIT, outpost, today):
            asked = Todo.objects.filter(subject_kind=KIND, subject_uid=lease.uid, what=what, assignee=user)
            if not asked.exists():
                add_todo(actor=actor, now=now, subject=subject, what=what, assignee=user, due_on=lease.ends_on)
                made += 1
    return made


def _check(terms: LeaseTerms) -> None:
    if not terms.landlord.strip() or not terms.premises.strip():
        raise refuse("space.lease_landlord_needed")
    if terms.ends_on <= terms.starts_on:
        raise refuse("space.lease_order", starts_on=terms.starts_on.isoformat(), ends_on=terms.ends_on.isoformat())
    for amount in (terms.rent, terms.deposit):
        if amount is not None and not amount.currency:
            raise refuse("space.lease_currency_needed", value=str(amount.units))


def _put(lease: HeadLease, terms: LeaseTerms) -> None:
    lease.landlord, lease.premises = terms.landlord.strip(), terms.premises.strip()
    lease.starts_on, lease.ends_on, lease.area_m2 = terms.starts_on, terms.ends_on, terms.area_m2
    lease.rent_fen = terms.rent.fen if terms.rent else None
    lease.deposit_fen = terms.deposit.fen if terms.deposit else None
    lease.currency = next((each.currency or "" for each in (terms.rent, terms.deposit) if each), "")
    lease.basis, lease.sublet, lease.sublet_clause = terms.basis, terms.sublet, terms.sublet_clause.strip()
    lease.fit_out, lease.fire_safety, lease.note = terms.fit_out.strip(), terms.fire_safety.strip(), terms.note.strip()


def _live(lease: HeadLease) -> HeadLease:
    row = HeadLease.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=lease.pk)
    if row.voided_at is not None:
        raise refuse("space.lease_voided", reason=row.void_reason)
    return row
