"""One item of a case: brought to a department, what it said, done or refused. The next serial item begins with that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.talent.access import EDIT
from feidi.domain.talent.enums import CaseState, ItemState
from feidi.domain.talent.kinds import CASE, HAND_OFF, ITEM
from feidi.domain.talent.models import GreenItem, HandOff
from feidi.domain.talent.services.changing import Scan, keep_scan, not_ahead
from feidi.domain.talent.services.consents import write_disclosure
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.subjects import Subject, new_uid

_OVER: Final = (ItemState.DONE, ItemState.REFUSED)


@dataclass(frozen=True, slots=True)
class NewHandOff:
    """交件: to which department, when, what was handed over; 受理号 and 回执 where there are any."""

    department: str
    what: str
    handed_on: date | None = None
    contact: str = ""
    acceptance_number: str = ""
    receipt: Scan | None = None


def hand_off(*, actor: Actor, now: datetime, item: GreenItem, new: NewHandOff) -> HandOff:
    """Bring an item to a department; what of the person was handed over is noted with its purpose (向第三方提供).

    Refused: no permission, the case or item is over, an item that waits for the one before it, no department, nothing
    said to be handed over, a day before the item began or in the future.
    """
    require(actor, EDIT, outpost_scope(item.case.outpost_id))
    department = said(new.department, "talent.hand_off_department")
    what = said(new.what, "talent.hand_off_what")
    day = not_ahead(new.handed_on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, item, kind=ITEM, action="handed_off") as row:
        _refuse_over(row)
        if row.started_on is None or row.state == ItemState.WAITING:
            raise refuse("talent.item_waits", title=row.title)
        if day < row.started_on:
            raise refuse("talent.date_before", value=day.isoformat(), first=row.started_on.isoformat())
        row.state = ItemState.HANDED
        made = HandOff(
            uid=new_uid(),
            item=row,
            department=department[:120],
            handed_on=day,
            contact=new.contact.strip()[:80],
            acceptance_number=new.acceptance_number.strip()[:80],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        made.receipt = keep_scan(
            actor=actor, now=now, subject=Subject(CASE, row.case.uid), label="回执", scan=new.receipt
        )
        made.save()
        unit.created(made, kind=HAND_OFF)
        write_disclosure(
            unit=unit,
            actor=actor,
            talent=row.case.talent,
            to_whom=department,
            purpose=f"{row.case.number} {row.title}",
            what=what,
            on=day,
        )
    return made


def answer_hand_off(*, actor: Actor, now: datetime, handed: HandOff, answer: str, on: date | None = None) -> HandOff:
    """Write down what the department said. Refused: no permission, nothing said, before it was handed over."""
    require(actor, EDIT, outpost_scope(handed.item.case.outpost_id))
    words = said(answer, "talent.answer_says_nothing")
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, handed, kind=HAND_OFF, action="answered") as row:
        if day < row.handed_on:
            raise refuse("talent.date_before", value=day.isoformat(), first=row.handed_on.isoformat())
        row.answered_on, row.answer = day, words[:300]
    return row


def finish_item(
    *, actor: Actor, now: datetime, item: GreenItem, result: str, done: bool = True, on: date | None = None
) -> GreenItem:
    """Close an item: done, or refused by the department. A serial item that waited for it begins that day.

    Refused: no permission, over before, one that waits, nothing said of what came of it, before it began.
    """
    require(actor, EDIT, outpost_scope(item.case.outpost_id))
    words = said(result, "talent.result_says_nothing")
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, item, kind=ITEM, action="finished") as row:
            _refuse_over(row)
            if row.started_on is None:
                raise refuse("talent.item_waits", title=row.title)
            if day < row.started_on:
                raise refuse("talent.date_before", value=day.isoformat(), first=row.started_on.isoformat())
            row.state = ItemState.DONE if done else ItemState.REFUSED
            row.finished_on, row.result = day, words[:300]
        _begin_next(unit, row, day)
    return row


def _begin_next(unit: Unit, item: GreenItem, day: date) -> None:
    following = GreenItem.objects.filter(case=item.case_id, position=item.position + 1).first()
    if following is not None and following.state == ItemState.WAITING:
        with changed(unit, following, kind=ITEM, action="begun") as row:
            row.state, row.started_on = ItemState.OPEN, day


def _refuse_over(item: GreenItem) -> None:
    case = locked(item.case)
    if case.state != CaseState.OPEN:
        raise refuse("talent.case_over", number=case.number, state=str(CaseState(case.state).label))
    if item.state in _OVER:
        raise refuse("talent.item_over", title=item.title, state=str(ItemState(item.state).label))
