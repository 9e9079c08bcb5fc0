"""The typed fact dictionary and the values that facts may have.

Every numeric fact is a whole number of small units: ``scale`` decimal places of its unit. Money is a
number of unit 元 with scale 2 (hundredths, 分); a share of 19.9 % with unit % and scale 2 is 1990. So all
arithmetic of the engine is exact arithmetic on integers and fractions; there is no float anywhere.

A value is known exactly, known as an interval ("营收 2000万以上"), or absent. Absent is *unknown*: it is
never 0 and never "no". What the dictionary says of a fact's range holds for unknown values too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FactType(StrEnum):
    """What kind of value a fact has, and how it is kept.

    NUMBER  a whole number of 10^-scale units (``Interval``)
    DATE    a day, kept as its proleptic ordinal (``Interval``)
    LEVEL   one of ordered codes, kept as its rank from 0, low to high (``Interval``)
    YESNO   true or false
    CODE    exactly one of the codes
    CODES   a set of codes that is complete: what is not in it is known not to hold
    """

    NUMBER = "number"
    DATE = "date"
    LEVEL = "level"
    YESNO = "yesno"
    CODE = "code"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Interval:
    """What is known of a number, a day or a level: lo ≤ value ≤ hi, both inclusive; None: no bound known."""

    lo: int | None
    hi: int | None

    @property
    def is_exact(self) -> bool:
        """Whether there is just one value it can have."""
        return self.lo is not None and self.lo == self.hi


def exactly(value: int) -> Interval:
    """Return the interval that holds one value."""
    return Interval(value, value)


#: An absent key means unknown; there is no value that says so.
Value = Interval | bool | str | frozenset[str]
Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FactDef:
    """One fact of the dictionary.

    ``id``        code name (``rd_spend``); ``name`` the Chinese word used in rules (研发费用), unique; ``aliases`` other words
    ``unit``      元, 人, ㎡, kWh, %, … (numbers); ``scale`` decimal places kept
    ``lo, hi``    the range a value can have, inclusive, in small units (numbers), ordinals (dates), ranks (levels); None: open.
                  Holds for unknown values too, and proves that no sum overflows 64 bits.
    ``codes``     the codes of a level (low → high), a code or a set of codes, with their Chinese ``labels``; ``labels_en``
                  those that have an English one
    ``subject``   whose fact it is: organization, project, person, team, referral
    ``period``    what a value is about: ``moment`` (holds at a day), ``year`` (the last full year), ``three_years``, ``cumulative``
    ``source``    where it usually comes from; ``confirmer`` who confirms it; ``refresh_days`` after which it should be asked anew
    ``question``  how a firm is asked for it
    ``fair_competition`` why a reward that hangs on this fact must pass the fair-competition review (本地纳税, …); "": it need not
    ``judgement`` a criterion that only a person can judge (人工核定); its value is a recorded judgement
    """

    id: str
    name: str
    type: FactType
    unit: str = ""
    scale: int = 0
    lo: int | None = None
    hi: int | None = None
    codes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    subject: str = "organization"
    period: str = "moment"
    source: str = ""
    confirmer: str = ""
    refresh_days: int | None = None
    question: str = ""
    name_en: str = ""
    judgement: bool = False
    question_en: str = ""
    fair_competition: str = ""
    labels_en: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Whether a value is an amount in hundredths of a yuan."""
        return self.type is FactType.NUMBER and self.unit == "元"

    @property
    def range(self) -> Interval:
        """The interval of an unknown value (numbers, dates and levels)."""
        if self.type is FactType.LEVEL:
            return Interval(0, len(self.codes) - 1)
        return Interval(self.lo, self.hi)


@dataclass(frozen=True, slots=True)
class FactDictionary:
    """All facts by id. ``by_word`` finds one by id, name or alias."""

    facts: Mapping[str, FactDef]
    by_word: Mapping[str, str]

    def __iter__(self) -> Iterator[FactDef]:
        return iter(self.facts.values())

    def __getitem__(self, fact: str) -> FactDef:
        return self.facts[fact]

    def __contains__(self, fact: object) -> bool:
        return fact in self.facts

    def find(self, word: str) -> FactDef | None:
        """Return the fact that a word means: its id, its name or an alias; None when no fact has it."""
        fact = self.by_word.get(word)
        return None if fact is None else self.facts[fact]

    def including(self, more: Mapping[str, FactDef]) -> FactDictionary:
        """Return this dictionary with further facts (the judgements that clauses declare)."""
        words = dict(self.by_word)
        for each in more.values():
            for word in (each.id, each.name, *each.aliases):
                words.setdefault(word, each.id)
        return FactDictionary({**self.facts, **more}, words)


def dictionary_of(facts: Mapping[str, FactDef] | tuple[FactDef, ...] | list[FactDef]) -> FactDictionary:
    """Build a dictionary. Raises ``ValueError`` when one word means two facts."""
    listed = tuple(facts.values()) if isinstance(facts, Mapping) else tuple(facts)
    words: dict[str, str] = {}
    for each in listed:
        for word in {each.id, each.name, *each.aliases}:
            if words.setdefault(word, each.id) != each.id:
                message = f"{word!r} means both {words[word]} and {each.id}"
                raise ValueError(message)
    return FactDictionary({each.id: each for each in listed}, words)


def ordinal(day: date) -> int:
    """Return a day as the integer that rules compare."""
    return day.toordinal()
