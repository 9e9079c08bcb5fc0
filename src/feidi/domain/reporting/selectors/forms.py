"""A superior's own forms: their shape, what is bound where, what was filled before, what would be filled today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Max, QuerySet

from feidi.domain.reporting.access import visible_to
from feidi.domain.reporting.models import BoundForm, FormFilling
from feidi.domain.reporting.selectors.paper_lists import count_untold, lists_of
from feidi.domain.reporting.selectors.paper_sources import ALL, LISTS, list_label
from feidi.domain.reporting.selectors.papers import Snapshot
from feidi.engines.findings import Finding, Level
from feidi.kernel.access import Actor
from feidi.kernel.documents.office.binding import Binding, TargetKind, binding_from_json, displaced
from feidi.kernel.documents.office.form_values import FormValue, FormValues, shown
from feidi.kernel.documents.office.inspecting import inspect_form
from feidi.kernel.documents.office.shapes import FormShape
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of

_SHAPES: Final = 16


def list_forms(actor: Actor) -> QuerySet[BoundForm]:
    """Return the forms in use (newest layout of each) that the actor sees, with how often and until when filled."""
    rows = visible_to(actor, BoundForm.objects.select_related("outpost", "blank"))
    live = rows.filter(voided_at__isnull=True, superseded_by__isnull=True)
    return live.annotate(filled=Count("fillings"), filled_as_of=Max("fillings__as_of")).order_by("name", "id")


def get_form(actor: Actor, uid: str) -> BoundForm:
    """Return one form; raises DoesNotExist for one that is not to be seen."""
    rows = visible_to(actor, BoundForm.objects.select_related("outpost__home", "blank", "supersedes"))
    return rows.prefetch_related("outpost__plaques", "superseded_by").get(uid=uid)


def bytes_of(file: StoredFile) -> bytes:
    """Return a stored file's bytes."""
    return path_of(file).read_bytes()


def shape_of(form: BoundForm) -> FormShape:
    """Return what the blank form looks like."""
    return _shape(form.blank.sha256, str(path_of(form.blank)), form.name)


@lru_cache(maxsize=_SHAPES)
def _shape(_sha256: str, path: str, name: str) -> FormShape:
    from pathlib import Path  # noqa: PLC0415 - only here

    return inspect_form(Path(path).read_bytes(), name=name)


def bindings_of(form: BoundForm) -> tuple[Binding, ...]:
    """Return what is bound."""
    return tuple(binding_from_json(each) for each in form.bindings)


@dataclass(frozen=True, slots=True)
class Standing:
    """A binding with where it stands: ``proposals`` None: where it was; else the places where it may be now."""

    binding: Binding
    proposals: tuple[str, ...] | None


def standings_of(form: BoundForm) -> tuple[Standing, ...]:
    """Return every binding, the displaced ones with proposals."""
    bindings = bindings_of(form)
    moved = {id(each.binding): each.proposals for each in displaced(shape_of(form), bindings)}
    return tuple(Standing(each, moved.get(id(each))) for each in bindings)


def lists_used(bindings: Iterable[Binding]) -> tuple[str, ...]:
    """Return the names of the lists that bindings fill from."""
    names = (each.source.rpartition(".")[0] for each in bindings if each.kind is TargetKind.COLUMN)
    return tuple(name for name in dict.fromkeys(names) if name.removesuffix(ALL) in LISTS)


def values_for(
    actor: Actor, snapshot: Snapshot, bindings: Sequence[Binding], texts: Mapping[str, FormValue]
) -> FormValues:
    """Return what a snapshot gives to these bindings, nothing more."""
    wanted = {each.source for each in bindings if each.kind is not TargetKind.COLUMN}
    figures: dict[str, FormValue] = {name: texts[name] for name in wanted if name in texts}
    figures |= {name: snapshot.figures[name] for name in wanted if name in snapshot.figures}
    lists = lists_of(actor, snapshot, lists_used(bindings))
    return FormValues(figures, lists)


def untold_findings(actor: Actor, snapshot: Snapshot, bindings: Sequence[Binding]) -> list[Finding]:
    """Return a warning for every list that names projects which were not reported yet."""
    found = []
    for name in lists_used(bindings):
        n = count_untold(actor, snapshot, name) if name.endswith(ALL) else 0
        if n:
            found.append(Finding(Level.PROBLEM, "papers.list_untold", {"list": list_label(name), "n": n}))
    return found


def values_as_json(values: FormValues) -> dict[str, Any]:
    """Return values as texts, to be compared with the next issue's."""
    return {
        "figures": {name: shown(value) for name, value in values.figures.items()},
        "lists": {
            name: [{column: shown(value) for column, value in row.items()} for row in rows]
            for name, rows in values.lists.items()
        },
    }


def previous_values(form: BoundForm, as_of: date) -> FormValues:
    """Return what the form said the time before ``as_of`` (any layout of it); empty the first time: all is new."""
    last = FormFilling.objects.filter(form_id__in=_chain(form), as_of__lt=as_of).order_by("-as_of", "-id").first()
    kept = last.figures.get("values", {}) if last else {}
    return FormValues(kept.get("figures", {}), kept.get("lists", {}))


def _chain(form: BoundForm) -> list[int]:
    """Return the keys of the form and of the layouts it took the place of."""
    keys, current = [form.pk], form.supersedes_id
    while current is not None and current not in keys:
        keys.append(current)
        current = BoundForm.objects.values_list("supersedes_id", flat=True).get(pk=current)
    return keys


def fillings_of(form: BoundForm) -> QuerySet[FormFilling]:
    """Return the fillings of a form in all its layouts, newest first."""
    return FormFilling.objects.filter(form_id__in=_chain(form)).select_related("file", "form").order_by("-as_of", "-id")
