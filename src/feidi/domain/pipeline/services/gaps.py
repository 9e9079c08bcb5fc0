"""待补: promised when a guard was passed, filled as soon as what it asked for is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feidi.domain.pipeline.enums import Track
from feidi.domain.pipeline.models import Gap, Project
from feidi.domain.pipeline.selectors.standing import known_of
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.findings import refuse
from feidi.engines.stages import Answer, Status
from feidi.engines.stages.evaluate import status_of
from feidi.kernel.audit.unit import Unit
from feidi.kernel.identity.models import User

KIND = "pipeline.gap"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised for one guard: by whom, by when."""

    guard: str
    responsible: str
    due_on: date
    user: User | None = None


def check_promises(answer: Answer, promises: tuple[Promise, ...]) -> None:
    """Refuse promises for guards that 待补 may not pass, or that name nobody."""
    lines = {line.guard.code: line for line in answer.checklist}
    for promise in promises:
        line = lines.get(promise.guard)
        if line is None or not line.waivable:
            raise refuse("pipeline.waive_not_possible", label=line.guard.label.zh if line else promise.guard)
        if not promise.responsible.strip():
            raise refuse("pipeline.waive_incomplete", label=line.guard.label.zh)


def open_gaps(*, unit: Unit, project: Project, answer: Answer, promises: tuple[Promise, ...]) -> list[Gap]:
    """Write one gap for each promised guard that is indeed not met."""
    made = []
    wanted = {promise.guard: promise for promise in promises}
    for line in answer.checklist:
        promise = wanted.get(line.guard.code)
        if promise is None or line.status is Status.YES:
            continue
        gap = Gap(
            project=project,
            track=answer.track,
            stage=answer.to,
            guard=line.guard.code,
            label_zh=line.guard.label.zh,
            label_en=line.guard.label.en,
            responsible=promise.user,
            responsible_text=promise.responsible.strip(),
            due_on=promise.due_on,
            created_at=unit.now,
        )
        gap.save()
        unit.created(gap, kind=KIND)
        made.append(gap)
    return made


def fill_gaps(*, unit: Unit, project: Project) -> list[Gap]:
    """Close the gaps whose guard is met by now."""
    opened = list(project.gaps.filter(filled_at__isnull=True))
    if not opened:
        return []
    known = known_of(project)
    talks = stage_table(project.outpost).tracks[Track.TALKS.value]
    guards = {guard.code: guard for stage in talks.stages for guard in stage.guards}
    filled = []
    for gap in opened:
        guard = guards.get(gap.guard)
        if guard is not None and status_of(guard, known)[0] is Status.YES:
            before = unit.before(gap, KIND)
            gap.filled_at = unit.now
            gap.version += 1
            gap.save(update_fields=["filled_at", "version"])
            unit.changed(gap, kind=KIND, before=before)
            filled.append(gap)
    return filled
