"""Offers and needs from a file of JSON lines, one record a line. Every fault is told with file and line; then nothing is used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from feidi.engines.affinity.facts import NAMES, Facts
from feidi.engines.affinity.model import Need, Offer
from feidi.engines.findings import Finding, Level, RefusedError, Scalar, refuse
from feidi.portals.cli.matching.facts_json import facts_of, unknown_of

_MOST_FINDINGS: Final = 100
_OFFER: Final = frozenset({"id", "text", "owner", "blocked"})
_NEED: Final = _OFFER | {"allowed"}


class Lines:
    """A file being read: ``findings`` is what keeps it from being used (``check``), ``notes`` what was left aside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.notes: list[Finding] = []
        self.records = 0
        self._aside: set[str] = set()
        self._first: dict[str, int] = {}

    def offers(self) -> Iterator[Offer]:
        """Yield the offers of the lines that can be used."""
        for row, record in self._records():
            facts = self._facts(record, _OFFER, row)
            owner, blocked = str(record.get("owner") or ""), self._names(record, "blocked", row)
            yield Offer(str(record["id"]), record["text"], owner, facts, blocked or frozenset())

    def needs(self) -> Iterator[tuple[str, Need]]:
        """Yield id and need of the lines that can be used."""
        for row, record in self._records():
            facts = self._facts(record, _NEED, row)
            blocked, allowed = self._names(record, "blocked", row), self._names(record, "allowed", row)
            need = Need(record["text"], facts, str(record.get("owner") or ""), blocked or frozenset(), allowed)
            yield str(record["id"]), need

    def wrong_need(self, known: str) -> None:
        """Note that the need of this id has no words to compare."""
        row = self._first[known]
        params = {"where": self._where(row)}
        self.findings.append(Finding(Level.FATAL, "match.line_no_words", params, row))

    def check(self) -> None:
        """Refuse the file when anything in it was wrong, or nothing was in it."""
        if self.findings:
            raise refuse("match.file_faulty", *self.findings, file=self.path.name, n=len(self.findings))
        if not self.records:
            raise refuse("match.file_empty", file=self.path.name)

    def _facts(self, record: dict[str, Any], others: frozenset[str], row: int) -> Facts:
        """Return the facts of a record. What is no fact is left aside, and said once for each name."""
        given = {key: value for key, value in record.items() if key not in others}
        for name in unknown_of(given):
            del given[name]
            if name not in self._aside and len(self._aside) < _MOST_FINDINGS:
                self._aside.add(name)
                params = {"where": self._where(row), "name": name[:60], "keys": "、".join(NAMES)}
                self.notes.append(Finding(Level.NOTE, "match.fact_aside", params, row, name[:60]))
        return facts_of(given, self._where(row), row, self.findings)

    def _where(self, row: int) -> str:
        return f"{self.path.name}:{row}"

    def _wrong(self, row: int, code: str, /, **params: Scalar) -> None:
        self.findings.append(Finding(Level.FATAL, code, {"where": self._where(row), **params}, row))
        if len(self.findings) >= _MOST_FINDINGS:
            self.check()

    def _records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        try:
            with self.path.open("rb") as file:
                for row, line in enumerate(file, 1):
                    record = self._record(row, line)
                    if record is not None:
                        self.records += 1
                        yield row, record
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> RefusedError:
        return refuse("match.file_unreadable", file=str(self.path), why=error.strerror or str(error))

    def _record(self, row: int, line: bytes) -> dict[str, Any] | None:
        if not line.strip():
            return None
        try:
            value = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            self._wrong(row, "match.line_json", why=str(error)[:80])
            return None
        if not isinstance(value, dict):
            self._wrong(row, "match.line_shape")
            return None
        return value if self._is_whole(row, value) else None

    def _is_whole(self, row: int, value: dict[str, Any]) -> bool:
        known = value.get("id")
        if isinstance(known, bool) or not isinstance(known, str | int) or not str(known).strip():
            self._wrong(row, "match.line_id")
        elif str(known) in self._first:
            first = self._where(self._first[str(known)])
            self._wrong(row, "match.line_id_twice", id=str(known)[:60], first=first)
        else:
            self._first[str(known)] = row
            if isinstance(value.get("text"), str) and value["text"].strip():
                return True
            self._wrong(row, "match.line_text")
        return False

    def _names(self, record: dict[str, Any], key: str, row: int) -> frozenset[str] | None:
        value = record.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._wrong(row, "match.fact_value", name=key, value=str(value)[:60], shape="文字的清单")
            return None
        return frozenset(value)


def _no_number(word: str) -> Any:
    message = f"{word} is no number"
    raise ValueError(message)
