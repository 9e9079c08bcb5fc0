"""A superior's blank form is taken in once, its places are bound, a new layout is a new revision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import BoundForm
from feidi.domain.reporting.selectors.forms import bindings_of, shape_of, standings_of
from feidi.domain.reporting.selectors.paper_sources import is_source
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.binding import (
    Binding,
    BindingOptions,
    TargetKind,
    bind,
    binding_as_json,
    rebind,
)
from feidi.kernel.documents.office.inspecting import inspect_form
from feidi.kernel.documents.office.shapes import FormShape
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject

ISSUE: Final = "report.issue"
KIND: Final = "reporting.bound_form"
#: A list's row is known again by this column.
_KEY: Final = "code"


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form as it was sent: its name, whose it is, under which plaque, the blank file."""

    name: str
    file_name: str
    data: bytes
    superior: str = ""
    plaque: str = ""


def add_form(*, actor: Actor, now: datetime, outpost: Outpost, blank: BlankForm) -> BoundForm:
    """Take in a blank .xlsx or .docx. Refused: no permission, no name, not such a file, marked, encrypted, with macros."""
    require(actor, ISSUE, outpost_scope(outpost.pk))
    if not blank.name.strip():
        raise refuse("papers.form_name_missing")
    if blank.plaque and not outpost.plaques.filter(code=blank.plaque).exists():
        raise refuse("papers.unknown_plaque", plaque=blank.plaque)
    shape = inspect_form(blank.data, name=blank.file_name)
    form = BoundForm(
        outpost=outpost,
        plaque=blank.plaque,
        name=blank.name.strip()[:120],
        superior=blank.superior.strip()[:120],
        format=shape.kind.value,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        form.blank = _keep(actor, now, form, blank.file_name, blank.data)
        form.fingerprint = fingerprint_of(shape, form.blank)
        form.save()
        unit.created(form, kind=KIND)
    return form


def revise_form(*, actor: Actor, now: datetime, form: BoundForm, file_name: str, data: bytes) -> BoundForm:
    """Take in the form's new layout as its next revision, with all bindings: those that moved wait to be confirmed.

    Refused: no permission, another format, a form that has a newer revision or is no longer in use.
    """
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    shape = inspect_form(data, name=file_name)
    if shape.kind.value != form.format:
        raise refuse("papers.form_other_format", was=form.get_format_display(), now=shape.kind.value)
    with recorded(actor=actor, now=now) as unit:
        old = _locked(form)
        new = BoundForm(
            outpost=old.outpost,
            plaque=old.plaque,
            name=old.name,
            superior=old.superior,
            format=old.format,
            bindings=old.bindings,
            revision=old.revision + 1,
            supersedes=old,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        new.blank = _keep(actor, now, new, file_name, data)
        new.fingerprint = fingerprint_of(shape, new.blank)
        new.save()
        unit.created(new, kind=KIND)
    return new


def bind_place(
    *,
    actor: Actor,
    now: datetime,
    form: BoundForm,
    place: str,
    source: str,
    options: BindingOptions | None = None,
) -> Binding:
    """Tie a place (cell, bookmark, name) to a figure, or to a list's column that fills downward; what was there before goes.

    Refused: no permission, no such place or source, a formula.
    """
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    if not is_source(source):
        raise refuse("papers.unknown_source", source=source)
    shape, column = shape_of(form), "." in source
    kind = TargetKind.COLUMN if column else TargetKind.BOOKMARK if place in shape.names else TargetKind.CELL
    chosen = options or BindingOptions()
    if column and not chosen.key:
        chosen = BindingOptions(chosen.overwrite, chosen.insert_rows, chosen.factor, chosen.as_text, _KEY)
    made = bind(shape, kind=kind, place=place, source=source, options=chosen)
    there = _standing_at(form, {made.place})
    _save(actor, now, form, lambda bindings: [*(each for each in bindings if each not in there), made])
    return made


def unbind_place(*, actor: Actor, now: datetime, form: BoundForm, place: str, moved: bool = False) -> None:
    """Take a binding away; ``moved``: the one that waits to be confirmed. Refused: no permission, nothing bound there."""
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    gone = _bound(form, place, moved=moved)
    _save(actor, now, form, lambda bindings: [each for each in bindings if each != gone])


def move_binding(*, actor: Actor, now: datetime, form: BoundForm, place: str, to: str) -> Binding:
    """Confirm where a binding of a changed form is now. Refused: no permission, nothing bound, no such place."""
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    old = _bound(form, place, moved=True)
    made = rebind(shape_of(form), old, to)
    there = _standing_at(form, {made.place})
    _save(actor, now, form, lambda bindings: [made if each == old else each for each in bindings if each not in there])
    return made


def move_all(*, actor: Actor, now: datetime, form: BoundForm) -> int:
    """Move every binding that has exactly one proposal, all at once; return how many. Refused: no permission."""
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    shape = shape_of(form)
    moved = [
        (each.binding, rebind(shape, each.binding, each.proposals[0]))
        for each in standings_of(form)
        if each.proposals is not None and len(each.proposals) == 1
    ]
    there = _standing_at(form, {made.place for _old, made in moved})

    def change(bindings: Sequence[Binding]) -> list[Binding]:
        kept = [each for each in bindings if each not in there]
        return [next((made for old, made in moved if old == each), each) for each in kept]

    _save(actor, now, form, change)
    return len(moved)


def _standing_at(form: BoundForm, places: set[str]) -> list[Binding]:
    """Return the bindings that stand at these places: one that waits to be moved has only its old place there."""
    return [each.binding for each in standings_of(form) if each.proposals is None and each.binding.place in places]


def void_form(*, actor: Actor, now: datetime, form: BoundForm, reason: str) -> BoundForm:
    """Stop using a form; what was filled stays. Refused: no permission, no reason, stopped or superseded before."""
    require(actor, ISSUE, outpost_scope(form.outpost_id))
    if not reason.strip():
        raise refuse("papers.void_needs_reason", number=form.name)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(form)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def fingerprint_of(shape: FormShape, file: StoredFile) -> dict[str, Any]:
    """Return by what a layout is known: the blank's hash, the size of each sheet or table, the names."""
    grids = [{"name": each.name, "rows": each.rows, "columns": each.columns} for each in shape.grids]
    return {"sha256": file.sha256, "grids": grids, "names": sorted(shape.names)}


def _bound(form: BoundForm, place: str, *, moved: bool) -> Binding:
    """Return the binding of a place; two may name it while one of them waits to be moved: ``moved`` says which first."""
    found = [each for each in standings_of(form) if each.binding.place == place]
    if not found:
        raise refuse("papers.place_not_bound", place=place)
    return next((each.binding for each in found if (each.proposals is not None) == moved), found[0].binding)


def _save(
    actor: Actor, now: datetime, form: BoundForm, change: Callable[[Sequence[Binding]], Sequence[Binding]]
) -> None:
    with recorded(actor=actor, now=now) as unit:
        row = _locked(form)
        before = unit.before(row)
        bindings = change(bindings_of(row))
        row.bindings, row.version = [binding_as_json(each) for each in bindings], row.version + 1
        row.save(update_fields=["bindings", "version"])
        unit.changed(row, kind=KIND, before=before)


def _locked(form: BoundForm) -> BoundForm:
    """Return the row to be written, still in use and the newest of its revisions."""
    row = BoundForm.objects.select_for_update().select_related("outpost").get(pk=form.pk)
    if row.voided_at is not None:
        raise refuse("papers.form_voided", form=row.name, reason=row.void_reason)
    newer = BoundForm.objects.filter(supersedes=row).order_by("-revision").first()
    if newer is not None:
        raise refuse("papers.form_superseded", form=row.name, revision=newer.revision)
    return row


def _keep(actor: Actor, now: datetime, form: BoundForm, name: str, data: bytes) -> StoredFile:
    return store_upload(actor=actor, now=now, subject=Subject(KIND, form.uid), name=name, chunks=[data])
