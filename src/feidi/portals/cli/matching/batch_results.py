"""What a batch writes: one row for each need and offer of its list, best first; the file stands in its place whole or not at all.

``need``, ``place`` (from 1), ``offer``, ``score``, ``bm25`` (before it is normalised), one column for each part (its share of the
score; null where the need does not ask for it), ``missing`` (facts to ask for).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa
from pyarrow import parquet

from feidi.engines.affinity.many import Pairs
from feidi.engines.affinity.model import PARTS

#: The contract of the file; a change of its meaning gets the next number.
FORMAT: Final = b"1"
_SCHEMA: Final = pa.schema(
    [
        ("need", pa.string()),
        ("place", pa.int32()),
        ("offer", pa.string()),
        ("score", pa.float64()),
        ("bm25", pa.float64()),
        *((part, pa.float64()) for part in PARTS),
        ("missing", pa.list_(pa.string())),
    ]
).with_metadata({b"feidi.match": FORMAT})


class Writing:
    """The file while it is written, beside its place."""

    def __init__(self, path: Path, ids: Sequence[str]) -> None:
        self.path, self.rows, self.needs = path, 0, 0
        self._ids = ids
        self._unfinished = path.with_name(f".{path.name}.unfinished")

    def __enter__(self) -> Self:
        """Begin."""
        self._writer = parquet.ParquetWriter(self._unfinished, _SCHEMA, compression="snappy")
        return self

    def write(self, pairs: Pairs) -> None:
        """Write the lists of some needs; a part that was not asked for is null."""
        columns = pairs.columns()
        columns["need"] = [self._ids[number] for number in columns["need"].tolist()]
        arrays = [pa.array(columns[each.name], each.type, from_pandas=True) for each in _SCHEMA]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=_SCHEMA))
        self.rows += len(pairs.offer)
        self.needs = pairs.needs[-1][0] + 1 if pairs.needs else self.needs

    def __exit__(self, kind: type[BaseException] | None, _why: BaseException | None, _at: TracebackType | None) -> None:
        """Put it in its place; after a fault throw it away."""
        self._writer.close()
        if kind is None:
            self._unfinished.replace(self.path)
        else:
            self._unfinished.unlink(missing_ok=True)
