"""The second pass over an .xlsx file: container checks, styles, and a scan of each sheet."""

from __future__ import annotations

from feidi.engines.sheets.archive import iter_part, open_archive, verify_parts
from feidi.engines.sheets.grid import Extras
from feidi.engines.sheets.model import Limits
from feidi.engines.sheets.xlsx_parts import read_parts
from feidi.engines.sheets.xlsx_scan import scan_sheet


def xlsx_extras(data: bytes, limits: Limits) -> dict[str, Extras]:
    """Return what each sheet (by name) says beside its values.

    Raises UnreadableError when the file asks for more than the limits, holds entities, or is broken.
    """
    with open_archive(data, limits) as archive:
        parts = read_parts(archive, limits)
        found: dict[str, Extras] = {}
        for name, path in parts.sheets.items():
            scan = scan_sheet(iter_part(archive, path, limits), frozenset(parts.formats), limits)
            found[name] = Extras(
                hidden_rows=frozenset(scan.hidden_rows),
                hidden_columns=frozenset(scan.hidden_columns),
                styles=scan.styles,
                formats=parts.formats,
                uncached=frozenset(scan.uncached),
                errors=scan.errors,
                formulas=scan.formulas,
                recalculates=parts.recalculates,
                formats_known=not scan.unplaced,
            )
        verify_parts(archive, limits, skip=frozenset(parts.sheets.values()))
    return found
