"""What is known of every subject, as SQL: the ends of each fact as whole numbers, out of the columns of a table.

A null is unknown, and unknown reaches as far as the dictionary says; where it says nothing there is no bound, which is
null again. Codes are their place, sets of codes a mask of bits; both stay null where nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feidi.engines.rules.days import AFTER
from feidi.engines.rules.fact_values import largest
from feidi.engines.rules.facts import FactDef, FactType, Interval
from feidi.engines.rules.lowering.graph import End
from feidi.engines.rules.sql.dialects import Dialect

CODED = (FactType.CODE, FactType.CODES)
_YESNO = Interval(0, 1)


@dataclass(frozen=True, slots=True)
class Given:
    """How a fact stands in the table.

    ``column``   one column of values; "" when there are only ends
    ``kind``     number (whole, in small units), date, flag (yes or no) or text
    ``lo, hi``   columns of ends; "" when there are none
    ``texts``    for texts: what each means, as ends (or a place, a mask, twice)
    """

    column: str = ""
    kind: str = "number"
    lo: str = ""
    hi: str = ""
    texts: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)


def declared(definition: FactDef) -> Interval:
    """Return the range of a fact that is not known, as numbers; of codes none."""
    if definition.type in CODED:
        return Interval(None, None)
    return _YESNO if definition.type is FactType.YESNO else definition.range


def end_name(fact: str, end: End) -> str:
    """Return the name of the column that holds an end of a fact."""
    return f"{fact}_{end.value}"


def known_columns(facts: Sequence[FactDef], given: Mapping[str, Given], dialect: Dialect) -> list[str]:
    """Return the select list of the ends of facts (of codes: their place or mask)."""
    listed = []
    for definition in facts:
        here = given.get(definition.id, Given())
        if definition.type in CODED:
            listed.append(f"{_raw(here, End.LO, dialect)} AS {dialect.column(definition.id)}")
            continue
        reach = declared(definition)
        for end, bound in ((End.LO, reach.lo), (End.HI, reach.hi)):
            raw = _raw(here, end, dialect)
            value = raw if bound is None else f"COALESCE({raw}, {whole(bound, dialect)})"
            listed.append(f"{value} AS {dialect.column(end_name(definition.id, end))}")
    return listed


def whole(value: int, dialect: Dialect) -> str:
    """Return a whole number as it is written: typed, so that no sum is taken for a shorter one."""
    return f"CAST({value} AS {dialect.whole if -(2**63) < value < 2**63 else dialect.wide})"


def _raw(given: Given, end: End, dialect: Dialect) -> str:
    """Return the end that the table itself states; null where it states none."""
    stated = []
    if given.column:
        stated.append(_value(given, end, dialect))
    named = given.lo if end is End.LO else given.hi
    if named:
        stated.append(f"CAST({dialect.column(named)} AS {dialect.whole})")
    if not stated:
        return f"CAST(NULL AS {dialect.whole})"
    return stated[0] if len(stated) == 1 else f"COALESCE({', '.join(stated)})"


def _value(given: Given, end: End, dialect: Dialect) -> str:
    name = dialect.column(given.column)
    match given.kind:
        case "date":
            return f"CAST({dialect.day.format(date=name)} AS {dialect.whole})"
        case "flag":
            return f"CASE WHEN {name} THEN {whole(1, dialect)} WHEN NOT {name} THEN {whole(0, dialect)} END"
        case "text":
            return _texts(given, end, dialect)
        case _:
            return f"CAST({name} AS {dialect.whole})"


def _texts(given: Given, end: End, dialect: Dialect) -> str:
    ends = {text: pair[0] if end is End.LO else pair[1] for text, pair in given.texts.items()}
    arms = [
        f"WHEN {dialect.literal(text)} THEN {whole(value, dialect)}"
        for text, value in ends.items()
        if value is not None
    ]
    if not arms:
        return f"CAST(NULL AS {dialect.whole})"
    return f"CASE {dialect.column(given.column)} {' '.join(arms)} END"


def faults(facts: Sequence[FactDef], given: Mapping[str, Given], dialect: Dialect) -> dict[str, str]:
    """Return, by fact, the condition of a row whose value its fact cannot have (to be counted before anything is asked)."""
    found = {}
    for definition in facts:
        if definition.id not in given:
            continue
        lo, hi = (_raw(given[definition.id], end, dialect) for end in (End.LO, End.HI))
        reach = possible(definition)
        wrong = []
        for raw in dict.fromkeys((lo, hi)):
            wrong += [f"{raw} < {reach.lo}", f"{raw} > {reach.hi}"]
        if lo != hi:
            wrong.append(f"{lo} > {hi}")
        found[definition.id] = " OR ".join(f"COALESCE({each}, FALSE)" for each in wrong)
    return found


def possible(definition: FactDef) -> Interval:
    """Return what a value that is written down can be at most: the declared range, else the widest there is."""
    if definition.type is FactType.CODE:
        return Interval(0, len(definition.codes) - 1)
    if definition.type is FactType.CODES:
        return Interval(0, 2 ** len(definition.codes) - 1)
    reach = declared(definition)
    widest = (
        Interval(1, AFTER) if definition.type is FactType.DATE else Interval(-largest(definition), largest(definition))
    )
    return Interval(widest.lo if reach.lo is None else reach.lo, widest.hi if reach.hi is None else reach.hi)
