"""What is known of a subject on a day, as the rules read it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.db.models import Q

from feidi.domain.parties.models import Fact, Outpost
from feidi.domain.parties.selectors.facts import list_facts_of
from feidi.domain.parties.services.facts import Value as Shape
from feidi.domain.policy.selectors.askable import clauses_about
from feidi.domain.policy.selectors.known import ORGANIZATION, Derived, derived_facts, is_adopted
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval, Value, exactly
from feidi.kernel.subjects import Subject

YES, NO, SEPARATOR = "yes", "no", ","
#: By what a question is told from the others.
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact as it was used: its value, where it comes from, since when it holds, who confirmed it.

    ``row`` is the uid of the stated fact, "" for one that the register of parties knows and nobody stated.
    """

    fact: str
    value: Value
    source: str
    note: str = ""
    holds_from: date | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""
    confirmed_by: str = ""
    document: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a subject: fact id → what was used. ``unreadable``: rows that the dictionary no longer fits."""

    facts: Mapping[str, KnownFact] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """Return the values alone, as the engine wants them. What is absent is unknown."""
        return {fact: each.value for fact, each in self.facts.items()}


def facts_known(
    outpost: Outpost,
    subjects: Sequence[Subject],
    dictionary: FactDictionary,
    *,
    as_of: date,
    known_at: datetime,
    registered: bool = True,
) -> Known:
    """Return what an outpost knows of one question's ``subjects`` on ``as_of`` by what was recorded up to ``known_at``.

    Facts belong to the outpost that wrote them. Of several subjects (a firm and its project) the first that knows a
    fact is taken. ``registered``: also what the register of parties knows today and nobody has stated; a question of
    the past leaves it out, because the register keeps no history.
    """
    asked = {"": subjects}
    return facts_known_of(outpost, asked, dictionary, as_of=as_of, known_at=known_at, registered=registered)[""]


def facts_known_of(
    outpost: Outpost,
    asked: Mapping[K, Sequence[Subject]],
    dictionary: FactDictionary,
    *,
    as_of: date,
    known_at: datetime,
    registered: bool = True,
) -> dict[K, Known]:
    """Return the same for many questions at once, in a fixed number of queries."""
    subjects = list(dict.fromkeys(each for group in asked.values() for each in group))
    stated = _newest(outpost, subjects, as_of=as_of, known_at=known_at)
    uids = [each.uid for each in subjects if each.kind == ORGANIZATION]
    derived = derived_facts(outpost, uids, dictionary, as_of=as_of) if registered else {}
    return {name: _known(group, stated, derived, dictionary) for name, group in asked.items()}


def _known(
    subjects: Sequence[Subject],
    stated: Mapping[Subject, Mapping[str, Fact]],
    derived: Mapping[str, Sequence[Derived]],
    dictionary: FactDictionary,
) -> Known:
    found: dict[str, KnownFact] = {}
    unreadable: list[str] = []
    for subject in subjects:
        for row in stated.get(subject, {}).values():
            if subject != subjects[0] and _is_own(row.fact, subjects[0], dictionary):
                continue
            read = read_row(row, dictionary)
            if read is None:
                unreadable.append(row.fact)
            else:
                found.setdefault(row.fact, read)
        if subject.kind == ORGANIZATION:
            for each in derived.get(subject.uid, ()):
                stated_one = found.get(each.fact)
                if stated_one is None or (is_adopted(stated_one.note) and stated_one.value != each.value):
                    found[each.fact] = _of_register(each)
    return Known(found, tuple(dict.fromkeys(unreadable)))


def _is_own(fact: str, subject: Subject, dictionary: FactDictionary) -> bool:
    """Tell whether a fact is one that only the subject itself can have: a firm has no education."""
    clauses = clauses_about(subject.kind)
    return clauses is not None and fact in dictionary and dictionary[fact].subject in clauses


def _newest(
    outpost: Outpost, subjects: Sequence[Subject], *, as_of: date, known_at: datetime
) -> dict[Subject, dict[str, Fact]]:
    """Return the one row of each subject and fact that holds: the latest to begin, of those the latest learned."""
    rows = list_facts_of(subjects, as_of=as_of, known_at=known_at).filter(Q(outpost=outpost) | Q(outpost=None))
    best: dict[Subject, dict[str, Fact]] = {}
    for row in rows.select_related("document"):
        facts = best.setdefault(Subject(row.subject_kind, row.subject_uid), {})
        held = facts.get(row.fact)
        if held is None or _rank(row) > _rank(held):
            facts[row.fact] = row
    return best


def _rank(row: Fact) -> tuple[date, datetime, int]:
    return (row.holds_from or date.min, row.recorded_at, row.pk)


def read_row(row: Fact, dictionary: FactDictionary) -> KnownFact | None:
    """Return a stored row as a fact; None when the dictionary has no such fact, or its value no longer fits."""
    if row.fact not in dictionary:
        return None
    value = value_of(dictionary[row.fact], row)
    if value is None:
        return None
    return KnownFact(
        fact=row.fact,
        value=value,
        source=row.source,
        note=row.source_note,
        holds_from=row.holds_from,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        confirmed_by=row.confirmed_by,
        document=row.document.name if row.document else "",
        row=row.uid,
    )


def _of_register(each: Derived) -> KnownFact:
    return KnownFact(each.fact, each.value, each.source, each.note, holds_from=each.holds_from)


def value_of(definition: FactDef, row: Fact) -> Value | None:
    """Return the value of a stored row as the rules read it; None where its shape does not fit the definition."""
    match definition.type:
        case FactType.NUMBER:
            return _interval(row.number, row)
        case FactType.DATE:
            return _interval(row.on.toordinal() if row.on else None, row)
        case FactType.LEVEL:
            rank = definition.codes.index(row.text) if row.text in definition.codes else None
            return _interval(rank, row) if row.text is None or rank is not None else None
        case FactType.YESNO:
            return {YES: True, NO: False}.get(row.text or "")
        case FactType.CODE:
            return row.text if row.text in definition.codes else None
        case FactType.CODES:
            return _set_of(definition, row.text)


def _interval(exact: int | None, row: Fact) -> Interval | None:
    if exact is not None:
        return exactly(exact)
    return None if row.lo is None and row.hi is None else Interval(row.lo, row.hi)


def _set_of(definition: FactDef, text: str | None) -> frozenset[str] | None:
    if text is None:
        return None
    codes = frozenset(code for code in text.split(SEPARATOR) if code)
    return codes if codes <= set(definition.codes) else None


def shape_of(definition: FactDef, value: Value) -> Shape:
    """Return how a value is kept in a row of ``parties.Fact``."""
    currency = "CNY" if definition.is_money else ""
    match value:
        case bool():
            return Shape(text=YES if value else NO)
        case str():
            return Shape(text=value)
        case frozenset():
            return Shape(text=SEPARATOR.join(sorted(value)))
        case Interval():
            return _kept(definition, value, currency)


def _kept(definition: FactDef, value: Interval, currency: str) -> Shape:
    if not value.is_exact or value.lo is None:
        return Shape(lo=value.lo, hi=value.hi, currency=currency)
    if definition.type is FactType.DATE:
        return Shape(on=date.fromordinal(value.lo))
    if definition.type is FactType.LEVEL:
        return Shape(text=definition.codes[value.lo])
    return Shape(number=value.lo, currency=currency)


def stale_facts(known: Known, dictionary: FactDictionary, *, as_of: date) -> frozenset[str]:
    """Return the facts that should be asked anew: older on ``as_of`` than the dictionary's days of refresh."""
    old: set[str] = set()
    for name, each in known.facts.items():
        days = dictionary[name].refresh_days if name in dictionary else None
        since = each.holds_from or (each.recorded_at.date() if each.recorded_at else None)
        if days is not None and since is not None and since + timedelta(days=days) < as_of:
            old.add(name)
    return frozenset(old)


def history_of(outpost: Outpost, subjects: Iterable[Subject], fact: str) -> list[Fact]:
    """Return every statement of one fact, newest first, superseded ones too."""
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(subject_kind=subject.kind, subject_uid=subject.uid)
    rows = Fact.objects.filter(wanted, fact=fact).filter(Q(outpost=outpost) | Q(outpost=None))
    return list(rows.select_related("document").order_by("-recorded_at", "-id"))


def facts_digest(values: Facts) -> str:
    """Return the digest of values, the same for the same values in any order."""
    listed = {fact: plain_value(value) for fact, value in values.items()}
    return sha256(json.dumps(listed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain_value(value: Value) -> object:
    """Return a value as JSON holds it."""
    match value:
        case Interval():
            return {"lo": value.lo, "hi": value.hi}
        case frozenset():
            return sorted(value)
        case _:
            return value
