"""Mentors and their hours: offered, taken by a tenant, given back, held or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT, MENTOR, REPORT_OWN, is_own
from feidi.domain.incubation.models import Mentor, MentorHour, Tenancy
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost, Person
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User

KIND: Final = "incubation.mentor"
HOUR_KIND: Final = "incubation.mentor_hour"
_MOST: Final = 200


def add_mentor(
    *, actor: Actor, now: datetime, outpost: Outpost, person: Person, fields: str, user: User | None, since: date
) -> Mentor:
    """Take somebody on as mentor. Refused: a person of another outpost, no field, one who is a mentor here already."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    if person.outpost_id != outpost.pk:
        raise refuse("incubation.person_of_another")
    if not fields.strip():
        raise refuse("incubation.mentor_fields_needed")
    if Mentor.objects.filter(outpost=outpost, person=person, until__isnull=True, voided_at__isnull=True).exists():
        raise refuse("incubation.mentor_already", name=person.name)
    row = Mentor(
        outpost=outpost,
        person=person,
        user=user,
        fields=fields.strip()[:200],
        since=since,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=KIND, actor=actor, now=now)


def end_mentor(*, actor: Actor, now: datetime, mentor: Mentor, until: date, reason: str) -> Mentor:
    """Let somebody's work as mentor end on a day; hours after it that nobody took are taken back.

    Refused: no reason, an hour after that day which a tenant has taken (give it back first).
    """
    require(actor, EDIT, outpost_scope(mentor.outpost_id))
    later = MentorHour.objects.filter(mentor=mentor, voided_at__isnull=True, starts_at__date__gt=until)
    taken = later.filter(tenancy__isnull=False).order_by("starts_at").first()
    if taken is not None:
        raise refuse("incubation.mentor_hour_ahead", at=_clock(taken.starts_at))
    with changing(mentor, kind=KIND, actor=actor, now=now, reason=reason, action="ended") as row:
        if not reason.strip():
            raise refuse("incubation.reason_needed")
        row.until = until
        for hour in later:
            voiding(hour, kind=HOUR_KIND, actor=actor, now=now, reason=reason)
    return row


def open_hours(
    *, actor: Actor, now: datetime, mentor: Mentor, hours: Sequence[tuple[datetime, datetime]], place: str
) -> list[MentorHour]:
    """Offer hours, all or none: as the mentor or for them. Refused: past, turned round, over one another, too many."""
    _may_mentor(actor, mentor)
    if len(hours) > _MOST:
        raise refuse("incubation.too_many_hours", n=len(hours), most=_MOST)
    for starts, ends in hours:
        if ends <= starts:
            raise refuse("incubation.hour_order", at=_clock(starts))
        if starts <= now:
            raise refuse("incubation.hour_past", at=_clock(starts))
    with recorded(actor=actor, now=now):
        # the mentor's row is the lock: two people cannot offer the same time
        held = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
        known = list(
            MentorHour.objects.filter(mentor=held, voided_at__isnull=True, ends_at__gt=now).values_list(
                "starts_at", "ends_at"
            )
        )
        made = []
        for starts, ends in hours:
            clash = next((each for each in known if starts < each[1] and each[0] < ends), None)
            if clash is not None:
                raise refuse("incubation.hour_clash", at=_clock(starts), other=_clock(clash[0]))
            known.append((starts, ends))
            row = MentorHour(mentor=held, starts_at=starts, ends_at=ends, place=place.strip()[:120], created_at=now)
            made.append(adding(row, kind=HOUR_KIND, actor=actor, now=now))
    return made


def take_hour(*, actor: Actor, now: datetime, hour: MentorHour, tenancy: Tenancy, topic: str) -> MentorHour:
    """Take an hour for a tenant, as the tenant or for it. Of several at once one gets it.

    Refused: another outpost's tenancy, no topic, past, taken before (whose it is says nothing of who took it).
    """
    if not is_own(actor, tenancy, REPORT_OWN):
        require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    if not topic.strip():
        raise refuse("incubation.hour_topic_needed")
    with changing(hour, kind=HOUR_KIND, actor=actor, now=now, action="taken") as row:
        if row.mentor.outpost_id != tenancy.outpost_id or tenancy.ended_on is not None:
            raise refuse("incubation.hour_not_for_you")
        if row.tenancy_id is not None:
            raise refuse("incubation.hour_taken", at=_clock(row.starts_at))
        if row.starts_at <= now:
            raise refuse("incubation.hour_past", at=_clock(row.starts_at))
        row.tenancy, row.topic, row.taken_by = tenancy, topic.strip()[:300], actor.label[:160]
    return row


def give_back_hour(*, actor: Actor, now: datetime, hour: MentorHour) -> MentorHour:
    """Give an hour back before it begins; it can be taken again. Refused: neither tenant, mentor nor outpost, past."""
    tenancy = hour.tenancy
    if tenancy is None or not is_own(actor, tenancy, REPORT_OWN):
        _may_mentor(actor, hour.mentor)
    with changing(hour, kind=HOUR_KIND, actor=actor, now=now, action="given_back") as row:
        if row.starts_at <= now:
            raise refuse("incubation.hour_past", at=_clock(row.starts_at))
        row.tenancy, row.topic, row.taken_by = None, "", ""
    return row


def hold_hour(*, actor: Actor, now: datetime, hour: MentorHour, held: bool, note: str) -> MentorHour:
    """Say whether an hour took place, and what came of it. Refused: nobody took it, it has not begun."""
    _may_mentor(actor, hour.mentor)
    with changing(hour, kind=HOUR_KIND, actor=actor, now=now, action="held" if held else "missed") as row:
        if row.tenancy_id is None:
            raise refuse("incubation.hour_not_taken", at=_clock(row.starts_at))
        if row.starts_at > now:
            raise refuse("incubation.hour_to_come", at=_clock(row.starts_at))
        row.held, row.note = held, note.strip()[:500]
    return row


def _may_mentor(actor: Actor, mentor: Mentor) -> None:
    own = mentor.outpost_id in actor.scopes(MENTOR, ScopeKind.OUTPOST) and mentor.user_id == actor.user_id
    if not own or mentor.user_id is None:
        require(actor, EDIT, outpost_scope(mentor.outpost_id))


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
