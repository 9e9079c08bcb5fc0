"""Erasing a person on request: name and contacts are destroyed, the row and the trail stay and say so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.parties.models import ContactPoint, Person
from feidi.domain.parties.services.persons import CONTACT_POINT, PERSON
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.feedback.services.answering import forget_person

#: What stands where a name stood. Papers and pages are read by people of one language: Chinese, like the data.
ERASED_NAME: Final = "（已按本人要求删除）"


def erase_person(*, actor: Actor, now: datetime, person: Person, reason: str) -> Person:
    """Destroy a person's name, title and contacts, for an upper app that has asked whether the actor may.

    The row stays, so that what rests on it keeps its meaning without naming anybody; what the person was asked about
    (``kernel.feedback``) forgets who it was and what was said. The audit trail holds only keyed
    digests of what was there.
    """
    with recorded(actor=actor, now=now) as unit:
        row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        before = unit.before(row, PERSON)
        row.name, row.name_folded, row.title = ERASED_NAME, "", ""
        row.organization, row.version = None, row.version + 1
        row.save()
        unit.changed(row, kind=PERSON, before=before, reason=reason, action="erased")
        for point in ContactPoint.objects.select_for_update(of=("self",)).filter(person=row).order_by("pk"):
            held = unit.before(point, CONTACT_POINT)
            point.value_enc, point.value_hint, point.blind_index = b"", "", ""
            point.voided_at, point.void_reason = point.voided_at or now, point.void_reason or reason[:500]
            point.version += 1
            point.save()
            unit.changed(point, kind=CONTACT_POINT, before=held, reason=reason, action="erased")
        forget_person(actor=actor, now=now, keys=[f"{PERSON}:{row.uid}"])
    return row
