"""What every list page does alike: order, one page of rows, an xlsx of the same rows, lines for a chat message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeVar

import xlsxwriter
from django import forms
from django.db.models import F, Model, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import VIEW, VIEW_REPORTED
from feidi.engines.money import Money, MoneyText
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.money.display import format_money_text
from feidi.portals.ui.pieces import Action, Column, Row
from feidi.portals.ui.reading import read_money
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

#: A chat message is at most so long.
CHAT = 300
#: So many rows of a list leave as a workbook at most.
EXPORTED = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T = TypeVar("T", bound=Model)


def require_office(actor: Actor) -> None:
    """Refuse unless the actor sees projects as outpost or home side."""
    if not actor.may(VIEW_REPORTED):
        require(actor, VIEW)


def asked_of(form: forms.Form) -> tuple[dict[str, Any], int]:
    """Return what a filter form asks for, and how many conditions are set; a condition that is nonsense asks for nothing.

    The others hold, and the filter says which one it did not understand.
    """
    form.is_valid()
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    return given, sum(1 for value in given.values() if value)


def keys_asked(given: Mapping[str, Any], *, words: Sequence[str] = (), rows: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a filter form asks for as a filter takes it: words ("" for any), chosen rows as ``<name>_id``.

    >>> keys_asked({"words": None}, words=["words"], rows=["outpost"])
    {'words': '', 'outpost_id': None}
    """
    chosen = {f"{name}_id": getattr(given.get(name), "pk", None) for name in rows}
    return {**{name: given.get(name) or "" for name in words}, **chosen}


def listed(
    request: FeidiRequest,
    rows: QuerySet[T],
    columns: Sequence[Column],
    draw: Callable[[Sequence[T]], list[Row]],
    *,
    sorts: Mapping[str, str],
    selectable: bool = False,
) -> dict[str, Any]:
    """Return ``table`` and ``page``: the rows in their own order or the one asked for, empty values last."""
    table = read_table(request.GET, columns, selectable=selectable)
    if field := sorts.get(table.sort):
        ordered = F(field).desc(nulls_last=True) if table.descending else F(field).asc(nulls_last=True)
        rows = rows.order_by(ordered, "id")
    page = paginate(rows, request.GET.get("page"))
    return {"page": page, "table": table.with_rows(draw(page.items))}


def chat_lines(title: str, lines: Iterable[str]) -> str:
    """Return clean lines for a chat message; whole lines only, at most 300 characters."""
    text = title
    for line in lines:
        if len(text) + 1 + len(line) > CHAT:
            return text
        text = f"{text}\n{line}"
    return text[:CHAT]


def workbook(
    request: FeidiRequest, *, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return ``rows`` as an xlsx download; who took how many is on record, under the first outpost that they see."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    page = book.add_worksheet()
    fit_for_print(page)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, header in enumerate(headers):
        page.write_string(0, at, str(header), bold)
        page.set_column(at, at, 18)
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(count, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day in a cell
            elif isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(count, at, value)
            elif value not in (None, ""):
                page.write_string(count, at, _words(value))
    page.freeze_panes(1, 0)
    book.close()
    outpost = outposts_visible_to(request.actor, Outpost.objects.order_by("id")).first()
    with recorded(actor=request.actor, now=request.now) as unit:
        unit.acted("exported", kind="parties.outpost", uid=outpost.uid if outpost else "", list=name, rows=count)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.today:%Y%m%d}.xlsx"'
    return response


def sheet(request: FeidiRequest, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> HttpResponse:
    """Return drawn rows of a list as an xlsx download, every column of it; who took how many is on record."""
    cells = [[row.cells[each.code] for each in columns] for row in rows]
    return workbook(request, name=name, headers=[str(each.label) for each in columns], rows=cells)


def export_action(request: FeidiRequest, address: str) -> Action:
    """Return the button that takes exactly what a list shows away."""
    query = request.GET.urlencode()
    return Action(_("导出本列表"), f"{reverse(address)}?{query}", "database-export")


def _words(value: Any) -> str:
    if isinstance(value, MoneyText):
        return format_money_text(value, reading=False)
    return read_money(value).title if isinstance(value, Money) else str(value)
