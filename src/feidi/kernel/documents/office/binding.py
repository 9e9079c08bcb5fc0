"""A place of somebody's form is tied to a figure or to a column of a list, once; and found to be where it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.kernel.documents.office.containers import OfficeKind
from feidi.kernel.documents.office.shapes import FormShape, Landmarks, folded_label, place_name, read_place

_NEAR_NAME: Final = 12
_MOST_PROPOSALS: Final = 5


class TargetKind(StrEnum):
    """What is bound: one cell, a bookmark (of Word) or defined name (of Excel), or a column from its first cell down."""

    CELL = "cell"
    BOOKMARK = "bookmark"
    COLUMN = "table_column_start"


@dataclass(frozen=True, slots=True)
class BindingOptions:
    """How a place is filled.

    ``overwrite``: may replace words that stand there. ``insert_rows``: a list longer than its room gets new rows.
    ``factor``: the figure is multiplied by it (万元 → 亿元: 0.0001). ``as_text``: number with unit, as text (11个).
    ``key``: the column of the list by which a row is known again in the previous issue.
    """

    overwrite: bool = False
    insert_rows: bool = False
    factor: Decimal | None = None
    as_text: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """``place``: ``Sheet1!B7``, ``表1!B7`` or a name. ``source``: a figure's code; for a column ``list.column`` (``list.#`` counts rows)."""

    kind: TargetKind
    place: str
    source: str
    options: BindingOptions = field(default_factory=BindingOptions)
    landmarks: Landmarks = field(default_factory=Landmarks)


@dataclass(frozen=True, slots=True)
class Displaced:
    """A binding that no longer fits: where the same landmarks stand now (none, one, or several places)."""

    binding: Binding
    proposals: tuple[str, ...]


def bind(
    shape: FormShape, *, kind: TargetKind, place: str, source: str, options: BindingOptions | None = None
) -> Binding:
    """Return the binding of a place, with the labels by which it will be found again.

    Refused: there is no such place, it holds a formula, or the options make no sense for it.
    """
    chosen = options or BindingOptions()
    if kind is TargetKind.COLUMN and not all(source.rpartition(".")[::2]):
        raise refuse("office.bad_option", place=place, option="source", value=source)
    if chosen.factor is not None and not chosen.factor.is_finite():
        raise refuse("office.bad_option", place=place, option="factor", value=str(chosen.factor))
    if kind is TargetKind.BOOKMARK:
        if place not in shape.names:
            raise refuse("office.no_such_place", place=place)
        return Binding(kind, place, source, chosen, _named_landmarks(shape, place))
    where = read_place(place)
    grid = shape.grid(where[0]) if where else None
    if where is None or grid is None or where[1] > grid.rows + 1000 or where[2] > grid.columns + 50:
        raise refuse("office.no_such_place", place=place)
    row, column = grid.anchor(where[1], where[2])
    cell = grid.cell(row, column)
    if cell is not None and cell.formula is not None:
        raise refuse("office.place_is_formula", place=place)
    if shape.kind is OfficeKind.DOCX and (row > grid.rows or column > grid.columns):
        raise refuse("office.no_such_place", place=place)
    return Binding(
        kind, place_name(grid.name, row, column), source, chosen, _of_column(kind, grid.landmarks(row, column))
    )


def _of_column(kind: TargetKind, landmarks: Landmarks) -> Landmarks:
    """A list's first cell has its heads above; what stands left of it may be yesterday's rows."""
    return replace(landmarks, left=()) if kind is TargetKind.COLUMN else landmarks


def _named_landmarks(shape: FormShape, name: str) -> Landmarks:
    said = shape.names[name]
    if shape.kind is OfficeKind.XLSX:
        where = read_place(said)
        grid = shape.grid(where[0]) if where else None
        return grid.landmarks(where[1], where[2]) if where and grid else Landmarks()
    before = folded_label(said.partition("…")[0])[-_NEAR_NAME:]
    return Landmarks((before,) if before else ())


def displaced(shape: FormShape, bindings: Sequence[Binding]) -> tuple[Displaced, ...]:
    """Return the bindings whose landmarks are not where they were, with where they are now."""
    return tuple(Displaced(binding, _proposals(shape, binding)) for binding in bindings if not _stands(shape, binding))


