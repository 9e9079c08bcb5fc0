"""A plan: which questions are asked of which numbers, and how the answers are joined, for columns of a certain shape.

Which facts have unknown values or intervals decides what has to be computed: without them certain and possible are one
and the same, and what is the same is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from feidi.engines.rules.many.families import Families, Shared, Sum, sides_of
from feidi.engines.rules.many.narrowing import Comparison, Threshold, comparisons_of
from feidi.engines.rules.many.sources import FactSource, QuotientSource, RatioSource, Source, SumSource, Table

AND, OR, NOT, NOTHING, ALL = "and", "or", "not", "nothing", "all"


@dataclass(slots=True)
class Asked:
    """All questions about one source: what its numbers must reach, and where the answers go."""

    source: Source
    thresholds: list[Threshold] = field(default_factory=list)
    _compared: dict[Any, tuple[Comparison, ...]] = field(default_factory=dict)

    def compared(self, kind: Any) -> tuple[Comparison, ...]:
        """Return how numbers of a type are compared with the thresholds."""
        if kind not in self._compared:
            self._compared[kind] = comparisons_of(kind, self.thresholds)
        return self._compared[kind]


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

    def __init__(
        self, graph: Graph, table: Table, families: Families, shared: Mapping[Sum | tuple[Sum, Sum], Shared]
    ) -> None:
        self.graph, self.table, self.families, self.shared = graph, table, families, shared
        self._sources: dict[Source, Asked] = {}
        self._codes: dict[tuple[str, int], CodeAsked] = {}
        self._unknown: dict[str, int] = {}
        self._made: dict[tuple[Any, ...], int] = {}
        self._joins: list[Join] = []
        self._of: dict[int, int] = {}
        self._count = 0
        self._used: dict[int, int] = {}

    def plan(self, roots: Iterable[int]) -> Plan:
        """Return the plan that answers the nodes, in this order."""
        asked = list(roots)
        needed = resting(self.graph, asked)
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
        if len(registers) - k < k - 1:
            return self._all_but(len(registers) - k, registers)
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

    def _all_but(self, spare: int, registers: Sequence[int]) -> int:
        """Return all of them but so many at most: after each part, where 0 .. ``spare`` are lacking (None: everywhere)."""
        holding: list[int | None] = [None] * (spare + 1)
        for number, part in enumerate(registers):
            for lacking in range(min(spare, number), -1, -1):
                here = self._and(part, holding[lacking])
                fewer = holding[lacking - 1] if lacking else None
                holding[lacking] = here if fewer is None else self._join(OR, here, fewer)
        whole = holding[spare]
        return self._join(ALL) if whole is None else whole

    def _and(self, part: int, other: int | None) -> int:
        return part if other is None or other == part else self._join(AND, part, other)

    # -- leaves ---------------------------------------------------------------------------------------------------

    def _reaches(self, node: Reaches) -> int:
        if node.quotient is not None and sides_of(node.quotient) in self.families:
            return self._quotient(node, node.quotient)
        fact = node.total.single
        if fact is None or node.total.terms[0][1] != 1:
            return self._sum(node)
        column = self.table.column(fact)
        if column.has_intervals:
            return self._ask(FactSource(fact, node.end), node)
        return self._with_unknown(self._ask(FactSource(fact, End.LO), node), fact, node.end)

    def _is_open(self, terms: Iterable[tuple[str, int]]) -> bool:
        columns = [self.table.column(fact) for fact, _coefficient in terms]
        return any(column.has_intervals or column.unknown is not None for column in columns)

    def _sum(self, node: Reaches) -> int:
        terms = node.total.terms
        shared = self.shared.get(Sum(terms))
        if shared is not None:
            return self._both_ends(SumSource(terms, End.HI, shared.plain), node, terms, shared.plain)
        return self._ask(SumSource(terms, node.end if self._is_open(terms) else End.LO), node)

    def _quotient(self, node: Reaches, asked: Quotient) -> int:
        sides = sides_of(asked)
        shared, parts = self.shared.get(sides), self.families[sides].parts
        terms = (*asked.above, *asked.below)
        if shared is not None and shared.floats:
            source: Source = RatioSource(
                asked.above, asked.above_constant, asked.below, asked.below_constant, parts, asked.strict, shared.plain
            )
            return self._both_ends(source, node, terms, shared.plain)
        end = node.end if self._is_open(terms) else End.LO
        source = QuotientSource(
            asked.above, asked.above_constant, asked.below, asked.below_constant, parts, asked.strict, end
        )
        return self._ask(source, node)

    def _both_ends(self, source: Source, node: Reaches, terms: Iterable[tuple[str, int]], plain: Iterable[str]) -> int:
        """Ask once: certain is what is so where everything is known, possible also what a plain fact leaves unknown."""
        register = self._ask(source, node)
        if node.end is End.HI:
            unknown = self._any_unknown(plain)
            return register if unknown is None else self._join(OR, register, unknown)
        unknown = self._any_unknown(fact for fact, _coefficient in terms)
        return register if unknown is None else self._join(AND, register, self._join(NOT, unknown))

    def _any_unknown(self, facts: Iterable[str]) -> int | None:
        """Return where one of the facts is unknown."""
        found: int | None = None
        for fact in sorted(set(facts)):
            if self.table.column(fact).unknown is not None:
                here = self._unknown_of(fact)
                found = here if found is None else self._join(OR, found, here)
        return found

    def _ask(self, source: Source, node: Reaches) -> int:
        threshold = source.threshold(node)
        key = "ask", source, threshold
        if key not in self._made:
            self._made[key] = target = self._new()
            asked = self._sources.setdefault(source, Asked(source))
            asked.thresholds.append(Threshold(threshold, target))
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
