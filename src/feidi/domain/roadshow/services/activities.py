"""Activities: planned, changed, opened, closed; their programme. Holding and cancelling have files of their own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.roadshow.access import EDIT
from feidi.domain.roadshow.enums import ActivityState, Audience, PartnerSide, RegistrationState
from feidi.domain.roadshow.events import ActivityChanged
from feidi.domain.roadshow.kinds import ACTIVITY, PROGRAMME_ITEM
from feidi.domain.roadshow.models import Activity, ProgrammeItem
from feidi.domain.roadshow.selectors.activity_rules import Question, activity_rules, write_questions
from feidi.domain.roadshow.services.activity_indexing import index_activity
from feidi.domain.roadshow.services.places import NOWHERE, Place, holds, put_place
from feidi.domain.roadshow.services.promoting import move_up
from feidi.domain.space.selectors.holding import spoken_span
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import new_uid

LETTERS: Final = "HD"
_LABEL: Final = 160
#: States in which what is planned may still change.
PLANNED: Final = (ActivityState.DRAFT, ActivityState.OPEN, ActivityState.CLOSED)
_INVITATION_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said of an activity. ``capacity`` None: not limited; ``questions`` None: those of its kind."""

    kind: str
    title_zh: str
    starts_at: datetime
    ends_at: datetime
    place: Place = NOWHERE
    title_en: str = ""
    about_zh: str = ""
    about_en: str = ""
    capacity: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    audience: Audience = Audience.PUBLIC
    side: PartnerSide | str = ""
    partners: str = ""
    questions: Sequence[Question] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a programme."""

    starts_at: datetime
    topic_zh: str
    topic_en: str = ""
    speaker: str = ""
    speaker_of: str = ""


def plan_activity(*, actor: Actor, now: datetime, outpost: Outpost, plan: Plan, owner: User | None = None) -> Activity:
    """Plan an activity as a draft. A room is booked in the same transaction.

    Refused: no permission, a kind content does not know, no title, times out of order, no place for anybody, and as the
    booking of the room is.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(outpost, plan)
    with recorded(actor=actor, now=now) as unit:
        row = Activity(
            uid=new_uid(),
            outpost=outpost,
            number=next_code(outpost=outpost, letters=LETTERS, now=now),
            owner=owner or _account(actor),
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        _put(row, plan, new=True)
        put_place(actor=actor, now=now, activity=row, place=plan.place)
        row.save()
        unit.created(row, kind=ACTIVITY)
        index_activity(row)
    return row


def change_activity(*, actor: Actor, now: datetime, activity: Activity, version: int, plan: Plan) -> Activity:
    """Say otherwise what is planned; the room moves with it, and more places let waiters in at once.

    Refused: no permission, over, changed by somebody else meanwhile, fewer places than are given away, and as planning.
    """
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    _check(activity.outpost, plan)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, activity, kind=ACTIVITY, version=version) as row:
            refuse_unless(row, *PLANNED)
            _refuse_fewer(row, plan.capacity)
            _put(row, plan)
            put_place(actor=actor, now=now, activity=row, place=plan.place)
        move_up(actor=actor, now=now, activity=row)
        _told(row)
    return row


def open_activity(*, actor: Actor, now: datetime, activity: Activity) -> Activity:
    """Let people register, or let them again. Refused: no permission, not a draft and not closed, begun, nowhere."""
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, activity, kind=ACTIVITY, action="opened") as row:
            refuse_unless(row, ActivityState.DRAFT, ActivityState.CLOSED)
            if row.ends_at <= now:
                raise refuse("roadshow.over", span=spoken_span(row.starts_at, row.ends_at))
            if row.booking_id is None and not row.address:
                raise refuse("roadshow.nowhere")
            if row.booking is not None and not holds(row.booking):
                raise refuse("roadshow.room_lost", unit=row.booking.unit.name, state=row.booking.get_state_display())
            row.state = ActivityState.OPEN
        _told(row)
    return row


def close_registration(*, actor: Actor, now: datetime, activity: Activity) -> Activity:
    """Take no more registrations from outside; staff may still add somebody. Refused: no permission, not open."""
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, activity, kind=ACTIVITY, action="closed") as row:
            refuse_unless(row, ActivityState.OPEN)
            row.state = ActivityState.CLOSED
        _told(row)
    return row


