"""打分: one sheet per judge and entry, saved from a tablet that may lose its line, then locked.

A saving carries a nonce (sent again it is the same saving) and the revision it was made from (somebody else's saving
between is a conflict that is explained, never overwritten).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Round, Sheet, SheetSave
from feidi.domain.roadshow.roadshow_access import EDIT, is_judge
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.roadshow_kinds import SHEET
from feidi.domain.roadshow.selectors.roadshow_conflicts import conflict_of
from feidi.domain.roadshow.services.recusing import standing_recusal
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

HUNDREDTHS: Final = 100
_NONCE: Final = 40
_REMARK: Final = 2000


@dataclass(frozen=True, slots=True)
class Saving:
    """What a tablet sends: points as typed (empty: not yet), a remark, its nonce, and the revision it began from."""

    points: Mapping[str, object]
    nonce: str
    base: int
    remark: str = ""
    lock: bool = False


def save_sheet(*, actor: Actor, now: datetime, judge: Judge, entry: Entry, saving: Saving) -> Sheet:
    """Keep a judge's points for an entry; with ``lock`` they are final.

    The same nonce again changes nothing. Refused: not this judge, stands aside (why), not dealt to, has not declared, not
    the phase, locked already, changed elsewhere since (what stands there), a number that is none or out of its range
    (which), locking with a criterion empty.
    """
    _check_seat(actor, judge, entry)
    with recorded(actor=actor, now=now) as unit:
        round_ = locked(entry.round)
        sheet = _sheet(unit, judge, entry)
        if SheetSave.objects.filter(sheet=sheet, nonce=saving.nonce[:_NONCE]).exists():
            return sheet
        if round_.phase != RoundPhase.SCORING:
            raise refuse("roadshow.not_scoring", phase=str(RoundPhase(round_.phase).label))
        if sheet.state == SheetState.LOCKED:
            raise refuse("roadshow.sheet_locked", name=entry.project.name, total=shown(sheet.total))
        if saving.base != sheet.revision:
            raise refuse("roadshow.sheet_conflict", *_standing(round_, sheet), yours=saving.base, theirs=sheet.revision)
        points = read_points(round_, saving.points)
        missing = [each for each in round_.criteria if each["code"] not in points]
        if saving.lock and missing:
            labels = {
                "labels_zh": "、".join(each["zh"] for each in missing),
                "labels_en": ", ".join(e["en"] for e in missing),
            }
            raise refuse("roadshow.sheet_incomplete", **labels)
        with changed(unit, sheet, kind=SHEET, action="locked" if saving.lock else "scored") as row:
            row.revision += 1
            row.points, row.remark, row.saved_at = points, saving.remark.strip()[:_REMARK], now
            row.total = None if missing else sum(points.values())
            if saving.lock:
                row.state, row.locked_at = SheetState.LOCKED, now
        SheetSave.objects.create(
            sheet=row,
            nonce=saving.nonce[:_NONCE],
            revision=row.revision,
            points=points,
            remark=row.remark,
            at=now,
            by=actor.label[:160],
        )
    return row


def unlock_sheet(*, actor: Actor, now: datetime, sheet: Sheet, reason: str) -> Sheet:
    """Give a locked sheet back to its judge, with the reason. Refused: no reason, not locked, the round is over."""
    require(actor, EDIT, outpost_scope(sheet.entry.round.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        round_ = locked(sheet.entry.round)
        if round_.phase != RoundPhase.SCORING:
            raise refuse("roadshow.not_scoring", phase=str(RoundPhase(round_.phase).label))
        with changed(unit, sheet, kind=SHEET, reason=why, action="unlocked") as row:
            if row.state != SheetState.LOCKED:
                raise refuse("roadshow.sheet_not_locked")
            row.state, row.locked_at = SheetState.DRAFT, None
    return row


def read_points(round_: Round, given: Mapping[str, object]) -> dict[str, int]:
    """Return criterion → hundredths of what is filled in. Refused with every fault at once."""
    read: dict[str, int] = {}
    wrong = []
    for each in round_.criteria:
        text = str(given.get(each["code"], "") or "").strip()
        if not text:
            continue
        value = _number(text)
        if value is None or not 0 <= value <= each["points"] * HUNDREDTHS:
            wrong.append(_out_of_range(each, text))
        else:
            read[each["code"]] = value
    if wrong:
        raise refuse("roadshow.points_wrong", *wrong, n=len(wrong))
    return read


def shown(hundredths: int | None) -> str:
    """Return points as they are read: 38.5; "—" when there are none.

    >>> shown(3850), shown(9000), shown(None)
    ('38.5', '90', '—')
    """
    return "—" if hundredths is None else f"{Decimal(hundredths) / HUNDREDTHS:f}"


def _number(text: str) -> int | None:
    try:
        value = Decimal(text) * HUNDREDTHS
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == value.to_integral_value() else None


def _out_of_range(each: Mapping[str, Any], text: str) -> Finding:
    params = {"label_zh": each["zh"], "label_en": each["en"], "value": text[:20], "most": each["points"]}
    return Finding(Level.PROBLEM, "roadshow.points_out_of_range", params, column=each["code"])


def _check_seat(actor: Actor, judge: Judge, entry: Entry) -> None:
    if not is_judge(actor, judge):
        raise refuse("roadshow.score_by_judge", judge=judge.name)
    standing = standing_recusal(judge, entry)
    conflict = None if standing else conflict_of(judge, entry)
    if standing is not None or conflict is not None:
        reason = standing.reason if standing else conflict.reason if conflict else ""
        raise refuse("roadshow.judge_recused", judge=judge.name, reason=reason)
    if not Assignment.objects.filter(judge=judge, entry=entry, voided_at__isnull=True, entry__voided_at=None).exists():
        raise refuse("roadshow.not_assigned", judge=judge.name)
    if judge.declared_at is None:
        raise refuse("roadshow.declare_first")


def _sheet(unit: Unit, judge: Judge, entry: Entry) -> Sheet:
    """Return the one sheet, locked; made with the first saving."""
    held = Sheet.objects.select_for_update(of=("self",)).filter(judge=judge, entry=entry).first()
    if held is None:
        # the round is locked by the caller: nobody else makes it meanwhile
        held = Sheet.objects.create(judge=judge, entry=entry, created_at=unit.now)
        unit.created(held, kind=SHEET)
    return held


def _standing(round_: Round, sheet: Sheet) -> list[Finding]:
    """Say what stands on the server, criterion by criterion."""
    return [
        Finding(
            Level.NOTE,
            "roadshow.sheet_stands",
            {"label_zh": each["zh"], "label_en": each["en"], "value": shown(sheet.points.get(each["code"]))},
            column=each["code"],
        )
        for each in round_.criteria
    ]
