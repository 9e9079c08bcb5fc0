"""Rules as SQL: the graph that the kernel runs, written out for an engine that goes past one machine.

No engine's own idea of null is relied on: every comparison says what it is without a bound, the largest of ends asks for
every null by itself, no CASE has an ELSE that a null could reach. What is asked more than once is named in a subquery,
one level below the next. Numbers that may pass 64 bits are computed in a wider type, proved from the ranges of the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.lowering.bounds import FITS, Bounds, resting
from feidi.engines.rules.lowering.graph import (
    Added,
    AtLeastThis,
    Chosen,
    Constant,
    Count,
    Divided,
    End,
    Ending,
    Every,
    Exceeds,
    Graph,
    Greatest,
    HasCode,
    Least,
    Node,
    Opposite,
    Reaches,
    Some,
    Whole,
    below,
)
from feidi.engines.rules.sql.dialects import Dialect
from feidi.engines.rules.sql.known import Given, declared, end_name, known_columns, possible, whole

_STORED: Final = 2**63 - 1
_WIDEST: Final = {"HUGEINT": 2**126, "DECIMAL(38, 0)": 10**37}


class TooWideError(ValueError):
    """A number of a rule may pass what the engine can compute with."""


@dataclass(slots=True)
class Emitter:
    """Writes nodes of one graph over a table, in one dialect."""

    graph: Graph
    dictionary: FactDictionary
    given: Mapping[str, Given]
    dialect: Dialect
    _proved: Bounds = field(init=False)
    _nullable: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin the proofs."""
        self._proved = Bounds(self.graph, self.magnitude)

    def select(self, table: str, key: str, roots: Sequence[int], names: Sequence[str]) -> str:
        """Return a query: the key and, by name, the answers of the roots."""
        order = resting(self.graph, roots)
        levels = self._levels(order, roots)
        named: dict[int, str] = {}
        query = self._known(table, key, order)
        for level in range(1, max(levels.values(), default=0) + 1):
            here = [number for number in order if levels.get(number) == level]
            listed = [f"{self._written(number, named)} AS {self.dialect.column(f'n{number}')}" for number in here]
            query = f"SELECT known{level}.*, {', '.join(listed)}\nFROM ({query}) AS known{level}"
            named.update((number, self.dialect.column(f"n{number}")) for number in here)
        answers = [
            f"{named.get(root) or self._written(root, named)} AS {self.dialect.column(name)}"
            for root, name in zip(roots, names, strict=True)
        ]
        return f"SELECT {', '.join([self.dialect.column('key'), *answers])}\nFROM ({query}) AS asked"

    def facts(self, order: Iterable[int]) -> list[FactDef]:
        """Return the facts that nodes look at."""
        found: dict[str, None] = {}
        for number in order:
            match self.graph.nodes[number]:
                case Reaches(total=total):
                    found.update((fact, None) for fact, _coefficient in total.terms)
                case HasCode(fact=fact) | Ending(fact=fact):
                    found[fact] = None
                case _:
                    pass
        return [self.dictionary[fact] for fact in sorted(found)]

    def _known(self, table: str, key: str, order: Sequence[int]) -> str:
        columns = known_columns(self.facts(order), self.given, self.dialect)
        keyed = f"{self.dialect.column(key)} AS {self.dialect.column('key')}"
        return f"SELECT {', '.join([keyed, *columns])}\nFROM {table}"

    def _levels(self, order: Sequence[int], roots: Iterable[int]) -> dict[int, int]:
        """Return what gets a name, and at which level: what several ask, and is more than a plain look."""
        uses: dict[int, int] = {}
        for number in order:
            for part in below(self.graph.nodes[number]):
                uses[part] = uses.get(part, 0) + self._repeats(self.graph.nodes[number])
        for root in roots:
            uses[root] = uses.get(root, 0) + 1
        levels: dict[int, int] = {}
        reached: dict[int, int] = {}
        for number in order:
            node = self.graph.nodes[number]
            depth = max((reached[part] for part in below(node)), default=0)
            if uses.get(number, 0) > 1 and not isinstance(node, Whole | Constant | Ending | HasCode):
                depth = levels[number] = depth + 1
            reached[number] = depth
        return levels

    @staticmethod
    def _repeats(node: Node) -> int:
        """Return how often a node writes each of its parts."""
        return 2 if isinstance(node, Greatest | AtLeastThis) else 1

    # -- proofs ---------------------------------------------------------------------------------------------------

    def magnitude(self, fact: str) -> int:
        """Return a bound for the absolute value of a fact: its range, else the widest there is."""
        reach = possible(self.dictionary[fact])
        return max(abs(reach.lo or 0), abs(reach.hi or 0))

    def _wide(self, bound: int) -> bool:
        if bound >= _WIDEST[self.dialect.wide]:
            raise TooWideError(f"{bound} passes {self.dialect.wide}")
        return bound >= FITS

    def check_stored(self, number: int, what: str) -> None:
        """Raise ``TooWideError`` where a number may not fit into the 64 bits of a column."""
        bound = self._proved.of(number)
        if bound > _STORED:
            raise TooWideError(f"{what}: {bound} passes 64 bits")

    def nullable(self, number: int) -> bool:
        """Whether a number may have no bound."""
        if number not in self._nullable:
            self._nullable[number] = self._may_be_null(self.graph.nodes[number])
        return self._nullable[number]

    def _may_be_null(self, node: Node) -> bool:
        match node:
            case Whole(value=value):
                return value is None
            case Ending(fact=fact, end=end):
                reach = declared(self.dictionary[fact])
                return (reach.lo if end is End.LO else reach.hi) is None
            case AtLeastThis():
                return False
            case Least(parts=parts):
                return all(self.nullable(part) for part in parts)
            case Chosen(yes=yes, no=no):
                return self.nullable(yes) or self.nullable(no)
            case _:
                return any(self.nullable(part) for part in below(node))

    # -- writing --------------------------------------------------------------------------------------------------

    def _text(self, number: int, named: Mapping[int, str]) -> str:
        return named.get(number) or self._written(number, named)

    def _written(self, number: int, named: Mapping[int, str]) -> str:
        node = self.graph.nodes[number]
        match node:
            case Constant() | Reaches() | HasCode() | Exceeds() | Every() | Some() | Count() | Opposite():
                return self._question(node, named)
            case _:
                return self._number(node, named)

    def _question(self, node: Node, named: Mapping[int, str]) -> str:
        match node:
            case Constant(value=value):
                return "TRUE" if value else "FALSE"
            case Every(parts=parts):
                return f"({' AND '.join(self._text(part, named) for part in parts)})"
            case Some(parts=parts):
                return f"({' OR '.join(self._text(part, named) for part in parts)})"
            case Count(k=k, parts=parts):
                # no part is ever null, so every one counts 1 or 0
                ones = " + ".join(f"CASE WHEN {self._text(part, named)} THEN 1 ELSE 0 END" for part in parts)
                return f"({ones} >= {k})"
            case Opposite(part=part):
                return f"(NOT {self._text(part, named)})"
            case Exceeds(number=part, at=at, otherwise=otherwise):
                asked = f"{self._text(part, named)} >= {at}"
                return f"COALESCE({asked}, {_flag(otherwise)})" if self.nullable(part) else f"({asked})"
            case HasCode():
                return self._has_code(node)
            case _:
                return self._reaches(node)

    def _reaches(self, node: Node) -> str:
        assert isinstance(node, Reaches)  # noqa: S101 - the one question left
        terms = node.total.terms
        wide = self._wide(abs(node.at) + sum(abs(each) * self.magnitude(fact) for fact, each in terms))
        parts = []
        for fact, coefficient in terms:
            end = node.end if coefficient > 0 else node.end.other
            parts.append(self._multiplied(self.dialect.column(end_name(fact, end)), coefficient, wide=wide))
        unbounded = any(self._may_be_null(Ending(f, node.end if c > 0 else node.end.other)) for f, c in terms)
        asked = f"{' + '.join(parts)} >= {node.at}"
        return f"COALESCE({asked}, {_flag(node.end is End.HI)})" if unbounded else f"({asked})"

    def _multiplied(self, text: str, coefficient: int, *, wide: bool) -> str:
        value = f"CAST({text} AS {self.dialect.wide})" if wide else text
        return value if coefficient == 1 else f"{value} * {self._constant(coefficient, wide=wide)}"

    def _constant(self, value: int, *, wide: bool) -> str:
        return f"CAST({value} AS {self.dialect.wide})" if wide else whole(value, self.dialect)

    def _has_code(self, node: HasCode) -> str:
        definition = self.dictionary[node.fact]
        name, place = self.dialect.column(node.fact), definition.codes.index(node.code)
        asked = f"{name} = {place}" if definition.type is not FactType.CODES else f"({name} & {1 << place}) <> 0"
        return f"COALESCE({asked}, {_flag(node.end is End.HI)})"

    def _number(self, node: Node, named: Mapping[int, str]) -> str:
        match node:
            case Whole(value=None):
                return f"CAST(NULL AS {self.dialect.whole})"
            case Whole(value=int(value)):
                return whole(value, self.dialect)
            case Ending(fact=fact, end=end):
                return self.dialect.column(end_name(fact, end))
            case Added():
                return self._sum(node, named)
            case Greatest(parts=parts):
                return self._greatest(parts, named)
            case _:
                return self._bounded(node, named)

    def _sum(self, node: Added, named: Mapping[int, str]) -> str:
        wide = self._wide(self._proved.of(self.graph.numbers[node]))
        parts = [self._multiplied(self._text(part, named), each, wide=wide) for part, each in node.terms]
        constant = [self._constant(node.constant, wide=wide)] if node.constant else []
        return f"({' + '.join([*parts, *constant])})"

    def _bounded(self, node: Node, named: Mapping[int, str]) -> str:
        match node:
            case AtLeastThis(number=part, least=least):
                text = self._text(part, named)
                raised = f"CASE WHEN {text} > {least} THEN {text} WHEN {text} <= {least} THEN {least} END"
                return f"COALESCE({raised}, {least})" if self.nullable(part) else raised
            case Least(parts=parts):
                # an upper end that is null is above every other, and these functions pass over nulls
                return f"LEAST({', '.join(self._text(part, named) for part in parts)})"
            case Chosen(question=question, yes=yes, no=no):
                chosen, other = self._text(yes, named), self._text(no, named)
                return f"CASE WHEN {self._text(question, named)} THEN {chosen} ELSE {other} END"
            case Divided(number=part, by=by, times=times):
                text = self.dialect.divided.format(number=self._text(part, named), by=by)
                return text if times == 1 else f"({text} * {times})"
            case _:
                raise TypeError(f"not a number: {node}")

    def _greatest(self, parts: Sequence[int], named: Mapping[int, str]) -> str:
        texts = {part: self._text(part, named) for part in parts}
        largest = f"GREATEST({', '.join(texts.values())})"
        nulls = [f"{text} IS NOT NULL" for part, text in texts.items() if self.nullable(part)]
        # no ELSE: without a bound somewhere there is none
        return f"CASE WHEN {' AND '.join(nulls)} THEN {largest} END" if nulls else largest


def _flag(value: bool) -> str:  # noqa: FBT001 - the value is what is written
    return "TRUE" if value else "FALSE"
