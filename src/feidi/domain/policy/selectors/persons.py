"""Persons on file as clauses about persons see them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.domain.parties.access import persons_visible_to
from feidi.domain.parties.models import Person
from feidi.domain.policy.access import PERSON
from feidi.domain.policy.selectors.askable import About, Askable, masked_name, register_askable
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.subjects import Subject


def _rows() -> QuerySet[Person]:
    rows = Person.objects.filter(voided_at__isnull=True)
    return rows.select_related("outpost__home", "outpost__host", "organization")


def _about(person: Any) -> About:
    """Facts of the person's firm or team (venture capital raised …) are taken from the firm, never the other way."""
    firm = person.organization
    beside = (Subject(ORGANIZATION, firm.uid),) if firm else ()
    words = " · ".join(part for part in (person.title, firm.name if firm else "") if part)
    return About((Subject(PERSON, person.uid), *beside), person.outpost, person.name, masked_name(person.name), words)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_askable(
        Askable(
            kind=PERSON,
            clauses=SubjectKind.PERSON,
            rows=_rows,
            visible_to=persons_visible_to,
            about=_about,
            outpost="outpost",
            words=("name", "title", "organization__name"),
            order="name_folded",
            beside={ORGANIZATION: "organization__uid"},
        )
    )
