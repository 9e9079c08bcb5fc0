"""路演: planned with its rounds and running order; who presents, in which order, who is on stage."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Activity, Entry, Judge, Roadshow, Round, Sheet
from feidi.domain.roadshow.models.roadshow import TRIM_NEEDS
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase, ScoreMethod
from feidi.domain.roadshow.roadshow_kinds import ENTRY, ROUND, SHOW
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.services.recusing import find_recusals
from feidi.domain.roadshow.services.show_indexing import index_show
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import new_uid

LETTERS: Final = "LY"
_LABEL: Final = 160
_WORD: Final = 12


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """What is said of a show. ``activity``: the event at which it is held."""

    title_zh: str
    held_on: date
    title_en: str = ""
    activity: Activity | None = None


def plan_show(*, actor: Actor, now: datetime, outpost: Outpost, plan: ShowPlan, owner: User | None = None) -> Roadshow:
    """Plan a show. Refused: no permission, no title, an activity of another outpost."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(outpost.pk, plan)
    with recorded(actor=actor, now=now) as unit:
        row = Roadshow(
            uid=new_uid(),
            outpost=outpost,
            number=next_code(outpost=outpost, letters=LETTERS, now=now),
            interest_code=secrets.token_urlsafe(_WORD),
            owner=owner or _account(actor),
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        _put(row, plan)
        row.save()
        unit.created(row, kind=SHOW)
        index_show(row)
    return row


def change_show(*, actor: Actor, now: datetime, show: Roadshow, version: int, plan: ShowPlan) -> Roadshow:
    """Say otherwise. Refused as planning, and: changed by somebody else meanwhile."""
    require(actor, EDIT, outpost_scope(show.outpost_id))
    _check(show.outpost_id, plan)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, show, kind=SHOW, version=version) as row:
            _put(row, plan)
        index_show(row)
    return row


