"""服务进度: started on a project, organization or talent, asked about, noted, stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.changing import today_of
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.playbook.access import EDIT
from feidi.domain.playbook.enums import RunEvent, RunState, ServedKind, StepState
from feidi.domain.playbook.kinds import RUN, SERVED, STEP
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.selectors.playbooks import Published, get_playbook
from feidi.domain.playbook.selectors.reckoning import Reckoning, plan_of
from feidi.domain.playbook.services.changing import Change, changing, day_given, reason_given
from feidi.domain.playbook.services.indexing import index_run
from feidi.domain.playbook.services.settling import settle_run, stop_clock
from feidi.engines.findings import refuse
from feidi.engines.playbooks import Answer, Forecast, Playbook, forecast
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject, visible_row


@dataclass(frozen=True, slots=True)
class NewRun:
    """What to start, on what, since when, led by whom. ``organization``: the firm that shall see it."""

    playbook: str
    subject: Subject
    officer: User
    started_on: date | None = None
    organization: Organization | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


def start_run(*, actor: Actor, now: datetime, outpost: Outpost, new: NewRun) -> PlaybookRun:
    """Start a playbook on a row that the actor sees; the run keeps today's version of it for good.

    Refused: no such playbook here, one with faults, one for another kind of row, a row the actor does not see, the same
    playbook running on it, a day in the future, an answer the playbook does not know.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    started_on = day_given(new.started_on, today_of(now))
    published = get_playbook(outpost.home.code, new.playbook, today_of(now))
    _check(actor, published, new)
    answers = check_answers(published.playbook, new.answers)
    ahead = forecast(published.playbook, started_on, Reckoning().due)
    with recorded(actor=actor, now=now) as unit:
        run = _made(outpost, published, new, started_on, ahead, actor, now)
        _save_once(run)
        unit.created(run, kind=RUN)
        steps = _steps(unit, run, published.playbook, ahead, now)
        change = Change(actor, now, unit, run, steps)
        run.answers = answers
        change.note(RunEvent.STARTED, started_on, note=published.version)
        settle_run(change, started_on)
        run.save()
        index_run(run)
    return run


def answer_questions(
    *, actor: Actor, now: datetime, run: PlaybookRun, answers: Mapping[str, Answer | None], reason: str
) -> PlaybookRun:
    """Write down what was found out (None: not known after all); steps that hang on it open or fall away.

    Refused: an answer the playbook does not know; one that changes an earlier answer without a reason.
    """
    require(actor, EDIT, outpost_scope(run.outpost_id))
    known = {code: value for code, value in answers.items() if value is not None}
    with changing(actor=actor, now=now, run=run, action="answered", reason=reason) as change:
        plan = plan_of(change.run)
        now_known = check_answers(plan, {**change.run.answers, **known})
        kept = {code: value for code, value in now_known.items() if answers.get(code, value) is not None}
        corrected = [code for code, value in change.run.answers.items() if kept.get(code) != value]
        if corrected:
            reason_given(reason)
        if kept == change.run.answers:
            return change.run
        change.run.answers = kept
        said = "、".join(each.label.zh for each in plan.questions if each.code in answers)
        what = RunEvent.CHANGED if corrected else RunEvent.ANSWERED
        change.note(what, change.today, note=f"{said}　{reason.strip()}".strip())
        settle_run(change, change.today)
    return change.run


def note_run(*, actor: Actor, now: datetime, run: PlaybookRun, step: RunStep | None, note: str) -> None:
    """Append a remark to a run or one of its steps; it is for the outpost's people only. Refused: nothing said."""
    require(actor, EDIT, outpost_scope(run.outpost_id))
    words = note.strip()
    if not words:
        raise refuse("playbook.nothing_said")
    with changing(actor=actor, now=now, run=run, action="noted", ended=True) as change:
        own = change.steps[step.code] if step else None
        change.note(RunEvent.NOTED, change.today, step=own, note=words, inside=True)


def stop_run(*, actor: Actor, now: datetime, run: PlaybookRun, reason: str) -> PlaybookRun:
    """Stop a run that leads nowhere: its clocks stop, its history stays. Refused: no reason, over already."""
    require(actor, EDIT, outpost_scope(run.outpost_id))
    words = reason_given(reason)
    with changing(actor=actor, now=now, run=run, action="stopped", reason=words) as change:
        for step in change.steps.values():
            if step.state in {StepState.OPEN, StepState.ASKED}:
                stop_clock(change, step, change.today)
        change.run.state, change.run.ended_on, change.run.ended_reason = RunState.STOPPED, change.today, words
        change.note(RunEvent.STOPPED, change.today, note=words)
    return change.run


def check_answers(plan: Playbook, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers. Refused: to no question of the playbook, or none of its options."""
    questions = {each.code: each for each in plan.questions}
    for code, value in answers.items():
        question = questions.get(code)
        if question is None:
            raise refuse("playbook.question_unknown", code=code)
        fits = value in question.options if question.options else isinstance(value, bool)
        if not fits:
            raise refuse(
                "playbook.answer_unknown", label_zh=question.label.zh, label_en=question.label.en, value=str(value)
            )
    return dict(answers)


def _check(actor: Actor, published: Published, new: NewRun) -> None:
    wanted = SERVED[published.playbook.subject]
    if new.subject.kind != wanted:
        served = ServedKind(published.playbook.subject)
        raise refuse(
            "playbook.for_another_kind",
            title_zh=published.title.zh,
            title_en=published.title.en,
            served=str(served.label),
        )
    if visible_row(actor, new.subject) is None:
        raise refuse("playbook.subject_unknown")
    if not published.sound:
        raise refuse(
            "playbook.has_faults", *published.findings(), title_zh=published.title.zh, title_en=published.title.en
        )


def _made(
    outpost: Outpost, published: Published, new: NewRun, on: date, ahead: Forecast, actor: Actor, now: datetime
) -> PlaybookRun:
    return PlaybookRun(
        outpost=outpost,
        number=next_code(outpost=outpost, letters="FW", now=now),
        playbook=published.code,
        title_zh=published.title.zh,
        title_en=published.title.en,
        place=published.found.place,
        path=published.found.path,
        sha256=published.found.sha256,
        plan=published.plan(),
        served=published.playbook.subject,
        subject_kind=new.subject.kind,
        subject_uid=new.subject.uid,
        organization=new.organization,
        officer=new.officer,
        started_on=on,
        planned_end=ahead.end,
        planned_open=ahead.at_least,
        recorded_by=actor.label[:160],
        created_at=now,
    )


def _save_once(run: PlaybookRun) -> None:
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        same = PlaybookRun.objects.filter(
            outpost=run.outpost,
            playbook=run.playbook,
            subject_kind=run.subject_kind,
            subject_uid=run.subject_uid,
            state=RunState.RUNNING,
        ).first()
        if same is None:
            raise
        raise refuse("playbook.running_already", number=same.number, since=same.started_on.isoformat()) from error


def _steps(unit: Unit, run: PlaybookRun, plan: Playbook, ahead: Forecast, now: datetime) -> dict[str, RunStep]:
    found: dict[str, RunStep] = {}
    for position, step in enumerate(plan.steps, start=1):
        row = RunStep(
            run=run,
            position=position,
            code=step.code,
            phase=step.phase,
            label_zh=step.label.zh,
            label_en=step.label.en,
            owner=str(step.owner),
            optional=step.optional,
            planned_on=None if step.code in ahead.untimed else ahead.ends[step.code],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=STEP)
        found[step.code] = row
    return found
