"""Putting a talent on file, with the consent without which nothing is kept; changing; opening what is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import ContactPoint, Organization, OrganizationLink, Outpost, Person
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.parties.services.persons import add_contact_point, find_or_add_person, mask, unmask_contact_point
from feidi.domain.talent.access import EDIT, UNMASK
from feidi.domain.talent.enums import Origin, PaperKind, Whereabouts
from feidi.domain.talent.events import TalentChanged
from feidi.domain.talent.kinds import TALENT
from feidi.domain.talent.models import Talent
from feidi.domain.talent.selectors.catalogue import SERVICE_CONSENT
from feidi.domain.talent.services.consents import NewConsent, write_consent
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import UnreadableError, blind_index, seal, unseal
from feidi.kernel.subjects import new_uid

LETTERS: Final = "RC"
#: What ``change_talent`` may change; name, papers and account are not among them.
CHANGEABLE: Final = ("field", "employer", "works_at", "work_place", "insured_at", "insured_place", "since")


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody does and where. Empty is "nobody has said"."""

    field: str = ""
    employer: Organization | None = None
    works_at: Whereabouts | str = ""
    work_place: str = ""
    insured_at: Whereabouts | str = ""
    insured_place: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class NewTalent:
    """What is known when a talent is put on file. ``paper_number`` is sealed, ``phone`` too."""

    name: str
    origin: Origin
    title: str = ""
    phone: str = ""
    paper_kind: PaperKind | str = ""
    paper_number: str = ""
    work: Work = Work()


def register_talent(*, actor: Actor, now: datetime, outpost: Outpost, new: NewTalent, consent: NewConsent) -> Talent:
    """Put a person on file, with their consent to the service: without it nothing is kept.

    Refused: no permission, no name, an employer the outpost does not know, a number of a paper without its kind, a
    person or a paper number on file already, a consent that does not hold.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    if consent.purpose != SERVICE_CONSENT:
        raise refuse("talent.consent_needed")
    number = new.paper_number.strip().upper()
    if number and not new.paper_kind:
        raise refuse("talent.paper_kind_needed")
    _check_employer(outpost, new.work.employer)
    with recorded(actor=actor, now=now) as unit:
        given = next_code(outpost=outpost, letters=LETTERS, now=now)
        _check_paper(outpost, number)
        person = _person(actor, now, outpost, new)
        row = Talent(
            uid=new_uid(),
            outpost=outpost,
            number=given,
            person=person,
            origin=new.origin,
            **{name: getattr(new.work, name) for name in CHANGEABLE},
            recorded_by=actor.label[:160],
            created_at=now,
        )
        _seal_paper(row, new.paper_kind, number)
        row.save()
        unit.created(row, kind=TALENT)
        write_consent(unit=unit, actor=actor, now=now, talent=row, new=consent)
    return row


def change_talent(*, actor: Actor, now: datetime, talent: Talent, version: int, work: Work) -> Talent:
    """Say otherwise what somebody does and where. Refused: no permission, erased, changed by somebody else meanwhile."""
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    _check_employer(talent.outpost, work.employer)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, talent, kind=TALENT, version=version) as row:
            refuse_erased(row)
            for name in CHANGEABLE:
                setattr(row, name, getattr(work, name))
        publish(TalentChanged(row.uid, ""))
    return row


def link_account(*, actor: Actor, now: datetime, talent: Talent, user: User) -> Talent:
    """Let an account see this talent's own case. Refused: no permission, erased, an account that is another talent's."""
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, talent, kind=TALENT, action="account_linked") as row:
        refuse_erased(row)
        if Talent.objects.filter(user=user, outpost_id=row.outpost_id).exclude(pk=row.pk).exists():
            raise refuse("talent.account_taken", login=user.login)
        row.user = user
    return row


def void_talent(*, actor: Actor, now: datetime, talent: Talent, reason: str) -> Talent:
    """Take back one that was put on file in error. Refused: no permission, no reason, a case or contract hangs on it."""
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    words = said(reason, "talent.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, talent, kind=TALENT, reason=words, action="voided") as row:
            hanging = (row.cases.filter(voided_at__isnull=True), row.contracts.filter(voided_at__isnull=True))
            if any(each.exists() for each in hanging):
                raise refuse("talent.has_rows", number=row.number)
            row.voided_at, row.void_reason = now, words[:500]
        publish(TalentChanged(row.uid, row.void_reason))
    return row


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed: the number of the paper, and the contacts with their kinds."""

    paper_number: str
    contacts: tuple[tuple[str, str], ...]


def unmask_talent(*, actor: Actor, now: datetime, talent: Talent, why: str) -> Opened:
    """Return what is sealed of a talent; who asked, when and why is on record.

    Refused: no permission, no reason, erased, a value that cannot be opened.
    """
    require(actor, UNMASK, outpost_scope(talent.outpost_id))
    words = said(why, "talent.unmask_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = locked(talent)
        refuse_erased(row)
        number = paper_number_of(row)
        unit.acted("unmasked", kind=TALENT, uid=row.uid, reason=words)
        points = ContactPoint.objects.filter(person_id=row.person_id, voided_at__isnull=True).order_by("pk")
        contacts = [(each.kind, unmask_contact_point(actor=actor, now=now, point=each, why=words)) for each in points]
    return Opened(number, tuple(contacts))


def paper_number_of(talent: Talent) -> str:
    """Return the sealed number, empty where none is kept. For services that note on the trail who read it."""
    if not bytes(talent.private_enc):
        return ""
    try:
        return unseal(talent.private_enc, context=f"{TALENT}:{talent.uid}")
    except UnreadableError as error:
        raise refuse("talent.unreadable", number=talent.number) from error


def refuse_erased(talent: Talent) -> None:
    """Refuse a talent whose data was erased."""
    if talent.erased_at is not None:
        raise refuse("talent.erased", number=talent.number, on=talent.erased_at.date().isoformat())


def _person(actor: Actor, now: datetime, outpost: Outpost, new: NewTalent) -> Person:
    person = find_or_add_person(
        actor=actor, now=now, outpost=outpost, name=new.name, organization=new.work.employer, title=new.title
    )
    known = Talent.objects.filter(person=person, voided_at__isnull=True).first()
    if known is not None:
        raise refuse("talent.on_file", number=known.number)
    if new.phone.strip():
        add_contact_point(actor=actor, now=now, outpost=outpost, value=new.phone, person=person)
    return person


def _seal_paper(row: Talent, kind: Any, number: str) -> None:
    if number:
        row.paper_kind, row.paper_hint, row.paper_index = kind, mask(number), blind_index(number)
        row.private_enc = seal(number, context=f"{TALENT}:{row.uid}")


def _check_paper(outpost: Outpost, number: str) -> None:
    if not number:
        return
    known = Talent.objects.filter(outpost=outpost, paper_index=blind_index(number), voided_at__isnull=True).first()
    if known is not None:
        raise refuse("talent.on_file", number=known.number)


def _check_employer(outpost: Outpost, employer: Organization | None) -> None:
    if employer and not OrganizationLink.objects.filter(outpost=outpost, organization=employer).exists():
        raise refuse("talent.organization_unknown", name=employer.name)
