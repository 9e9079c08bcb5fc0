"""阶段: a round goes on step by step, each only when what it needs is there; back with a reason; sealed not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.roadshow.models import Assignment, Round, Sheet
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.roadshow_kinds import ROUND
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.domain.roadshow.services.recusing import find_recusals
from feidi.domain.roadshow.services.shows import live_judges
from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

ORDER: Final = (
    RoundPhase.PREPARING,
    RoundPhase.DECLARING,
    RoundPhase.READING,
    RoundPhase.SCORING,
    RoundPhase.CLOSED,
)


def step_round(*, actor: Actor, now: datetime, round_: Round, to: RoundPhase, reason: str = "") -> Round:
    """Let a round enter the phase after, or (with a reason) before, the one it is in.

    Refused with everything that is missing: judges and entries for declaring; every judge's answer and enough seats for
    reading; every seat's locked sheet for closing. A sealed round goes nowhere: its seal is voided first.
    """
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        if to == RoundPhase.READING:
            find_recusals(unit=unit, judges=live_judges(round_.roadshow), entries=live_entries(round_))
        with changed(unit, round_, kind=ROUND, action=f"to_{to.value}", reason=reason) as row:
            if RoundPhase.SEALED in {row.phase, to}:
                raise refuse("roadshow.round_sealed", name=row.name)
            at, wanted = ORDER.index(RoundPhase(row.phase)), ORDER.index(to)
            if abs(at - wanted) != 1:
                raise refuse("roadshow.phase_next", phase=str(RoundPhase(row.phase).label), to=str(to.label))
            if wanted < at:
                said(reason, "roadshow.reason_needed")
            else:
                missing = list(missing_for(row, to))
                if missing:
                    raise refuse("roadshow.phase_not_yet", *missing, to=str(to.label))
            row.phase = to
            if to != RoundPhase.SCORING:
                row.on_stage, row.on_stage_at = None, None
    return row


def missing_for(round_: Round, to: RoundPhase) -> Iterator[Finding]:
    """Yield what a round lacks for the next phase."""
    if to == RoundPhase.DECLARING:
        yield from _for_declaring(round_)
    elif to == RoundPhase.READING:
        yield from _for_reading(round_)
    elif to == RoundPhase.CLOSED:
        yield from _for_closing(round_)


def _for_declaring(round_: Round) -> Iterator[Finding]:
    if not round_.entries.filter(voided_at__isnull=True).exists():
        yield Finding(Level.PROBLEM, "roadshow.entry_nobody")
    judges = round_.roadshow.judges.filter(voided_at__isnull=True).count()
    if judges < round_.judges_needed:
        yield Finding(Level.PROBLEM, "roadshow.judges_short", {"n": judges, "needed": round_.judges_needed})


def _for_reading(round_: Round) -> Iterator[Finding]:
    for judge in live_judges(round_.roadshow):
        if judge.declared_at is None:
            yield Finding(Level.PROBLEM, "roadshow.judge_undeclared", {"judge": judge.name})
    entries = live_entries(round_)
    dealt = Assignment.objects.filter(entry__in=entries, voided_at__isnull=True)
    seats = Counter(dealt.values_list("entry_id", flat=True))
    if entries and not seats:
        yield Finding(Level.PROBLEM, "roadshow.deal_first", {"n": len(entries)})
        return
    for entry in entries:
        if seats[entry.pk] != round_.judges_needed:
            params: dict[str, Scalar] = {
                "name": entry.project.name,
                "n": seats[entry.pk],
                "needed": round_.judges_needed,
            }
            yield Finding(Level.PROBLEM, "roadshow.seats_uneven", params)


def _for_closing(round_: Round) -> Iterator[Finding]:
    entries = live_entries(round_)
    given = set(Sheet.objects.filter(entry__in=entries, state=SheetState.LOCKED).values_list("judge_id", "entry_id"))
    seats = Assignment.objects.filter(entry__in=entries, voided_at__isnull=True).select_related(
        "judge", "entry__project"
    )
    for seat in seats.order_by("judge_id", "entry__position"):
        if (seat.judge_id, seat.entry_id) not in given:
            awaited: dict[str, Scalar] = {"judge": seat.judge.name, "name": seat.entry.project.name}
            yield Finding(Level.PROBLEM, "roadshow.sheet_awaited", awaited)
