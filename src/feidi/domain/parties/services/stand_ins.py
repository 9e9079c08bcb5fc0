"""Who does whose work while somebody is on leave."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Membership, Outpost, StandIn
from feidi.domain.parties.selectors.stand_ins import ARRANGE, may_arrange
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User

KIND = "parties.stand_in"


def set_stand_in(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    absent: User,
    stand_in: User,
    since: date,
    until: date,
    note: str = "",
) -> StandIn:
    """Let ``stand_in`` see what ``absent`` has to do at an outpost from ``since`` until ``until``, both included.

    One arranges one's own absence; the others' whoever hands work over. Refused: no permission, the same person
    twice, days in the wrong order or past, somebody without a role there, a stand-in away on those days themselves,
    an absence on those days arranged before.
    """
    require(actor, "party.view", outpost_scope(outpost.pk))
    if not may_arrange(actor, outpost.pk, absent.pk):
        require(actor, ARRANGE, outpost_scope(outpost.pk))
    _check_days(since, until, now)
    if absent.pk == stand_in.pk:
        raise refuse("parties.stand_in_self", name=absent.display_name)
    for each in (absent, stand_in):
        if not _works_there(each, outpost, now):
            raise refuse("parties.stand_in_no_role", name=each.display_name, outpost=outpost.short_name)
    with recorded(actor=actor, now=now) as unit:
        User.objects.select_for_update().get(pk=absent.pk)
        _refuse_overlaps(outpost, absent, stand_in, since, until)
        row = StandIn(
            outpost=outpost,
            absent=absent,
            stand_in=stand_in,
            since=since,
            until=until,
            note=note.strip()[:200],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
    return row


def void_stand_in(*, actor: Actor, now: datetime, row: StandIn, reason: str) -> StandIn:
    """Take a stand-in back: back early, or arranged in error. Refused: not yours, no reason, taken back before."""
    if not may_arrange(actor, row.outpost_id, row.absent_id):
        require(actor, ARRANGE, outpost_scope(row.outpost_id))
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        found = StandIn.objects.select_for_update().get(pk=row.pk)
        if found.voided_at is not None:
            raise refuse("parties.stand_in_voided", why=found.void_reason)
        before = unit.before(found, KIND)
        found.voided_at, found.void_reason, found.version = now, reason.strip()[:500], found.version + 1
        found.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(found, kind=KIND, before=before, reason=found.void_reason, action="voided")
    return found


def _check_days(since: date, until: date, now: datetime) -> None:
    if until < since:
        raise refuse("parties.stand_in_days", since=since.isoformat(), until=until.isoformat())
    if until < now.astimezone(SHANGHAI).date():
        raise refuse("parties.stand_in_past", until=until.isoformat())


def _works_there(user: User, outpost: Outpost, now: datetime) -> bool:
    today = now.astimezone(SHANGHAI).date()
    held = Membership.objects.filter(user=user, outpost=outpost, valid_from__lte=today)
    return user.is_active and held.exclude(valid_to__lte=today).exists()


def _refuse_overlaps(outpost: Outpost, absent: User, stand_in: User, since: date, until: date) -> None:
    there = StandIn.objects.filter(outpost=outpost, voided_at__isnull=True, since__lte=until, until__gte=since)
    if known := there.filter(absent=absent).select_related("stand_in").first():
        raise refuse(
            "parties.stand_in_overlaps",
            name=absent.display_name,
            stand_in=known.stand_in.display_name,
            since=known.since.isoformat(),
            until=known.until.isoformat(),
        )
    if there.filter(absent=stand_in).exists():
        raise refuse("parties.stand_in_away", name=stand_in.display_name)
