"""Visits of delegations: booked, confirmed with a guide, the way through the hall, who came, thanked and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.liaison.services.trip_names import coarse
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, said, today_of
from feidi.domain.showcase.access import EDIT
from feidi.domain.showcase.enums import PublicationKind, VisitState
from feidi.domain.showcase.kinds import VISIT
from feidi.domain.showcase.models import HallStop, HallVisit, HallVisitor, Publication
from feidi.domain.showcase.selectors.sites import rules_of
from feidi.domain.showcase.services.inquiries import masked
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.feedback.services.asking import Respondent, Whose, ask
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import seal, unseal
from feidi.kernel.subjects import Subject

UNMASK: Final = "contact.unmask"


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What is known of a visit. ``contact``: name and how to reach them, sealed; "" leaves what is known."""

    delegation: str
    starts_at: datetime
    ends_at: datetime
    people: int | None = None
    purpose: str = ""
    language: str = ""
    contact: str = ""
    guide: User | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person of the list: name, unit, title. No telephone numbers."""

    name: str
    unit: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: at what time, where, what; an exhibit of the hall where it is one."""

    what: str
    at: str = ""
    place: str = ""
    exhibit: Publication | None = None


def book_visit(*, actor: Actor, now: datetime, outpost: Outpost, plan: VisitPlan) -> HallVisit:
    """Enter a visit; with a guide it is confirmed. Refused: no permission, no name, an end before its start, a guide
    who has another delegation then.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    row = HallVisit(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
    with recorded(actor=actor, now=now) as unit:
        _fill(row, plan)
        row.save()
        unit.created(row, kind=VISIT)
    return row


def change_visit(
    *, actor: Actor, now: datetime, visit: HallVisit, plan: VisitPlan, version: int | None = None
) -> HallVisit:
    """Change what is known of a visit that is still to come. Refused as for booking; it is over or cancelled."""
    require(actor, EDIT, outpost_scope(visit.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, visit, kind=VISIT, version=version) as row:
        _to_come(row)
        _fill(row, plan)
    return row


def set_way(*, actor: Actor, now: datetime, visit: HallVisit, stops: Sequence[Stop]) -> HallVisit:
    """Write the way through the hall anew. Refused: no permission, an exhibit of another hall, over or cancelled."""
    require(actor, EDIT, outpost_scope(visit.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, visit, kind=VISIT, action="way_set") as row:
        _to_come(row)
        HallStop.objects.filter(visit=row).delete()
        for position, each in enumerate(stops, start=1):
            if each.exhibit is not None and (
                each.exhibit.outpost_id != row.outpost_id or each.exhibit.kind != PublicationKind.EXHIBIT
            ):
                raise refuse("showcase.exhibit_elsewhere", what=each.exhibit.title)
            HallStop.objects.create(
                visit=row,
                position=position,
                at=each.at.strip()[:20],
                place=each.place.strip()[:120],
                what=said(each.what, "showcase.stop_says_nothing")[:200],
                exhibit=each.exhibit,
            )
    return row


def set_visitors(*, actor: Actor, now: datetime, visit: HallVisit, visitors: Sequence[Visitor]) -> HallVisit:
    """Write the list of visitors anew, also afterwards: who really came. Refused: no permission, cancelled, names gone."""
    require(actor, EDIT, outpost_scope(visit.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, visit, kind=VISIT, action="members_set") as row:
        if row.state == VisitState.CANCELLED or row.names_gone_on is not None:
            raise refuse("showcase.visit_over", state=row.get_state_display())
        HallVisitor.objects.filter(visit=row).delete()
        HallVisitor.objects.bulk_create(
            HallVisitor(
                visit=row,
                position=position,
                name=each.name.strip()[:60],
                unit=each.unit.strip()[:120],
                title=each.title.strip()[:60],
            )
            for position, each in enumerate(visitors, start=1)
            if each.name.strip()
        )
    return row


def finish_visit(*, actor: Actor, now: datetime, visit: HallVisit, result: str) -> HallVisit:
    """Say that a delegation was received, and what came of it. Refused: no permission, no words, not confirmed, still
    to come.
    """
    require(actor, EDIT, outpost_scope(visit.outpost_id))
    words = said(result, "showcase.result_needed")
    with recorded(actor=actor, now=now) as unit, changed(unit, visit, kind=VISIT, action="received") as row:
        if row.state != VisitState.CONFIRMED:
            raise refuse("showcase.visit_over", state=row.get_state_display())
        if row.starts_at > now:
            raise refuse("showcase.visit_to_come", at=row.starts_at.isoformat(timespec="minutes"))
        row.state, row.result = VisitState.DONE, words[:500]
        _thank(actor, now, row)
    return row


def _thank(actor: Actor, now: datetime, row: HallVisit) -> None:
    """Ask the delegation how it was, by a link that whoever guided it hands over; once for each visit."""
    outpost = Outpost.objects.select_related("home").get(pk=row.outpost_id)
    ask(
        actor=actor,
        now=now,
        subject=Subject(VISIT, row.uid),
        occasion="visit",
        about=_("参观展厅"),
        to=Respondent(f"{VISIT}:{row.uid}"),
        whose=Whose(outpost.pk, outpost.home_id, outpost.home.code),
        owner=row.guide,
    )


def cancel_visit(*, actor: Actor, now: datetime, visit: HallVisit, reason: str) -> HallVisit:
    """Cancel a visit that is still to come, with why. Refused: no permission, no reason, over or cancelled before."""
    require(actor, EDIT, outpost_scope(visit.outpost_id))
    words = said(reason, "showcase.reason_needed")
    with recorded(actor=actor, now=now) as unit, changed(unit, visit, kind=VISIT, reason=words) as row:
        _to_come(row)
        row.state, row.result = VisitState.CANCELLED, words[:500]
    return row


def unmask_visit(*, actor: Actor, now: datetime, visit: HallVisit, reason: str) -> str:
    """Return how to reach a delegation, with who looked and why on record. Refused: no permission, no reason, gone."""
    require(actor, UNMASK, outpost_scope(visit.outpost_id))
    words = said(reason, "showcase.reason_needed")
    if not visit.contact_enc:
        raise refuse("showcase.contact_gone")
    with recorded(actor=actor, now=now) as unit:
        contact = unseal(visit.contact_enc, context=f"{VISIT}:{visit.uid}")
        unit.acted("unmasked", kind=VISIT, uid=visit.uid, reason=words)
    return contact


def forget_names(*, actor: Actor, now: datetime) -> int:
    """Leave surnames alone of lists of visits some days past, and take the contacts away; return how many visits."""
    today, count = today_of(now), 0
    past = HallVisit.objects.filter(ends_at__lt=now, names_gone_on__isnull=True).select_related("outpost__home")
    for each in past.order_by("pk"):
        if each.ends_at + timedelta(days=rules_of(each.outpost).keep_days) >= now:
            continue
        with recorded(actor=actor, now=now) as unit:
            with changed(unit, each, kind=VISIT, action="coarsened") as row:
                row.contact_enc, row.contact_hint, row.names_gone_on = b"", "", today
            names = list(row.visitors.all())
            for one in names:
                one.name = coarse(one.name)
            HallVisitor.objects.bulk_update(names, ["name"])
        count += 1
    return count


def _fill(row: HallVisit, plan: VisitPlan) -> None:
    row.delegation = said(plan.delegation, "showcase.delegation_needed")[:160]
    if plan.ends_at <= plan.starts_at:
        raise refuse("showcase.visit_order")
    row.starts_at, row.ends_at, row.people = plan.starts_at, plan.ends_at, plan.people
    row.purpose, row.language = plan.purpose.strip()[:300], plan.language.strip()[:40]
    if plan.guide is not None:
        _check_guide(row, plan)
    row.guide = plan.guide
    row.state = VisitState.CONFIRMED if plan.guide else VisitState.ASKED
    if contact := plan.contact.strip():
        row.contact_enc = seal(contact[:200], context=f"{VISIT}:{row.uid}")
        row.contact_hint = masked(contact[:1], contact)


def _check_guide(row: HallVisit, plan: VisitPlan) -> None:
    busy = HallVisit.objects.filter(
        guide=plan.guide,
        state=VisitState.CONFIRMED,
        voided_at__isnull=True,
        starts_at__lt=plan.ends_at,
        ends_at__gt=plan.starts_at,
    ).exclude(pk=row.pk)
    other = busy.first()
    if other is not None:
        raise refuse("showcase.guide_busy", who=str(plan.guide), what=other.delegation)


def _to_come(row: HallVisit) -> None:
    if row.state not in {VisitState.ASKED, VisitState.CONFIRMED}:
        raise refuse("showcase.visit_over", state=row.get_state_display())
