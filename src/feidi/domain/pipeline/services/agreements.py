"""Entering agreements, and counting each project once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import AgreementKind, Counting, SigningMethod
from feidi.domain.pipeline.events import AgreementSigned
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.selectors.diligence import check_before_signing
from feidi.domain.pipeline.services.clauses import review_clauses
from feidi.domain.pipeline.services.first_reports import fulfil_first_report
from feidi.domain.pipeline.services.gaps import fill_gaps
from feidi.domain.space.services import check_tenancy_end
from feidi.engines.findings import refuse
from feidi.engines.measures import Counted, Kind, Signed, count_signing
from feidi.engines.money import MoneyText
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish
from feidi.kernel.files.models import StoredFile

KIND = "pipeline.agreement"
KINDS: dict[AgreementKind, Kind] = {
    AgreementKind.FRAMEWORK: "framework",
    AgreementKind.INTENT: "intent",
    AgreementKind.CONTRACT: "contract",
    AgreementKind.TENANCY: "tenancy",
}


@dataclass(frozen=True, slots=True)
class SigningFacts:
    """How it was signed: paper or electronic seal, originals and where they lie, seals and their dates."""

    method: SigningMethod = SigningMethod.PAPER
    signatory: str = ""
    authorised: bool = False
    authorisation: StoredFile | None = None
    originals: int | None = None
    originals_held_by: str = ""
    originals_shelf: str = ""
    cross_page_seal: bool | None = None
    seal_approval: str = ""
    party_seals: tuple[tuple[str, date], ...] = ()
    certificate_name: str = ""
    certificate_time: str = ""


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """One agreement as entered. ``adds_capital``: it raises the sum; its amount is then the new total.

    ``term_from``…``term_to`` (both included) is for a tenancy; ``clause_text`` is read by the clause lint.
    """

    kind: AgreementKind
    signed_on: date
    investor: str
    scan: StoredFile | None
    amount: MoneyText | None = None
    title: str = ""
    occasion: str = ""
    adds_capital: bool = False
    signing: SigningFacts = field(default_factory=SigningFacts)
    term_from: date | None = None
    term_to: date | None = None
    clause_text: str = ""


def add_agreement(*, actor: Actor, now: datetime, project: Project, new: NewAgreement) -> Agreement:
    """Enter an agreement and say whether it counts.

    Refused: no scan, a date in the future, an amount without a currency, no investor. A second contract of
    the same investor is taken and marked 不计入 (it is a fact that it was signed), never counted again.
    Refused too: a tenancy that runs past the head lease; a contract without a check that content makes a guard.
    """
    require_on(actor, "agreement.edit", project)
    check_new(new, now)
    check_term(new, project)
    if new.kind in {AgreementKind.CONTRACT, AgreementKind.TENANCY}:
        check_before_signing(project, new.signed_on)
    with recorded(actor=actor, now=now) as unit:
        # the lock keeps two simultaneous "first" signings from both counting
        row = Project.objects.select_for_update().get(pk=project.pk)
        counted = count_signing(_signed(new), _earlier(row))
        agreement = _row(new, row, counted, actor, now)
        agreement.save()
        unit.created(agreement, kind=KIND)
        review_clauses(unit=unit, agreement=agreement)
        fill_gaps(unit=unit, project=project)
        if new.kind in {AgreementKind.CONTRACT, AgreementKind.TENANCY}:
            fulfil_first_report(unit=unit, project=row, reason=f"{AgreementKind(new.kind).label} {new.signed_on}")
        publish(
            AgreementSigned(row.uid, agreement.uid, new.kind, counted.rule, agreement.counted_fen, agreement.currency)
        )
    return agreement


def void_agreement(*, actor: Actor, now: datetime, agreement: Agreement, reason: str) -> None:
    """Take an agreement back (entered in error). What was counted against it is counted anew."""
    require_on(actor, "agreement.edit", agreement.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        project = Project.objects.select_for_update().get(pk=agreement.project_id)
        before = unit.before(agreement, KIND)
        agreement.voided_at, agreement.void_reason = now, reason.strip()
        agreement.version += 1
        agreement.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(agreement, kind=KIND, before=before, reason=reason)
        recount(unit=unit, project=project, reason=reason)


def recount(*, unit: Unit, project: Project, reason: str, instead: Agreement | None = None) -> None:
    """Say anew of every live agreement of a project whether it counts, in the order of signing. In the caller's unit.

    ``instead`` is one of them as it is to stand from now on: it is saved here, and noted by the caller.
    """
    rows = list(project.agreements.filter(voided_at__isnull=True))
    if instead is not None:
        rows = [instead if each.pk == instead.pk else each for each in rows]
    earlier: list[Signed] = []
    moved: list[tuple[Agreement, Counted]] = []
    for each in sorted(rows, key=lambda row: (row.signed_on, row.pk)):
        signed = signed_of(each)
        counted = count_signing(signed, earlier)
        earlier.append(signed)
        if each is instead or (each.counting, each.counted_fen) != (counted.rule, counted.counted_fen):
            moved.append((each, counted))
    # one "first" at a time: what is no longer it goes before what becomes it
    for each, counted in sorted(moved, key=lambda pair: Counting(pair[1].rule) is Counting.FIRST):
        before = unit.before(each, KIND)
        each.counting, each.counted_fen = Counting(counted.rule), counted.counted_fen
        each.counting_against_id = counted.against
        each.version += 1
        each.save(update_fields=None if each is instead else ["counting", "counted_fen", "counting_against", "version"])
        if each is not instead:
            unit.changed(each, kind=KIND, before=before, reason=reason)


def check_new(new: NewAgreement, now: datetime) -> None:
    """Refuse what no agreement may be: without a scan, of a day to come, without investor or currency."""
    if new.scan is None:
        raise refuse("pipeline.scan_needed")
    if new.signed_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=new.signed_on.isoformat())
    if not fold_name(new.investor):
        raise refuse("pipeline.sponsor_needed")
    if new.amount is not None and new.amount.lo_fen is not None and not new.amount.currency:
        raise refuse("pipeline.currency_needed", value=new.amount.text)


def check_term(new: NewAgreement, project: Project) -> None:
    """Refuse a term in the wrong order, and a tenancy that runs past the head lease."""
    if new.term_from and new.term_to and new.term_to < new.term_from:
        raise refuse("pipeline.term_order", term_from=new.term_from.isoformat(), term_to=new.term_to.isoformat())
    if new.kind == AgreementKind.TENANCY:
        check_tenancy_end(project.outpost, new.term_to)


def _signed(new: NewAgreement) -> Signed:
    exact = new.amount.exact if new.amount else None
    return Signed(
        kind=KINDS[new.kind],
        signed_on=new.signed_on,
        investor=fold_name(new.investor),
        amount_fen=exact.fen if exact else None,
        currency=(exact.currency or "") if exact else "",
        adds_capital=new.adds_capital,
    )


def signed_of(row: Agreement) -> Signed:
    """Return what counting needs of an agreement."""
    exact = row.amount_lo_fen if row.amount_lo_fen == row.amount_hi_fen and not row.amount_approximate else None
    return Signed(
        kind=KINDS[AgreementKind(row.kind)],
        signed_on=row.signed_on,
        investor=row.investor_folded,
        amount_fen=exact,
        currency=row.currency,
        adds_capital=row.counting == Counting.INCREMENT,
        key=row.pk,
    )


def _earlier(project: Project) -> list[Signed]:
    return [signed_of(row) for row in project.agreements.filter(voided_at__isnull=True)]


def _row(new: NewAgreement, project: Project, counted: Counted, actor: Actor, now: datetime) -> Agreement:
    return Agreement(
        project=project,
        counting=counted.rule,
        counting_against_id=counted.against,
        counted_fen=counted.counted_fen,
        clause_text=new.clause_text.strip(),
        recorded_by=actor.label,
        created_at=now,
        **columns_of(new),
    )


def columns_of(new: NewAgreement) -> dict[str, Any]:
    """Return what is written down of an agreement: neither how it counts nor its clauses."""
    amount, signing = new.amount or MoneyText(""), new.signing
    return {
        "kind": new.kind,
        "title": new.title.strip(),
        "investor": new.investor.strip(),
        "investor_folded": fold_name(new.investor),
        "signed_on": new.signed_on,
        "occasion": new.occasion.strip(),
        "amount_lo_fen": amount.lo_fen,
        "amount_hi_fen": amount.hi_fen,
        "amount_text": amount.text,
        "amount_approximate": amount.approximate,
        "currency": amount.currency or "",
        "scan": new.scan,
        "signing_method": signing.method,
        "signatory": signing.signatory,
        "authorised": signing.authorised,
        "authorisation": signing.authorisation,
        "originals": signing.originals,
        "originals_held_by": signing.originals_held_by,
        "originals_shelf": signing.originals_shelf,
        "cross_page_seal": signing.cross_page_seal,
        "seal_approval": signing.seal_approval,
        "party_seals": [{"party": party, "sealed_on": on.isoformat()} for party, on in signing.party_seals],
        "certificate_name": signing.certificate_name,
        "certificate_time": signing.certificate_time,
        "term_from": new.term_from,
        "term_to": new.term_to,
    }
