"""Under which plaques (牌子) projects count: set for one, added or taken away for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Plaque
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.models import Project, ProjectPlaque
from feidi.domain.pipeline.services.assigning import LIMIT
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.unit import Unit

KIND = "pipeline.project"


@dataclass(frozen=True, slots=True)
class Marked:
    """What was done to many: how many changed, how many stood so already."""

    changed: int
    same: int


def set_plaques(*, actor: Actor, now: datetime, project: Project, codes: Sequence[str]) -> list[str]:
    """Say under which plaques of its outpost the project counts; returns their codes. None is an answer: 未归牌子.

    Refused: no permission, a plaque that the project's outpost has not.
    """
    require_on(actor, "project.edit", project)
    known = {each.code: each for each in Plaque.objects.filter(outpost_id=project.outpost_id).order_by("id")}
    strange = [code for code in codes if code not in known]
    if strange:
        raise refuse("pipeline.plaque_unknown", value=strange[0], known="、".join(each.name for each in known.values()))
    wanted = [code for code in known if code in codes]
    with recorded(actor=actor, now=now) as unit:
        Project.objects.select_for_update().get(pk=project.pk)
        stood = _codes_of([project.pk]).get(project.pk, [])
        if stood != wanted:
            project.plaque_rows.exclude(plaque__code__in=wanted).delete()
            ProjectPlaque.objects.bulk_create(
                ProjectPlaque(project=project, plaque=known[code]) for code in wanted if code not in stood
            )
            _noted(unit, project, stood, wanted)
    return wanted


def mark_many(*, actor: Actor, now: datetime, projects: QuerySet[Project], code: str, belongs: bool) -> Marked:
    """Let every one of ``projects`` count under the plaque ``code`` (or no longer), all or none.

    Refused: none, too many, an outpost whose projects the actor may not edit or that has no such plaque.
    """
    chosen = list(projects.order_by().values_list("pk", "outpost_id")[: LIMIT + 1])
    if not chosen:
        raise refuse("pipeline.assign_none")
    if len(chosen) > LIMIT:
        raise refuse("pipeline.assign_too_many", limit=LIMIT)
    plaques = _plaques_of(actor, {outpost for _pk, outpost in chosen}, code)
    with recorded(actor=actor, now=now) as unit:
        rows = list(Project.objects.select_for_update().filter(pk__in=[pk for pk, _outpost in chosen]).order_by("pk"))
        stood = _codes_of([row.pk for row in rows])
        changed = [row for row in rows if (code in stood.get(row.pk, [])) != belongs]
        if belongs:
            ProjectPlaque.objects.bulk_create(
                [ProjectPlaque(project=row, plaque=plaques[row.outpost_id]) for row in changed], batch_size=200
            )
        else:
            ProjectPlaque.objects.filter(project__in=changed, plaque__in=plaques.values()).delete()
        now_stand = _codes_of([row.pk for row in changed])
        for row in changed:
            _noted(unit, row, stood.get(row.pk, []), now_stand.get(row.pk, []))
    return Marked(len(changed), len(rows) - len(changed))


def _plaques_of(actor: Actor, outposts: set[int], code: str) -> dict[int, Plaque]:
    for each in outposts:
        require(actor, "project.edit", outpost_scope(each))
    found = {each.outpost_id: each for each in Plaque.objects.filter(outpost_id__in=outposts, code=code)}
    if outposts - set(found):
        names = Plaque.objects.filter(outpost_id__in=outposts).order_by("id").values_list("name", flat=True)
        raise refuse("pipeline.plaque_unknown", value=code, known="、".join(names))
    return found


def _codes_of(projects: Sequence[int]) -> dict[int, list[str]]:
    """Return project → codes of its plaques, in the order in which the outpost lists them."""
    found: dict[int, list[str]] = {}
    rows = ProjectPlaque.objects.filter(project__in=projects).order_by("plaque_id")
    for project, code in rows.values_list("project_id", "plaque__code"):
        found.setdefault(project, []).append(code)
    return found


def _noted(unit: Unit, project: Project, stood: list[str], stands: list[str]) -> None:
    unit.acted("plaques_set", kind=KIND, uid=project.uid, plaques=["、".join(stood), "、".join(stands)])
