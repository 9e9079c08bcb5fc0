"""Trips: 外出招商, 组团, 来访接待. Planned with people and stops; what came of a stop goes onto a project's timeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import Trip, TripMember, TripStop
from feidi.domain.liaison.services.changing import changed, void
from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.identity.models import User

KIND, STOP = "liaison.trip", "liaison.trip_stop"
EDIT: Final = "liaison.edit"
#: How a stop of a trip reads on a project's timeline unless somebody says otherwise.
TALK_KINDS: Final = {
    TripKind.OUTBOUND: InteractionKind.OUTREACH,
    TripKind.DELEGATION: InteractionKind.VISIT_OUT,
    TripKind.RECEPTION: InteractionKind.RECEPTION,
}
_APART = re.compile(r"[\s,，;；、|｜]+")
_NAME, _UNIT, _TITLE, _PEOPLE, _TWO = 60, 120, 60, 300, 2


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a list: name, unit, title. Personal; no telephone numbers."""

    name: str
    unit: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class TripPlan:
    """What is known of a trip. Of expenses only the approval's number and how many guests."""

    kind: TripKind
    title: str
    starts_on: date
    ends_on: date
    received_by: str = ""
    leader: str = ""
    transport: str = ""
    lodging: str = ""
    approval_number: str = ""
    guests: int | None = None
    owner: User | None = None
    members: Sequence[Member] = ()


@dataclass(frozen=True, slots=True)
class StopPlan:
    """One stop: day, time in words, where, what, who meets whom, about which project, with which result."""

    on: date
    what: str
    at: str = ""
    place: str = ""
    meets: str = ""
    project: Project | None = None
    result: str = ""


def read_members(text: str) -> tuple[Member, ...]:
    """Read a pasted list, one person a line: 姓名 单位 职务. A leading number (1. 1、) is left out.

    >>> read_members("1. 张三 云溪区经科局 副局长")
    (Member(name='张三', unit='云溪区经科局', title='副局长'),)
    """
    people = []
    for line in text.splitlines():
        words = [word for word in _APART.split(re.sub(r"^\s*\d{1,3}\s*[.、．)）]\s*", "", line).strip()) if word]
        if words:
            unit = words[1] if len(words) > 1 else ""
            people.append(Member(words[0], unit[:_UNIT], " ".join(words[_TWO:])[:_TITLE]))
    return tuple(people)


