"""The flow ledger is written here and nowhere else: by a proven event, by a person's word, by a rebuild.

``settle_source`` brings the entries of one source to what ``selectors.flow_sources`` says is due: what is missing is
entered, what is due no more is taken back by a counter-entry. Again with nothing changed it writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.access import FLOW_EDIT
from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowMadeBy, FlowUnit
from feidi.domain.reporting.models import FlowEntry, FlowSetAside
from feidi.domain.reporting.selectors.flow_sources import Due, Standing, candidates, standings
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.subjects import Subject

KIND: Final = "reporting.flow"
SET_ASIDE: Final = "reporting.flow_set_aside"


@dataclass(frozen=True, slots=True)
class NewFlow:
    """What a person says of a proven source: which way, and how much where the source does not say it."""

    direction: FlowDirection
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling changed."""

    entered: int = 0
    countered: int = 0

    def __add__(self, other: Settled) -> Settled:
        return Settled(self.entered + other.entered, self.countered + other.countered)


def settle_source(
    *, actor: Actor, now: datetime, source: Subject, reason: str = "", how: FlowMadeBy = FlowMadeBy.EVENT
) -> Settled:
    """Bring the entries of one source to what is due of it. ``reason``: why it was taken back, where it was."""
    standing = standings([source]).get(source)
    if standing is None:
        return Settled()
    with recorded(actor=actor, now=now) as unit:
        return _settle(unit, source, standing, reason, how)


def rebuild_flows(*, actor: Actor, now: datetime, outposts: Iterable[int]) -> Settled:
    """Enter what is due of every source of some outposts and is not entered, and take back what is due no more.

    For rows that existed before the ledger, and to repair; again it changes nothing. Refused: ``flow.edit`` is not held
    at one of the outposts.
    """
    wanted = sorted(set(outposts))
    for each in wanted:
        require(actor, FLOW_EDIT, outpost_scope(each))
    total = Settled()
    with recorded(actor=actor, now=now) as unit:
        for source, standing in candidates(wanted).items():
            total += _settle(unit, source, standing, "", FlowMadeBy.REBUILD)
    return total


def enter_flow(*, actor: Actor, now: datetime, source: Subject, new: NewFlow) -> FlowEntry:
    """Enter a flow of a proven source whose direction (or amount) a person says.

    Refused: no permission, a source that makes no flows or is not proven, entered already, set aside, no amount where
    one is needed.
    """
    standing = _standing(source)
    require(actor, FLOW_EDIT, outpost_scope(standing.outpost.pk))
    if not standing.stands or standing.on is None:
        raise refuse("reporting.flow_not_proven")
    with recorded(actor=actor, now=now) as unit:
        if _live(source):
            raise refuse("reporting.flow_entered")
        if _aside(source) is not None:
            raise refuse("reporting.flow_set_aside")
        amount = standing.amount or new.amount
        counted = standing.unit if amount is None else ""
        if amount is None and not counted:
            raise refuse("reporting.flow_amount_needed")
        if amount is not None and (amount.fen <= 0 or not amount.currency):
            raise refuse("reporting.flow_amount_needed")
        due = Due(
            standing.kind,
            new.direction,
            amount if standing.kind != FlowKind.TALENT else None,
            1 if counted else None,
            FlowUnit(counted) if counted else "",
        )
        return _enter(unit, source, standing, due, FlowMadeBy.HAND)


def counter_flow(*, actor: Actor, now: datetime, entry: FlowEntry, reason: str) -> FlowEntry:
    """Take an entry back by a counter-entry; its source is set aside with the reason, so that nothing enters it anew.

    Refused: no permission, no reason, a counter-entry, an entry taken back already.
    """
    require(actor, FLOW_EDIT, outpost_scope(entry.outpost_id))
    words = _said(reason)
    with recorded(actor=actor, now=now) as unit:
        row = FlowEntry.objects.select_for_update().get(pk=entry.pk)
        if row.counter_of_id is not None:
            raise refuse("reporting.flow_is_counter")
        if not row.live:
            raise refuse("reporting.flow_countered")
        made = _counter(unit, row, words, FlowMadeBy.HAND)
        source = Subject(row.subject_kind, row.subject_uid)
        if _aside(source) is None:
            _put_aside(unit, row.outpost_id, source, words)
    return made


def set_aside(*, actor: Actor, now: datetime, source: Subject, reason: str) -> FlowSetAside:
    """Say that a proven source is no flow between the two sides, and why.

    Refused: no permission, no reason, a source that makes no flows, entered already, set aside already.
    """
    standing = _standing(source)
    require(actor, FLOW_EDIT, outpost_scope(standing.outpost.pk))
    words = _said(reason)
    with recorded(actor=actor, now=now) as unit:
        if _live(source):
            raise refuse("reporting.flow_entered")
        if _aside(source) is not None:
            raise refuse("reporting.flow_set_aside")
        return _put_aside(unit, standing.outpost.pk, source, words)


