"""Everything that is held of one talent, and what is kept beyond its time."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet

from feidi.domain.parties.models import ContactPoint, Fact
from feidi.domain.policy.access import PERSON
from feidi.domain.talent.access import talents_visible_to
from feidi.domain.talent.kinds import CASE, ITEM, MONTH, RULING, TALENT
from feidi.domain.talent.models import Consent, GreenItem, HandOff, PresenceMonth, Talent
from feidi.kernel.access import Actor
from feidi.kernel.audit.canonical import plain
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.models import StoredFile
from feidi.kernel.sealing import UnreadableError, unseal
from feidi.kernel.subjects import Subject

_LEFT_OUT = frozenset({"private_enc", "child_enc", "paper_index", "token_sha256", "value_enc", "blind_index", "id"})


def files_of(talent: Talent) -> list[StoredFile]:
    """Return the scans kept of a talent: of the person, their cases, rulings and days present. Destroyed ones are left out."""
    found = Q(pk__in=[])
    for kind, uids in _subjects(talent).items():
        found |= Q(subject_kind=kind, subject_uid__in=uids)
    return list(StoredFile.objects.filter(found, voided_at__isnull=True).order_by("pk"))


def held_of(talent: Talent) -> dict[str, Any]:
    """Return everything held, as JSON holds it, with sealed values opened. The caller notes on the trail who read it."""
    items = list(GreenItem.objects.filter(case__talent=talent).order_by("pk"))
    kinds = _subjects(talent)
    proofs = Q(pk__in=[])
    for kind, uids in kinds.items():
        proofs |= Q(requirement__subject_kind=kind, requirement__subject_uid__in=uids)
    return {
        "talent": {**_row(talent), "paper_number": _opened(talent.private_enc, f"{TALENT}:{talent.uid}")},
        "person": _row(talent.person),
        "contacts": [
            {**_row(each), "value": _opened(each.value_enc, f"parties.contact_point:{each.uid}")}
            for each in ContactPoint.objects.filter(person=talent.person).order_by("pk")
        ],
        "consents": _rows(talent.consents.order_by("pk")),
        "rulings": _rows(talent.rulings.order_by("pk")),
        "contracts": _rows(talent.contracts.order_by("pk")),
        "days_present": _rows(PresenceMonth.objects.filter(contract__talent=talent).order_by("pk")),
        "cases": _rows(talent.cases.order_by("pk")),
        "items": [{**_row(each), "child": _child(each)} for each in items],
        "hand_offs": _rows(HandOff.objects.filter(item__in=items).order_by("pk")),
        "disclosures": _rows(talent.disclosures.order_by("pk")),
        "requests": _rows(talent.requests.order_by("pk")),
        "evidence": _rows(EvidenceItem.objects.filter(proofs).order_by("pk")),
        "facts": _rows(Fact.objects.filter(subject_kind=PERSON, subject_uid=talent.person.uid).order_by("pk")),
    }


def past_retention(today: date) -> QuerySet[Talent]:
    """Return the talents, not erased, of whom no consent holds any more, each with ``kept_until``: to be erased or asked
    anew. All outposts: for the daily run; pages narrow it.
    """
    holding = Consent.objects.filter(
        talent=OuterRef("pk"), voided_at__isnull=True, withdrawn_on__isnull=True, keep_until__gt=today
    )
    rows = Talent.objects.filter(voided_at__isnull=True, erased_at__isnull=True).filter(~Exists(holding))
    return rows.annotate(kept_until=Max("consents__keep_until")).select_related("outpost__home", "person")


def list_past_retention(actor: Actor, today: date) -> QuerySet[Talent]:
    """Return those of the actor's outposts, longest past first."""
    return talents_visible_to(actor, past_retention(today)).order_by(F("kept_until").asc(), "id")


def subjects_of(talent: Talent) -> list[Subject]:
    """Return the rows on which files and evidence of a talent hang."""
    return [Subject(kind, uid) for kind, uids in _subjects(talent).items() for uid in uids]


def _subjects(talent: Talent) -> dict[str, list[str]]:
    months = PresenceMonth.objects.filter(contract__talent=talent)
    return {
        TALENT: [talent.uid],
        CASE: list(talent.cases.values_list("uid", flat=True)),
        RULING: list(talent.rulings.values_list("uid", flat=True)),
        MONTH: list(months.values_list("uid", flat=True)),
    }


def _child(item: GreenItem) -> Any:
    told = _opened(item.child_enc, f"{ITEM}:{item.uid}")
    return json.loads(told) if told else None


def _opened(sealed: bytes | memoryview, context: str) -> str | None:
    """Return a sealed value, None where there is none or its key is not here."""
    if not bytes(sealed):
        return None
    try:
        return unseal(sealed, context=context)
    except UnreadableError:
        return None


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_row(each) for each in rows]


def _row(row: Model) -> dict[str, Any]:
    return {
        each.name: plain(getattr(row, each.attname)) for each in row._meta.concrete_fields if each.name not in _LEFT_OUT
    }
