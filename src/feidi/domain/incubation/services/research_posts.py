"""What a home firm's research post has besides its tenancy: seconded people and research topics."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT
from feidi.domain.incubation.enums import TenancyKind
from feidi.domain.incubation.models import ResearchTopic, SecondedPerson, Tenancy
from feidi.domain.incubation.services.changing import adding, changing
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.sealing import seal
from feidi.kernel.subjects.uid import new_uid

PERSON_KIND: Final = "incubation.seconded_person"
TOPIC_KIND: Final = "incubation.research_topic"


def second_person(
    *, actor: Actor, now: datetime, tenancy: Tenancy, name: str, post: str, since: date, insured_at: str
) -> SecondedPerson:
    """Write down somebody the firm posts here; the name is sealed. ``insured_at`` "": 问企业, never a guess.

    Refused: another kind of tenancy, no name, a day before the tenancy.
    """
    _check(actor, tenancy)
    if not name.strip():
        raise refuse("incubation.name_needed")
    if since < tenancy.starts_on:
        raise refuse("incubation.milestone_too_early", due_on=since.isoformat(), since=tenancy.starts_on.isoformat())
    uid = new_uid()
    row = SecondedPerson(
        uid=uid,
        tenancy=tenancy,
        name_sealed=seal(name.strip(), context=f"{PERSON_KIND}:{uid}"),
        post=post.strip()[:80],
        since=since,
        insured_at=insured_at.strip()[:80],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=PERSON_KIND, actor=actor, now=now)


def end_secondment(*, actor: Actor, now: datetime, person: SecondedPerson, until: date) -> SecondedPerson:
    """Say when somebody went home. Refused: before they came."""
    require(actor, EDIT, outpost_scope(person.tenancy.outpost_id))
    with changing(person, kind=PERSON_KIND, actor=actor, now=now, action="ended") as row:
        if until < row.since:
            raise refuse("incubation.term_order", starts_on=row.since.isoformat(), ends_on=until.isoformat())
        row.until = until
    return row


def add_topic(
    *, actor: Actor, now: datetime, tenancy: Tenancy, title: str, since: date, until: date | None, cost: Money | None
) -> ResearchTopic:
    """Write down what the post works on. ``cost`` by the firm's own books; None: not said."""
    _check(actor, tenancy)
    if not title.strip():
        raise refuse("incubation.topic_needed")
    if cost is not None and not cost.currency:
        raise refuse("incubation.currency_needed", value=str(cost.units))
    if until is not None and until < since:
        raise refuse("incubation.term_order", starts_on=since.isoformat(), ends_on=until.isoformat())
    row = ResearchTopic(
        tenancy=tenancy,
        title=title.strip()[:160],
        since=since,
        until=until,
        cost_fen=cost.fen if cost else None,
        currency=(cost.currency or "") if cost else "",
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=TOPIC_KIND, actor=actor, now=now)


def close_topic(
    *, actor: Actor, now: datetime, topic: ResearchTopic, until: date, cost: Money | None, result: str
) -> ResearchTopic:
    """Say when a topic ended, what it cost by the firm's books and what came of it."""
    require(actor, EDIT, outpost_scope(topic.tenancy.outpost_id))
    if cost is not None and not cost.currency:
        raise refuse("incubation.currency_needed", value=str(cost.units))
    with changing(topic, kind=TOPIC_KIND, actor=actor, now=now, action="closed") as row:
        if until < row.since:
            raise refuse("incubation.term_order", starts_on=row.since.isoformat(), ends_on=until.isoformat())
        row.until, row.result = until, result.strip()[:300]
        if cost is not None:
            row.cost_fen, row.currency = cost.fen, cost.currency or ""
    return row


def _check(actor: Actor, tenancy: Tenancy) -> None:
    require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    if tenancy.kind != TenancyKind.HOME_RESEARCH:
        raise refuse("incubation.not_a_research_post", kind=str(TenancyKind(tenancy.kind).label))
    if tenancy.ended_on is not None:
        raise refuse("incubation.tenancy_over", ended_on=tenancy.ended_on.isoformat())
