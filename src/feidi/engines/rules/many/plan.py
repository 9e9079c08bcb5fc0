"""A plan: which questions are asked of which numbers, and how the answers are joined, for columns of a certain shape.

Which facts have unknown values or intervals decides what has to be computed: without them certain and possible are one
and the same, and what is the same is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import local
from typing import Any

from feidi.engines.rules.facts import FactType
from feidi.engines.rules.lowering.bounds import resting
from feidi.engines.rules.lowering.graph import (
    Constant,
    Count,
    End,
    Every,
    Graph,
    HasCode,
    Opposite,
    Quotient,
    Reaches,
    Some,
    parts_of,
)
from feidi.engines.rules.many.sources import (
    FactSource,
    QuotientSource,
    Source,
    SumSource,
    Table,
    common_parts,
)

AND, OR, NOT, NOTHING, ALL = "and", "or", "not", "nothing", "all"
#: The largest common denominator of rates for which one division serves a family of ratios.
_MOST_PARTS = 10**6


@dataclass(slots=True)
class Asked:
    """All questions about one source: what its numbers must reach, and where the answers go."""

    source: Source
    thresholds: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """Whether a code (or set) column is (or holds) the code of a place."""

    fact: str
    place: int
    is_set: bool
    target: int


@dataclass(frozen=True, slots=True)
class Join:
    """``target`` = ``left`` and / or ``right`` (registers); not: of ``left`` alone."""

    kind: str
    left: int
    right: int
    target: int


@dataclass(slots=True)
class Plan:
    """What to compute, in order: the sources, the codes, the unknown rows of facts, the joins.

    ``roots``   the register of each root, and after how many joins it may be taken (never less than the one before)
    ``slots``   by join: which piece of memory it writes into; one that nobody reads any more is written again
    ``spaces``  what each thread has set up for it
    """

    asked: list[Asked]
    codes: list[CodeAsked]
    unknown: list[tuple[str, int]]
    joins: list[Join]
    registers: int
    roots: list[tuple[int, int]]
    slots: list[int]
    spaces: local = field(default_factory=local)


class Planner:
    """Makes the plan for some nodes of a graph and a table."""

    def __init__(self, graph: Graph, table: Table) -> None:
        self.graph, self.table = graph, table
        self._sources: dict[Source, Asked] = {}
        self._codes: dict[tuple[str, int], CodeAsked] = {}
        self._unknown: dict[str, int] = {}
        self._made: dict[tuple[Any, ...], int] = {}
        self._joins: list[Join] = []
        self._of: dict[int, int] = {}
        self._count = 0
        self._parts: dict[tuple[Any, ...], int] = {}
        self._used: dict[int, int] = {}

    def plan(self, roots: Iterable[int]) -> Plan:
        """Return the plan that answers the nodes, in this order."""
        asked = list(roots)
        needed = resting(self.graph, asked)
        self._families(needed)
        joins = [number for number in needed if parts_of(self.graph.nodes[number])]
        for number in needed:
            if not parts_of(self.graph.nodes[number]):
                self._of[number] = self._register(number)
        for number in joins:
            for part in parts_of(self.graph.nodes[number]):
                self._used[part] = self._used.get(part, 0) + 1
        for number in joins:
            self._of[number] = self._register(number)
        taken = self._taken([self._of[number] for number in asked])
        return Plan(
            list(self._sources.values()), list(self._codes.values()), list(self._unknown.items()), self._joins,
            self._count, taken, self._slots(taken),
        )  # fmt: skip

    def _taken(self, registers: Sequence[int]) -> list[tuple[int, int]]:
        made = {join.target: number + 1 for number, join in enumerate(self._joins)}
        latest, taken = 0, []
        for register in registers:
            latest = max(latest, made.get(register, 0))
            taken.append((register, latest))
        return taken

    def _slots(self, taken: Sequence[tuple[int, int]]) -> list[int]:
        """Give every join a piece of memory that is free: what it held has been read for the last time before."""
        last: dict[int, int] = {}
        for number, join in enumerate(self._joins):
            last[join.left] = last[join.right] = number
        for register, after in taken:
            last[register] = max(last.get(register, 0), after)
        held: dict[int, int] = {}
        ending: dict[int, list[int]] = {}
        slots: list[int] = []
        free: list[int] = []
        count = 0
        for number, join in enumerate(self._joins):
            # one join later: a root that is taken after this one must still be there
            free += [held.pop(register) for register in ending.pop(number - 1, ()) if register in held]
            if not free:
                free, count = [count], count + 1
            held[join.target] = free.pop()
            slots.append(held[join.target])
            ending.setdefault(last.get(join.target, number), []).append(join.target)
        return slots

    def _families(self, needed: Sequence[int]) -> None:
        """Find the ratios of the same two sums; one division with a common denominator serves them all."""
        families: dict[tuple[Any, ...], list[Quotient]] = {}
        for number in needed:
            node = self.graph.nodes[number]
            if isinstance(node, Reaches) and node.quotient is not None:
                families.setdefault(_family(node.quotient), []).append(node.quotient)
        for family, quotients in families.items():
            if len({(each.numerator, each.denominator) for each in quotients}) > 1:
                self._parts[family] = common_parts(quotients)

    def _new(self) -> int:
        self._count += 1
        return self._count - 1

    def _register(self, number: int) -> int:
        node = self.graph.nodes[number]
        match node:
            case Constant(value=value):
                return self._join(ALL if value else NOTHING)
            case Reaches():
                return self._reaches(node)
            case HasCode():
                return self._has_code(node)
            case Every(parts=parts):
                return self._folded(AND, parts)
            case Some(parts=parts):
                return self._folded(OR, parts)
            case Count(k=k, parts=parts):
                return self._counted(k, [self._of[part] for part in parts])
            case Opposite(part=part):
                return self._join(NOT, self._of[part])
            case _:
                raise TypeError(f"not a question over columns: {node}")

    def _join(self, kind: str, left: int = -1, right: int = -1) -> int:
        key = kind, min(left, right) if kind != NOT else left, max(left, right)
        if key not in self._made:
            self._made[key] = target = self._new()
            self._joins.append(Join(kind, left, right, target))
        return self._made[key]

    def _folded(self, kind: str, parts: Iterable[int]) -> int:
        # what many ask comes first, so that they share its beginning
        often = sorted(parts, key=lambda part: (-self._used[part], part))
        first, *others = dict.fromkeys(self._of[part] for part in often)
        for other in others:
            first = self._join(kind, first, other)
        return first

    def _counted(self, k: int, registers: Sequence[int]) -> int:
        """Return at least k of them: after each part, what stands at 1 .. k."""
        reached: list[int | None] = [None] * (k + 1)
        for part in registers:
            for level in range(k, 0, -1):
                lower = (
                    part if level == 1 else None if reached[level - 1] is None else self._and(part, reached[level - 1])
                )
                here = reached[level]
                if lower is not None:
                    reached[level] = lower if here is None else self._join(OR, here, lower)
        top = reached[k]
        return self._join(NOTHING) if top is None else top

    def _and(self, part: int, other: int | None) -> int:
        return part if other is None or other == part else self._join(AND, part, other)

    # -- leaves ---------------------------------------------------------------------------------------------------

    def _reaches(self, node: Reaches) -> int:
        if node.quotient is not None and self._parts.get(_family(node.quotient), _MOST_PARTS + 1) <= _MOST_PARTS:
            return self._quotient(node, node.quotient)
        fact = node.total.single
        if fact is None or node.total.terms[0][1] != 1:
            end = node.end if self._is_open(node.total.terms) else End.LO
            return self._ask(SumSource(node.total.terms, end), node)
        column = self.table.column(fact)
        if column.has_intervals:
            return self._ask(FactSource(fact, node.end), node)
        return self._with_unknown(self._ask(FactSource(fact, End.LO), node), fact, node.end)

    def _is_open(self, terms: Iterable[tuple[str, int]]) -> bool:
        columns = [self.table.column(fact) for fact, _coefficient in terms]
        return any(column.has_intervals or column.unknown is not None for column in columns)

    def _quotient(self, node: Reaches, asked: Quotient) -> int:
        end = node.end if self._is_open((*asked.above, *asked.below)) else End.LO
        source = QuotientSource(
            asked.above, asked.above_constant, asked.below, asked.below_constant,
            self._parts[_family(asked)], asked.strict, end,
        )  # fmt: skip
        return self._ask(source, node)

    def _ask(self, source: Source, node: Reaches) -> int:
        threshold = source.threshold(node)
        key = "ask", source, threshold
        if key not in self._made:
            self._made[key] = target = self._new()
            asked = self._sources.setdefault(source, Asked(source))
            asked.thresholds.append(threshold)
            asked.targets.append(target)
        return self._made[key]

    def _has_code(self, node: HasCode) -> int:
        definition = self.table.dictionary[node.fact]
        place = definition.codes.index(node.code)
        key = node.fact, place
        if key not in self._codes:
            self._codes[key] = CodeAsked(node.fact, place, definition.type is FactType.CODES, self._new())
        register = self._codes[key].target
        # an unknown set is -1: every bit of it is there
        if (
            definition.type is FactType.CODES
            and node.end is End.LO
            and self.table.column(node.fact).unknown is not None
        ):
            return self._join(AND, register, self._join(NOT, self._unknown_of(node.fact)))
        return register if definition.type is FactType.CODES else self._with_unknown(register, node.fact, node.end)

    def _with_unknown(self, register: int, fact: str, end: End) -> int:
        if end is End.LO or self.table.column(fact).unknown is None:
            return register
        return self._join(OR, register, self._unknown_of(fact))

    def _unknown_of(self, fact: str) -> int:
        if fact not in self._unknown:
            self._unknown[fact] = self._new()
        return self._unknown[fact]


def _family(quotient: Quotient) -> tuple[Any, ...]:
    return quotient.above, quotient.above_constant, quotient.below, quotient.below_constant
