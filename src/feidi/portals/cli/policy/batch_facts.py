"""A Parquet file of facts for a batch: which column is which fact, and its rows as columns, stretch by stretch.

The layout is that of ``parquet_facts``: ``subject`` (else the first column) is the key; the other columns are facts by id or
word; ``<id>_lo`` and ``<id>_hi`` the ends of what is known. Whole numbers are small units, texts are read as in any
table (each different text once), dates are dates. Everything is checked before a row is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import parquet

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.rules.fact_values import FactValueError, is_absent, largest, parse_value
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType, Interval, Value
from feidi.engines.rules.language.words import near, shown
from feidi.engines.rules.many import Column, Columns, FactColumnError
from feidi.engines.rules.many.columns import code_column, number_column
from feidi.engines.rules.sql import Given
from feidi.portals.cli.policy.facts_file import SUBJECT

#: Rows that are read, answered and written together.
TOGETHER: Final = 1 << 18
_BUFFER: Final = 1 << 18
"""Bytes that are read together of each column: a file is larger than memory should be."""
_EPOCH: Final = 719_163
"""The ordinal of 1970-01-01."""
_MOST_TEXTS: Final = 10_000
_ENDS: Final = ("_lo", "_hi")
_CODED: Final = (FactType.CODE, FactType.CODES)
Ends = tuple[NDArray[Any], NDArray[np.bool_]]


@dataclass(slots=True)
class FactsTable:
    """A file as understood: the key, how each fact stands in it, what each text means; and what is wrong."""

    path: Path
    dictionary: FactDictionary
    key: str = SUBJECT
    rows: int = 0
    given: dict[str, Given] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, /, **params: Scalar) -> None:
        """Note what keeps the file from being used."""
        self.findings.append(Finding(Level.FATAL, code, {"where": self.path.name, "file": self.path.name, **params}))

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        used = [name for each in self.given.values() for name in (each.column, each.lo, each.hi) if name]
        return [self.key, *used]


def open_facts(path: Path, dictionary: FactDictionary) -> FactsTable:
    """Look at a file: its columns, and every text in it. What is wrong is in ``findings``."""
    table = FactsTable(path, dictionary)
    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        table.wrong("rules.facts_unreadable", why=shown(str(error)))
        return table
    table.rows = file.metadata.num_rows
    schema = file.schema_arrow
    for name in sorted({name for name in schema.names if schema.names.count(name) > 1}):
        table.wrong("rules.facts_key_twice", key=name, known=name)
    if not schema.names or not table.rows:
        table.wrong("rules.facts_empty")
    if not table.findings:
        _assign(table, schema)
        _read_texts(table, _opened(table))
        _check_keys(table, file)
    return table


def _assign(table: FactsTable, schema: pa.Schema) -> None:
    table.key = SUBJECT if SUBJECT in schema.names else schema.names[0]
    if not _is_key(schema.field(table.key).type):
        table.wrong("rules.batch_column", column=table.key, kind=str(schema.field(table.key).type))
    for name in schema.names:
        if name == table.key:
            continue
        stem, end = name[:-3], name[-3:]
        paired = end in _ENDS and all(f"{stem}{each}" in schema.names for each in _ENDS)
        definition = table.dictionary.find(stem if paired else name)
        if definition is None:
            like = near(name, table.dictionary.by_word)
            code = "rules.facts_unknown" if like else "rules.fact_not_in_dictionary"
            table.wrong(code, word=shown(name), near=like)
        else:
            _give(table, definition, name, schema.field(name).type, end if paired else "")


def _is_key(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _give(table: FactsTable, definition: FactDef, name: str, arrow: pa.DataType, end: str) -> None:
    kind = _kind(definition, arrow)
    known = table.given.get(definition.id, Given())
    taken = known.lo if end == "_lo" else known.hi if end else known.column
    if taken:
        table.wrong("rules.facts_key_twice", key=name, known=taken)
    elif kind is None or (end and (kind != "number" or definition.type in {*_CODED, FactType.YESNO})):
        table.wrong("rules.batch_column", column=name, kind=str(arrow))
    elif end:
        lo, hi = (name, known.hi) if end == "_lo" else (known.lo, name)
        table.given[definition.id] = Given(known.column, known.kind, lo, hi)
    else:
        table.given[definition.id] = Given(name, kind, known.lo, known.hi)


def _kind(definition: FactDef, arrow: pa.DataType) -> str | None:
    """Return how values of this Arrow type are understood for a fact; None: not at all."""
    if pa.types.is_dictionary(arrow):
        arrow = arrow.value_type
    if pa.types.is_integer(arrow) and not pa.types.is_uint64(arrow):
        return "number"
    if pa.types.is_boolean(arrow):
        return "flag" if definition.type is FactType.YESNO else None
    if pa.types.is_date(arrow):
        return "date" if definition.type is FactType.DATE else None
    return "text" if pa.types.is_string(arrow) or pa.types.is_large_string(arrow) else None


def _read_texts(table: FactsTable, file: parquet.ParquetFile) -> None:
    """Read every different text of the columns of texts, once each."""
    for fact, given in table.given.items():
        if given.kind != "text":
            continue
        texts: set[str] = set()
        for batch in file.iter_batches(TOGETHER, columns=[given.column]):
            texts.update(each for each in pc.unique(batch.column(0)).to_pylist() if each is not None)
            if len(texts) > _MOST_TEXTS:
                table.wrong("rules.batch_texts", column=given.column, n=_MOST_TEXTS)
                break
        else:
            meant = _meant(table, table.dictionary[fact], sorted(texts))
            table.given[fact] = Given(given.column, "text", given.lo, given.hi, meant)


def _meant(table: FactsTable, definition: FactDef, texts: list[str]) -> Mapping[str, tuple[int | None, int | None]]:
    meant = {}
    for text in texts:
        if is_absent(definition, text):
            continue
        try:
            meant[text] = _small(definition, parse_value(definition, text))
        except FactValueError as error:
            params = {**error.params, "where": f"{table.path.name} {definition.name}“{shown(text)}”"}
            table.findings.append(Finding(Level.FATAL, error.code, params, column=definition.name))
    return meant


def _small(definition: FactDef, value: Value) -> tuple[int | None, int | None]:
    if isinstance(value, Interval):
        return value.lo, value.hi
    if isinstance(value, bool):
        return int(value), int(value)
    if isinstance(value, str):
        return definition.codes.index(value), definition.codes.index(value)
    mask = sum(1 << definition.codes.index(code) for code in value)
    return mask, mask


def _check_keys(table: FactsTable, file: parquet.ParquetFile) -> None:
    """Every row has a key, and no two the same; ascending keys need no second look."""
    kept: list[pa.Array] = []
    ascending, before = True, None
    for batch in file.iter_batches(TOGETHER, columns=[table.key]):
        keys = batch.column(0)
        if keys.null_count:
            table.wrong("rules.facts_subject")
            return
        kept.append(keys)
        first, last = keys[0].as_py(), keys[-1].as_py()
        follows = before is None or first > before
        ascending = ascending and follows and bool(pc.all(pc.less(keys[:-1], keys[1:])).as_py() in {True, None})
        before = last
    if ascending:
        return
    counts = pc.value_counts(pa.chunked_array(kept).combine_chunks())
    twice = counts.filter(pc.greater(counts.field("counts"), 1))
    if len(twice):
        table.wrong("rules.batch_key_twice", subject=str(twice[0]["values"].as_py()), n=len(twice))


# -- rows -------------------------------------------------------------------------------------------------------------


def stretches(table: FactsTable) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file, ``TOGETHER`` at most, in order."""
    yield from _opened(table).iter_batches(TOGETHER, columns=table.columns)


