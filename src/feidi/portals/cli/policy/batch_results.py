"""What a batch writes: verdicts, near misses and amounts as Parquet, with the clauses they are about in each file.

``OUT``          key, ``eligible_0`` …, ``unknown_0`` …: one row per subject, 64 clauses in a word; with ``--near-misses`` also
                 ``near_0`` …, 64 faults (one atom of one clause) in a word
``OUT.amounts``  key, clause, amount_min_fen, amount_max_fen: only of clauses whose amount differs by subject
A file is written beside its place and moved there whole; whatever fails, none is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
from pyarrow import parquet

from feidi.engines.rules.amounts import Unstated, amounts_in
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.conditions import Condition, parts_of
from feidi.engines.rules.many import Program, constant_amount
from feidi.engines.rules.many.near import Path as FaultPath
from feidi.engines.rules.many.near import faults_of
from feidi.engines.rules.outcome import validity_at, window_at
from feidi.engines.rules.sql import words_for

METADATA: Final = b"feidi.policy"
#: The contract of the files; a change of their meaning gets the next number.
FORMAT: Final = 1


def beside(out: Path, what: str) -> Path:
    """Return the path of a further file: ``firms.parquet`` → ``firms.amounts.parquet``."""
    return out.with_name(f"{out.stem}.{what}{out.suffix}")


def about(program: Program, engine: str, *, near: bool) -> dict[str, Any]:
    """Return what the files are about: the day, the clauses in the order of their bits, and the faults by number."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "as_of": program.as_of.isoformat(),
        "engine": engine,
        "clauses": [_clause(program, number, clause) for number, clause in enumerate(program.clauses)],
    }
    if near:
        said["faults"] = [
            {"clause": fault.clause, "path": list(fault.path), "words": _words(program, fault.clause, fault.path)}
            for fault in faults_of(program)
        ]
    return said


def _clause(program: Program, number: int, clause: Clause) -> dict[str, Any]:
    same = constant_amount(program, number)
    kind = "none" if clause.amount is None else "differs" if same is None else "same"
    return {
        "code": clause.code,
        "title": clause.title,
        "place": clause.place,
        "decision": clause.decision.value,
        "validity": validity_at(clause.validity, program.as_of).value,
        "window": window_at(clause.window, program.as_of).value,
        "trust": clause.trust.value,
        "enclave_tenant": clause.enclave_tenant.value,
        "fair_competition": list(clause.fair_competition),
        "sha256": clause.sha256,
        "amount": kind,
        **({} if same is None else {"amount_min_fen": same[0], "amount_max_fen": same[1]}),
        "up_to": clause.up_to,
        "unstated": _unstated(clause),
    }


def _unstated(clause: Clause) -> str:
    waiting = [] if clause.amount is None else [clause.amount]
    while waiting:
        amount = waiting.pop()
        if isinstance(amount, Unstated):
            return amount.reason
        waiting.extend(amounts_in(amount))
    return ""


def _words(program: Program, clause: int, path: FaultPath) -> str:
    condition: Condition = program.clauses[clause].condition
    for number in path:
        condition = parts_of(condition)[number]
    return condition.mark.words


def verdict_schema(program: Program, key: pa.DataType, *, near: bool) -> pa.Schema:
    """Return the columns of the verdicts, with near misses those too."""
    counts = {"eligible": len(program.clauses), "unknown": len(program.clauses)}
    if near:
        counts["near"] = len(faults_of(program))
    words = [(f"{name}_{word}", pa.int64()) for name, bits in counts.items() for word in range(words_for(bits))]
    return pa.schema([("key", key), *words])


def amount_schema(key: pa.DataType) -> pa.Schema:
    """Return the columns of the amounts; no upper end is null."""
    ends = [("amount_min_fen", pa.int64()), ("amount_max_fen", pa.int64())]
    return pa.schema([("key", key), ("clause", pa.int16()), *ends])


@dataclass(slots=True)
class Writing:
    """One file being written: beside its place until it is whole."""

    path: Path
    schema: pa.Schema
    sorted_by: str = ""
    rows: int = 0
    _writer: parquet.ParquetWriter | None = None

    @property
    def unfinished(self) -> Path:
        """Where it stands until then."""
        return self.path.with_name(f".{self.path.name}.unfinished")

    def open(self, said: dict[str, Any]) -> None:
        """Begin; ``said`` goes into the file."""
        schema = self.schema.with_metadata({METADATA: json.dumps(said, ensure_ascii=False).encode()})
        self._writer = parquet.ParquetWriter(
            self.unfinished, schema, compression="snappy", use_dictionary=[self.sorted_by] if self.sorted_by else False,
            write_statistics=False,
        )  # fmt: skip

    def write(self, *parts: Sequence[Any]) -> None:
        """Write some rows together: each part holds all columns of some of them."""
        assert self._writer is not None  # noqa: S101 - opened before
        rows = pa.Table.from_batches([self._batch(part) for part in parts], self.schema)
        if rows.num_rows:
            self.rows += rows.num_rows
            self._writer.write_table(rows)

    def _batch(self, arrays: Sequence[Any]) -> pa.RecordBatch:
        columns = [each if isinstance(each, pa.Array) else pa.array(each) for each in arrays]
        return pa.RecordBatch.from_arrays(columns, names=self.schema.names).cast(self.schema)

    def close(self) -> None:
        """End the file."""
        if self._writer is not None:
            self._writer.close()


class Results:
    """The files of a batch together: all are put in their places at the end, or none."""

    def __init__(self, files: Iterable[Writing], said: dict[str, Any]) -> None:
        self.files, self.said = list(files), said

    def __enter__(self) -> Self:
        """Begin all files."""
        for each in self.files:
            each.open(self.said)
        return self

    def __exit__(self, kind: type[BaseException] | None, _why: BaseException | None, _at: TracebackType | None) -> None:
        """Put them in their places; after a fault throw them away."""
        for each in self.files:
            with suppress(pa.ArrowException, OSError):
                each.close()
        for each in self.files:
            if kind is None:
                each.unfinished.replace(each.path)
            else:
                each.unfinished.unlink(missing_ok=True)
