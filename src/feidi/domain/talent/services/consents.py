"""Consents by the text of a version, what was handed to whom, requests about one's own data, 委托处理协议."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.talent.access import EDIT, is_self
from feidi.domain.talent.enums import GivenHow, RequestKind
from feidi.domain.talent.kinds import AGREEMENT, CONSENT, DISCLOSURE, REQUEST, TALENT
from feidi.domain.talent.models import Consent, DataRequest, Disclosure, ProcessingAgreement, Talent
from feidi.domain.talent.selectors.catalogue import catalogue_of
from feidi.domain.talent.services.changing import Scan, keep_scan, not_ahead
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.subjects import Subject, new_uid
from feidi.kernel.todos.services import add_todo

_YEAR: Final = timedelta(days=365)
#: How a request stands on the to-do list, whatever the language it was asked in.
REQUESTED: Final = {RequestKind.EXPORT: "要求导出本人数据", RequestKind.ERASURE: "要求删除本人数据"}


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A consent as given. ``keep_until`` None: as long as the content says, counted from the day it was given."""

    purpose: str
    given_how: GivenHow
    given_on: date | None = None
    keep_until: date | None = None
    paper: Scan | None = None


def give_consent(*, actor: Actor, now: datetime, talent: Talent, new: NewConsent) -> Consent:
    """Write down a consent, by the outpost's people; or the talent gives it themselves online.

    Refused: no permission, erased, a purpose without a text, on paper without the signed sheet, one that stands already,
    a day in the future, kept longer than the text says.
    """
    _may(actor, talent)
    with recorded(actor=actor, now=now) as unit:
        row = locked(talent)
        if row.erased_at is not None:
            raise refuse("talent.erased", number=row.number, on=row.erased_at.date().isoformat())
        return write_consent(unit=unit, actor=actor, now=now, talent=row, new=new)


def write_consent(*, unit: Unit, actor: Actor, now: datetime, talent: Talent, new: NewConsent) -> Consent:
    """Write a consent of a locked talent, inside the caller's unit. Refused as ``give_consent``, but for permission."""
    given_on = not_ahead(new.given_on, now)
    text = catalogue_of(talent.outpost, today_of(now)).consent(new.purpose)
    if text is None or talent.origin not in text.texts:
        raise refuse("talent.consent_no_text", purpose=new.purpose)
    if new.given_how == GivenHow.PAPER and new.paper is None:
        raise refuse("talent.consent_paper_missing", label=text.label_zh)
    standing = talent.consents.filter(purpose=new.purpose, voided_at__isnull=True, withdrawn_on__isnull=True).first()
    if standing is not None:
        raise refuse("talent.consent_stands", label=text.label_zh, until=standing.keep_until.isoformat())
    longest = given_on + _YEAR * text.keep_years
    until = new.keep_until or longest
    if not given_on < until <= longest:
        raise refuse("talent.consent_too_long", until=until.isoformat(), longest=longest.isoformat())
    row = Consent(
        uid=new_uid(),
        talent=talent,
        purpose=text.code,
        version_label=text.version,
        text_sha256=text.digest_of(talent.origin),
        given_on=given_on,
        given_how=new.given_how,
        keep_until=until,
        guardian=text.guardian,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    row.paper = keep_scan(actor=actor, now=now, subject=Subject(TALENT, talent.uid), label="同意书", scan=new.paper)
    row.save()
    unit.created(row, kind=CONSENT)
    return row


def withdraw_consent(
    *, actor: Actor, now: datetime, consent: Consent, how: GivenHow, on: date | None = None
) -> Consent:
    """End a consent, by the person themselves or for them. What was done before stays; what is kept is now on the list
    of what is past its retention. Refused: no permission, withdrawn before, before it was given.
    """
    _may(actor, consent.talent)
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, consent, kind=CONSENT, action="withdrawn") as row:
        if row.withdrawn_on is not None:
            raise refuse("talent.consent_withdrawn", on=row.withdrawn_on.isoformat())
        if day < row.given_on:
            raise refuse("talent.date_before", value=day.isoformat(), first=row.given_on.isoformat())
        row.withdrawn_on, row.withdrawn_how = day, how
    return row


def write_disclosure(
    *, unit: Unit, actor: Actor, talent: Talent, to_whom: str, purpose: str, what: str, on: date
) -> Disclosure:
    """Note inside the caller's unit what of a person is handed to whom (向第三方提供)."""
    row = Disclosure(
        talent=talent,
        to_whom=to_whom.strip()[:120],
        purpose=purpose.strip()[:200],
        what=what.strip()[:300],
        on=on,
        by=actor.label[:160],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=DISCLOSURE)
    return row


def ask_about_data(
    *, actor: Actor, now: datetime, talent: Talent, kind: RequestKind, how: GivenHow = GivenHow.ONLINE
) -> DataRequest:
    """Ask to have one's data exported or erased: by the person, or written down for them. The open one is returned.

    Refused: no permission, erased already.
    """
    _may(actor, talent)
    with recorded(actor=actor, now=now) as unit:
        owner = locked(talent)
        if owner.erased_at is not None:
            raise refuse("talent.erased", number=owner.number, on=owner.erased_at.date().isoformat())
        standing = owner.requests.filter(kind=kind, answered_on__isnull=True).first()
        if standing is not None:
            return standing
        row = DataRequest(talent=owner, kind=kind, asked_on=today_of(now), asked_how=how, created_at=now)
        row.save()
        unit.created(row, kind=REQUEST)
        what = f"{owner.number} {REQUESTED[RequestKind(kind)]}"
        add_todo(actor=actor, now=now, subject=Subject(TALENT, owner.uid), what=what)
    return row


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """委托处理协议: who has whom process which data, from when until when (None: not said)."""

    handler: str
    processor: str
    purposes: str
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    paper: Scan | None = None


def add_processing_agreement(
    *, actor: Actor, now: datetime, outpost: Outpost, new: NewAgreement
) -> ProcessingAgreement:
    """Enter a signed agreement. Refused: no permission, a party or the purposes missing, signed in the future, an end
    before its beginning.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    not_ahead(new.signed_on, now)
    if new.ends_on is not None and new.ends_on <= new.starts_on:
        raise refuse("talent.date_before", value=new.ends_on.isoformat(), first=new.starts_on.isoformat())
    row = ProcessingAgreement(
        uid=new_uid(),
        outpost=outpost,
        handler=said(new.handler, "talent.agreement_parties")[:160],
        processor=said(new.processor, "talent.agreement_parties")[:160],
        purposes=said(new.purposes, "talent.agreement_purposes"),
        signed_on=new.signed_on,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.paper = keep_scan(
            actor=actor, now=now, subject=Subject(AGREEMENT, row.uid), label="委托处理协议", scan=new.paper
        )
        row.save()
        unit.created(row, kind=AGREEMENT)
    return row


def void_processing_agreement(
    *, actor: Actor, now: datetime, agreement: ProcessingAgreement, reason: str
) -> ProcessingAgreement:
    """Take back one entered in error. Refused: no permission, no reason."""
    require(actor, EDIT, outpost_scope(agreement.outpost_id))
    words = said(reason, "talent.reason_needed")
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, agreement, kind=AGREEMENT, reason=words, action="voided") as row,
    ):
        row.voided_at, row.void_reason = now, words[:500]
    return row


def _may(actor: Actor, talent: Talent) -> None:
    if not is_self(actor, talent):
        require(actor, EDIT, outpost_scope(talent.outpost_id))