def _opened(table: FactsTable) -> parquet.ParquetFile:
    """Return the file, its texts as places among the different ones of each part."""
    texts = [given.column for given in table.given.values() if given.kind == "text"]
    return parquet.ParquetFile(table.path, buffer_size=_BUFFER, pre_buffer=False, read_dictionary=texts)


def columns_in(table: FactsTable, batch: pa.RecordBatch) -> Columns:
    """Return the facts of some rows as columns. Raises ``FactColumnError`` for a value that its fact cannot have."""
    return Columns(batch.num_rows, {fact: _column(table, fact, batch) for fact in table.given})


def _column(table: FactsTable, fact: str, batch: pa.RecordBatch) -> Column:
    definition, given = table.dictionary[fact], table.given[fact]
    lows: Ends | None = None
    highs: Ends | None = None
    if given.column:
        lows, highs = _values(given, batch.column(given.column))
    if given.lo:
        lows, highs = (
            _merged(some, _whole(batch.column(name))) for some, name in ((lows, given.lo), (highs or lows, given.hi))
        )
    assert lows is not None  # noqa: S101 - a fact stands in at least one column
    if definition.type in _CODED:
        return _codes(definition, lows)
    column = number_column(lows, highs, definition)
    if definition.type is FactType.NUMBER and max(map(abs, column.measured)) > largest(definition):
        raise FactColumnError("out_of_range", fact, None, max(column.measured, key=abs))
    return column


def _codes(definition: FactDef, values: Ends) -> Column:
    places, known = values
    most = 2 ** len(definition.codes) if definition.type is FactType.CODES else len(definition.codes)
    wrong = known & ((places < 0) | (places >= most))
    if bool(wrong.any()):
        row = int(np.argmax(wrong))
        raise FactColumnError("unknown_code", definition.id, row, int(places[row]))
    return code_column(np.where(known, places, -1), definition)


def _merged(exact: Ends | None, end: Ends) -> Ends:
    """Return what stands in the column of values, else the end beside it."""
    if exact is None:
        return end
    return np.where(exact[1], exact[0].astype(np.int64), end[0].astype(np.int64)), exact[1] | end[1]


def _values(given: Given, array: pa.Array) -> tuple[Ends, Ends | None]:
    if given.kind == "text":
        return _texts(given, array)
    if given.kind == "flag":
        array = array.cast(pa.int8())
    if given.kind == "date":
        values, known = _whole(array.cast(pa.date32()).view(pa.int32()))
        return (values + np.int32(_EPOCH), known), None
    return _whole(array), None


def _whole(array: pa.Array) -> Ends:
    """Return whole numbers, and where there are any."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if not array.null_count:
        return array.to_numpy(zero_copy_only=False), np.ones(len(array), dtype=bool)
    # what stands under a null is nobody's, and never looked at
    bits, values = array.buffers()
    known = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")[array.offset :][: len(array)].view(bool)
    return pa.Array.from_buffers(array.type, len(array), [None, values], offset=array.offset).to_numpy(), known


def _texts(given: Given, array: pa.Array) -> tuple[Ends, Ends | None]:
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    meant = [*(given.texts.get(text, (None, None)) for text in coded.dictionary.to_pylist()), (None, None)]
    places, there = _whole(coded.indices)
    ends = []
    for pair in zip(*meant, strict=True):
        values = np.array([0 if each is None else each for each in pair], dtype=np.int64)
        bounded = np.array([each is not None for each in pair])
        # what stands under a null may be no place at all
        ends.append((np.take(values, places, mode="clip"), np.take(bounded, places, mode="clip") & there))
    exact = all(lo == hi for lo, hi in meant)
    return ends[0], None if exact else ends[1]
