"""岗位: opened for an organization, closed with a reason; whoever matches is told by an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationLink, Outpost
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.talent.access import EDIT
from feidi.domain.talent.enums import SalaryPer, Whereabouts
from feidi.domain.talent.events import PositionClosed, PositionOpened
from feidi.domain.talent.kinds import POSITION
from feidi.domain.talent.models import Position
from feidi.domain.talent.services.changing import not_ahead
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.subjects import Subject, visible_row

LETTERS: Final = "GW"


@dataclass(frozen=True, slots=True)
class Band:
    """A salary band; either end may be unknown, both in one currency."""

    lo: Money | None = None
    hi: Money | None = None
    per: SalaryPer | str = ""


@dataclass(frozen=True, slots=True)
class NewPosition:
    """What is known of a position. ``about``: the project it is for."""

    organization: Organization
    title: str
    needs: str = ""
    field: str = ""
    works_at: Whereabouts | str = ""
    work_place: str = ""
    wanted: int = 1
    band: Band = Band()
    about: Subject | None = None
    opened_on: date | None = None


def open_position(*, actor: Actor, now: datetime, outpost: Outpost, new: NewPosition) -> Position:
    """Enter a position; ``PositionOpened`` is told to the apps above.

    Refused: no permission, an organization the outpost does not know, a project the actor does not see, no title,
    nobody wanted, a band the wrong way round, in two currencies, or without its time.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    organization = new.organization
    if not OrganizationLink.objects.filter(outpost=outpost, organization=organization).exists():
        raise refuse("talent.organization_unknown", name=organization.name)
    if new.about is not None and visible_row(actor, new.about) is None:
        raise refuse("talent.project_unknown")
    if new.wanted < 1:
        raise refuse("talent.position_wants_nobody", value=new.wanted)
    currency = _currency(new.band)
    row = Position(
        outpost=outpost,
        organization=organization,
        about_kind=new.about.kind if new.about else "",
        about_uid=new.about.uid if new.about else "",
        title=said(new.title, "talent.position_title")[:120],
        needs=new.needs.strip(),
        field=new.field.strip()[:80],
        works_at=new.works_at,
        work_place=new.work_place.strip()[:120],
        wanted=new.wanted,
        salary_lo_fen=new.band.lo.fen if new.band.lo else None,
        salary_hi_fen=new.band.hi.fen if new.band.hi else None,
        currency=currency,
        salary_per=new.band.per if currency else "",
        opened_on=not_ahead(new.opened_on, now),
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.number = next_code(outpost=outpost, letters=LETTERS, now=now)
        row.save()
        unit.created(row, kind=POSITION)
        publish(PositionOpened(row.uid, organization.uid))
    return row


def close_position(*, actor: Actor, now: datetime, position: Position, reason: str, on: date | None = None) -> Position:
    """Close a position: filled, or no longer wanted. Refused: no permission, no reason, closed before."""
    require(actor, EDIT, outpost_scope(position.outpost_id))
    words = said(reason, "talent.reason_needed")
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, position, kind=POSITION, reason=words, action="closed") as row:
            if row.closed_on is not None:
                raise refuse("talent.position_closed", number=row.number, on=row.closed_on.isoformat())
            if day < row.opened_on:
                raise refuse("talent.date_before", value=day.isoformat(), first=row.opened_on.isoformat())
            row.closed_on, row.close_reason = day, words[:300]
        publish(PositionClosed(row.uid, row.organization.uid))
    return row


def _currency(band: Band) -> str:
    ends = [each for each in (band.lo, band.hi) if each is not None]
    if not ends:
        return ""
    currencies = {each.currency or "" for each in ends}
    if len(currencies) > 1 or "" in currencies:
        raise refuse("talent.salary_currency")
    if not band.per:
        raise refuse("talent.salary_per")
    if band.lo and band.hi and band.lo.fen > band.hi.fen:
        raise refuse("talent.salary_order")
    return currencies.pop()
