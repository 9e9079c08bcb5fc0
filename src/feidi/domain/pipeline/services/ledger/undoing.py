"""Taking an import back: what nobody has touched since is restored; the rest is listed, with who touched it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from feidi.domain.parties.models import ContactPoint, Membership, Organization, OrganizationLink, Outpost, Person
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import (
    Agreement,
    Gap,
    Interaction,
    LandingCase,
    Project,
    ProjectCondition,
    ProjectParty,
    ProjectPlaque,
    StageLog,
    SubmissionRow,
)
from feidi.domain.pipeline.services.ledger.batches import check_state, outpost_of, require_import
from feidi.domain.pipeline.services.ledger.building import whole_rows
from feidi.domain.pipeline.services.ledger.committing import written_rows
from feidi.domain.pipeline.services.ledger.finding_out import index_batch, paged
from feidi.domain.pipeline.services.ledger.quick import quick_sort_key
from feidi.domain.pipeline.services.ledger.staging import Progress
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.imports.bulk import Bulk, within
from feidi.kernel.imports.enums import BatchState, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.imports.shapes import PlainRow
from feidi.kernel.imports.tuning import bulk_tuned, commit_tuned

#: What may change, in no particular order: nothing is inserted.
MODELS: tuple[type[Model], ...] = (
    Organization,
    Person,
    ContactPoint,
    Project,
    ProjectParty,
    ProjectCondition,
    Interaction,
)
_LISTED = 200


@dataclass(slots=True)
class Undone:
    """What an undo did: projects taken back (``voided``), updates put back (``restored``), and what stayed."""

    voided: int = 0
    restored: int = 0
    kept: list[Finding] = field(default_factory=list)
    kept_count: int = 0


class _Undo:
    """One undo: stages every change, then writes them in one transaction."""

    def __init__(self, batch: ImportBatch, outpost: Outpost, now: datetime, bulk: Bulk) -> None:
        self.batch, self.outpost, self.now, self.bulk = batch, outpost, now, bulk
        self.reason = f"撤销导入 {batch.uid}"
        self.result = Undone()
        #: Projects that stay as they are: what hangs on them stays, too.
        self._stays: set[int] = set()

    def stage(self, progress: Progress) -> None:
        """Look at everything the batch made or changed and stage what goes back."""
        done = 0
        for projects in paged(self._made(Project)):
            self._void_projects(projects)
            done += len(projects)
            progress(done, None, self.batch.file.name)
        updates = written_rows(self.batch).exclude(match_uid="").exclude(state=RowState.NEW)
        for rows in paged(updates.exclude(decision="create")):
            self._restore(rows)
            done += len(rows)
            progress(done, None, self.batch.file.name)
        self._void_parts()
        self._void_parties()
        self.bulk.flush()

    def _made(self, model: type[Model]) -> QuerySet[Any]:
        return model._default_manager.filter(within(self.batch.made.get(model._meta.label, ())))

    def _void_projects(self, projects: list[Project]) -> None:
        whole = whole_rows(Project.objects.filter(pk__in=[each.pk for each in projects]), key="id")
        touched = self._touched(whole)
        for pk, row in whole.items():
            if pk in touched or row["version"] != 1:
                self._keep(row)
                continue
            # the number becomes free again, so that the corrected file can be imported
            after = {**self._voided(row), "code": f"{row['code'][:26]}~{row['uid']}"}
            self.bulk.change(Project, row, after, staged_row=0, reason=self.reason, action="voided")
            self.result.voided += 1

    def _touched(self, whole: Mapping[int, PlainRow]) -> set[int]:
        """Return the projects to which somebody has added something since, whatever the version says."""
        pks = list(whole)
        found: set[int] = set()
        attached: tuple[type[Model], ...] = (Agreement, LandingCase, Gap, SubmissionRow)
        growing: tuple[type[Model], ...] = (Interaction, StageLog, ProjectParty, ProjectCondition)
        for model in attached:
            found.update(model._default_manager.filter(project_id__in=pks).values_list("project_id", flat=True))
        for model in growing:
            others = model._default_manager.filter(project_id__in=pks).exclude(
                within(self.batch.made.get(model._meta.label, ()))
            )
            found.update(others.values_list("project_id", flat=True))
        changed = Interaction.objects.filter(project_id__in=pks, version__gt=1)
        found.update(changed.values_list("project_id", flat=True))
        return found | self._acted_on(whole)

    def _acted_on(self, whole: Mapping[int, PlainRow]) -> set[int]:
        """Return the projects on which the audit trail has more than their creation."""
        by_uid = {row["uid"]: pk for pk, row in whole.items()}
        entries = AuditEntry.objects.filter(subject_kind="pipeline.project", subject_uid__in=list(by_uid))
        counted = entries.values("subject_uid").annotate(n=Count("id")).filter(n__gt=1)
        return {by_uid[uid] for uid in counted.values_list("subject_uid", flat=True)}

    def _keep(self, row: Mapping[str, Any]) -> None:
        self._stays.add(row["id"])
        self.result.kept_count += 1
        if len(self.result.kept) < _LISTED:
            self.result.kept.append(self._told(row))

    def _told(self, row: Mapping[str, Any]) -> Finding:
        """Say who touched it: the last entry on the project, or on the rows that hang on it."""
        uids = [row["uid"]]
        for model in (Interaction, StageLog, Agreement, LandingCase, Gap, ProjectCondition):
            uids += model._default_manager.filter(project_id=row["id"]).values_list("uid", flat=True)
        last = AuditEntry.objects.filter(subject_uid__in=uids).select_related("link").order_by("-id").first()
        who = last.link.actor_label if last else "—"
        at = f"{last.link.at.astimezone(self.now.tzinfo):%Y-%m-%d %H:%M}" if last else "—"
        return Finding(
            Level.PROBLEM, "imports.touched_since", {"name": f"{row['code']} {row['name']}", "who": who, "at": at}
        )

    def _voided(self, row: PlainRow) -> PlainRow:
        return {**row, "version": row["version"] + 1, "voided_at": self.now, "void_reason": self.reason}

    def _restore(self, rows: list[ImportRow]) -> None:
        whole = whole_rows(Project.objects.filter(uid__in=[each.match_uid for each in rows]))
        for row in rows:
            present = whole.get(row.match_uid)
            if present is None or row.match_version is None or present["version"] != row.match_version + 1:
                if present is not None:
                    self._keep(present)
                continue
            old = {name: value[0] for name, value in row.changes.items() if name in present}
            after = {**present, **old, "version": present["version"] + 1}
            after["sort_key"] = quick_sort_key(after["name"]) if "name" in old else after["sort_key"]
            self.bulk.change(Project, present, after, staged_row=row.row, reason=self.reason, action="restored")
            if "sponsor_name" in row.changes:
                self._reopen_sponsor(present["id"])
            self.result.restored += 1

    def _reopen_sponsor(self, project: int) -> None:
        """Close the sponsor that the import brought; open the one it closed."""
        mine = whole_rows(self._made(ProjectParty).filter(project_id=project, role=PartyRole.SPONSOR), key="id")
        for party in mine.values():
            self.bulk.change(ProjectParty, party, {**party, "until": party["since"]}, staged_row=0)
            former = ProjectParty.objects.filter(
                project_id=project, role=PartyRole.SPONSOR, until=party["since"]
            ).exclude(pk=party["id"])
            for old in list(whole_rows(former.order_by("-id")[:1], key="id").values()):
                self.bulk.change(ProjectParty, old, {**old, "until": None}, staged_row=0)

    def _void_parts(self) -> None:
        """Void the timeline entries and conditions of projects that went back."""
        for model in (Interaction, ProjectCondition):
            for part in paged(self._made(model).filter(voided_at__isnull=True, version=1)):
                for row in whole_rows(
                    model._default_manager.filter(pk__in=[each.pk for each in part]), key="id"
                ).values():
                    if row["project_id"] not in self._stays:
                        self.bulk.change(
                            model, row, self._voided(row), staged_row=0, reason=self.reason, action="voided"
                        )

    def _void_parties(self) -> None:
        """Void the organizations, persons and numbers that nothing else uses."""
        self._close_contacts()
        for model in (Person, Organization):
            for part in paged(self._unused(model)):
                for row in whole_rows(
                    model._default_manager.filter(pk__in=[each.pk for each in part]), key="id"
                ).values():
                    self.bulk.change(model, row, self._voided(row), staged_row=0, reason=self.reason, action="voided")
        for part in paged(self._made(ContactPoint).filter(voided_at__isnull=True, version=1)):
            used = ProjectParty.objects.filter(project_id__in=list(self._stays)).values_list("person_id", flat=True)
            chosen = [each.pk for each in part if each.person_id not in set(used)]
            for row in whole_rows(ContactPoint.objects.filter(pk__in=chosen), key="id").values():
                self.bulk.change(
                    ContactPoint, row, self._voided(row), staged_row=0, reason=self.reason, action="voided"
                )

    def _close_contacts(self) -> None:
        """End the contact roles that the import gave on projects that were only updated."""
        roles = self._made(ProjectParty).filter(role=PartyRole.CONTACT, until__isnull=True)
        made = within(self.batch.made.get("pipeline.Project", ()), "project_id")
        today = self.now.date().isoformat()
        for part in paged(roles.exclude(made).exclude(project_id__in=self._stays)):
            for row in whole_rows(ProjectParty.objects.filter(pk__in=[each.pk for each in part]), key="id").values():
                self.bulk.change(ProjectParty, row, {**row, "until": today}, staged_row=0)

    def _unused(self, model: type[Model]) -> QuerySet[Any]:
        name = "organization" if model is Organization else "person"
        roles = ProjectParty.objects.filter(**{name: OuterRef("pk")})
        elsewhere = roles.exclude(within(self.batch.made.get("pipeline.ProjectParty", ())))
        staying = roles.filter(project_id__in=list(self._stays))
        found = self._made(model).filter(voided_at__isnull=True, version=1)
        found = found.exclude(Exists(elsewhere)).exclude(Exists(staying))
        if model is not Organization:
            return found
        others = OrganizationLink.objects.filter(organization=OuterRef("pk")).exclude(outpost=self.outpost)
        members = Membership.objects.filter(Q(organization=OuterRef("pk")) | Q(works_for=OuterRef("pk")))
        persons = Person.objects.filter(organization=OuterRef("pk")).exclude(
            within(self.batch.made.get("parties.Person", ()))
        )
        return found.exclude(Exists(others)).exclude(Exists(members)).exclude(Exists(persons))

    def drop_plaques(self) -> int:
        """Forget under which plaques the import put projects that went back."""
        return int(self._made(ProjectPlaque).exclude(project_id__in=self._stays).delete()[0])

    def drop_links(self) -> int:
        """Forget that the outpost knows organizations which only this import linked and nothing uses now."""
        links = self._made(OrganizationLink).filter(outpost=self.outpost)
        used = ProjectParty.objects.filter(
            organization_id=OuterRef("organization_id"), project__outpost=self.outpost,
            project__voided_at__isnull=True, until__isnull=True,
        )  # fmt: skip
        return int(links.exclude(Exists(used)).delete()[0])


def undo_batch(*, actor: Actor, now: datetime, batch: ImportBatch, progress: Progress | None = None) -> Undone:
    """Take a committed import back, in one transaction; returns what was done and what stayed, with who touched it.

    Refused: no permission, a batch that is not committed (or is undone already).
    """
    outpost = outpost_of(batch)
    require_import(actor, outpost)
    check_state(batch, {BatchState.COMMITTED}, "撤销")
    tell = progress or (lambda _done, _total, _text: None)
    with bulk_tuned():
        bulk = Bulk(MODELS)
        try:
            undo = _Undo(batch, outpost, now, bulk)
            undo.stage(tell)
            with commit_tuned():
                _write(actor, now, batch, undo)
        finally:
            bulk.drop()
        index_batch(batch, tell)
    return undo.result


def _write(actor: Actor, now: datetime, batch: ImportBatch, undo: _Undo) -> None:
    result = undo.result
    report = {
        "voided": result.voided,
        "restored": result.restored,
        "kept": result.kept_count,
        "findings": [
            {"code": each.code, "params": dict(each.params), "level": each.level.value, "column": None}
            for each in result.kept
        ],
    }
    with recorded(actor=actor, now=now) as unit:
        held = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.COMMITTED)
        if not held.update(state=BatchState.UNDONE, undone_at=now, undone_by=actor.label[:160], undo_report=report):
            check_state(batch, {BatchState.COMMITTED}, "撤销")
        _check_still(undo)
        undo.bulk.apply(unit)
        undo.drop_links()
        undo.drop_plaques()
        unit.acted(
            "import_undone",
            kind="imports.batch",
            uid=batch.uid,
            voided=result.voided,
            restored=result.restored,
            kept=result.kept_count,
        )
    batch.refresh_from_db()


def _check_still(undo: _Undo) -> None:
    """A project saved in the moment between looking and writing: start again, it is then among the kept."""
    if undo.bulk.moved(Project):
        raise refuse("imports.wrong_state", batch=undo.batch.uid, state=undo.batch.state, verb="撤销")
