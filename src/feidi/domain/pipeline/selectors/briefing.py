"""One page before a talk: who they are, what was said, what is owed, what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.access import reads_notes
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Agreement, Gap, Interaction, Project
from feidi.domain.pipeline.selectors.standing import explain_next, subject_of
from feidi.engines.stages import Answer
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.selectors import running

#: How much of the past a page before a talk needs.
_TALKS, _AGREEMENTS = 5, 3
_ASKED = (
    ("land_need", "用地/厂房需求"),
    ("office_need", "办公需求"),
    ("policy_request", "政策诉求"),
    ("coordination", "需协调事项"),
    ("problems", "存在问题"),
)


@dataclass(frozen=True, slots=True)
class Brief:
    """What to know before a talk. Contacts are not on it: the page may lie on a table.

    ``unknown``: what nobody has told us yet, as field names; ``owed``: what we promised and when.
    """

    project: Project
    sponsor: Organization | None
    codes: tuple[str, ...]
    titles: tuple[str, ...]
    talks: tuple[Interaction, ...]
    agreements: tuple[Agreement, ...]
    gaps: tuple[Gap, ...]
    clocks: tuple[Deadline, ...]
    asked: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    next_answers: tuple[Answer, ...]


def brief_of(actor: Actor, project: Project, today: date) -> Brief:
    """Gather the page for a project that ``actor`` may open; talks only for the outpost that wrote them."""
    party = project.parties.filter(role=PartyRole.SPONSOR, until=None).select_related("organization").first()
    sponsor = party.organization if party else None
    talks = (
        project.interactions.filter(voided_at=None).order_by("-occurred_on", "-id") if _reads(actor, project) else ()
    )
    return Brief(
        project=project,
        sponsor=sponsor,
        codes=tuple(sponsor.identifiers.values_list("value", flat=True)) if sponsor else (),
        titles=_titles(sponsor, project, today),
        talks=tuple(talks[:_TALKS]),
        agreements=tuple(project.agreements.filter(voided_at=None).order_by("-signed_on")[:_AGREEMENTS]),
        gaps=tuple(project.gaps.filter(filled_at=None).order_by("due_on")),
        clocks=tuple(running([subject_of(project)])[subject_of(project)]),
        asked=tuple((label, getattr(project, name)) for name, label in _ASKED if getattr(project, name)),
        unknown=tuple(label for name, label in _ASKED if not getattr(project, name)),
        next_answers=tuple(explain_next(project, actor)),
    )


def _reads(actor: Actor, project: Project) -> bool:
    return reads_notes(actor, project)


def _titles(sponsor: Organization | None, project: Project, today: date) -> tuple[str, ...]:
    if sponsor is None:
        return ()
    rows = sponsor.titles.filter(outpost_id=project.outpost_id, voided_at=None).exclude(valid_to__lt=today)
    return tuple(rows.order_by("-valid_to", "id").values_list("label", flat=True))
