"""工作移交: everything somebody holds within an outpost goes to somebody else in one transaction, listed and undoable.

Contacts belong to the outpost and stay where they are; the leaver's roles are ended apart, by who looks after accounts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from feidi.domain.liaison.models import WorkHandover, WorkHandoverItem
from feidi.domain.liaison.services.changing import number
from feidi.domain.liaison.services.handover_kinds import handlers
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.handing import Held
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.identity.models import User
from feidi.kernel.messages import text_of

KIND, PERMISSION = "liaison.handover", "work.hand_over"
_REASON: Final = "工作移交 {number}"
_BACK: Final = "撤销工作移交 {number}"
_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Holdings:
    """What somebody holds, by kind of work in the order of the paper; kinds without anything are left out."""

    by_kind: Mapping[str, list[Held]]

    @property
    def total(self) -> int:
        """How many things in all."""
        return sum(len(each) for each in self.by_kind.values())

    @property
    def digest(self) -> str:
        """A mark of exactly these things, so that what is confirmed is what was looked at."""
        said = "\n".join(f"{code} {held.subject.uid}" for code, rows in self.by_kind.items() for held in rows)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Undone:
    """What an undo did: how many things went back, and which stayed because somebody has touched them since."""

    given_back: int = 0
    kept: list[WorkHandoverItem] = field(default_factory=list)


def holdings_of(outpost: Outpost, user: User, today: date) -> Holdings:
    """Return everything that ``user`` holds within the outpost."""
    found = {each.code: each.held(outpost, user, today) for each in handlers()}
    return Holdings({code: rows for code, rows in found.items() if rows})


def hand_over_work(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    leaver: User,
    taker: User,
    reason: str,
    seen: str = "",
    seen_total: int = 0,
) -> WorkHandover:
    """Give everything the leaver holds to the taker: one transaction, one numbered list.

    ``seen``: the digest of the list that was looked at. Refused: no reason, the same person, a taker without a working
    role in the outpost, nothing to hand over, a list that has changed since it was looked at.
    """
    require(actor, PERMISSION, outpost_scope(outpost.pk))
    today = now.astimezone(SHANGHAI).date()
    _check(outpost, leaver, taker, reason, today)
    with recorded(actor=actor, now=now) as unit:
        # of two who hand the same work over at once the second finds nothing left
        Outpost.objects.select_for_update().get(pk=outpost.pk)
        holdings = holdings_of(outpost, leaver, today)
        if not holdings.total:
            raise refuse("liaison.handover_nothing", name=leaver.display_name)
        if seen and seen != holdings.digest:
            raise refuse("liaison.handover_moved", before=seen_total, after=holdings.total)
        row = WorkHandover(
            outpost=outpost,
            number=number(outpost, "移交", now),
            leaver=leaver,
            taker=taker,
            reason=reason.strip()[:200],
            handed_at=now,
            handed_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        _give(unit, row, holdings)
        unit.created(row, kind=KIND)
    return row


def undo_handover(*, actor: Actor, now: datetime, handover: WorkHandover) -> Undone:
    """Give back what nobody has touched since; the rest stays with the taker and says who touched it and when.

    Refused: undone before (of two at once, the second).
    """
    require(actor, PERMISSION, outpost_scope(handover.outpost_id))
    result = Undone()
    with recorded(actor=actor, now=now) as unit:
        row = WorkHandover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
        if row.undone_at is not None:
            on = row.undone_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
            raise refuse("liaison.handover_undone", number=row.number, on=on, by=row.undone_by)
        items = list(row.items.order_by("id"))
        touched = _touched_since(row, items)
        given = _give_back(unit, row, [each for each in items if each.subject_uid not in touched])
        for item in items:
            item.given_back = (item.kind, item.subject_uid) in given
            item.kept_reason = "" if item.given_back else touched.get(item.subject_uid, "")[:200]
            if not item.given_back:
                result.kept.append(item)
        WorkHandoverItem.objects.bulk_update(items, ["given_back", "kept_reason"], batch_size=200)
        before = unit.before(row, KIND)
        row.undone_at, row.undone_by = now, actor.label[:160]
        row.version += 1
        row.save(update_fields=["undone_at", "undone_by", "version"])
        unit.changed(row, kind=KIND, before=before, action="undone")
        result.given_back = len(given)
    return result


def _check(outpost: Outpost, leaver: User, taker: User, reason: str, today: date) -> None:
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    if leaver == taker:
        raise refuse("liaison.handover_same")
    if not works_for(outpost, taker, today):
        raise refuse("liaison.handover_stranger", name=taker.display_name)


def works_for(outpost: Outpost, user: User, today: date) -> bool:
    """Tell whether ``user`` is active and holds a role over the outpost on that day."""
    roles = Membership.objects.filter(user=user, outpost=outpost, valid_from__lte=today)
    return user.is_active and roles.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).exists()


def _give(unit: Unit, row: WorkHandover, holdings: Holdings) -> None:
    items, known = [], {each.code: each for each in handlers()}
    for code, held in holdings.by_kind.items():
        given = known[code].give(
            actor=unit.actor,
            now=unit.now,
            outpost=row.outpost,
            uids=[each.subject.uid for each in held],
            giver=row.leaver,
            taker=row.taker,
            reason=_REASON.format(number=row.number),
        )
        items += [
            WorkHandoverItem(
                handover=row,
                kind=code,
                subject_kind=each.subject.kind,
                subject_uid=each.subject.uid,
                label=each.label,
                state_then=each.state,
            )
            for each in held
            if each.subject.uid in given
        ]
    WorkHandoverItem.objects.bulk_create(items, batch_size=200)


def _give_back(unit: Unit, row: WorkHandover, items: Collection[WorkHandoverItem]) -> set[tuple[str, str]]:
    """Return (kind of work, uid) of what went back."""
    given: set[tuple[str, str]] = set()
    for handler in handlers():
        uids = [each.subject_uid for each in items if each.kind == handler.code]
        if uids:
            back = handler.give(
                actor=unit.actor,
                now=unit.now,
                outpost=row.outpost,
                uids=uids,
                giver=row.taker,
                taker=row.leaver,
                reason=_BACK.format(number=row.number),
            )
            given |= {(handler.code, uid) for uid in back}
    return given


def _touched_since(row: WorkHandover, items: Collection[WorkHandoverItem]) -> dict[str, str]:
    """Return uid → who changed the row last since the hand-over, and when; the trail knows it for every kind."""
    own = AuditEntry.objects.filter(subject_kind=KIND, subject_uid=row.uid, action="created").values("link_id")[:1]
    later = AuditEntry.objects.filter(
        link_id__gt=own,
        subject_kind__in={each.subject_kind for each in items},
        subject_uid__in=[each.subject_uid for each in items],
        state__isnull=False,
    )
    return {
        each.subject_uid: str(text_of(_kept(each))) for each in later.select_related("link").order_by("link_id", "seq")
    }


def _kept(entry: AuditEntry) -> Finding:
    at = entry.link.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return Finding(Level.PROBLEM, "liaison.handover_kept", {"who": entry.link.actor_label, "on": at})
