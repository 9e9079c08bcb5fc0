"""An activity is over: who came, and who met whom, goes into the talks of the projects they belong to. Or it is cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, said, today_of, told
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Interaction, Project
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.roadshow.access import EDIT
from feidi.domain.roadshow.enums import ActivityState, RegisteredBy, RegistrationState
from feidi.domain.roadshow.events import ActivityAttended, ActivityChanged, ActivityMissed
from feidi.domain.roadshow.kinds import ACTIVITY, CHECK_IN, REGISTRATION
from feidi.domain.roadshow.models import Activity, ActivityMeeting, ActivityTalk, CheckIn, Registration
from feidi.domain.roadshow.selectors.belonging import projects_of
from feidi.domain.roadshow.services.activities import PLANNED, refuse_unless
from feidi.domain.roadshow.services.activity_indexing import index_activity
from feidi.domain.roadshow.services.activity_todos import settle
from feidi.domain.roadshow.services.places import give_place_back
from feidi.domain.roadshow.services.ticket_mails import mail_end
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish

_PEOPLE: Final = 300


@dataclass(frozen=True, slots=True)
class Held:
    """What closing wrote: entries counted now, talks written, entries of nobody with a project."""

    entries: int
    talks: int
    without_project: int


def hold_activity(*, actor: Actor, now: datetime, activity: Activity) -> Held:
    """Close the attendance. One talk per project names all who came for it; each pair who met becomes a talk on both sides.

    Run again it writes only what came since (scans of a door without a line, pairs noted later). Refused: no permission,
    not begun, a draft or cancelled, and as ``record_interaction`` is (``project.edit``).
    """
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        first = activity.state != ActivityState.HELD
        if first:
            with changed(unit, activity, kind=ACTIVITY, action="held") as row:
                refuse_unless(row, ActivityState.OPEN, ActivityState.CLOSED)
                if now < row.starts_at:
                    raise refuse("roadshow.not_begun", at=told(row.starts_at))
                row.state, row.held_at, row.held_by = ActivityState.HELD, now, actor.label[:160]
            index_activity(row)
            publish(ActivityChanged(row.uid))
            activity = row
        done = _write_entries(unit, actor, now, activity)
        met = _write_meetings(actor, now, activity)
        if first:
            _tell_missed(activity)
            settle(actor=actor, now=now, activity=activity)
    return Held(done.entries, done.talks + met, done.without_project)


def cancel_activity(*, actor: Actor, now: datetime, activity: Activity, reason: str) -> int:
    """Call an activity off, with a reason: the room is given back, every ticket ends, everybody with an address is told.

    Returns how many mails were written. Refused: no permission, no reason, held or cancelled before.
    """
    require(actor, EDIT, outpost_scope(activity.outpost_id))
    words = said(reason, "roadshow.reason_needed")[:300]
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, activity, kind=ACTIVITY, reason=words, action="cancelled") as row:
            refuse_unless(row, *PLANNED)
            row.state, row.cancelled_at, row.cancelled_reason = ActivityState.CANCELLED, now, words
            give_place_back(actor=actor, now=now, activity=row, reason=words)
        mails = 0
        live = row.registrations.filter(voided_at__isnull=True).exclude(state=RegistrationState.CANCELLED)
        for each in live.select_related("activity__outpost__home", "activity__booking__unit").order_by("position"):
            mails += mail_end(actor=actor, now=now, registration=each, reason=words)
            with changed(unit, each, kind=REGISTRATION, action="ended") as one:
                one.state = RegistrationState.CANCELLED
                one.cancelled_at, one.cancelled_by, one.cancelled_reason = now, actor.label[:160], words
                one.token_enc, one.token_sha256 = b"", None
        settle(actor=actor, now=now, activity=row)
        index_activity(row)
        publish(ActivityChanged(row.uid))
    return mails


def _write_entries(unit: Unit, actor: Actor, now: datetime, activity: Activity) -> Held:
    rows = CheckIn.objects.filter(activity=activity, voided_at__isnull=True, counted_at__isnull=True)
    entries = list(rows.select_related("registration__organization", "registration__person").order_by("at", "pk"))
    belongs = projects_of(activity, [each.registration for each in entries])
    came: dict[Project, list[CheckIn]] = defaultdict(list)
    for each in entries:
        for project in belongs.get(each.registration_id, ()):
            came[project].append(each)
    for project, there in came.items():
        talk = _record(actor, now, activity, project, InteractionKind.NOTE, _came_words(activity, there), there)
        ActivityTalk.objects.bulk_create([ActivityTalk(check_in=each, interaction=talk) for each in there])
    for each in entries:
        with changed(unit, each, kind=CHECK_IN, action="counted") as row:
            row.counted_at = now
        publish(_attended(activity, each.registration))
    lost = sum(1 for each in entries if not belongs.get(each.registration_id))
    return Held(len(entries), len(came), lost)


def _write_meetings(actor: Actor, now: datetime, activity: Activity) -> int:
    rows = ActivityMeeting.objects.filter(activity=activity, voided_at__isnull=True, talks__isnull=True)
    meetings = list(rows.select_related("left__organization", "right__organization").order_by("pk"))
    belongs = projects_of(activity, [person for each in meetings for person in (each.left, each.right)])
    written = 0
    for each in meetings:
        mine, theirs = set(belongs.get(each.left_id, ())), set(belongs.get(each.right_id, ()))
        for project in sorted(mine | theirs, key=lambda one: one.pk):
            other = each.right if project in mine else each.left
            words = f"在活动《{activity.title_zh}》结识：{_spoken(other)}。{each.note}".strip()
            talk = _record(actor, now, activity, project, InteractionKind.MEETING, words, (each,))
            ActivityTalk.objects.create(meeting=each, interaction=talk)
            written += 1
    return written


def _record(
    actor: Actor,
    now: datetime,
    activity: Activity,
    project: Project,
    kind: InteractionKind,
    words: str,
    of: Sequence[CheckIn] | Sequence[ActivityMeeting],
) -> Interaction:
    talk = Talk(
        kind=kind,
        occurred_on=today_of(activity.starts_at),
        summary=words,
        people=_people(of)[:_PEOPLE],
    )
    return record_interaction(actor=actor, now=now, project=project, talk=talk)


def _people(of: Iterable[CheckIn | ActivityMeeting]) -> str:
    names = [
        each.name for row in of for each in ((row.registration,) if isinstance(row, CheckIn) else (row.left, row.right))
    ]
    return "、".join(dict.fromkeys(names))


def _came_words(activity: Activity, there: Sequence[CheckIn]) -> str:
    people = "；".join(dict.fromkeys(_spoken(each.registration) for each in there))
    return f"参加活动《{activity.title_zh}》（{activity.number}）：{people}。"


def _spoken(row: Registration) -> str:
    whose = row.organization.name if row.organization else row.organization_name
    return " ".join(each for each in (whose, row.name, row.title) if each)


def _attended(activity: Activity, row: Registration) -> ActivityAttended:
    organization = row.organization.uid if row.organization else ""
    return ActivityAttended(activity.uid, row.uid, organization, row.person.uid if row.person else "")


def _tell_missed(activity: Activity) -> None:
    rows = activity.registrations.filter(state=RegistrationState.REGISTERED, voided_at__isnull=True)
    came = CheckIn.objects.filter(activity=activity, voided_at__isnull=True).values("registration_id")
    absent = rows.exclude(origin=RegisteredBy.WALK_IN).exclude(pk__in=came)
    for uid in absent.order_by("position").values_list("uid", flat=True):
        publish(ActivityMissed(activity.uid, uid))
