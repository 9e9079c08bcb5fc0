"""From planned rows to staged rows: projects and all that hangs on them, ready to be copied in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from feidi.domain.parties.enums import ContactKind, OrganizationKind
from feidi.domain.parties.models import (
    ContactPoint,
    Organization,
    OrganizationIdentifier,
    OrganizationKindOf,
    OrganizationLink,
    Outpost,
    Person,
)
from feidi.domain.parties.services.persons import CONTACT_POINT, mask
from feidi.domain.pipeline.enums import InteractionSource, PartyRole, ProjectKind, Stage, Track
from feidi.domain.pipeline.models import (
    Interaction,
    Project,
    ProjectCondition,
    ProjectParty,
    ProjectPlaque,
    StageLog,
)
from feidi.domain.pipeline.services.ledger.comparing import fields_of, new_entries
from feidi.domain.pipeline.services.ledger.known import Current, load_current
from feidi.domain.pipeline.services.ledger.organizations import Sponsors, kind_of_name
from feidi.domain.pipeline.services.ledger.private import opened_phones
from feidi.domain.pipeline.services.ledger.quick import folded, quick_sort_key
from feidi.kernel.access import Actor
from feidi.kernel.imports.bulk import Bulk
from feidi.kernel.imports.models import ImportRow
from feidi.kernel.imports.shapes import PlainRow
from feidi.kernel.imports.uids import uids
from feidi.kernel.sealing import seal

#: In the order in which they may be inserted.
MODELS = (
    Organization,
    OrganizationKindOf,
    OrganizationIdentifier,
    OrganizationLink,
    Person,
    ContactPoint,
    Project,
    ProjectParty,
    StageLog,
    ProjectCondition,
    Interaction,
    ProjectPlaque,
)
_STAGE_DAYS = {
    Stage.LEAD: "first_report_on",
    Stage.INSPECTING: "visit_on",
    Stage.SIGNED: "signed_on",
    Stage.REGISTERED: "registered_on",
    Stage.SITE: "site_on",
    Stage.STARTED: "started_on",
    Stage.PRODUCING: "producing_on",
    Stage.REACHED: "reached_on",
}
_SAYS = "导入"


@dataclass(frozen=True, slots=True)
class Setting:
    """What all rows of one commit share. ``plaques``: name → key of the outpost's plaques."""

    actor: Actor
    now: datetime
    today: date
    reference: date
    outpost: Outpost
    batch_uid: str
    owners: Mapping[str, list[int]]
    plaques: Mapping[str, int]
    table_sha256: str
    reason: str


