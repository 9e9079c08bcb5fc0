"""The answer of the command line: what was understood of a file, as plain JSON values."""

from __future__ import annotations

import re
from typing import Any

from feidi.engines.findings import Finding, Level
from feidi.engines.sheets.codes import CODES
from feidi.engines.sheets.model import DEFAULT_LIMITS, Limits, Record, Sheet, finding
from feidi.engines.sheets.reading import Source, load_sheet, open_workbook

_FIRST = 20
_HOLES = re.compile(r"\{(\w+)\}")


def read_summary(
    source: Source, sheet: str | None = None, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> dict[str, Any]:
    """Return ``{"sheets": [...], "findings": [...]}`` for a file; ``sheet`` picks one sheet by name.

    ``rows`` counts the records; ``records`` holds the first 20 as column name -> text. A file that
    cannot be read has no sheets and one finding of level ``fatal``.
    """
    book = open_workbook(source, name=name, limits=limits)
    chosen = [item for item in book.sheets if sheet is None or item.name == sheet]
    findings = list(book.findings)
    if not chosen and book.sheets:
        names = "、".join(item.name for item in book.sheets)
        findings.append(finding(Level.FATAL, "sheets.sheet.missing", {"name": sheet, "sheets": names}))
    return {"sheets": [_sheet(item) for item in chosen], "findings": [finding_json(item) for item in findings]}


def _sheet(lazy: Sheet) -> dict[str, Any]:
    sheet = load_sheet(lazy)
    records = list(sheet.iter_records())
    names = [column.name for column in sheet.columns]
    return {
        "name": sheet.name,
        "header_rows": list(sheet.header_rows),
        "columns": [{"name": c.name, "unit": c.unit, "type": c.type.value} for c in sheet.columns],
        "rows": len(records),
        "records": [_record(record, names) for record in records[:_FIRST]],
        "findings": [finding_json(item) for item in sheet.findings],
    }


def _record(record: Record, names: list[str]) -> dict[str, str]:
    return dict(zip(names, record.texts(), strict=True))


def finding_json(item: Finding) -> dict[str, Any]:
    """Return one finding with its Chinese text."""
    return {
        "level": item.level.value,
        "row": item.row,
        "column": item.column,
        "code": item.code,
        "text": finding_text(item),
    }


def finding_text(item: Finding) -> str:
    """Say a finding in Chinese: what happened; then how to put it right."""
    what, fix = CODES[item.code]
    return _filled(what, item) + (" " + _filled(fix, item) if fix else "")


def _filled(template: str, item: Finding) -> str:
    # Not str.format: a parameter is the user's text and may itself hold braces.
    return _HOLES.sub(lambda hole: str(item.params.get(hole[1], hole[0])), template)
