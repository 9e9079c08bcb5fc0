"""The queries of a batch: verdicts as words of bits, amounts one row each; the same answers as ``many``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from feidi.engines.rules.many.amounts import constant_amount
from feidi.engines.rules.many.near import faults_of
from feidi.engines.rules.many.program import Program
from feidi.engines.rules.sql.dialects import Dialect
from feidi.engines.rules.sql.emit import Emitter
from feidi.engines.rules.sql.known import Given, faults

WORD: Final = 64
"""Clauses in a word: clause i is bit i % 64 of word i // 64, the lowest bit first."""


def verdict_query(
    program: Program, given: Mapping[str, Given], dialect: Dialect, *, table: str, key: str, near: bool = False
) -> str:
    """Return the query for key, ``eligible_0`` …, ``unknown_0`` … and, asked for, ``near_0`` …: one row per subject."""
    emitter = Emitter(program.graph, program.dictionary, given, dialect)
    count = len(program.verdicts)
    roots = [node for pair in program.verdicts for node in pair]
    names = [f"{end}{number}" for number in range(count) for end in ("c", "p")]
    faults = faults_of(program) if near else ()
    roots += [fault.node for fault in faults]
    names += [f"f{number}" for number in range(len(faults))]
    words = [
        *_words("eligible", [dialect.column(f"c{n}") for n in range(count)], dialect),
        *_words(
            "unknown", [f"{dialect.column(f'p{n}')} AND NOT {dialect.column(f'c{n}')}" for n in range(count)], dialect
        ),
        *(_words("near", [dialect.column(f"f{n}") for n in range(len(faults))], dialect) if near else ()),
    ]
    asked = emitter.select(table, key, roots, names)
    return f"SELECT {', '.join([dialect.column('key'), *words])}\nFROM ({asked}) AS verdicts"


def _words(name: str, conditions: Sequence[str], dialect: Dialect) -> Iterator[str]:
    """Yield the words of bits: a condition is never null, so each adds its bit or 0."""
    for word in range(words_for(len(conditions))):
        bits = [
            f"CASE WHEN {condition} THEN {_bit(place)} ELSE 0 END"
            for place, condition in enumerate(conditions[word * WORD : (word + 1) * WORD])
        ]
        yield f"CAST({' + '.join(bits) or 0} AS {dialect.whole}) AS {dialect.column(f'{name}_{word}')}"


def _bit(place: int) -> str:
    """Return one bit of a word; the highest is the sign."""
    return "(-9223372036854775807 - 1)" if place == WORD - 1 else str(1 << place)


def words_for(bits: int) -> int:
    """Return how many words so many bits take; there is always one."""
    return max(1, -(-bits // WORD))


def amount_queries(
    program: Program, given: Mapping[str, Given], dialect: Dialect, *, table: str, key: str, eligible_only: bool = False
) -> Iterator[str]:
    """Yield a query (key, number of the clause, ends of the amount) for each clause whose amount differs by subject.

    Of those whose verdict is possible, or only of those that are eligible.
    """
    emitter = Emitter(program.graph, program.dictionary, given, dialect)
    for number, pair in enumerate(program.amounts):
        if pair is None or constant_amount(program, number) is not None:
            continue
        for end in pair:
            emitter.check_stored(end, program.codes[number])
        asked = emitter.select(
            table, key, (program.verdicts[number][0 if eligible_only else 1], *pair), ("asked", "lo", "hi")
        )
        columns = [
            dialect.column("key"),
            f"CAST({number} AS SMALLINT) AS {dialect.column('clause')}",
            *(
                f"CAST({dialect.column(end)} AS {dialect.whole}) AS {dialect.column(name)}"
                for end, name in (("lo", "amount_min_fen"), ("hi", "amount_max_fen"))
            ),
        ]
        yield f"SELECT {', '.join(columns)}\nFROM ({asked}) AS granted\nWHERE {dialect.column('asked')}"


def fault_query(program: Program, given: Mapping[str, Given], dialect: Dialect, *, table: str, key: str) -> str:
    """Return the query that counts, by fact, the rows with a value that cannot be; and rows without key, and in all."""
    name = dialect.column(key)
    counted = [
        f"COUNT(*) AS {dialect.column('rows')}",
        f"COUNT(DISTINCT {name}) AS {dialect.column('keys')}",
        f"SUM(CASE WHEN {name} IS NULL THEN 1 ELSE 0 END) AS {dialect.column('no_key')}",
    ]
    for fact, wrong in faults(list(program.dictionary), given, dialect).items():
        counted.append(f"SUM(CASE WHEN {wrong} THEN 1 ELSE 0 END) AS {dialect.column('fact ' + fact)}")
    return f"SELECT {', '.join(counted)}\nFROM {table}"
