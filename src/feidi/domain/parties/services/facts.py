"""Stating and correcting facts. Nothing is overwritten: a correction supersedes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact, Outpost
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a fact in exactly one shape: text, number (money in hundredths), on, or lo..hi."""

    text: str | None = None
    number: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    on: date | None = None
    lo: int | None = None
    hi: int | None = None
    currency: str = ""


def state_fact(  # noqa: PLR0913 - what holds when, from where, confirmed by whom
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    fact: str,
    value: Value,
    source: FactSource,
    holds_from: date | None = None,
    holds_to: date | None = None,
    source_note: str = "",
    document: StoredFile | None = None,
    confirmed_by: str = "",
    outpost: Outpost | None = None,
    supersedes: Fact | None = None,
) -> Fact:
    """Write down that ``fact`` of ``subject`` has ``value`` over [holds_from, holds_to).

    The calling domain service has checked the permission: a fact belongs to the app above that speaks it.
    """
    row = Fact(
        subject_kind=subject.kind,
        subject_uid=subject.uid,
        fact=fact,
        text=value.text,
        number=value.number,
        numerator=value.numerator,
        denominator=value.denominator,
        on=value.on,
        lo=value.lo,
        hi=value.hi,
        currency=value.currency,
        holds_from=holds_from,
        holds_to=holds_to,
        source=source,
        source_note=source_note,
        document=document,
        confirmed_by=confirmed_by,
        recorded_at=now,
        recorded_by=actor.label,
        outpost=outpost,
        supersedes=supersedes,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind="parties.fact")
    return row
