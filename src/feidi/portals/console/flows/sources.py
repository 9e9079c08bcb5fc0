"""The source of a flow as its reader may see it: named and linked for who may open it, else only its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from django.urls import reverse

from feidi.domain.reporting.models import FlowEntry
from feidi.domain.reporting.selectors.flow_sources import LANDING, OUTCOME, RESULT
from feidi.domain.talent.kinds import MONTH, TALENT
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject, label_of, url_of, visible_row

#: Kinds without a page of their own: label and address by what they hang on.
_HANGING: Final[dict[str, tuple[Callable[[Any], str], Callable[[Any], str]]]] = {
    LANDING: (lambda row: str(row.project.name), lambda row: reverse("console:pipeline:landing_view", args=[row.uid])),
    OUTCOME: (
        lambda row: f"{row.introduction.number} {row.get_kind_display()}",
        lambda row: reverse("console:introductions:introduction_view", args=[row.introduction.uid]),
    ),
    RESULT: (lambda row: str(row.title), lambda row: reverse("console:incubation:outcome_view", args=[row.uid])),
    TALENT: (lambda row: str(row.number), lambda row: reverse("console:talents:talent_view", args=[row.uid])),
    MONTH: (
        lambda row: f"{row.contract.talent.number} {row.month:%Y-%m}",
        lambda row: reverse("console:talents:contract_view", args=[row.contract.uid]),
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The row (None: the actor may not see it), how it is called, where it is."""

    row: Model | None
    label: str = ""
    url: str = ""


def source_of(actor: Actor, entry: FlowEntry) -> Source:
    """Return the source of an entry, as far as the actor may see it."""
    return source_shown(actor, Subject(entry.subject_kind, entry.subject_uid))


def source_shown(actor: Actor, subject: Subject) -> Source:
    """Return a source as far as the actor may see it."""
    row = visible_row(actor, subject)
    if row is None:
        return Source(None)
    if subject.kind in _HANGING:
        name, address = _HANGING[subject.kind]
        return Source(row, name(row), address(row))
    return Source(row, label_of(row, subject.kind), url_of(subject) or "")
