"""Policies for many from file to file, and whether the evaluators say the same of one file."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.inside import policies
from benchmarks.inside.policy_columns import draw
from benchmarks.policy_child import ask_child
from benchmarks.policy_sizes import CLAUSES, SEED, Size
from benchmarks.running import table
from feidi.engines.rules.facts import FactDef, FactType, Value, exactly
from feidi.engines.rules.prepared import Prepared

_EPOCH = 719_163


def files(size: Size) -> list[str]:
    """Measure Parquet to Parquet with amounts, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="feidi-policy-") as folder:
        return table(("what", "target", "measured", "beside it"), [_files(Path(folder), size)])


def agreement(size: Size) -> list[str]:
    """Compare what the kernel, DuckDB and the prepared clauses say of the same file."""
    with tempfile.TemporaryDirectory(prefix="feidi-policy-") as folder:
        return [f"- {line}" for line in _agreement(Path(folder), size)]


def _write_facts(path: Path, rows: int) -> None:
    """Write invented firms, a million at a time."""
    writer: parquet.ParquetWriter | None = None
    for part, first in enumerate(range(0, rows, 1 << 20)):
        count = min(1 << 20, rows - first)
        drawn = draw(count, 100 + part)
        made: dict[str, pa.Array] = {"subject": pa.array(np.arange(first, first + count))}
        for definition in policies.make_dictionary():
            values, known = drawn[definition.id]
            made[definition.id] = _array(definition.type.value, definition.codes, values, ~known)
        rows_made = pa.table(made)
        writer = writer or parquet.ParquetWriter(path, rows_made.schema)
        writer.write_table(rows_made)
    if writer is not None:
        writer.close()


def _array(kind: str, codes: Sequence[str], values: Any, mask: Any) -> pa.Array:
    if kind == "code":
        return pa.DictionaryArray.from_arrays(
            pa.array(values.astype(np.int32), mask=mask), list(codes)
        ).dictionary_decode()
    if kind == "yesno":
        return pa.array(values.astype(bool), mask=mask)
    if kind == "date":
        return pa.array((values - _EPOCH).astype(np.int32), mask=mask).view(pa.date32())
    return pa.array(values, mask=mask)


def _files(folder: Path, size: Size) -> list[object]:
    """Run the batch over a file in a process of its own: seconds and memory from beginning to end."""
    facts, out = folder / "firms.parquet", folder / "out.parquet"
    _write_facts(facts, size.file)
    found = ask_child(sys.executable, "benchmarks.policy_file", "numpy", str(facts), str(out)) or {}
    facts.unlink()
    written = sum(each.stat().st_size for each in folder.glob("out*.parquet")) / 2**30
    for each in folder.glob("out*"):
        each.unlink()
    return [
        f"{size.file:,} firms × {CLAUSES}, Parquet to Parquet with amounts", "10 s, 1 GB",
        f"{found.get('seconds', 0):.1f} s, {found.get('gb', 0):.2f} GB",
        f"{written:.1f} GB written, {found.get('amounts', 0):,} amounts; verdicts alone {found.get('bare', 0):.1f} s",
    ]  # fmt: skip


def _agreement(folder: Path, size: Size) -> list[str]:
    """Compare what the kernel and DuckDB write about the same file, row by row under the key; and a share by the reference."""
    facts = folder / "compared.parquet"
    _write_facts(facts, size.compared)
    made = {}
    for engine in ("numpy", "duckdb"):
        out = folder / f"{engine}.parquet"
        if ask_child(sys.executable, "benchmarks.policy_file", engine, str(facts), str(out), "possible") is None:
            return [f"{engine} could not be asked: not compared."]
        made[engine] = out
    sides = [_sorted(path) for path in made.values()]
    different = sum(_differences(*pair) for pair in zip(*sides, strict=True))
    cells, amounts = size.compared * CLAUSES, sides[0][1].num_rows
    reference, asked = _reference_differences(facts, made["numpy"], size.ones)
    return [
        f"Kernel and DuckDB on {size.compared:,} firms × {CLAUSES} = {cells:,} cells, certain and unknown: verdicts, and {amounts:,} amounts with both ends: **{different}** different.",
        f"Kernel and prepared clauses (the reference made fast) on {asked:,} cells of the same file: **{reference}** different verdicts or amounts.",
    ]


def _sorted(out: Path) -> tuple[pa.Table, pa.Table]:
    verdicts, amounts = parquet.read_table(out), parquet.read_table(out.with_name(f"{out.stem}.amounts.parquet"))
    return verdicts.sort_by("key"), amounts.sort_by([("key", "ascending"), ("clause", "ascending")])


def _differences(one: pa.Table, other: pa.Table) -> int:
    if one.num_rows != other.num_rows:
        return abs(one.num_rows - other.num_rows)
    return sum(
        int(np.count_nonzero(one[name].fill_null(-1).to_numpy() != other[name].fill_null(-1).to_numpy()))
        for name in one.column_names
    )


def _reference_differences(facts: Path, out: Path, rows: int) -> tuple[int, int]:
    prepared = Prepared(policies.make_clauses(CLAUSES, SEED), policies.make_dictionary(), as_of=policies.AS_OF)
    some = parquet.read_table(facts).slice(0, rows).to_pylist()
    verdicts, amounts = _sorted(out)
    granted = {(row["key"], row["clause"]): row for row in amounts.filter(_below(amounts, rows)).to_pylist()}
    about = json.loads(parquet.read_schema(out).metadata[b"feidi.policy"])["clauses"]
    different = 0
    for row, said in zip(some, verdicts.slice(0, rows).to_pylist(), strict=True):
        for number, outcome in enumerate(prepared.evaluate_all(_known(row))):
            word, place = divmod(number, 64)
            verdict = tuple(said[f"{name}_{word}"] >> place & 1 for name in ("eligible", "unknown"))
            different += verdict != (outcome.verdict == "eligible", outcome.verdict == "unknown")
            if outcome.granted is not None:
                here = granted.get((said["key"], number), about[number])
                ends = here.get("amount_min_fen"), here.get("amount_max_fen")
                different += ends != (outcome.granted.lo_fen, outcome.granted.hi_fen)
    return different, len(some) * CLAUSES


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Return one row of the file as facts."""
    return {each.id: _value(each, row[each.id]) for each in policies.make_dictionary() if row[each.id] is not None}


def _value(definition: FactDef, value: Any) -> Value:
    match definition.type:
        case FactType.DATE:
            return exactly(value.toordinal())
        case FactType.CODES:
            return frozenset(code for place, code in enumerate(definition.codes) if value >> place & 1)
        case FactType.NUMBER | FactType.LEVEL:
            return exactly(value)
        case _:
            return value if isinstance(value, bool) else str(value)


def _below(amounts: pa.Table, rows: int) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - only here

    return pc.less(amounts["key"], rows)
