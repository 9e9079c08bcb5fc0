"""投资意向: said during the show, by an account, by the link on stage, or written down by the outpost's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.roadshow.models import Entry, Interest, Roadshow
from feidi.domain.roadshow.roadshow_access import EDIT, INTEREST
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.roadshow_events import InterestShown
from feidi.domain.roadshow.roadshow_kinds import INTEREST as INTEREST_KIND
from feidi.domain.roadshow.services.knowing import known_organization
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor, ActorKind, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish

_SHOWN = (RoundPhase.SCORING, RoundPhase.CLOSED, RoundPhase.SEALED)


@dataclass(frozen=True, slots=True)
class Interested:
    """Who, and how much (None: no amount was said)."""

    name: str = ""
    organization: Organization | None = None
    ticket: Money | None = None
    note: str = ""


def show_interest(*, actor: Actor, now: datetime, entry: Entry, said_by: Interested) -> Interest:
    """Take down an interest. A name is looked up among the organizations the outpost knows; the same one twice is one.

    Refused: nobody who may say so, no name, an entry that is not on show, an amount without a currency or not above 0.
    """
    show = entry.round.roadshow
    _require(actor, show, said_by)
    by_link = actor.kind is ActorKind.TOKEN
    if entry.round.phase not in _SHOWN or entry.voided_at is not None:
        raise refuse("roadshow.not_on_show")
    name = said_by.organization.name if said_by.organization else said(said_by.name, "roadshow.interest_name_needed")
    ticket = said_by.ticket
    if ticket is not None and (ticket.fen <= 0 or not ticket.currency):
        raise refuse("roadshow.ticket_wrong")
    organization = said_by.organization or known_organization(show.outpost_id, name)
    with recorded(actor=actor, now=now) as unit:
        before = Interest.objects.filter(entry=entry, voided_at__isnull=True)
        before = before.filter(organization=organization) if organization else before.filter(name=name[:120])
        standing = before.first()
        if standing is not None:
            with changed(unit, standing, kind=INTEREST_KIND) as row:
                _put(row, said_by)
        else:
            row = Interest(
                entry=entry,
                organization=organization,
                user_id=actor.user_id,
                name=name[:120],
                by_link=by_link,
                recorded_by=actor.label[:160],
                created_at=now,
            )
            _put(row, said_by)
            row.save()
            unit.created(row, kind=INTEREST_KIND)
        publish(
            InterestShown(
                roadshow_uid=show.uid,
                interest_uid=row.uid,
                project_uid=entry.project.uid,
                organization_uid=organization.uid if organization else "",
                ticket_fen=row.ticket_fen,
                currency=row.currency,
            )
        )
    return row


def void_interest(*, actor: Actor, now: datetime, interest: Interest, reason: str) -> Interest:
    """Take an interest back, with the reason."""
    require(actor, EDIT, outpost_scope(interest.entry.round.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, interest, kind=INTEREST_KIND, reason=why, action="voided") as row,
    ):
        row.voided_at, row.void_reason = now, why[:500]
    return row


def guest_of(show: Roadshow) -> Actor:
    """Return who acts on the page of the link on stage: nobody by name, for this show alone."""
    return Actor(kind=ActorKind.TOKEN, label=f"roadshow.guest:{show.uid}", on_behalf_of=show.uid)


def _require(actor: Actor, show: Roadshow, said_by: Interested) -> None:
    if actor.kind is ActorKind.TOKEN:
        if actor.on_behalf_of != show.uid:
            raise refuse("roadshow.link_closed")
        return
    own = actor.scopes(INTEREST, ScopeKind.ORGANIZATION)
    if said_by.organization is not None and said_by.organization.pk in own:
        return
    require(actor, EDIT, outpost_scope(show.outpost_id))


def _put(row: Interest, said_by: Interested) -> None:
    """Write what is said now; what is not said stays as it was."""
    row.note = said_by.note.strip()[:300] or row.note
    if said_by.ticket is not None:
        row.ticket_fen, row.currency = said_by.ticket.fen, said_by.ticket.currency or ""
