"""Persons and their contact points: written by an outpost, sealed, masked, unmasked on record."""

from __future__ import annotations

import re
from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import ContactKind
from feidi.domain.parties.models import ContactPoint, Organization, Outpost, Person
from feidi.engines.findings import refuse
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.sealing import UnreadableError, blind_index, seal, unseal
from feidi.kernel.subjects import new_uid

PERSON = "parties.person"
CONTACT_POINT = "parties.contact_point"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
_ABROAD = re.compile(r"\+\d{6,15}")
_SHORT = 4


def find_or_add_person(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    name: str,
    organization: Organization | None = None,
    title: str = "",
) -> Person:
    """Return the outpost's person of this name at this organization; add them when new."""
    require(actor, "party.edit", outpost_scope(outpost.pk))
    folded = fold_name(name)
    if not folded:
        raise refuse("parties.name_needed")
    found = Person.objects.filter(
        outpost=outpost, name_folded=folded, organization=organization, voided_at__isnull=True
    ).first()
    if found is not None:
        return found
    person = Person(
        outpost=outpost, name=name.strip(), name_folded=folded, organization=organization, title=title, created_at=now
    )
    with recorded(actor=actor, now=now) as unit:
        person.save()
        unit.created(person, kind=PERSON)
    return person


def clean_phone(text: str) -> str:
    """Return a phone number without spaces; refuses what does not look like one.

    Mobile numbers of the mainland, landlines with area code, and +country numbers are taken.
    """
    number = re.sub(r"[\s()（）]", "", text).replace("—", "-")
    if number.startswith("+86"):
        number = number[3:].lstrip("-")
    plain = number.replace("-", "")
    if _MOBILE.fullmatch(plain):
        return plain
    if _LANDLINE.fullmatch(number) or _ABROAD.fullmatch(number):
        return number
    raise refuse("parties.phone_malformed", value=text)


def mask(value: str) -> str:
    """Return what everybody may see: first three and last four, or first only when short.

    >>> mask("13912345678")
    '139****5678'
    >>> mask("abc")
    'a**'
    """
    if len(value) <= _SHORT * 2 - 1:
        return value[:1] + "*" * (len(value) - 1)
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"


def add_contact_point(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    value: str,
    kind: ContactKind = ContactKind.PHONE,
    person: Person | None = None,
    organization: Organization | None = None,
) -> ContactPoint:
    """Seal and keep a contact value. The same value of the same person is kept once."""
    require(actor, "party.edit", outpost_scope(outpost.pk))
    cleaned = clean_phone(value) if kind == ContactKind.PHONE else value.strip()
    index = blind_index(cleaned)
    known = ContactPoint.objects.filter(
        outpost=outpost, person=person, organization=organization, blind_index=index, voided_at__isnull=True
    ).first()
    if known is not None:
        return known
    uid = new_uid()
    point = ContactPoint(
        uid=uid,
        outpost=outpost,
        person=person,
        organization=organization,
        kind=kind,
        value_enc=seal(cleaned, context=f"{CONTACT_POINT}:{uid}"),
        value_hint=mask(cleaned),
        blind_index=index,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        point.save()
        unit.created(point, kind=CONTACT_POINT)
    return point


def unmask_contact_point(*, actor: Actor, now: datetime, point: ContactPoint, why: str) -> str:
    """Return the value itself; who asked, when and why is on record. Refused without the permission."""
    require(actor, "contact.unmask", outpost_scope(point.outpost_id))
    try:
        value = unseal(point.value_enc, context=f"{CONTACT_POINT}:{point.uid}")
    except UnreadableError as error:
        raise refuse("parties.contact_unreadable") from error
    with recorded(actor=actor, now=now) as unit:
        unit.acted("unmasked", kind=CONTACT_POINT, uid=point.uid, reason=why)
    return value
