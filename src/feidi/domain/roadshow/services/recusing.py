"""回避: found from what is on record, declared by the judge, or pointed out; never silently overridden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Recusal, Sheet
from feidi.domain.roadshow.roadshow_access import EDIT, is_judge
from feidi.domain.roadshow.roadshow_enums import RecusalGround, RoundPhase, SheetState
from feidi.domain.roadshow.roadshow_kinds import ASSIGNMENT, JUDGE, RECUSAL, SHEET
from feidi.domain.roadshow.selectors.roadshow_conflicts import conflict_of, conflicts_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

_LABEL: Final = 160
_OVER: Final = (RoundPhase.CLOSED, RoundPhase.SEALED)


def find_recusals(*, unit: Unit, judges: Sequence[Judge], entries: Sequence[Entry]) -> list[Recusal]:
    """Write a recusal for every pair that is tied on record and has none yet; inside the caller's transaction."""
    pairs = Recusal.objects.filter(judge__in=judges, entry__in=entries, voided_at__isnull=True)
    standing = set(pairs.values_list("judge_id", "entry_id"))
    by_pk = {each.pk: each for each in judges}, {each.pk: each for each in entries}
    return [
        _recuse(unit, by_pk[0][judge], by_pk[1][entry], conflict.ground, conflict.reason, found=True)
        for (judge, entry), conflict in conflicts_of(judges, entries).items()
        if (judge, entry) not in standing
    ]


def declare_interests(*, actor: Actor, now: datetime, judge: Judge, interests: Mapping[Entry, str]) -> list[Recusal]:
    """Take down what a judge says: entries with which there is a tie, and which; none is an answer too.

    By the judge, or by the outpost's people for one who said so in person. Refused: an entry of another show or of a
    round that is over, a tie without words.
    """
    show = judge.roadshow
    by_staff = not is_judge(actor, judge)
    if by_staff:
        require(actor, EDIT, outpost_scope(show.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(
            unit, judge, kind=JUDGE, action="declared", reason="当面说明，代为登记" if by_staff else ""
        ) as row:
            row.declared_at = now
        made = []
        for entry, words in interests.items():
            why = said(words, "roadshow.interest_words_needed")
            if entry.round.roadshow_id != show.pk:
                raise refuse("roadshow.entry_of_another", name=entry.project.name)
            if not standing_recusal(judge, entry):
                made.append(_recuse(unit, judge, entry, RecusalGround.DECLARED, why, found=False))
    return made


def point_out(*, actor: Actor, now: datetime, judge: Judge, entry: Entry, reason: str) -> Recusal:
    """Let the outpost's people set a judge aside from an entry. Refused: no reason, stands aside already, round over."""
    require(actor, EDIT, outpost_scope(judge.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    standing = standing_recusal(judge, entry)
    if standing is not None:
        raise refuse("roadshow.judge_recused", judge=judge.name, reason=standing.reason)
    if entry.round.roadshow_id != judge.roadshow_id:
        raise refuse("roadshow.entry_of_another", name=entry.project.name)
    with recorded(actor=actor, now=now) as unit:
        return _recuse(unit, judge, entry, RecusalGround.NAMED, why, found=False)


def lift_recusal(*, actor: Actor, now: datetime, recusal: Recusal, reason: str) -> Recusal:
    """Take a recusal back, with the reason; it is kept. Refused: what it rests on still stands on record, round over."""
    require(actor, EDIT, outpost_scope(recusal.judge.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    conflict = conflict_of(recusal.judge, recusal.entry)
    if conflict is not None:
        raise refuse("roadshow.recusal_stands", judge=recusal.judge.name, reason=conflict.reason)
    _not_over(recusal.entry)
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, recusal, kind=RECUSAL, reason=why, action="voided") as row,
    ):
        row.voided_at, row.void_reason = now, why[:500]
    return row


def standing_recusal(judge: Judge, entry: Entry) -> Recusal | None:
    """Return the recusal that stands between a judge and an entry."""
    return Recusal.objects.filter(judge=judge, entry=entry, voided_at__isnull=True).first()


def _recuse(unit: Unit, judge: Judge, entry: Entry, ground: RecusalGround, reason: str, *, found: bool) -> Recusal:
    _not_over(entry)
    row = Recusal(
        judge=judge,
        entry=entry,
        ground=ground,
        found=found,
        reason=reason[:300],
        recorded_by=unit.actor.label[:_LABEL],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=RECUSAL, reason=reason[:300])
    _set_aside(unit, judge, entry, reason)
    return row


def _set_aside(unit: Unit, judge: Judge, entry: Entry, reason: str) -> None:
    """Take back the seat, and count the scores that were given no longer: they are kept."""
    for seat in Assignment.objects.filter(judge=judge, entry=entry, voided_at__isnull=True):
        take_back(unit, seat, f"回避：{reason}")
    for sheet in Sheet.objects.filter(judge=judge, entry=entry):
        with changed(unit, sheet, kind=SHEET, reason=reason, action="set_aside") as row:
            row.state = SheetState.SET_ASIDE


def take_back(unit: Unit, seat: Assignment, reason: str) -> None:
    """Void one seat."""
    with changed(unit, seat, kind=ASSIGNMENT, reason=reason, action="voided") as row:
        row.voided_at, row.void_reason = unit.now, reason[:500]


def _not_over(entry: Entry) -> None:
    round_ = locked(entry.round)
    if round_.phase in _OVER:
        raise refuse("roadshow.round_over", name=round_.name, phase=str(RoundPhase(round_.phase).label))
