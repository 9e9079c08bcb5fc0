"""Stating policy facts: read as people write them, kept in two times, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.facts import Value as Shape
from feidi.domain.parties.services.facts import state_fact
from feidi.domain.policy.access import FACTS
from feidi.domain.policy.selectors.facts import shape_of
from feidi.domain.policy.selectors.known import ORGANIZATION, derived_facts, is_adopted
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.standings import renew_standings
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.rules.fact_values import FactValueError, parse_value
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType, Interval, Value
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import Subject, visible_row

KIND = "parties.fact"
_YEARLY = frozenset({"year", "three_years"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where statements come from: source, note (which paper, who said so), document, who confirmed them."""

    source: FactSource = FactSource.STATED
    note: str = ""
    document: StoredFile | None = None
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as given: ``given`` as people write it (2000万元以上, 是, 2026-01-31, a list of codes).

    ``year``   the year a yearly value is about; without it the last full year
    ``since``  from when a value of a moment holds; without it from today (a day that something happened: always)
    """

    fact: str
    given: object
    year: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    definition: FactDef
    value: Value
    holds_from: date | None
    holds_to: date | None


def state_policy_facts(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    subject: Subject,
    statements: Sequence[Statement],
    origin: Origin | None = None,
) -> list[Fact]:
    """State facts of a subject that the actor sees; all of them or none. The subject's standings are renewed.

    Refused with every reason at once: no permission, a subject the actor does not see, a fact that the dictionary of
    the outpost's places does not have, a value that cannot be read (which, what, how to write it).
    """
    require(actor, FACTS, outpost_scope(outpost.pk))
    if visible_row(actor, subject) is None:
        raise refuse("policy.subject_unknown")
    return push_facts(actor=actor, now=now, outpost=outpost, subject=subject, statements=statements, origin=origin)


def state_policy_fact(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    subject: Subject,
    statement: Statement,
    origin: Origin | None = None,
) -> Fact:
    """State one fact; refused as ``state_policy_facts``."""
    given = {"actor": actor, "now": now, "outpost": outpost, "subject": subject, "origin": origin}
    return state_policy_facts(statements=[statement], **given)[0]  # type: ignore[arg-type]


def push_facts(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    subject: Subject,
    statements: Sequence[Statement],
    origin: Origin | None = None,
) -> list[Fact]:
    """State facts for an upper app that owns the subject (project, referral …) and has checked what the actor may.

    What is already held word for word is not said twice. Refused as ``state_policy_facts``, but for permission.
    """
    today = now.astimezone(SHANGHAI).date()
    reads = _read_all(library_of(outpost, on=today).dictionary, statements, today)
    with recorded(actor=actor, now=now):
        rows = [_state(actor, now, outpost, subject, read, origin or Origin()) for read in reads]
        renew_standings(now=now, outpost=outpost, subjects=[subject])
    return rows


def adopt_known(*, actor: Actor, now: datetime, outpost: Outpost, subject: Subject, as_of: date) -> list[Fact]:
    """Write down as facts what the register of parties knows on ``as_of``, so that a later question finds it as it was.

    Whoever keeps a check-up does this with it; nothing is said twice.
    """
    if subject.kind != ORGANIZATION:
        return []
    dictionary = library_of(outpost, on=as_of).dictionary
    rows = []
    for each in derived_facts(outpost, [subject.uid], dictionary, as_of=as_of)[subject.uid]:
        if not _is_stated(outpost, subject, each.fact, as_of):
            # a value taken over before gives way to what the register says by now; the same one is not written twice
            read = _Read(dictionary[each.fact], each.value, each.holds_from, None)
            origin = Origin(FactSource(each.source), each.note)
            rows.append(_state(actor, now, outpost, subject, read, origin))
    return rows


def withdraw_policy_fact(*, actor: Actor, now: datetime, outpost: Outpost, fact: Fact, reason: str) -> Fact:
    """Take back a fact that was stated in error: from now on it is unknown again. Earlier questions still find it.

    Refused: no permission, no reason, another outpost's fact, one that was corrected since.
    """
    require(actor, FACTS, outpost_scope(outpost.pk))
    if not reason.strip():
        raise refuse("policy.fact_reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _live(outpost, fact)
        day = row.holds_from or now.astimezone(SHANGHAI).date()
        # a correction that holds on no day
        made = _save(actor, now, row.outpost, _subject(row), row.fact, _shape(row), day, day, Origin(note=reason), row)
        unit.changed(row, kind=KIND, before=unit.before(row, KIND), reason=reason, action="fact_withdrawn")
        renew_standings(now=now, outpost=outpost, subjects=[_subject(row)])
    return made


def confirm_policy_fact(*, actor: Actor, now: datetime, outpost: Outpost, fact: Fact, by: str) -> Fact:
    """Note who confirmed a fact (department and name). Refused: no permission, nobody named, corrected since."""
    require(actor, FACTS, outpost_scope(outpost.pk))
    if not by.strip():
        raise refuse("policy.confirmer_needed")
    with recorded(actor=actor, now=now):
        row = _live(outpost, fact)
        origin = Origin(FactSource(row.source), row.source_note, row.document, by.strip()[:160])
        return _save(
            actor, now, row.outpost, _subject(row), row.fact, _shape(row), row.holds_from, row.holds_to, origin, row
        )


def _read_all(dictionary: FactDictionary, statements: Sequence[Statement], today: date) -> list[_Read]:
    reads: list[_Read] = []
    reasons: list[Finding] = []
    for each in statements:
        if each.fact not in dictionary:
            reasons.append(Finding(Level.PROBLEM, "policy.fact_unknown", {"fact": each.fact}, column=each.fact))
            continue
        definition = dictionary[each.fact]
        try:
            value = parse_value(definition, each.given)
        except FactValueError as error:
            params = {"label": definition.name, **error.params}
            reasons.append(Finding(Level.PROBLEM, error.code, params, column=each.fact))
            continue
        reads.append(_Read(definition, value, *_period(definition, each, today)))
    if reasons:
        raise refuse("policy.facts_unreadable", *reasons, n=len(reasons))
    return reads


def _period(definition: FactDef, statement: Statement, today: date) -> tuple[date | None, date | None]:
    """Return [from, to): a yearly value holds while its year is the last full one, a day that happened for ever."""
    if definition.period in _YEARLY:
        year = (statement.year or today.year - 1) + 1
        return date(year, 1, 1), date(year + 1, 1, 1)
    if statement.since is None and definition.type is FactType.DATE:
        return None, None
    return statement.since or today, None


def _state(actor: Actor, now: datetime, outpost: Outpost, subject: Subject, read: _Read, origin: Origin) -> Fact:
    """Write one fact; it supersedes what this outpost said of the same period."""
    shape, name = shape_of(read.definition, read.value), read.definition.id
    if isinstance(read.value, Interval) and read.value.lo is None and read.value.hi is None:
        raise refuse("policy.fact_says_nothing", label=read.definition.name)
    held = _same_period(outpost, subject, name, read)
    if held is not None and _shape(held) == shape and _says_the_same(held, origin):
        return held
    return _save(actor, now, outpost, subject, name, shape, read.holds_from, read.holds_to, origin, held)


def _same_period(outpost: Outpost, subject: Subject, fact: str, read: _Read) -> Fact | None:
    rows = Fact.objects.select_for_update(of=("self",)).filter(
        outpost=outpost,
        subject_kind=subject.kind,
        subject_uid=subject.uid,
        fact=fact,
        holds_from=read.holds_from,
        superseded_by__isnull=True,
    )
    return rows.order_by("-recorded_at", "-id").first()


def _says_the_same(held: Fact, origin: Origin) -> bool:
    mine = (origin.source, origin.confirmed_by, origin.document.pk if origin.document else None)
    return (held.source, held.confirmed_by, held.document_id) == mine and held.holds_to != held.holds_from


def _save(
    actor: Actor,
    now: datetime,
    outpost: Outpost | None,
    subject: Subject,
    fact: str,
    shape: Shape,
    holds_from: date | None,
    holds_to: date | None,
    origin: Origin,
    held: Fact | None,
) -> Fact:
    return state_fact(
        actor=actor,
        now=now,
        subject=subject,
        fact=fact,
        value=shape,
        source=origin.source,
        holds_from=holds_from,
        holds_to=holds_to,
        source_note=origin.note.strip()[:300],
        document=origin.document,
        confirmed_by=origin.confirmed_by.strip()[:160],
        outpost=outpost,
        supersedes=held,
    )


def _is_stated(outpost: Outpost, subject: Subject, fact: str, as_of: date) -> bool:
    """Tell whether somebody has stated a fact that still holds on ``as_of`` (or from a later day) by themselves."""
    rows = Fact.objects.filter(
        outpost=outpost, subject_kind=subject.kind, subject_uid=subject.uid, fact=fact, superseded_by__isnull=True
    )
    return any(not is_adopted(row.source_note) and (row.holds_to is None or row.holds_to > as_of) for row in rows)


def _live(outpost: Outpost, fact: Fact) -> Fact:
    row = Fact.objects.select_for_update(of=("self",)).filter(pk=fact.pk, outpost=outpost).first()
    if row is None:
        raise refuse("policy.subject_unknown")
    if Fact.objects.filter(supersedes=row).exists():
        raise refuse("policy.fact_corrected_meanwhile")
    return row


def _subject(row: Fact) -> Subject:
    return Subject(row.subject_kind, row.subject_uid)


def _shape(row: Fact) -> Shape:
    return Shape(row.text, row.number, row.numerator, row.denominator, row.on, row.lo, row.hi, row.currency)