def void_show(*, actor: Actor, now: datetime, show: Roadshow, reason: str) -> Roadshow:
    """Take a show back. Refused: no reason, a sealed round."""
    require(actor, EDIT, outpost_scope(show.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, show, kind=SHOW, reason=why, action="voided") as row:
            sealed = row.rounds.filter(phase=RoundPhase.SEALED, voided_at__isnull=True).first()
            if sealed is not None:
                raise refuse("roadshow.round_sealed", name=sealed.name)
            row.voided_at, row.void_reason = now, why[:500]
        index_show(row)
    return row


def add_round(
    *, actor: Actor, now: datetime, show: Roadshow, format_code: str, name: str = "", advance: int | None = None
) -> Round:
    """Add a round by a format of content, which is copied into it; ``advance`` None: as the format says.

    Refused: a format content does not know, a trimmed one with fewer than five judges, points that are not 100 in all.
    """
    require(actor, EDIT, outpost_scope(show.outpost_id))
    rules = roadshow_rules(show.outpost)
    chosen = rules.format(format_code)
    if chosen is None:
        raise refuse("roadshow.format_unknown", value=format_code, known="、".join(each.zh for each in rules.formats))
    if chosen.method == ScoreMethod.TRIMMED and chosen.judges < TRIM_NEEDS:
        raise refuse("roadshow.trims_from_five", value=chosen.judges, needed=TRIM_NEEDS)
    points = sum(each["points"] for each in chosen.criteria)
    if points != 100:  # noqa: PLR2004 - a written rule has a hundred points
        raise refuse("roadshow.points_not_100", value=points)
    with recorded(actor=actor, now=now) as unit:
        locked(show)
        n = show.rounds.filter(voided_at__isnull=True).count() + 1
        row = Round(
            roadshow=show,
            n=n,
            name=name.strip()[:60] or chosen.zh[:60],
            format=chosen.code,
            pitch_minutes=chosen.pitch,
            question_minutes=chosen.questions,
            judges_needed=chosen.judges,
            method=chosen.method,
            decimals=chosen.decimals,
            criteria=[dict(each) for each in chosen.criteria],
            ties=list(chosen.ties),
            advance=advance or chosen.advance,
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=ROUND)
        index_show(show)
    return row


def add_entries(
    *, actor: Actor, now: datetime, round_: Round, projects: Sequence[Project], group: str = ""
) -> list[Entry]:
    """Let projects present, after those already there; judges tied to one of them stand aside at once.

    Refused: no project, one of another outpost or taken back, there already, a round in which scores are given.
    """
    show = round_.roadshow
    require(actor, EDIT, outpost_scope(show.outpost_id))
    if not projects:
        raise refuse("roadshow.entry_nobody")
    with recorded(actor=actor, now=now) as unit:
        row = before_scores(round_)
        place = row.entries.filter(voided_at__isnull=True).count()
        made = []
        for project in projects:
            if project.outpost_id != show.outpost_id or project.voided_at is not None:
                raise refuse("roadshow.entry_of_another", name=project.name)
            if row.entries.filter(project=project, voided_at__isnull=True).exists():
                raise refuse("roadshow.entry_twice", name=project.name)
            place += 1
            entry = Entry(
                round=row,
                project=project,
                group=group.strip()[:20],
                position=place,
                recorded_by=actor.label[:_LABEL],
                created_at=now,
            )
            entry.save()
            unit.created(entry, kind=ENTRY)
            made.append(entry)
        find_recusals(unit=unit, judges=live_judges(show), entries=made)
    return made


def withdraw_entry(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Entry:
    """Take an entry out, with the reason; its sheets are kept and not counted. Refused: no reason, closed or sealed."""
    require(actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = locked(entry.round)
        if row.phase in {RoundPhase.CLOSED, RoundPhase.SEALED}:
            raise refuse("roadshow.round_over", name=row.name, phase=str(RoundPhase(row.phase).label))
        with changed(unit, entry, kind=ENTRY, reason=why, action="voided") as held:
            held.voided_at, held.void_reason = now, why[:500]
        if row.on_stage_id == entry.pk:
            with changed(unit, row, kind=ROUND) as stage:
                stage.on_stage, stage.on_stage_at = None, None
    return held


def order_entries(*, actor: Actor, now: datetime, round_: Round, uids: Sequence[str]) -> None:
    """Write the running order. Refused: not exactly the entries of the round, closed or sealed."""
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = locked(round_)
        if row.phase in {RoundPhase.CLOSED, RoundPhase.SEALED}:
            raise refuse("roadshow.round_over", name=row.name, phase=str(RoundPhase(row.phase).label))
        entries = {each.uid: each for each in row.entries.filter(voided_at__isnull=True)}
        if sorted(entries) != sorted(uids):
            raise refuse("roadshow.order_incomplete", n=len(entries), got=len(set(uids)))
        for place, uid in enumerate(uids, start=1):
            if entries[uid].position != place:
                with changed(unit, entries[uid], kind=ENTRY, action="moved") as entry:
                    entry.position = place


def move_entry(*, actor: Actor, now: datetime, entry: Entry, up: bool) -> None:
    """Move an entry one place up or down; at the end nothing happens."""
    uids = list(
        entry.round.entries.filter(voided_at__isnull=True).order_by("position", "id").values_list("uid", flat=True)
    )
    at = uids.index(entry.uid)
    to = at - 1 if up else at + 1
    if 0 <= to < len(uids):
        uids[at], uids[to] = uids[to], uids[at]
    order_entries(actor=actor, now=now, round_=entry.round, uids=uids)


def put_on_stage(*, actor: Actor, now: datetime, round_: Round, entry: Entry | None) -> Round:
    """Say who presents now (None: nobody); the timer and the board follow. Refused: not of this round, not on the day."""
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, round_, kind=ROUND, action="staged") as row:
        if row.phase != RoundPhase.SCORING:
            raise refuse("roadshow.not_on_stage", phase=str(RoundPhase(row.phase).label))
        if entry is not None and (entry.round_id != row.pk or entry.voided_at is not None):
            raise refuse("roadshow.entry_of_another", name=entry.project.name)
        row.on_stage, row.on_stage_at = entry, None if entry is None else now
    return row


def live_judges(show: Roadshow) -> list[Judge]:
    """Return the judges of a show with what is on record of them."""
    rows = show.judges.filter(voided_at__isnull=True)
    return list(rows.select_related("works_for", "person__organization", "roadshow").order_by("id"))


def before_scores(round_: Round) -> Round:
    """Return the locked round. Refused: scores are given already, or it is over."""
    row = locked(round_)
    if row.phase not in {RoundPhase.PREPARING, RoundPhase.DECLARING, RoundPhase.READING}:
        raise refuse("roadshow.round_over", name=row.name, phase=str(RoundPhase(row.phase).label))
    if Sheet.objects.filter(entry__round=row).exists():
        raise refuse("roadshow.scores_given", name=row.name)
    return row


def _check(outpost_id: int, plan: ShowPlan) -> None:
    said(plan.title_zh, "roadshow.show_title_needed")
    if plan.activity is not None and plan.activity.outpost_id != outpost_id:
        raise refuse("roadshow.activity_of_another", name=plan.activity.title_zh)


def _put(row: Roadshow, plan: ShowPlan) -> None:
    row.title_zh, row.title_en = plan.title_zh.strip()[:120], plan.title_en.strip()[:200]
    row.held_on, row.activity = plan.held_on, plan.activity


def _account(actor: Actor) -> User:
    if actor.user_id is None:
        raise refuse("roadshow.needs_a_person")
    return User.objects.get(pk=actor.user_id)
