"""结识: who met whom, noted once per pair, by staff or by one of the two with the number on the other's badge."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said
from feidi.domain.roadshow.access import EDIT
from feidi.domain.roadshow.enums import ActivityState, RegistrationState
from feidi.domain.roadshow.kinds import MEETING
from feidi.domain.roadshow.models import Activity, ActivityMeeting, Registration
from feidi.domain.roadshow.selectors.tickets import fold_code, registrant_actor
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import new_uid

_LABEL = 160


def note_meeting(
    *, actor: Actor, now: datetime, activity: Activity, one: str, other: str, note: str = ""
) -> ActivityMeeting:
    """Note that two registrants met, by their ticket numbers. The same pair again: the first note stays.

    Refused: no permission, a number nobody has, the same twice, cancelled.
    """
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    return _note(actor, now, activity, (_by_code(activity, one), _by_code(activity, other)), note, own=False)


def note_own_meeting(*, now: datetime, registration: Registration, other: str, note: str = "") -> ActivityMeeting:
    """Note whom one met, by the number on their badge. Refused: did not come, and as ``note_meeting``."""
    if not registration.check_ins.filter(voided_at__isnull=True).exists():
        raise refuse("roadshow.did_not_come")
    activity = registration.activity
    pair = (registration, _by_code(activity, other))
    return _note(registrant_actor(registration), now, activity, pair, note, own=True)


def void_meeting(*, actor: Actor, now: datetime, meeting: ActivityMeeting, reason: str) -> ActivityMeeting:
    """Take a note back. Refused: no permission, no reason, it stands in the talks of projects already."""
    require(actor, EDIT, outpost_scope(meeting.activity.outpost_id))
    words = said(reason, "roadshow.reason_needed")
    if meeting.talks.exists():
        raise refuse("roadshow.meeting_written")
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, meeting, kind=MEETING, reason=words, action="voided") as row,
    ):
        row.voided_at, row.void_reason = now, words[:500]
    return row


def _note(
    actor: Actor, now: datetime, activity: Activity, pair: tuple[Registration, Registration], note: str, *, own: bool
) -> ActivityMeeting:
    left, right = sorted(pair, key=lambda each: each.pk)
    if left.pk == right.pk:
        raise refuse("roadshow.met_oneself")
    with recorded(actor=actor, now=now) as unit:
        held = locked(activity)  # two notes of one pair at the same moment are one
        if held.state in {ActivityState.DRAFT, ActivityState.CANCELLED}:
            state = str(ActivityState(held.state).label)
            raise refuse("roadshow.activity_state", number=held.number, state=state)
        known = ActivityMeeting.objects.filter(left=left, right=right, voided_at__isnull=True).first()
        if known is not None:
            return known
        row = ActivityMeeting(
            uid=new_uid(),
            activity=held,
            left=left,
            right=right,
            note=note.strip()[:300],
            by_themselves=own,
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=MEETING)
    return row


def _by_code(activity: Activity, code: str) -> Registration:
    folded = fold_code(code)
    rows = activity.registrations.filter(code=folded, voided_at__isnull=True)
    found = rows.exclude(state=RegistrationState.CANCELLED).select_related("activity").first()
    if found is None or not folded:
        raise refuse("roadshow.code_unknown", code=folded[:12])
    return found