def take_up_again(*, actor: Actor, now: datetime, aside: FlowSetAside, reason: str) -> Settled:
    """Say that a source was set aside in error: it is due again, or waits for its direction again."""
    require(actor, FLOW_EDIT, outpost_scope(aside.outpost_id))
    words = _said(reason)
    with recorded(actor=actor, now=now) as unit:
        row = FlowSetAside.objects.select_for_update().get(pk=aside.pk)
        if row.voided_at is not None:
            raise refuse("reporting.flow_aside_voided")
        before = unit.before(row, SET_ASIDE)
        row.voided_at, row.void_reason, row.version = now, words, row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=SET_ASIDE, before=before, reason=words, action="voided")
        return settle_source(
            actor=actor, now=now, source=Subject(row.subject_kind, row.subject_uid), how=FlowMadeBy.HAND
        )


def _settle(unit: Unit, source: Subject, standing: Standing, reason: str, how: FlowMadeBy) -> Settled:
    live = _live(source)
    if not standing.stands:
        for row in live:
            _counter(unit, row, reason.strip() or _("来源已撤销或作废"), how)
        return Settled(countered=len(live))
    if any(row.made_how == FlowMadeBy.HAND for row in live) or (not live and _aside(source) is not None):
        return Settled()
    known = {_due_of(row): row for row in live}
    dues = set(standing.dues)
    gone = [row for due, row in known.items() if due not in dues]
    for row in gone:
        _counter(unit, row, reason.strip() or _("来源已更正，按更正后的重新入账"), how)
    missing = [due for due in standing.dues if due not in known]
    for due in missing:
        _enter(unit, source, standing, due, how)
    return Settled(len(missing), len(gone))


def _due_of(row: FlowEntry) -> Due:
    amount = Money(row.amount_fen, row.currency) if row.amount_fen is not None else None
    return Due(
        FlowKind(row.kind), FlowDirection(row.direction), amount, row.count, FlowUnit(row.unit) if row.unit else ""
    )


def _enter(unit: Unit, source: Subject, standing: Standing, due: Due, how: FlowMadeBy) -> FlowEntry:
    if standing.on is None:  # a proven source has its day; the type does not know
        raise refuse("reporting.flow_not_proven")
    row = FlowEntry(
        outpost=standing.outpost,
        subject_kind=source.kind,
        subject_uid=source.uid,
        kind=due.kind,
        direction=due.direction,
        occurred_on=standing.on,
        amount_fen=due.amount.fen if due.amount else None,
        currency=(due.amount.currency or "") if due.amount else "",
        count=due.count,
        unit=due.unit,
        evidence=list(standing.evidence),
        made_how=how,
        made_by=unit.actor.label[:160],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=KIND)
    return row


def _counter(unit: Unit, row: FlowEntry, reason: str, how: FlowMadeBy) -> FlowEntry:
    before = unit.before(row, KIND)
    row.live, row.version = False, row.version + 1
    row.save(update_fields=["live", "version"])
    unit.changed(row, kind=KIND, before=before, reason=reason, action="countered")
    made = FlowEntry(
        outpost_id=row.outpost_id,
        subject_kind=row.subject_kind,
        subject_uid=row.subject_uid,
        kind=row.kind,
        direction=row.direction,
        occurred_on=max(_day(unit.now), row.occurred_on),
        amount_fen=None if row.amount_fen is None else -row.amount_fen,
        currency=row.currency,
        count=None if row.count is None else -row.count,
        unit=row.unit,
        evidence=list(row.evidence),
        counter_of=row,
        live=False,
        reason=reason[:300],
        made_how=how,
        made_by=unit.actor.label[:160],
        created_at=unit.now,
    )
    made.save()
    unit.created(made, kind=KIND, reason=reason)
    return made


def _put_aside(unit: Unit, outpost: int, source: Subject, words: str) -> FlowSetAside:
    row = FlowSetAside(
        outpost_id=outpost,
        subject_kind=source.kind,
        subject_uid=source.uid,
        reason=words,
        recorded_by=unit.actor.label[:160],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=SET_ASIDE)
    return row


def _live(source: Subject) -> list[FlowEntry]:
    rows = FlowEntry.objects.select_for_update().filter(subject_kind=source.kind, subject_uid=source.uid, live=True)
    return list(rows.order_by("pk"))


def _aside(source: Subject) -> FlowSetAside | None:
    return FlowSetAside.objects.filter(subject_kind=source.kind, subject_uid=source.uid, voided_at__isnull=True).first()


def _standing(source: Subject) -> Standing:
    found = standings([source]).get(source)
    if found is None:
        raise refuse("reporting.flow_no_source")
    return found


def _said(reason: str) -> str:
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    return reason.strip()[:300]


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
