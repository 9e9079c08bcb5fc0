"""The figures of a place as a table: what is written, by whom, of when, how far to be trusted, which one is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.policy.selectors.costs import Choice, place_names
from feidi.engines.costing import FIGURES, Figure, Place, period_words, table_of
from feidi.portals.console.costs import presenting
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.console.words import say
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Badge


class FiguresForm(Form):
    """Which place, on which day."""

    place = forms.ChoiceField(label=gettext_lazy("地方"), required=False)
    as_of = date_field(gettext_lazy("测算日"))

    def __init__(self, *args: Any, places: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {each.code: each.name for each in places}
        everything = known | {code: name for code, name in place_names().items() if code not in known}
        self.fields["place"].choices = [("", _("选择")), *((code, say(name)) for code, name in everything.items())]  # type: ignore[attr-defined]

    def chosen(self, today: date) -> tuple[str, date]:
        """Return the place ("" for none) and the day; nonsense is left out."""
        self.is_valid()
        return self.cleaned_data.get("place") or "", min(self.cleaned_data.get("as_of") or today, today)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as the page shows it."""

    id: str
    label: str
    value: str
    place: str
    period: str
    basket: str
    source: str
    url: str
    note: str
    file: str
    badges: tuple[Badge, ...]


def rows_of(place: Place, as_of: date) -> list[FigureRow]:
    """Return every figure of a place and its lineage, in the order of the engine's list; the nearest place first."""
    table = table_of(place, (), as_of=as_of)
    used = {id(table.use(code).figure) for code in FIGURES}
    order = list(FIGURES)
    listed = sorted(place.figures, key=lambda each: (order.index(each.item), place.lineage.index(each.place)))
    return [_row(each, place, as_of, used=id(each) in used) for each in listed]


def _row(figure: Figure, place: Place, as_of: date, *, used: bool) -> FigureRow:
    badges = []
    if used and figure.value is not None:
        badges.append(Badge(_("采用"), "ok", "check"))
    if figure.value is None:
        badges.append(Badge(_("未查到"), "quiet"))
    if figure.beside:
        badges.append(Badge(_("只作对照"), "mark"))
    if not figure.held_on(as_of):
        badges.append(Badge(_("测算日之后"), "quiet"))
    if figure.value is not None:
        badges.append(Badge(presenting.confidence_words(figure.confidence), presenting.tone_of(figure)))
    return FigureRow(
        id=presenting.row_id(figure),
        label=say(figure.definition.label),
        value=presenting.value_words(figure),
        place=say(place.called(figure.place)),
        period=period_words(figure.since, figure.until),
        basket=say(figure.basket),
        source=figure.source,
        url=figure.url,
        note=say(figure.note),
        file=" ".join((f"{figure.place}/{figure.file}", _("第 {n} 条").format(n=figure.line))),
        badges=tuple(badges),
    )
