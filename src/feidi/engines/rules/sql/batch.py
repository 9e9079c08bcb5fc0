"""The queries of a batch: verdicts as words of bits, amounts one row each; the same answers as ``many``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from feidi.engines.rules.many.amounts import constant_amount
from feidi.engines.rules.many.program import Program
from feidi.engines.rules.sql.dialects import Dialect
from feidi.engines.rules.sql.emit import Emitter
from feidi.engines.rules.sql.known import Given, faults

WORD: Final = 64
"""Clauses in a word: clause i is bit i % 64 of word i // 64, the lowest bit first."""


def verdict_query(program: Program, given: Mapping[str, Given], dialect: Dialect, *, table: str, key: str) -> str:
    """Return the query for key, ``eligible_0`` …, ``unknown_0`` …: one row per subject."""
    emitter = Emitter(program.graph, program.dictionary, given, dialect)
    roots = [node for pair in program.verdicts for node in pair]
    names = [f"{word}{number}" for number in range(len(program.verdicts)) for word in ("c", "p")]
    asked = emitter.select(table, key, roots, names)
    words = []
    for name, condition in (("eligible", "c{0}"), ("unknown", "p{0} AND NOT c{0}")):
        for word in range(word_count(program)):
            bits = [
                f"CASE WHEN {_named(condition.format(number), dialect)} THEN {_bit(number % WORD)} ELSE 0 END"
                for number in range(word * WORD, min((word + 1) * WORD, len(program.verdicts)))
            ]
            words.append(f"CAST({' + '.join(bits) or 0} AS {dialect.whole}) AS {dialect.column(f'{name}_{word}')}")
    return f"SELECT {', '.join([dialect.column('key'), *words])}\nFROM ({asked}) AS verdicts"


def _named(condition: str, dialect: Dialect) -> str:
    return " ".join(word if word.isupper() else dialect.column(word) for word in condition.split())


def _bit(place: int) -> str:
    """Return one bit of a word; the highest is the sign."""
    return "(-9223372036854775807 - 1)" if place == WORD - 1 else str(1 << place)


def word_count(program: Program) -> int:
    """Return how many words the verdicts of one subject take."""
    return max(1, -(-len(program.verdicts) // WORD))


def amount_queries(
    program: Program, given: Mapping[str, Given], dialect: Dialect, *, table: str, key: str
) -> Iterator[str]:
    """Yield a query (key, clause, lo_fen, hi_fen) for each clause whose amount is not the same for everybody."""
    emitter = Emitter(program.graph, program.dictionary, given, dialect)
    for number, pair in enumerate(program.amounts):
        if pair is None or constant_amount(program, number) is not None:
            continue
        possible = program.verdicts[number][1]
        asked = emitter.select(table, key, (possible, *pair), ("possible", "lo", "hi"))
        columns = [
            dialect.column("key"),
            f"{dialect.literal(program.codes[number])} AS {dialect.column('clause')}",
            *(f"CAST({dialect.column(each)} AS {dialect.whole}) AS {dialect.column(f'{each}_fen')}" for each in ("lo", "hi")),
        ]
        yield f"SELECT {', '.join(columns)}\nFROM ({asked}) AS granted\nWHERE {dialect.column('possible')}"


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
