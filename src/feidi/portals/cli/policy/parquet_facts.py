"""Facts from Parquet, if the ``analytics`` extra is there.

``subject`` (else the first column) names the subject, the other columns are facts by id or word. A text is read as in any
table. A whole number is the fact's small units (money in 分), a day's ordinal, a level's rank, a code's place, a set's mask;
``<id>_lo`` and ``<id>_hi`` are the ends of what is known. Null is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from feidi.portals.cli.policy.facts_file import SUBJECT, Kept, Problem, Row

_BATCH: Final = 10_000
_ENDS: Final = ("_lo", "_hi")


def parquet_rows(path: Path, problem: Problem) -> Iterator[Row]:
    """Yield the subjects of a Parquet file. What cannot be read is noted; without the extra that is said."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        problem(path.name, "rules.analytics_needed")
        return
    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        problem(path.name, "rules.facts_unreadable", why=str(error)[:200])
        return
    names = list(file.schema_arrow.names)
    if len(names) != len(set(names)):
        twice = next(each for each in names if names.count(each) > 1)
        problem(path.name, "rules.facts_key_twice", key=twice, known=twice)
        return
    number = 0
    for batch in file.iter_batches(_BATCH):
        for row in batch.to_pylist():
            number += 1
            yield _row(f"{path.name}:{number}", row)


def _row(where: str, row: Mapping[str, Any]) -> Row:
    subject = SUBJECT if SUBJECT in row else next(iter(row), SUBJECT)
    pairs: dict[str, dict[str, Any]] = {}
    facts: list[tuple[str, Any, str]] = []
    for key, given in row.items():
        stem, end = key[:-3], key[-3:]
        if key == subject:
            continue
        if end in _ENDS and f"{stem}_lo" in row and f"{stem}_hi" in row:
            pairs.setdefault(stem, {})[end] = given
        else:
            facts.append((key, _kept(given), where))
    facts += [(stem, _ends(ends), where) for stem, ends in pairs.items()]
    return where, row.get(subject), facts


def _kept(given: Any) -> Any:
    whole = isinstance(given, int) and not isinstance(given, bool)
    return Kept(given, given) if whole else given


def _ends(ends: Mapping[str, Any]) -> Any:
    low, high = ends["_lo"], ends["_hi"]
    if all(each is None or (isinstance(each, int) and not isinstance(each, bool)) for each in (low, high)):
        return Kept(low, high)
    return {"lo": low, "hi": high}
