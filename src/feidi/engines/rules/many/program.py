"""Programs: a set of clauses, prepared once for a day and then run over any number of columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.depth import check_depth
from feidi.engines.rules.facts import FactDef, FactDictionary
from feidi.engines.rules.lowering.amounts import AmountLowering
from feidi.engines.rules.lowering.graph import Graph
from feidi.engines.rules.lowering.verdicts import Lowering, Pair
from feidi.engines.rules.many.columns import WORD, Columns, padded_length
from feidi.engines.rules.many.families import Families, families_of, shared_by
from feidi.engines.rules.many.kernel import Kernel, Words, rows_of
from feidi.engines.rules.many.plan import Plan, Planner
from feidi.engines.rules.many.sources import Table

if TYPE_CHECKING:
    from feidi.engines.rules.many.near import Fault


@dataclass(slots=True)
class Program:
    """Clauses as one graph: the nodes of (certain, possible) and of the amount's ends (None: no money) of each, in order."""

    clauses: tuple[Clause, ...]
    dictionary: FactDictionary
    as_of: date
    lowering: Lowering
    verdicts: tuple[Pair, ...]
    amounts: tuple[Pair | None, ...]
    plans: dict[tuple[object, ...], Plan] = field(default_factory=dict)
    families: dict[tuple[int, ...], Families] = field(default_factory=dict)
    #: the questions of near misses, made when they are first asked
    faults: tuple[Fault, ...] | None = None

    @property
    def graph(self) -> Graph:
        """Every question of every clause, each once."""
        return self.lowering.graph

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the clauses, in order."""
        return tuple(clause.code for clause in self.clauses)

    def plan_for(self, table: Table, roots: Iterable[int]) -> Plan:
        """Return the plan that answers some nodes over such a table; made once for its shape."""
        asked = tuple(roots)
        if asked not in self.families:
            self.families[asked] = families_of(self.graph, asked)
        families = self.families[asked]
        shared = shared_by(families, table)
        key = (
            asked,
            tuple(shared.items()),
            tuple(
                (fact, column.has_intervals, column.unknown is not None, column.lo.dtype.str)
                for fact, column in sorted(table.columns.by_fact.items())
            ),
        )
        if key not in self.plans:
            self.plans[key] = Planner(self.graph, table, families, shared).plan(asked)
        return self.plans[key]


def prepare_many(clauses: ClauseSet, dictionary: FactDictionary, *, as_of: date) -> Program:
    """Prepare clauses for a day. Raises ``RuleTooDeepError`` for a rule nested beyond ``depth.MAX_DEPTH``."""
    listed = tuple(clauses.clauses.values())
    judged: dict[str, FactDef] = {each.id: each for clause in listed for each in clause.manual}
    whole = dictionary.including({fact: each for fact, each in judged.items() if fact not in dictionary})
    lowering = Lowering(whole, as_of.toordinal())
    amounts = AmountLowering(lowering)
    verdicts: list[Pair] = []
    granted: list[Pair | None] = []
    for clause in listed:
        check_depth(clause)
        verdicts.append(lowering.condition(clause.condition))
        granted.append(
            None if clause.amount is None else amounts.granted(clause.amount, clause.rounding, clause.unit_fen)
        )
    return Program(listed, whole, as_of, lowering, tuple(verdicts), tuple(granted))


@dataclass(slots=True)
class Batch:
    """The verdicts of many subjects: one line of packed bits per clause, the first row in the highest bit of a byte."""

    n: int
    codes: tuple[str, ...]
    eligible: Words
    unknown: Words

    def eligible_rows(self, clause: int) -> NDArray[np.int64]:
        """Return the rows that are 符合."""
        return rows_of(self.eligible[clause], self.n)

    def unknown_rows(self, clause: int) -> NDArray[np.int64]:
        """Return the rows that are 待核实."""
        return rows_of(self.unknown[clause], self.n)

    def possible_rows(self, clause: int) -> NDArray[np.int64]:
        """Return the rows that are 符合 or 待核实."""
        return rows_of(self.eligible[clause] | self.unknown[clause], self.n)


def evaluate_many(program: Program, columns: Columns, *, threads: int | None = None) -> Batch:
    """Answer every clause for every subject."""
    table = Table(columns, program.dictionary)
    plan = program.plan_for(table, (node for pair in program.verdicts for node in pair))
    words = padded_length(columns.n) // WORD
    eligible = np.empty((len(program.clauses), words), dtype=np.uint64)
    unknown = np.empty_like(eligible)

    def take(root: int, found: Words, rows: slice) -> None:
        clause, here = root // 2, slice(rows.start // WORD, rows.stop // WORD)
        if root % 2 == 0:
            eligible[clause, here] = found
        else:
            np.bitwise_xor(found, eligible[clause, here], unknown[clause, here])

    Kernel(plan, table, threads=threads).run(take)
    clear_padding(eligible, columns.n)
    clear_padding(unknown, columns.n)
    return Batch(columns.n, program.codes, eligible, unknown)


def clear_padding(bits: Words, n: int) -> None:
    """Rows that only fill the last word are nobody's."""
    over = padded_length(n) - n
    if over and bits.size:
        kept = np.packbits(np.arange(64) < 64 - over).view(np.uint64)
        bits[:, -1] &= kept
