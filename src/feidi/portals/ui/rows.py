"""The rows of a list as HTML, written by hand.

A list of fifty rows has some four hundred cells; as templates they took two thirds of the page's time (each cell a dozen
conditions and a translated label). Everything that is text goes through ``said``, which escapes it; what a cell looks like
is said once, by ``cell`` of the template tags, and badges and actions are components, each different badge drawn once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from feidi.portals.ui.markup import said
from feidi.portals.ui.pieces import Badge, Column, Row

#: Draws a component by name and props.
Draw = Callable[[str, dict[str, Any]], str]
Show = Callable[[Any], Any]
_CODE: Final = "code"


def rows_html(table: Any, bulk: str, draw: Draw, show: Show) -> SafeString:
    """Return ``<tr>…</tr>`` of every row of ``table`` (a ``Table`` of ``tables``).

    ``bulk``: id of the form that ticked rows belong to. ``show``: turns a value into what its cell says.
    """
    heads = [(column, _opening(column)) for column in table.columns]
    before, after = _pick(bulk) if table.selectable else ("", "")
    badges = _Badges(draw)
    pieces: list[str] = []
    for row in table.rows:
        pieces.append(_begin(row))
        if table.selectable:
            pieces += (before, said(row.uid), after)
        for column, opening in heads:
            text = said(show(row.cells.get(column.code)))
            pieces += (opening, _lead(row, text, badges) if column.lead else text, "</td>\n")
        if table.has_actions:
            pieces.append(f'<td class="list-acts">{draw("actions", {"actions": row.actions})}</td>')
        pieces.append("</tr>\n")
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


class _Badges(dict[Badge, str]):
    """Badges as HTML; the same one is drawn once."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self.draw = draw

    def __missing__(self, each: Badge) -> str:
        props = {"text": each.text, "tone": each.tone, "icon": each.icon, "title": each.title}
        self[each] = found = self.draw("badge", props)
        return found


def _lead(row: Row, text: str, badges: _Badges) -> str:
    """Return what the cell holds that links and heads the card."""
    link = f'<a href="{said(row.url)}">{text}</a>' if row.url else text
    note = f'<span class="row-note">{said(row.note)}</span>' if row.note else ""
    return "".join((link, *(f" {badges[each]}" for each in row.badges), note))


def _begin(row: Row) -> str:
    identity = f' id="row-{said(row.uid)}"' if row.uid else ""
    tone = f' class="row-{row.tone}"' if row.tone else ""
    return f"<tr{identity}{tone} data-row>\n"


def _opening(column: Column) -> str:
    """Return the opening tag of a column's cells; its label is what a telephone shows before the value."""
    classes = [
        name
        for name, given in (
            ("num", column.numeric),
            ("lead-cell", column.lead),
            ("nowrap", column.whole or column.code == _CODE),
        )
        if given
    ]
    return f'<td class="{" ".join(classes)}" data-label="{said(column.label)}">'


def _pick(bulk: str) -> tuple[str, str]:
    form = f' form="{said(bulk)}"' if bulk else ""
    label = said(_("选择这一行"))
    begin = '<td class="list-pick"><input class="form-check-input" type="checkbox" name="picked" value="'
    return begin, f'"{form} data-pick aria-label="{label}"></td>\n'