def _stands(shape: FormShape, binding: Binding) -> bool:
    if binding.kind is TargetKind.BOOKMARK:
        return binding.place in shape.names and _named_landmarks(shape, binding.place) == binding.landmarks
    where = read_place(binding.place)
    grid = shape.grid(where[0]) if where else None
    if where is None or grid is None or grid.anchor(where[1], where[2]) != where[1:]:
        return False
    return _of_column(binding.kind, grid.landmarks(where[1], where[2])) == binding.landmarks


def _proposals(shape: FormShape, binding: Binding) -> tuple[str, ...]:
    if binding.kind is TargetKind.BOOKMARK:
        if binding.place in shape.names:
            return (binding.place,)
        return tuple(name for name in shape.names if _named_landmarks(shape, name) == binding.landmarks)
    found = list(_alike(shape, binding))
    where = read_place(binding.place)
    for axis in (2, 1):
        # several look alike: the one that kept its column (else its row) is meant
        kept = [each for each in found if where and (read_place(each) or where)[axis] == where[axis]]
        found = kept if len(kept) == 1 else found
    return tuple(found[:_MOST_PROPOSALS])


def _alike(shape: FormShape, binding: Binding) -> Iterator[str]:
    wanted = binding.landmarks
    if not (wanted.left or wanted.above):
        return
    own = (read_place(binding.place) or ("",))[0]
    for grid in sorted(shape.grids, key=lambda each: each.name != own):
        seen: set[int] = set()
        for row in range(1, grid.rows + 2):
            for column in range(1, grid.columns + 1):
                if grid.anchor(row, column) != (row, column) or (not wanted.left and column in seen):
                    continue
                cell = grid.cell(row, column)
                if cell is not None and (cell.is_label or cell.formula is not None):
                    continue
                if _of_column(binding.kind, grid.landmarks(row, column)) == wanted:
                    seen.add(column)
                    yield place_name(grid.name, row, column)


def check_bindings(shape: FormShape, bindings: Sequence[Binding], *, name: str) -> None:
    """Refuse a form whose layout changed around a binding: which place moved, and where it is now."""
    reasons = tuple(_reason(each) for each in displaced(shape, bindings))
    if reasons:
        raise _changed(reasons, name)


def _changed(reasons: tuple[Finding, ...], name: str) -> RefusedError:
    return refuse("office.form_changed", *reasons, name=name, count=len(reasons))


def _reason(each: Displaced) -> Finding:
    place = {"place": each.binding.place, "landmark": each.binding.landmarks.words or each.binding.source}
    match each.proposals:
        case ():
            return Finding(Level.PROBLEM, "office.place_lost", place)
        case (only,):
            return Finding(Level.PROBLEM, "office.place_moved", {**place, "proposal": only})
        case several:
            return Finding(Level.PROBLEM, "office.place_doubtful", {**place, "proposals": "、".join(several)})


def rebind(shape: FormShape, binding: Binding, place: str) -> Binding:
    """Return a binding moved to another place of a changed form. Refused as ``bind`` refuses."""
    return bind(shape, kind=binding.kind, place=place, source=binding.source, options=binding.options)


def binding_as_json(binding: Binding) -> dict[str, Any]:
    """Return a binding as plain values, to be stored."""
    options = binding.options
    return {
        "kind": binding.kind.value,
        "place": binding.place,
        "source": binding.source,
        "options": {
            "overwrite": options.overwrite,
            "insert_rows": options.insert_rows,
            "factor": None if options.factor is None else str(options.factor),
            "as_text": options.as_text,
            "key": options.key,
        },
        "left": list(binding.landmarks.left),
        "above": list(binding.landmarks.above),
    }


def binding_from_json(said: Mapping[str, Any]) -> Binding:
    """Return a stored binding. Raises ValueError or KeyError when it is none."""
    options = dict(said.get("options") or {})
    try:
        factor = Decimal(options["factor"]) if options.get("factor") else None
    except InvalidOperation as error:
        message = f"factor {options['factor']!r} is no number"
        raise ValueError(message) from error
    return Binding(
        TargetKind(said["kind"]),
        str(said["place"]),
        str(said["source"]),
        BindingOptions(
            overwrite=bool(options.get("overwrite")),
            insert_rows=bool(options.get("insert_rows")),
            factor=factor,
            as_text=bool(options.get("as_text")),
            key=str(options.get("key") or ""),
        ),
        Landmarks(tuple(said.get("left") or ()), tuple(said.get("above") or ())),
    )
