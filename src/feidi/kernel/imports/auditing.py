"""Audit entries prepared beside the staged rows: written in the commit, covered by its one link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db import connection

from feidi.kernel.audit.canonical import Json
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.unit import Unit
from feidi.kernel.imports.staging import StageTable, checked_before, create_stage, fill_stage

_COLUMNS = ("subject_kind", "subject_uid", "seq", "action", "changes", "state", "reason", "digest")
Prepared = tuple[str, str, str, Mapping[str, Any], Mapping[str, Json], str]


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """Return the canonical JSON text that digests are made of; see ``audit.canonical.digest``."""
    return _encode(value) if value or value is None else _EMPTY.get(repr(value)) or _encode(value)


_EMPTY = {"{}": "{}", "[]": "[]", "''": '""'}


@lru_cache(maxsize=256)
def _word(text: str) -> str:
    return _encode(text)


class StagedEntries:
    """Collects prepared entries in a staging table and keeps the running digest over them."""

    def __init__(self) -> None:
        self.table: StageTable = create_stage(AuditEntry, purpose="a")
        self._hasher = sha256()
        self.count = 0

    def add(self, entries: Iterable[Prepared]) -> None:
        """Stage entries (kind, uid, action, changes, state, reason), in order. Values are already plain."""
        # link and id are not known yet; the staging table wants something in them
        rows = [(*self._row(*each), 0, self.count) for each in entries]
        fill_stage(self.table, (*_COLUMNS, "link_id", "id"), rows)

    def _row(
        self, kind: str, uid: str, action: str, changes: Mapping[str, Any], state: Mapping[str, Json], reason: str
    ) -> tuple[Any, ...]:
        self.count += 1
        changes_text, state_text = canonical(changes), canonical(state)
        # the same bytes as ``entry_digest`` hashes, put together from parts that are needed anyway
        head = f'[{_word(kind)},"{uid}",{_word(action)}'
        digest = sha256(f"{head},{changes_text},{state_text},{_word(reason)}]".encode()).hexdigest()
        self._hasher.update(digest.encode())
        return (kind, uid, self.count, action, changes_text, state_text, reason, digest)

    def adopt_into(self, unit: Unit) -> None:
        """Hand the entries to the unit of work: its link covers them first, then its own."""
        if self.count:
            unit.adopt(count=self.count, hasher=self._hasher, write=self._write)

    def _write(self, link_id: int) -> None:
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        with checked_before(), connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{AuditEntry._meta.db_table}" ("link_id", {names}) '  # noqa: S608 - names of our own
                f'SELECT %s, {names} FROM "{self.table.name}"',
                [link_id],
            )
