"""The forms that can be printed: their templates, and which fields each cannot do without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from feidi.engines.findings import Finding, Level, refuse

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One form: code, and its required fields. A list is checked row by row: field name → fields of each row."""

    code: str
    required: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]

    @property
    def template(self) -> Path:
        """The typst file of the form."""
        return TEMPLATES / f"{self.code}.typ"


#: 落地核验表. ``evidence`` rows may carry ``items`` of (what, state, on, amount); ``chain`` steps are
#: {hand, seal}: whose hand, and the seal beside it (text, True or empty); ``facts``: further {label, value}.
LANDING_CHECK: Final = FormSpec(
    code="landing_check",
    required=("project", "code", "outpost", "home_entity", "evidence", "chain"),
    rows={
        "evidence": ("label", "state"),
        "signals": ("label", "value"),
        "chain": ("hand",),
        "facts": ("label", "value"),
    },
)
#: Any statement to be signed: ``words`` (paragraphs), ``facts`` {label, value}, ``tables`` {title, columns, rows of texts},
#: ``chain`` as above.
STATEMENT: Final = FormSpec(
    code="statement",
    required=("chain",),
    rows={"chain": ("hand",), "facts": ("label", "value"), "tables": ("title", "columns", "rows")},
)
#: A report without signatures (``services.reporting``): ``facts`` {label, value}, ``warnings`` and ``closing`` (texts),
#: ``tables`` {title, columns, widths, rows of texts}.
REPORT: Final = FormSpec(
    code="report",
    required=("facts", "warnings", "tables", "closing"),
    rows={"facts": ("label", "value"), "tables": ("title", "columns", "widths", "rows")},
)
_FORMS: dict[str, FormSpec] = {each.code: each for each in (LANDING_CHECK, STATEMENT)}


def get_form_spec(code: str) -> FormSpec:
    """Return the form, or refuse with ``documents.unknown_form_code``."""
    spec = _FORMS.get(code)
    if spec is None:
        raise refuse("documents.unknown_form_code", form=code)
    return spec


def check_data(spec: FormSpec, data: Mapping[str, Any]) -> None:
    """Refuse data that lacks what the form cannot do without, naming every gap."""
    gaps = [name for name in spec.required if name not in data]
    for name, fields in spec.rows.items():
        for place, row in enumerate(data.get(name) or (), start=1):
            gaps += [f"{name}[{place}].{field}" for field in fields if field not in row]
    if gaps:
        findings = [Finding(Level.PROBLEM, "documents.field_missing", {"field": gap}) for gap in gaps]
        raise refuse("documents.data_incomplete", *findings, form=spec.code, fields="、".join(gaps))
