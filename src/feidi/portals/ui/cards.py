"""The cards of a board as HTML, written by hand like the rows of lists: a board draws up to four hundred of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from feidi.portals.ui.markup import said
from feidi.portals.ui.pieces import Badge, Card


def cards_html(cards: Iterable[Card], form: str) -> SafeString:
    """Return ``<li>…</li>`` of every card; ``form``: id of the form that a picked card belongs to, empty when none moves."""
    pick, named = ("", "")
    if form:
        pick = '<input class="form-check-input board-pick" type="radio" name="uid" value="'
        named = f'" form="{said(form)}" aria-label="{said(_("选择"))} '
    pieces: list[str] = []
    for card in cards:
        uid, title = said(card.uid), said(card.title)
        pieces.append(f'<li class="board-card" data-card="{uid}">')
        if form:
            pieces += (pick, uid, named, title, '">')
        pieces.append(f'<a class="board-title" href="{said(card.url)}">{title}</a>')
        pieces += (_badge(each) for each in card.badges)
        pieces += (f'<span class="board-line">{said(line)}</span>' for line in card.lines)
        pieces.append("</li>")
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


def _badge(each: Badge) -> str:
    return f' <span class="tag tag-{said(each.tone)}">{said(each.text)}</span>'
