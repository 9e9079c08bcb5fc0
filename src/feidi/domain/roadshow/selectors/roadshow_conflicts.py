"""Who may not judge an entry: what is on record, found before anybody has to say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from feidi.domain.parties.models import Membership, OrganizationRelation, Person
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.pipeline.selectors.ties import further_ties
from feidi.domain.roadshow.models import Entry, Judge
from feidi.domain.roadshow.roadshow_enums import RecusalGround

_GROUND: Final = {PartyRole.INVESTOR: RecusalGround.INVESTOR}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason on record, in words."""

    ground: RecusalGround
    reason: str


def conflict_of(judge: Judge, entry: Entry) -> Conflict | None:
    """Return why a judge may not judge an entry, None where nothing on record says so."""
    return conflicts_of([judge], [entry]).get((judge.pk, entry.pk))


def conflicts_of(judges: Iterable[Judge], entries: Collection[Entry]) -> dict[tuple[int, int], Conflict]:
    """Return (judge, entry) → the first reason. A few queries per judge, whatever the number of entries.

    Same organization, party of the project in person or by one's firm (an investor too), a firm related to a party,
    the officer who owns the project, and what apps above know (a mentor): ``pipeline.selectors.ties``.
    """
    parties = _parties(entries)
    found: dict[tuple[int, int], Conflict] = {}
    for judge in judges:
        known = _known(judge)
        for entry in entries:
            reason = next(_reasons(known, entry.project, parties.get(entry.project_id, [])), None)
            if reason is not None:
                found[judge.pk, entry.pk] = reason
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record of a judge."""

    judge: Judge
    houses: Mapping[int, str]
    persons: frozenset[int]
    related: Mapping[int, str]


def _parties(entries: Iterable[Entry]) -> Mapping[int, list[ProjectParty]]:
    rows = ProjectParty.objects.filter(project__in=[each.project_id for each in entries], until__isnull=True)
    found: dict[int, list[ProjectParty]] = {}
    for row in rows.exclude(role=PartyRole.REPORTER).select_related("organization", "person"):
        found.setdefault(row.project_id, []).append(row)
    return found


def _known(judge: Judge) -> _Known:
    houses = _houses(judge)
    pairs = OrganizationRelation.objects.filter(Q(source__in=houses) | Q(target__in=houses)).select_related(
        "source", "target"
    )
    related = {}
    for row in pairs:
        words = f"{row.source.name} {row.get_kind_display()} {row.target.name}"
        related[row.target_id if row.source_id in houses else row.source_id] = words
    return _Known(judge, houses, _persons(judge), related)


def _houses(judge: Judge) -> Mapping[int, str]:
    """Return the organizations a judge works for or has worked for, as far as accounts and cards know."""
    found = {}
    if judge.works_for is not None:
        found[judge.works_for.pk] = judge.works_for.name
    if judge.person is not None and judge.person.organization is not None:
        found[judge.person.organization.pk] = judge.person.organization.name
    if judge.user_id is not None:
        held = Membership.objects.filter(user=judge.user_id).select_related("works_for", "organization")
        for row in held:
            found |= {each.pk: each.name for each in (row.works_for, row.organization) if each is not None}
    return found


def _persons(judge: Judge) -> frozenset[int]:
    """Return the cards that are this judge: the one named, else those of the same name and firm."""
    if judge.person_id is not None:
        return frozenset({judge.person_id})
    if judge.works_for_id is None:
        return frozenset()
    same = Person.objects.filter(
        outpost=judge.roadshow.outpost_id, name=judge.name, organization=judge.works_for_id, voided_at__isnull=True
    )
    return frozenset(same.values_list("pk", flat=True))


def _reasons(known: _Known, project: Project, parties: Iterable[ProjectParty]) -> Iterator[Conflict]:
    judge = known.judge
    if judge.user_id is not None and project.owner_id == judge.user_id:
        yield Conflict(RecusalGround.OWNER, "是这个项目的责任人")
    for row in parties:
        role = str(row.get_role_display())
        if row.person_id in known.persons:
            yield Conflict(RecusalGround.PARTY, f"本人是项目的{role}")
        firm = row.organization_id or 0
        if firm in known.houses:
            ground = _GROUND.get(PartyRole(row.role), RecusalGround.MEMBER)
            yield Conflict(ground, f"任职于{known.houses[firm]}（项目的{role}）")
        elif firm in known.related:
            yield Conflict(RecusalGround.RELATION, f"任职单位与项目单位有关联：{known.related[firm]}")
    for words in further_ties(judge.user_id, known.persons, project):
        yield Conflict(RecusalGround.MENTOR, words)
