"""The list as a workbook: exactly the shown columns, rows and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.engines.money import MoneyText
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.money.display import format_money_text
from feidi.portals.console.pipeline.presenting import rows_of
from feidi.portals.ui.pieces import Column

PERMISSION = "project.export"
_CHUNK = 1000


def export_list(*, actor: Actor, now: datetime, rows: QuerySet[Project], columns: Sequence[Column]) -> bytes:
    """Return an xlsx of ``rows`` in their order with ``columns`` as the page shows them; who took how many is on record.

    Refused: a project of an outpost over which the actor may not export.
    """
    for each in rows.order_by().values_list("outpost_id", flat=True).distinct():
        if not actor.may(PERMISSION, outpost_scope(each)):
            raise refuse("ledger.export_not_allowed")
    with TemporaryDirectory(prefix="feidi-list-") as folder:
        path = Path(folder) / "list.xlsx"
        count = _write(path, rows, columns)
        data = path.read_bytes()
    about = Outpost.objects.filter(pk__in=actor.scopes(PERMISSION, ScopeKind.OUTPOST)).order_by("pk").first()
    with recorded(actor=actor, now=now) as unit:
        shown = [each.code for each in columns]
        unit.acted("exported", kind="parties.outpost", uid=about.uid if about else "", rows=count, columns=shown)
    return data


def _write(path: Path, rows: QuerySet[Project], columns: Sequence[Column]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet(_("项目"))
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    fit_for_print(sheet)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 30 if column.lead else 18)
        sheet.write_string(0, at, str(column.label), head)
    count = 0
    for cells in _cells(rows, columns):
        count += 1
        for at, column in enumerate(columns):
            value = cells.get(column.code)
            if isinstance(value, date):
                sheet.write_datetime(count, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
            elif value not in (None, ""):
                sheet.write_string(count, at, _text(value))
    book.close()
    return count


def _cells(rows: QuerySet[Project], columns: Sequence[Column]) -> Iterator[Any]:
    chunk: list[Project] = []
    for each in rows.iterator(chunk_size=_CHUNK):
        chunk.append(each)
        if len(chunk) == _CHUNK:
            yield from (row.cells for row in rows_of(chunk, columns))
            chunk = []
    yield from (row.cells for row in rows_of(chunk, columns))


def _text(value: Any) -> str:
    return format_money_text(value, reading=False) if isinstance(value, MoneyText) else str(value)
