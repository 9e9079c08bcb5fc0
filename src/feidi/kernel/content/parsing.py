"""From the text of a content file to plain values, kept per digest: a revision never changes, so neither does this."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from feidi.engines.findings import Finding, Level
from feidi.kernel.content.yaml_reader import Document, Path, read_yaml

#: What a place's folder may hold; anything else but ``.md`` is a finding.
SUFFIXES: Final = (".yaml", ".csv")


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=512)
def parse(path: str, text: str) -> Document:
    """Parse a file's text by its suffix: YAML to mappings and lists, CSV to a list of rows by column name."""
    return _read_csv(text) if path.endswith(".csv") else read_yaml(text)


def _read_csv(text: str) -> Document:
    rows: list[dict[str, str]] = []
    lines: dict[Path, int] = {(): 1}
    findings: list[Finding] = []
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header = next(reader, [])
        for cells in reader:
            if len(cells) != len(header):
                problem = {"expected": len(header), "found": len(cells)}
                findings.append(Finding(Level.PROBLEM, "content.csv_width", problem, row=reader.line_num))
                continue
            lines[(len(rows),)] = reader.line_num
            rows.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        fatal = Finding(Level.FATAL, "content.not_csv", {"why": str(error)}, row=reader.line_num)
        return Document(value=None, findings=(fatal,))
    return Document(value=rows, lines=lines, findings=tuple(findings))


def valid_from_of(value: Any) -> date | None:
    """Return the day from which a parsed file says it holds, or None when it names none."""
    found = value.get("valid_from") if isinstance(value, dict) else None
    return found if isinstance(found, date) else None


def words_in(value: Any) -> Iterator[str]:
    """Yield every text within a parsed value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from words_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)
