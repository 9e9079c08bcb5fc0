"""对接会面: planned, held with who was there and what came of it, or taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction, IntroductionMeeting, Profile
from feidi.domain.matching.services.introduction_changing import (
    MEETING,
    changed_introduction,
    locked_introduction,
    take_step,
)
from feidi.domain.matching.services.introductions import reader_of
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND: Final = MEETING
_ENDED: Final = frozenset({IntroductionState.ENDED, IntroductionState.CONCLUDED})


@dataclass(frozen=True, slots=True)
class Held:
    """How a meeting went: on which day, who was there (names), what came of it."""

    on: date
    present: Sequence[str]
    result: str


def plan_meeting(
    *, actor: Actor, now: datetime, introduction: Introduction, planned_for: datetime, place: str = ""
) -> IntroductionMeeting:
    """Plan a meeting of the two sides. Refused: names not shown yet, the introduction is over, a time gone by."""
    require(actor, EDIT, outpost_scope(introduction.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = locked_introduction(introduction)
        if row.revealed_on is None or row.state in _ENDED:
            raise refuse("matching.introduction_not_now", state=str(IntroductionState(row.state).label), step=_("会面"))
        if planned_for < now:
            raise refuse("matching.meeting_past", at=planned_for.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))
        meeting = IntroductionMeeting(
            introduction=row,
            planned_for=planned_for,
            place=place.strip()[:160],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        meeting.save()
        unit.created(meeting, kind=KIND)
    return meeting


def hold_meeting(*, actor: Actor, now: datetime, meeting: IntroductionMeeting, held: Held) -> IntroductionMeeting:
    """Write down that a meeting took place; with the first one both sides have met, and it stands on the timeline of
    every project that takes part. Refused: a day in the future, nobody present, nothing said, held or taken off before.
    """
    require(actor, EDIT, outpost_scope(meeting.introduction.outpost_id))
    present = [each.strip() for each in held.present if each.strip()]
    if held.on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=held.on.isoformat())
    if not present:
        raise refuse("matching.meeting_nobody")
    if not held.result.strip():
        raise refuse("matching.meeting_says_nothing")
    with recorded(actor=actor, now=now) as unit:
        row = _open(meeting)
        before = unit.before(row, KIND)
        row.held_on, row.present, row.result = held.on, present, held.result.strip()
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, action="held")
        with changed_introduction(unit, row.introduction) as introduction:
            if introduction.state == IntroductionState.REVEALED:
                take_step(introduction, IntroductionState.MET, actor=actor, now=now, on=held.on)
        for mine, other in ((introduction.need, introduction.offer), (introduction.offer, introduction.need)):
            _on_timeline(actor, now, mine, other, row)
    return row


def cancel_meeting(*, actor: Actor, now: datetime, meeting: IntroductionMeeting, reason: str) -> IntroductionMeeting:
    """Take a planned meeting off, with a reason. Refused: no reason, held or taken off before."""
    require(actor, EDIT, outpost_scope(meeting.introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _open(meeting)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action="voided")
    return row


def _open(meeting: IntroductionMeeting) -> IntroductionMeeting:
    row = IntroductionMeeting.objects.select_for_update(of=("self",)).select_related("introduction").get(pk=meeting.pk)
    if row.voided_at is not None or row.held_on is not None:
        raise refuse("matching.meeting_done", on=row.held_on.isoformat() if row.held_on else row.void_reason)
    return row


def _on_timeline(actor: Actor, now: datetime, mine: Profile, other: Profile, meeting: IntroductionMeeting) -> None:
    """A project that takes part has talked: the meeting is an entry of its timeline, by its own service."""
    if mine.project is None or meeting.held_on is None:
        return
    talk = Talk(
        kind=InteractionKind.MEETING,
        occurred_on=meeting.held_on,
        summary=_("供需对接会面（{number}）：{other}。{result}").format(
            number=meeting.introduction.number, other=reader_of(other), result=meeting.result
        ),
        people="、".join(meeting.present),
    )
    record_interaction(actor=actor, now=now, project=mine.project, talk=talk)
