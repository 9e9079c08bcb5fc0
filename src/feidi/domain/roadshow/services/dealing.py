"""分配: projects are dealt to judges by the engine, explained; by hand too, never past a recusal."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import locked, said
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Recusal, Round
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.roadshow_kinds import ASSIGNMENT
from feidi.domain.roadshow.services.recusing import find_recusals, standing_recusal, take_back
from feidi.domain.roadshow.services.shows import before_scores, live_judges
from feidi.engines.findings import Finding, refuse
from feidi.engines.judging import Reader, Reading, assign
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

_LABEL: Final = 160
_APART: Final = re.compile(r"[、，,;；/\s]+")


def deal_round(*, actor: Actor, now: datetime, round_: Round) -> tuple[Finding, ...]:
    """Deal the round's entries anew, as many judges to each as the rule asks for; returns what could not be had.

    Relations on record are looked up again first. Refused: scores given already, nobody to deal to, nothing to deal.
    """
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = before_scores(round_)
        entries, judges = live_entries(row), live_judges(row.roadshow)
        if not entries:
            raise refuse("roadshow.entry_nobody")
        if not judges:
            raise refuse("roadshow.judge_nobody")
        find_recusals(unit=unit, judges=judges, entries=entries)
        for seat in Assignment.objects.filter(entry__in=entries, voided_at__isnull=True):
            take_back(unit, seat, "重新分配")
        aside = _aside(entries)
        readers = [Reader(each.uid, trades_of(*each.trades), frozenset(aside.get(each.pk, ()))) for each in judges]
        readings = [Reading(each.uid, trades_of(each.project.industry)) for each in entries]
        deal = assign(readers, readings, row.judges_needed)
        by_uid = {each.uid: each for each in (*judges, *entries)}
        for one in deal.assigned:
            why = f"{'专业相符；' if one.expert else ''}共读 {one.load} 个"
            _seat(unit, by_uid[one.judge], by_uid[one.project], why, expert=one.expert)  # type: ignore[arg-type]
    return tuple(_named(each, {entry.uid: entry.project.name for entry in entries}) for each in deal.findings)


def assign_judge(*, actor: Actor, now: datetime, judge: Judge, entry: Entry, reason: str) -> Assignment:
    """Let a judge read an entry, by hand. Refused: no reason, stands aside (why), reads it already, round over."""
    require(actor, EDIT, outpost_scope(judge.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        _still_open(entry.round)
        if entry.round.roadshow_id != judge.roadshow_id:
            raise refuse("roadshow.entry_of_another", name=entry.project.name)
        find_recusals(unit=unit, judges=[judge], entries=[entry])
        standing = standing_recusal(judge, entry)
        if standing is not None:
            raise refuse("roadshow.judge_recused", judge=judge.name, reason=standing.reason)
        if Assignment.objects.filter(judge=judge, entry=entry, voided_at__isnull=True).exists():
            raise refuse("roadshow.assigned_already", judge=judge.name, name=entry.project.name)
        expert = bool(trades_of(*judge.trades) & trades_of(entry.project.industry))
        return _seat(unit, judge, entry, f"手工：{why}", expert=expert, by_hand=True)


def unassign_judge(*, actor: Actor, now: datetime, assignment: Assignment, reason: str) -> None:
    """Free a seat, with the reason. Refused: the judge has scored, round over."""
    require(actor, EDIT, outpost_scope(assignment.judge.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        _still_open(assignment.entry.round)
        if assignment.judge.sheets.filter(entry=assignment.entry, revision__gt=0).exists():
            raise refuse("roadshow.judge_has_scored", judge=assignment.judge.name)
        take_back(unit, assignment, why)


def live_entries(round_: Round) -> list[Entry]:
    """Return the entries of a round in running order."""
    rows = round_.entries.filter(voided_at__isnull=True).select_related("project", "round")
    return list(rows.order_by("position", "id"))


def trades_of(*words: str) -> frozenset[str]:
    """Return trades as single words.

    >>> sorted(trades_of("生物医药、新材料", "新材料"))
    ['新材料', '生物医药']
    """
    return frozenset(each for text in words for each in _APART.split(text) if each)


def _aside(entries: list[Entry]) -> dict[int, set[str]]:
    """Return judge → uids of entries from which he stands aside."""
    found: dict[int, set[str]] = {}
    rows = Recusal.objects.filter(entry__in=entries, voided_at__isnull=True)
    for judge, entry in rows.values_list("judge_id", "entry__uid"):
        found.setdefault(judge, set()).add(entry)
    return found


def _seat(unit: Unit, judge: Judge, entry: Entry, why: str, *, expert: bool, by_hand: bool = False) -> Assignment:
    row = Assignment(
        judge=judge,
        entry=entry,
        expert=expert,
        by_hand=by_hand,
        why=why[:200],
        recorded_by=unit.actor.label[:_LABEL],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=ASSIGNMENT)
    return row


def _still_open(round_: Round) -> None:
    row = locked(round_)
    if row.phase in {RoundPhase.CLOSED, RoundPhase.SEALED}:
        raise refuse("roadshow.round_over", name=row.name, phase=str(RoundPhase(row.phase).label))


def _named(finding: Finding, names: dict[str, str]) -> Finding:
    """Say projects by their names: the engine knows only their uids."""
    project = str(finding.params.get("project", ""))
    params = {**finding.params, "project": names.get(project, project)}
    return Finding(finding.level, finding.code, params)
