"""What an outpost already has, as far as an import must compare with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import ContactPoint, Membership, OrganizationIdentifier, Outpost
from feidi.domain.pipeline.enums import InteractionSource, PartyRole
from feidi.domain.pipeline.models import Interaction, Project, ProjectParty, ProjectPlaque
from feidi.domain.pipeline.services.ledger.columns import MONEY_PARTS, READINGS, Reading

#: Columns of a project that an import compares and may write.
COMPARED: tuple[str, ...] = (
    *(name for name, reading in READINGS.items() if reading in {Reading.TEXT, Reading.DATE, Reading.COUNT}),
    *(f"{name}_{part}" for name, reading in READINGS.items() if reading is Reading.MONEY for part in MONEY_PARTS),
    "sponsor_name", "sponsor_folded", "name_folded", "claims", "owner_id", "owner_text",
)  # fmt: skip
_READ = ("id", "uid", "version", "talks_stage", "host_stage", "home_stage", "condition", "verified_on", *COMPARED)


@dataclass(frozen=True, slots=True)
class Brief:
    """A project in a few words."""

    id: int
    uid: str
    code: str
    name: str
    sponsor: str
    voided: bool


@dataclass(slots=True)
class Known:
    """The outpost's projects by everything they are recognised by."""

    by_code: dict[str, Brief] = field(default_factory=dict)
    by_key: dict[tuple[str, str], list[Brief]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Brief]] = field(default_factory=lambda: defaultdict(list))
    by_sponsor: dict[str, list[tuple[str, Brief]]] = field(default_factory=lambda: defaultdict(list))
    by_uscc: dict[str, list[Brief]] = field(default_factory=lambda: defaultdict(list))


def load_known(outpost: Outpost) -> Known:
    """Read the outpost's projects (two queries; about 300 bytes of memory each)."""
    known = Known()
    by_id: dict[int, Brief] = {}
    rows = Project.objects.filter(outpost=outpost).values_list(
        "id", "uid", "code", "name", "sponsor_name", "voided_at", "name_folded", "sponsor_folded"
    )
    for pk, uid, code, name, sponsor, voided_at, name_folded, sponsor_folded in rows.iterator(chunk_size=5000):
        brief = Brief(pk, uid, code, name, sponsor, voided_at is not None)
        known.by_code[code] = brief
        if brief.voided:
            continue
        by_id[pk] = brief
        known.by_key[name_folded, sponsor_folded].append(brief)
        known.by_name[name_folded].append(brief)
        if sponsor_folded:
            known.by_sponsor[sponsor_folded].append((name_folded, brief))
    numbers = ProjectParty.objects.filter(
        project__outpost=outpost,
        role=PartyRole.SPONSOR,
        until__isnull=True,
        organization__identifiers__scheme=IdentifierScheme.USCC,
    ).values_list("project_id", "organization__identifiers__value")
    for pk, value in numbers.iterator(chunk_size=5000):
        if pk in by_id:
            known.by_uscc[value].append(by_id[pk])
    return known


def owners_of(outpost: Outpost, today: date) -> dict[str, list[int]]:
    """Return display name → ids of the outpost's present members."""
    members = Membership.objects.filter(outpost=outpost, valid_from__lte=today, user__is_active=True).exclude(
        valid_to__lte=today
    )
    found: dict[str, set[int]] = defaultdict(set)
    for name, pk in members.values_list("user__display_name", "user_id"):
        found[name].add(pk)
    return {name: sorted(ids) for name, ids in found.items()}


@dataclass(slots=True)
class Current:
    """One project as it stands, with what hangs on it. Dates are ISO texts."""

    row: dict[str, Any]
    uscc: set[str] = field(default_factory=set)
    sponsor_party: int | None = None
    sponsor_organization: int | None = None
    contacts: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    phones: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    positions: int = 0
    plaques: list[str] = field(default_factory=list)


def load_current(uids: Iterable[str]) -> dict[str, Current]:
    """Return uid → the project as it stands (six queries for any number)."""
    found: dict[int, Current] = {}
    for row in Project.objects.filter(uid__in=list(uids)).values(*_READ):
        for name, value in row.items():
            if isinstance(value, date):
                row[name] = value.isoformat()
        found[row["id"]] = Current(row)
    _add_parties(found)
    entries = Interaction.objects.filter(
        project_id__in=list(found), source=InteractionSource.LEDGER, voided_at__isnull=True
    ).values_list("project_id", "as_written", "position")
    for pk, text, position in entries:
        found[pk].entries.add(text.strip())
        found[pk].positions = max(found[pk].positions, position)
    plaques = ProjectPlaque.objects.filter(project_id__in=list(found)).order_by("plaque_id")
    for pk, plaque in plaques.values_list("project_id", "plaque__name"):
        found[pk].plaques.append(plaque)
    return {each.row["uid"]: each for each in found.values()}


def _add_parties(found: dict[int, Current]) -> None:
    parties = ProjectParty.objects.filter(
        project_id__in=list(found), role__in=[PartyRole.SPONSOR, PartyRole.CONTACT], until__isnull=True
    ).values_list("id", "project_id", "role", "organization_id", "person_id", "person__name", "person__name_folded")
    organizations: dict[int, list[Current]] = defaultdict(list)
    persons: dict[int, list[Current]] = defaultdict(list)
    for pk, project, role, organization, person, name, folded in parties:
        current = found[project]
        if role == PartyRole.CONTACT and person is not None:
            current.contacts[folded] = (pk, person, name)
            persons[person].append(current)
        elif role == PartyRole.SPONSOR:
            current.sponsor_party = pk
            if organization is not None:
                current.sponsor_organization = organization
                organizations[organization].append(current)
    _add_numbers(organizations, persons)


def _add_numbers(organizations: dict[int, list[Current]], persons: dict[int, list[Current]]) -> None:
    numbers = OrganizationIdentifier.objects.filter(
        organization_id__in=list(organizations), scheme=IdentifierScheme.USCC
    ).values_list("organization_id", "value")
    for pk, value in numbers:
        for current in organizations[pk]:
            current.uscc.add(value)
    points = ContactPoint.objects.filter(person_id__in=list(persons), voided_at__isnull=True)
    for pk, index in points.values_list("person_id", "blind_index"):
        for current in persons[pk]:
            current.phones.add(index)