def plan_trip(*, actor: Actor, now: datetime, outpost: Outpost, plan: TripPlan) -> Trip:
    """Put a trip on the calendar with its people. Refused: no title, an end before the start, a line that is no name."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(plan)
    with recorded(actor=actor, now=now) as unit:
        row = Trip(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
        _fill(row, plan)
        row.save()
        unit.created(row, kind=KIND)
        index_row(KIND, row)
        _set_members(unit, row, plan.members)
    return row


def edit_trip(*, actor: Actor, now: datetime, trip: Trip, version: int, plan: TripPlan) -> Trip:
    """Change a trip and its people. Refused as for planning; somebody else saved since; a stop outside the new days."""
    require(actor, EDIT, outpost_scope(trip.outpost_id))
    _check(plan)
    with recorded(actor=actor, now=now) as unit:
        for on in trip.stops.filter(voided_at__isnull=True).values_list("on", flat=True):
            if not plan.starts_on <= on <= plan.ends_on:
                raise _outside(on, plan.starts_on, plan.ends_on)
        with changed(unit, trip, KIND, version=version) as row:
            _fill(row, plan)
        _set_members(unit, row, plan.members)
    return row


def void_trip(*, actor: Actor, now: datetime, trip: Trip, reason: str) -> None:
    """Take a trip back with a reason; what it wrote onto timelines stays there."""
    require(actor, EDIT, outpost_scope(trip.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        void(unit, trip, KIND, now, reason)


def record_trip_result(*, actor: Actor, now: datetime, trip: Trip, result: str) -> Trip:
    """Say in words what came of the whole trip. Refused: nothing said."""
    require(actor, EDIT, outpost_scope(trip.outpost_id))
    if not result.strip():
        raise refuse("liaison.says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, trip, KIND) as row:
        row.result = result.strip()
    return row


def add_stop(*, actor: Actor, now: datetime, trip: Trip, plan: StopPlan) -> TripStop:
    """Add a stop. Refused: nothing said, a day outside the trip, a project of another outpost."""
    require(actor, EDIT, outpost_scope(trip.outpost_id))
    _check_stop(trip, plan)
    with recorded(actor=actor, now=now) as unit:
        last = trip.stops.filter(on=plan.on).order_by("-position").values_list("position", flat=True).first() or 0
        row = TripStop(trip=trip, position=last + 1, created_at=now)
        _fill_stop(row, plan)
        row.save()
        unit.created(row, kind=STOP)
        index_row(STOP, row)
    return row


def edit_stop(*, actor: Actor, now: datetime, stop: TripStop, plan: StopPlan, version: int | None = None) -> TripStop:
    """Change a stop, or write down its result.

    Refused as for adding; another project once it is on a timeline; changed by somebody else since ``version``.
    """
    require(actor, EDIT, outpost_scope(stop.trip.outpost_id))
    _check_stop(stop.trip, plan)
    if stop.interaction_id is not None and plan.project != stop.project:
        raise refuse("liaison.stop_recorded")
    with recorded(actor=actor, now=now) as unit, changed(unit, stop, STOP, version=version) as row:
        _fill_stop(row, plan)
    return row


def void_stop(*, actor: Actor, now: datetime, stop: TripStop, reason: str) -> None:
    """Strike a stop with a reason. Refused: it stands on a timeline."""
    require(actor, EDIT, outpost_scope(stop.trip.outpost_id))
    if stop.interaction_id is not None:
        raise refuse("liaison.stop_recorded")
    with recorded(actor=actor, now=now) as unit:
        void(unit, stop, STOP, now, reason)


def put_on_timeline(*, actor: Actor, now: datetime, stop: TripStop, kind: InteractionKind | None = None) -> TripStop:
    """Write a stop onto its project's timeline, once; people are who meets whom, else the trip's list.

    Refused: no project, done before, a day that has not come, nobody named where the kind needs people.
    """
    require(actor, EDIT, outpost_scope(stop.trip.outpost_id))
    if stop.project is None:
        raise refuse("liaison.stop_no_project")
    with recorded(actor=actor, now=now) as unit, changed(unit, stop, STOP) as row:
        if row.interaction_id is not None:
            raise refuse("liaison.stop_recorded")
        talk = Talk(
            kind=kind or TALK_KINDS[TripKind(stop.trip.kind)],
            occurred_on=row.on,
            summary="；".join(part for part in (f"{stop.trip.title}：{row.what}", row.result) if part),
            people=people_of(row)[:_PEOPLE],
        )
        row.interaction = record_interaction(actor=actor, now=now, project=stop.project, talk=talk)
    return row


def people_of(stop: TripStop) -> str:
    """Return who took part in a stop: who meets whom, else the leader and everybody on the list."""
    if stop.meets.strip():
        return stop.meets.strip()
    names = [stop.trip.leader, *(each.name for each in stop.trip.members.all())]
    return "、".join(dict.fromkeys(name for name in names if name))


def _check(plan: TripPlan) -> None:
    if not plan.title.strip():
        raise refuse("liaison.says_nothing")
    if plan.ends_on < plan.starts_on:
        raise refuse("liaison.trip_dates", start=plan.starts_on.isoformat(), end=plan.ends_on.isoformat())
    for each in plan.members:
        if len(each.name) > _NAME:
            raise refuse("liaison.member_too_long", value=each.name[:30])


def _check_stop(trip: Trip, plan: StopPlan) -> None:
    if not plan.what.strip():
        raise refuse("liaison.says_nothing")
    if not trip.starts_on <= plan.on <= trip.ends_on:
        raise _outside(plan.on, trip.starts_on, trip.ends_on)
    if plan.project is not None and plan.project.outpost_id != trip.outpost_id:
        raise refuse("liaison.other_outpost", code=plan.project.code)


def _outside(on: date, start: date, end: date) -> Exception:
    return refuse("liaison.stop_outside", on=on.isoformat(), start=start.isoformat(), end=end.isoformat())


def _fill(row: Trip, plan: TripPlan) -> None:
    row.kind, row.title = plan.kind, plan.title.strip()
    row.starts_on, row.ends_on = plan.starts_on, plan.ends_on
    row.received_by, row.leader = plan.received_by.strip(), plan.leader.strip()
    row.transport, row.lodging = plan.transport.strip(), plan.lodging.strip()
    row.approval_number, row.guests, row.owner = plan.approval_number.strip(), plan.guests, plan.owner


def _fill_stop(row: TripStop, plan: StopPlan) -> None:
    row.on, row.at, row.place = plan.on, plan.at.strip(), plan.place.strip()
    row.what, row.meets, row.project = plan.what.strip(), plan.meets.strip(), plan.project
    row.result = plan.result.strip()


def _set_members(unit: Unit, trip: Trip, members: Sequence[Member]) -> None:
    """Replace the list; the trail keeps how many, not who: a list of guests is personal."""
    known = [Member(each.name, each.unit, each.title) for each in trip.members.all()]
    if known == list(members):
        return
    trip.members.all().delete()
    TripMember.objects.bulk_create(
        TripMember(trip=trip, position=at, name=each.name, unit=each.unit, title=each.title)
        for at, each in enumerate(members, start=1)
    )
    unit.acted("members_set", kind=KIND, uid=trip.uid, people=len(members))
