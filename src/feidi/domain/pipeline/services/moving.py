"""Moving a project: the only code that writes a stage (an import's opening position aside)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.events import StageMoved
from feidi.domain.pipeline.models import Project, StageLog
from feidi.domain.pipeline.selectors.standing import explain
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.pipeline.services.clocks import stage_left, start_stage_clock
from feidi.domain.pipeline.services.gaps import Promise, check_promises, open_gaps
from feidi.engines.findings import RefusedError, refuse
from feidi.engines.stages import Answer
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.unit import Unit
from feidi.kernel.calendar.working_days import working_days_between
from feidi.kernel.events import publish

KIND = "pipeline.project"


@dataclass(frozen=True, slots=True)
class Move:
    """What is asked: which stage on which track, when it happened, why (where a reason is needed)."""

    track: Track
    to: Stage
    occurred_on: date | None = None
    reason: str = ""
    promises: tuple[Promise, ...] = ()
    force: bool = False


def move_project(*, actor: Actor, now: datetime, project: Project, move: Move) -> StageLog:
    """Move a project, or refuse with every reason at once.

    Of many simultaneous moves one wins: the row is locked, the answer is computed on what stands then.
    A forced move needs ``project.force_move`` and a reason, is marked, and is left out of conversion figures.
    """
    require_on(actor, "project.force_move" if move.force else "project.move", project)
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=project.pk)
        answer = explain(
            row,
            track=move.track,
            to=move.to,
            actor=actor,
            waived=frozenset(promise.guard for promise in move.promises),
            force=move.force,
        )
        if answer.refusal is not None:
            raise RefusedError(answer.refusal)
        check_promises(answer, move.promises)
        on, backdated = _check_date(row, move, now)
        if move.force and not move.reason.strip():
            raise refuse("pipeline.reason_needed")
        log = _write(unit, row, move, answer, on, backdated=backdated)
        open_gaps(unit=unit, project=row, answer=answer, promises=move.promises)
        stage_left(actor=actor, now=now, project=row, on=on, opened_track=move.track != Track.TALKS)
        start_stage_clock(actor=actor, now=now, project=row, track=move.track, on=on)
        publish(StageMoved(row.uid, move.track, log.from_stage, move.to, on, move.force))
    return log


def _write(unit: Unit, row: Project, move: Move, answer: Answer, on: date, *, backdated: bool) -> StageLog:
    before = unit.before(row, KIND)
    field = f"{move.track.value}_stage"
    log = StageLog(
        project=row,
        track=move.track,
        from_stage=getattr(row, field),
        to_stage=move.to,
        occurred_on=on,
        recorded_at=unit.now,
        recorded_by_id_number=unit.actor.user_id,
        recorded_by=unit.actor.label,
        reason=move.reason.strip(),
        backdated=backdated,
        forced=move.force,
        skipped=list(answer.passed_over),
        table_sha256=stage_table(row.outpost).sha256,
        created_at=unit.now,
    )
    setattr(row, field, move.to)
    row.stage_since = on
    row.version += 1
    row.save(update_fields=[field, "stage_since", "version"])
    unit.changed(row, kind=KIND, before=before, reason=move.reason)
    log.save()
    unit.created(log, kind="pipeline.stage_log", reason=move.reason)
    return log


def _check_date(row: Project, move: Move, now: datetime) -> tuple[date, bool]:
    """Return the day it happened and whether that is back-dated; refuses the future and an order turned round."""
    today = now.astimezone(SHANGHAI).date()
    on = move.occurred_on or today
    if on > today:
        raise refuse("pipeline.date_in_future", value=on.isoformat())
    last = row.stage_log.filter(track=move.track, occurred_on__isnull=False).order_by("-occurred_on").first()
    if last is not None and last.occurred_on is not None and on < last.occurred_on and not move.force:
        raise refuse("pipeline.date_before_log", value=on.isoformat(), last=last.occurred_on.isoformat())
    allowed = stage_table(row.outpost).backdate_working_days
    days = working_days_between(on, today)
    backdated = days > allowed
    if backdated and not move.reason.strip():
        raise refuse("pipeline.backdate_reason", days=days, allowed=allowed)
    return on, backdated