def put_programme(*, actor: Actor, now: datetime, activity: Activity, items: Sequence[Item]) -> list[ProgrammeItem]:
    """Write the programme: what stays the same stays, what is gone is taken back, what is new is added.

    Refused: no permission, over, an item without a topic or outside the activity.
    """
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    refuse_unless(activity, *PLANNED)
    for each in items:
        said(each.topic_zh, "roadshow.topic_needed")
        if not activity.starts_at <= each.starts_at < activity.ends_at:
            raise refuse("roadshow.item_outside", topic=each.topic_zh[:60])
    with recorded(actor=actor, now=now) as unit:
        kept: dict[Item, ProgrammeItem] = {
            _item_of(row): row for row in activity.programme.filter(voided_at__isnull=True)
        }
        for gone in [row for item, row in kept.items() if item not in items]:
            with changed(unit, gone, kind=PROGRAMME_ITEM, action="voided") as row:
                row.voided_at, row.void_reason = now, "议程已改"
        for new in [each for each in dict.fromkeys(items) if each not in kept]:
            _add_item(unit, actor, now, activity, new)
        _told(activity)
    return list(activity.programme.filter(voided_at__isnull=True).order_by("starts_at", "pk"))


def refuse_unless(activity: Activity, *states: ActivityState) -> None:
    """Refuse what the activity's state does not allow."""
    if activity.state not in states:
        raise refuse("roadshow.activity_state", number=activity.number, state=str(ActivityState(activity.state).label))


def _told(row: Activity) -> None:
    index_activity(row)
    publish(ActivityChanged(row.uid))


def _check(outpost: Outpost, plan: Plan) -> None:
    rules = activity_rules(outpost)
    if rules.kind(plan.kind) is None:
        raise refuse("roadshow.kind_unknown", value=plan.kind, known="、".join(each.code for each in rules.kinds))
    said(plan.title_zh, "roadshow.title_needed")
    if plan.ends_at <= plan.starts_at:
        raise refuse("roadshow.times_in_order")
    if plan.capacity is not None and plan.capacity < 1:
        raise refuse("roadshow.capacity_wrong", value=plan.capacity)
    if plan.opens_at and plan.closes_at and plan.closes_at <= plan.opens_at:
        raise refuse("roadshow.window_in_order")
    if plan.closes_at and plan.closes_at > plan.ends_at:
        raise refuse("roadshow.window_after_end")


def _put(row: Activity, plan: Plan, *, new: bool = False) -> None:
    row.kind, row.title_zh, row.title_en = plan.kind, plan.title_zh.strip()[:120], plan.title_en.strip()[:200]
    row.about_zh, row.about_en = plan.about_zh.strip(), plan.about_en.strip()
    row.starts_at, row.ends_at, row.capacity = plan.starts_at, plan.ends_at, plan.capacity
    row.opens_at, row.closes_at = plan.opens_at, plan.closes_at
    row.audience, row.side, row.partners = plan.audience, plan.side, plan.partners.strip()[:300]
    if row.audience == Audience.INVITATION and not row.invitation:
        row.invitation = secrets.token_urlsafe(_INVITATION_BYTES)
    if plan.questions is not None:
        row.questions = write_questions(tuple(plan.questions))
    elif new:
        kind = activity_rules(row.outpost).kind(plan.kind)
        row.questions = write_questions(kind.questions) if kind else []


def _refuse_fewer(row: Activity, capacity: int | None) -> None:
    taken = row.registrations.filter(state=RegistrationState.REGISTERED).count()
    if capacity is not None and capacity < taken:
        raise refuse("roadshow.capacity_below", capacity=capacity, taken=taken, over=taken - capacity)


def _add_item(unit: Unit, actor: Actor, now: datetime, activity: Activity, item: Item) -> None:
    row = ProgrammeItem(
        activity=activity,
        starts_at=item.starts_at,
        topic_zh=item.topic_zh.strip()[:160],
        topic_en=item.topic_en.strip()[:240],
        speaker=item.speaker.strip()[:60],
        speaker_of=item.speaker_of.strip()[:120],
        recorded_by=actor.label[:_LABEL],
        created_at=now,
    )
    row.save()
    unit.created(row, kind=PROGRAMME_ITEM)


def _item_of(row: ProgrammeItem) -> Item:
    return Item(row.starts_at, row.topic_zh, row.topic_en, row.speaker, row.speaker_of)


def _account(actor: Actor) -> User:
    if actor.user_id is None:
        raise refuse("roadshow.needs_a_person")
    return User.objects.get(pk=actor.user_id)
