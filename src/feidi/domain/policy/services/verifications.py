"""Stamping a clause: whom of its issuer one asked, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.access import STAMP
from feidi.domain.policy.enums import IssuerAnswer
from feidi.domain.policy.models import ClauseVerification
from feidi.domain.policy.selectors.catalogue import Entry
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND = "policy.clause_verification"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom of the issuer, on which day, and the answer; what differs, unless it is as written."""

    answer: IssuerAnswer
    asked: str
    asked_on: date
    note: str = ""


def stamp_clause(*, actor: Actor, now: datetime, entry: Entry, asked: Asked) -> ClauseVerification:
    """Write down that the issuer of a clause was asked.

    Effect: the stamp holds for the file as it stands now; it changes no answer of the rules: a validity that was found
    out is written into the policy, by two persons. Refused: no permission, nobody named, a day that has not come, an
    answer other than "as written" without what differs.
    """
    require(actor, STAMP)
    if not asked.asked.strip():
        raise refuse("policy.stamp_without_whom")
    if asked.asked_on > now.astimezone(SHANGHAI).date():
        raise refuse("policy.stamp_ahead", asked_on=asked.asked_on.isoformat())
    if asked.answer != IssuerAnswer.AS_WRITTEN and not asked.note.strip():
        raise refuse("policy.stamp_without_note", answer=str(asked.answer.label))
    row = ClauseVerification(
        place=entry.clause.place,
        path=entry.path,
        clause=entry.clause.code,
        sha256=entry.sha256,
        answer=asked.answer,
        asked=asked.asked.strip()[:160],
        asked_on=asked.asked_on,
        note=asked.note.strip()[:500],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=KIND)
    return row
