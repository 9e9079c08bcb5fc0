"""The Friday button's pure half: a bound form is filled, what is new in red, what stood there kept."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.kernel.documents.office.binding import Binding, TargetKind
from feidi.kernel.documents.office.containers import OfficeKind, open_package
from feidi.kernel.documents.office.form_values import Filled, FormValues, Notes
from feidi.kernel.documents.office.sheet_filling import fill_sheets
from feidi.kernel.documents.office.word_filling import fill_word


def fill_form(
    data: bytes,
    bindings: Sequence[Binding],
    values: FormValues,
    previous: FormValues | None = None,
    *,
    name: str = "form",
) -> Filled:
    """Fill a blank form.

    ``previous``: the values of the last issue; what differs from them is red (None: nothing is compared or red;
    empty: all is new). Formulas and words are never written over (unless a binding allows words): a finding says so.
    Refused: a file that is no such form; a form whose layout changed around a binding.
    """
    package = open_package(data, name=name)
    notes = Notes()
    _check_sources(bindings, values, notes)
    fill = fill_sheets if package.kind is OfficeKind.XLSX else fill_word
    done = fill(package, bindings, values, previous, notes)
    if any(path.startswith("_xmlsignatures/") for path in package.parts):
        notes.problem("office.signature_broken")
    return Filled(done, tuple(notes.findings), tuple(notes.changed))


def _check_sources(bindings: Sequence[Binding], values: FormValues, notes: Notes) -> None:
    for each in bindings:
        known = (
            each.source.rpartition(".")[0] in values.lists
            if each.kind is TargetKind.COLUMN
            else each.source in values.figures
        )
        if not known:
            notes.problem("office.source_unknown", place=each.place, source=each.source)
