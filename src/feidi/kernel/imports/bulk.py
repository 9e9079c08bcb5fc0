"""Many rows of several models in one short transaction (decisions 11).

``Bulk`` stages rows (each with its id already set apart, so that they may point at each other) together with
their audit entries, in short transactions; ``apply`` copies everything within the caller's unit of work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model, Q

from feidi.kernel.audit.unit import Unit
from feidi.kernel.imports.auditing import Prepared, StagedEntries
from feidi.kernel.imports.reserving import Ranges, as_ranges, reserve_ids
from feidi.kernel.imports.shapes import PlainRow, Shape
from feidi.kernel.imports.staging import (
    CHUNK,
    StageTable,
    checked_before,
    create_stage,
    drop_stages,
    fill_stage,
    insert_from,
    moved_rows,
    update_from,
)

_BLOCK = 5_000


class Ids:
    """Ids of one model, set apart a block at a time."""

    def __init__(self, model: type[Model], block: int = _BLOCK) -> None:
        self._model, self._block = model, block
        self._left: Iterator[int] = iter(())
        self._used: list[int] = []

    def take(self) -> int:
        """Return the next id. Effect, once per block: a short transaction."""
        found = next(self._left, None)
        if found is None:
            self._left = iter(reserve_ids(self._model, self._block))
            found = next(self._left)
        self._used.append(found)
        return found

    @property
    def used(self) -> Ranges:
        """The ids handed out, as ranges."""
        return as_ranges(self._used)


class Bulk:
    """Stages creations and changes of ``models``, given in the order in which they may be inserted."""

    def __init__(self, models: Sequence[type[Model]], *, block: int = _BLOCK) -> None:
        self.shapes = {model: Shape(model) for model in models}
        self._ids = {model: Ids(model, block) for model in models}
        self._new: dict[type[Model], StageTable] = {}
        self._changed: dict[type[Model], StageTable] = {}
        self._columns: dict[type[Model], set[str]] = defaultdict(set)
        self._waiting: dict[tuple[str, type[Model]], list[list[Any]]] = defaultdict(list)
        self._entries = StagedEntries()
        self._waiting_entries: list[Prepared] = []

    def new_id(self, model: type[Model]) -> int:
        """Set an id apart for a row that ``create`` will be given."""
        return self._ids[model].take()

    def create(self, model: type[Model], values: PlainRow, *, staged_row: int, reason: str = "") -> int:
        """Stage a new row and, for an audited kind, its entry; returns its id (``values["id"]`` when given)."""
        shape = self.shapes[model]
        row = shape.row(values)
        if row["id"] is None:
            row["id"] = self.new_id(model)
        self._put("n", model, [*shape.stored(row), staged_row])
        if shape.kind:
            self._waiting_entries.append((shape.kind.kind, row["uid"], "created", {}, shape.state(row), reason))
        return int(row["id"])

    def change(
        self,
        model: type[Model],
        before: PlainRow,
        after: PlainRow,
        *,
        staged_row: int,
        reason: str = "",
        action: str = "changed",
    ) -> None:
        """Stage a changed row (``after`` carries the next version) and its entry."""
        shape = self.shapes[model]
        old, new = shape.stored(before), shape.stored(after)
        self._columns[model].update(
            name for name, one, other in zip(shape.columns, old, new, strict=True) if one != other
        )
        self._put("c", model, [*new, staged_row])
        if shape.kind:
            was, state = shape.state(before), shape.state(after)
            changes = {name: [was[name], value] for name, value in state.items() if was[name] != value}
            self._waiting_entries.append((shape.kind.kind, after["uid"], action, changes, state, reason))

    def _put(self, purpose: str, model: type[Model], values: list[Any]) -> None:
        waiting = self._waiting[purpose, model]
        waiting.append(values)
        if len(waiting) >= CHUNK:
            self._write(purpose, model)

    def _write(self, purpose: str, model: type[Model]) -> None:
        tables = self._new if purpose == "n" else self._changed
        if model not in tables:
            tables[model] = create_stage(model, purpose=purpose)
        rows = self._waiting.pop((purpose, model), [])
        fill_stage(tables[model], (*tables[model].columns, "staged_row"), rows)

    def flush(self) -> None:
        """Write what waits into the staging tables."""
        for purpose, model in list(self._waiting):
            self._write(purpose, model)
        self._entries.add(self._waiting_entries)
        self._waiting_entries = []

    def flush_entries(self, *, over: int = CHUNK) -> None:
        """Write the waiting audit entries when there are more than ``over``."""
        if len(self._waiting_entries) > over:
            self._entries.add(self._waiting_entries)
            self._waiting_entries = []

    def moved(self, model: type[Model]) -> list[int]:
        """Return the file rows whose target has another version now than the staged change follows on."""
        return moved_rows(self._changed[model]) if model in self._changed else []

    def staged_new(self, model: type[Model]) -> StageTable | None:
        """Return the staging table of new rows of ``model``, None when there are none."""
        return self._new.get(model)

    def apply(self, unit: Unit) -> dict[str, int]:
        """Copy everything; the unit's link covers the prepared entries. Returns model label → rows written."""
        written: dict[str, int] = {}
        with checked_before():
            for model in self.shapes:
                if model in self._new:
                    written[model._meta.label] = insert_from(self._new[model])
            for model, table in self._changed.items():
                if self._columns[model]:
                    update_from(table, sorted(self._columns[model]))
        self._entries.adopt_into(unit)
        return written

    def made(self) -> dict[str, Ranges]:
        """Return model label → ids handed out."""
        return {model._meta.label: ids.used for model, ids in self._ids.items() if ids.used}

    def drop(self) -> None:
        """Drop the staging tables."""
        drop_stages((*self._new.values(), *self._changed.values(), self._entries.table))


def within(ranges: Iterable[Sequence[int]], name: str = "id") -> Q:
    """Return a ``Q`` for ids within any of the ranges; matches nothing when there are none."""
    found = Q(pk__in=())
    for first, last in ranges:
        found |= Q(**{f"{name}__gte": first, f"{name}__lte": last})
    return found