class Builder:
    """Stages planned rows into a ``Bulk``. ``codes``: numbers for the rows that bring none."""

    def __init__(self, *, bulk: Bulk, setting: Setting, codes: Iterator[str]) -> None:
        self.bulk, self._set, self._codes = bulk, setting, codes
        self._uids = uids()
        self._sponsors = Sponsors(
            bulk=bulk, outpost=setting.outpost, now=setting.now, today=setting.today, uids=self._uids
        )
        self._persons: dict[tuple[str, int | None], int] = {}
        self._numbers: set[tuple[int, str]] = set()

    def build(self, rows: Sequence[ImportRow], *, as_new: Sequence[bool]) -> list[int]:
        """Stage one chunk; ``as_new[i]`` says whether row i creates. Returns the rows whose project has moved on."""
        updates = [row for row, new in zip(rows, as_new, strict=True) if not new]
        current = load_current({row.match_uid for row in updates}) if updates else {}
        whole = whole_rows(Project.objects.filter(uid__in=list(current))) if updates else {}
        self._load_parties(rows, current)
        moved = []
        for row, new in zip(rows, as_new, strict=True):
            if new:
                self._create(row)
                continue
            found = current.get(row.match_uid)
            if found is None or found.row["version"] != row.match_version:
                moved.append(row.row)
            else:
                self._update(row, found, whole[row.match_uid])
        self.bulk.flush_entries()
        return moved

    def _load_parties(self, rows: Sequence[ImportRow], current: Mapping[str, Current]) -> None:
        values = [row.values for row in rows]
        ids = {each.sponsor_organization for each in current.values() if each.sponsor_organization}
        self._sponsors.load(
            {folded(each["sponsor"]) for each in values if "sponsor" in each},
            {each["uscc"] for each in values if "uscc" in each},
            ids,
        )
        names = {folded(each["contact_name"]) for each in values if "contact_name" in each}
        known = Person.objects.filter(outpost=self._set.outpost, name_folded__in=names, voided_at__isnull=True)
        for pk, name, organization in known.values_list("id", "name_folded", "organization_id"):
            self._persons.setdefault((name, organization), pk)
        persons = {person for each in current.values() for _party, person, _name in each.contacts.values()}
        points = ContactPoint.objects.filter(outpost=self._set.outpost, voided_at__isnull=True, person__isnull=False)
        points = points.filter(Q(person__name_folded__in=names) | Q(person_id__in=persons))
        self._numbers.update(points.values_list("person_id", "blind_index") if names else ())

    def _create(self, row: ImportRow) -> None:
        bulk, values, at = self.bulk, row.values, row.row
        sponsor, uscc = values.get("sponsor", ""), values.get("uscc", "")
        stage = values.get("stage") or ["", "", "", "", ""]
        project = self._project(row, stage)
        bulk.create(Project, project, staged_row=at, reason=self._set.reason)
        organization = None
        if sponsor:
            organization = self._sponsors.resolve(sponsor, uscc, values.get("sponsor_place", ""), staged_row=at)
            self._party(
                project["id"], PartyRole.SPONSOR, at, organization_id=organization, since=project["stage_since"]
            )
        self._log(project, values, stage, at)
        if project["condition"]:
            self._condition(project, values, stage, at)
        self._contact(project["id"], values, organization, None, at)
        self._timeline(project["id"], values, None, at)
        self._under(project["id"], values, (), at)

    def _project(self, row: ImportRow, stage: Sequence[str]) -> PlainRow:
        values = row.values
        talks, host, home, condition, _text = stage
        filled = fields_of(values, self._set.owners)
        is_team = kind_of_name(values.get("sponsor", ""), values.get("uscc", "")) is OrganizationKind.TEAM
        return {
            **filled,
            "id": self.bulk.new_id(Project),
            "uid": next(self._uids),
            "outpost_id": self._set.outpost.pk,
            "code": values.get("code") or next(self._codes),
            "kind": ProjectKind.TEAM.value if is_team else ProjectKind.ENTERPRISE.value,
            "sort_key": quick_sort_key(values["name"]),
            "talks_stage": talks or Stage.LEAD.value,
            "host_stage": host,
            "home_stage": home,
            "talks_opening": bool(talks) and talks != Stage.LEAD,
            "host_opening": bool(host),
            "home_opening": bool(home),
            "stage_since": _day_of(home or host or talks or Stage.LEAD, values),
            "condition": condition,
            "opinions": {"duplicate_checked": {"done": True, "on": self._set.today.isoformat()}},
            "created_at": self._set.now,
        }

    def _log(self, project: PlainRow, values: Mapping[str, Any], stage: Sequence[str], at: int) -> None:
        talks, host, home, _condition, _text = stage
        for track, code in ((Track.TALKS, talks or Stage.LEAD.value), (Track.HOST, host), (Track.HOME, home)):
            if code:
                entry = {
                    "uid": next(self._uids),
                    "project_id": project["id"],
                    "track": track.value,
                    "to_stage": code,
                    "occurred_on": _day_of(code, values),
                    "recorded_at": self._set.now,
                    **self._by(),
                    "opened": True,
                    "table_sha256": self._set.table_sha256,
                    "created_at": self._set.now,
                }
                self.bulk.create(StageLog, entry, staged_row=at)

    def _by(self) -> dict[str, Any]:
        return {"recorded_by_id_number": self._set.actor.user_id, "recorded_by": self._set.actor.label[:160]}

    def _condition(self, project: PlainRow, values: Mapping[str, Any], stage: Sequence[str], at: int) -> None:
        last = values.get("last_talk_on")
        entry = {
            "uid": next(self._uids),
            "project_id": project["id"],
            "code": project["condition"],
            "reason": values.get("end_reason") or stage[4],
            "since": last if isinstance(last, str) else self._set.reference.isoformat(),
            "recorded_by": self._set.actor.label[:160],
            "created_at": self._set.now,
        }
        self.bulk.create(ProjectCondition, entry, staged_row=at)

    def _party(self, project: int, role: PartyRole, at: int, **party: Any) -> None:
        self.bulk.create(ProjectParty, {"project_id": project, "role": role.value, **party}, staged_row=at)

    def _contact(
        self, project: int, values: Mapping[str, Any], organization: int | None, current: Current | None, at: int
    ) -> None:
        name = values.get("contact_name")
        if not name:
            return
        known = folded(name)
        ours = current.contacts.get(known) if current else None
        person = ours[1] if ours else self._person(name, known, organization, at)
        if ours is None:
            self._party(project, PartyRole.CONTACT, at, person_id=person)
        for index, number in opened_phones(values, self._set.batch_uid):
            if (person, index) not in self._numbers:
                self._numbers.add((person, index))
                self._phone(person, index, number, at)

    def _person(self, name: str, name_folded: str, organization: int | None, at: int) -> int:
        key = (name_folded, organization)
        if organization is None or key not in self._persons:
            values = {
                "uid": next(self._uids),
                "outpost_id": self._set.outpost.pk,
                "name": name,
                "name_folded": name_folded,
                "organization_id": organization,
                "created_at": self._set.now,
            }
            self._persons[key] = self.bulk.create(Person, values, staged_row=at)
        return self._persons[key]

    def _phone(self, person: int, index: str, number: str, at: int) -> None:
        uid = next(self._uids)
        values = {
            "uid": uid,
            "outpost_id": self._set.outpost.pk,
            "person_id": person,
            "kind": ContactKind.PHONE.value,
            "value_enc": seal(number, context=f"{CONTACT_POINT}:{uid}"),
            "value_hint": mask(number),
            "blind_index": index,
            "created_at": self._set.now,
        }
        self.bulk.create(ContactPoint, values, staged_row=at)

    def _timeline(self, project: int, values: Mapping[str, Any], current: Current | None, at: int) -> None:
        first = current.positions + 1 if current else 1
        for position, each in enumerate(new_entries(values, current, self._set.reference), start=first):
            entry = {
                "uid": next(self._uids),
                "project_id": project,
                "kind": each.kind.value,
                "occurred_on": each.on.isoformat() if each.on else None,
                "year_proposed": each.year_proposed,
                "people": each.people,
                "summary": each.summary,
                "source": InteractionSource.LEDGER.value,
                "as_written": each.as_written,
                "position": position,
                **self._by(),
                "created_at": self._set.now,
            }
            self.bulk.create(Interaction, entry, staged_row=at)

    def _under(self, project: int, values: Mapping[str, Any], have: Sequence[str], at: int) -> None:
        """Let the project count under the plaques that the row names; a plaque renamed meanwhile is nobody's any more."""
        for name in values.get("plaques", ()):
            if name not in have and name in self._set.plaques:
                pair = {"project_id": project, "plaque_id": self._set.plaques[name]}
                self.bulk.create(ProjectPlaque, pair, staged_row=at)

    def _update(self, row: ImportRow, current: Current, before: PlainRow) -> None:
        values, at, changes = row.values, row.row, row.changes
        after = {**before, **{name: new for name, (_old, new) in changes.items() if name in before}}
        after["version"] = before["version"] + 1
        if "name" in changes:
            after["sort_key"] = quick_sort_key(after["name"])
        self.bulk.change(Project, before, after, staged_row=at, reason=self._set.reason)
        organization = current.sponsor_organization
        if "sponsor_name" in changes or (organization is None and "sponsor" in values):
            organization = self._new_sponsor(before["id"], current, values, at)
        elif organization is not None and "uscc" in changes:
            self._sponsors.add_code(organization, values["uscc"], staged_row=at)
        if "contact_name" in changes:
            self._contact(before["id"], values, organization, current, at)
        self._timeline(before["id"], values, current, at)
        self._under(before["id"], values, current.plaques, at)

    def _new_sponsor(self, project: int, current: Current, values: Mapping[str, Any], at: int) -> int:
        organization = self._sponsors.resolve(
            values["sponsor"], values.get("uscc", ""), values.get("sponsor_place", ""), staged_row=at
        )
        if organization == current.sponsor_organization:
            return organization  # another way to write the same firm
        today = self._set.today.isoformat()
        if current.sponsor_party is not None:
            for old in whole_rows(ProjectParty.objects.filter(pk=current.sponsor_party), key="id").values():
                self.bulk.change(ProjectParty, old, {**old, "until": today}, staged_row=at)
        self._party(project, PartyRole.SPONSOR, at, organization_id=organization, since=today)
        return organization


def _day_of(stage: str, values: Mapping[str, Any]) -> str | None:
    """Return the exact day that the row itself gives for a stage, None when it gives none."""
    found = values.get(_STAGE_DAYS.get(Stage(stage), ""))
    if isinstance(found, dict):
        found = found["value"]
    return found if isinstance(found, str) and len(found) == len("2026-11-23") else None


def whole_rows(queryset: QuerySet[Any], key: str = "uid") -> dict[Any, PlainRow]:
    """Return whole rows as plain dicts by ``key``, in the queryset's order or that of their making: dates as ISO texts.

    PostgreSQL returns an unordered row wherever its last change put it: what is told to a person must not depend on it.
    """
    names = [each.attname for each in queryset.model._meta.concrete_fields]
    found = {}
    if not queryset.ordered:
        queryset = queryset.order_by("pk")
    for row in queryset.values(*names):
        for name, value in row.items():
            if isinstance(value, date) and not isinstance(value, datetime):
                row[name] = value.isoformat()
        found[row[key]] = row
    return found
