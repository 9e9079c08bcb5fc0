"""Naming one owner (责任人) for many projects at once, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Membership
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Gap, Project
from feidi.domain.pipeline.services.gaps import fill_gaps
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.unit import Unit
from feidi.kernel.identity.models import User

KIND = "pipeline.project"
#: More at once would hold the write lock for too long.
LIMIT = 2000
_REASON, _BACK = "批量指派责任人", "撤销批量指派"
_FIELDS = ["owner", "owner_text", "version"]
_LISTED = 50


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done: how many now have the owner, how many had already, and the audit link by which to undo."""

    changed: int
    same: int
    link: int | None


@dataclass(slots=True)
class Unassigned:
    """What an undo did: how many went back, and which had been assigned anew since."""

    restored: int = 0
    kept: list[Finding] = field(default_factory=list)


def assign_many(*, actor: Actor, now: datetime, projects: QuerySet[Project], owner: User) -> Assigned:
    """Name ``owner`` for every one of ``projects``, all or none; gaps that this fills are closed.

    Refused: none, too many, an outpost whose projects the actor may not edit or in which the owner has no role.
    """
    chosen = list(projects.order_by().values_list("pk", "outpost_id")[: LIMIT + 1])
    if not chosen:
        raise refuse("pipeline.assign_none")
    if len(chosen) > LIMIT:
        raise refuse("pipeline.assign_too_many", limit=LIMIT)
    outposts = {outpost for _pk, outpost in chosen}
    for each in outposts:
        require(actor, "project.edit", outpost_scope(each))
    _check_owner(owner, outposts, now)
    with recorded(actor=actor, now=now) as unit:
        rows = list(Project.objects.select_for_update().filter(pk__in=[pk for pk, _outpost in chosen]).order_by("pk"))
        changed = [row for row in rows if row.owner_id != owner.pk]
        for row in changed:
            _name(unit, row, owner.pk, owner.display_name, _REASON)
        Project.objects.bulk_update(changed, _FIELDS, batch_size=200)
        _fill(unit, changed)
    return Assigned(len(changed), len(rows) - len(changed), _link(actor, now) if changed else None)


def undo_assignment(*, actor: Actor, now: datetime, link: int) -> Unassigned:
    """Give the projects of one assignment their former owners back; who was assigned anew since stays.

    Refused: not the actor's own assignment, nothing left to undo.
    """
    done = AuditLink.objects.filter(pk=link, actor_user_id=actor.user_id).first() if actor.user_id else None
    entries = AuditEntry.objects.filter(link=done, subject_kind=KIND, reason=_REASON) if done else None
    changes = dict(entries.values_list("subject_uid", "changes")) if entries is not None else {}
    if not changes:
        raise refuse("pipeline.assign_not_yours")
    result = Unassigned()
    with recorded(actor=actor, now=now) as unit:
        rows = list(Project.objects.select_for_update().filter(uid__in=changes).order_by("pk"))
        for outpost in {row.outpost_id for row in rows}:
            require(actor, "project.edit", outpost_scope(outpost))
        back = [row for row in rows if _still(row, changes[row.uid], result)]
        if not back:
            raise refuse("pipeline.assign_nothing_to_undo", *result.kept)
        for row in back:
            former, text = changes[row.uid].get("owner", [None])[0], changes[row.uid].get("owner_text", [""])[0]
            _name(unit, row, former, text, _BACK)
        Project.objects.bulk_update(back, _FIELDS, batch_size=200)
        result.restored = len(back)
    return result


def _check_owner(owner: User, outposts: set[int], now: datetime) -> None:
    today = now.astimezone(SHANGHAI).date()
    roles = Membership.objects.filter(user=owner, outpost_id__in=outposts, valid_from__lte=today)
    works = set(roles.exclude(valid_to__lte=today).values_list("outpost_id", flat=True))
    if outposts - works:
        raise refuse("pipeline.assign_stranger", name=owner.display_name)


def _name(unit: Unit, row: Project, owner: int | None, text: str, reason: str) -> None:
    before = unit.before(row, KIND)
    row.owner_id, row.owner_text = owner, text
    row.version += 1
    unit.changed(row, kind=KIND, before=before, reason=reason)


def _fill(unit: Unit, changed: list[Project]) -> None:
    """Few of many have something promised; only they are asked."""
    with_gaps = set(
        Gap.objects.filter(project__in=changed, filled_at__isnull=True).values_list("project_id", flat=True)
    )
    for row in changed:
        if row.pk in with_gaps:
            fill_gaps(unit=unit, project=row)


def _still(row: Project, changes: Mapping[str, Any], result: Unassigned) -> bool:
    given = changes.get("owner", [None, None])[1]
    if row.owner_id == given:
        return True
    if len(result.kept) < _LISTED:
        params = {"code": row.code, "name": row.name, "owner": row.owner_text or "—"}
        result.kept.append(Finding(Level.PROBLEM, "pipeline.assigned_since", params))
    return False


def _link(actor: Actor, now: datetime) -> int | None:
    found = AuditLink.objects.filter(at=now, actor_user_id=actor.user_id).order_by("-id").values_list("pk", flat=True)
    return found.first()
