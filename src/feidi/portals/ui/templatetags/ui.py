"""Tags and filters of every template; ``component`` and ``wrap`` are how pages use the gallery's pieces."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from feidi.engines.findings import Finding, Refusal
from feidi.engines.money import Money, MoneyText
from feidi.kernel import messages
from feidi.portals.ui import clock, reading
from feidi.portals.ui.cards import cards_html
from feidi.portals.ui.components import Declaration, declaration_of, render_component
from feidi.portals.ui.markup import said
from feidi.portals.ui.pieces import Card
from feidi.portals.ui.rows import rows_html

register = template.Library()
_NOTHING: Final = format_html('<span class="none">{}</span>', reading.NONE)


@register.simple_tag(takes_context=True)
def component(context: Context, component_name: str, **props: Any) -> str:
    """Render a component: ``{% component "badge" text=stage.label tone="info" %}``."""
    # rendered by the template engine, which has escaped what needed escaping
    return mark_safe(render_component(context, component_name, props))  # noqa: S308


@register.simple_block_tag(takes_context=True)
def wrap(context: Context, content: str, component_name: str, **props: Any) -> str:
    """Render a component around a body: ``{% wrap "card" title=… %}…{% endwrap %}``."""
    return mark_safe(render_component(context, component_name, props, content))  # noqa: S308


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite. Without ``label`` it is decoration and hidden from screen readers."""
    return _drawn_icon(name, str(label))


@lru_cache(maxsize=2000)
def _drawn_icon(name: str, label: str) -> SafeString:
    address = f"{_sprite()}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@cache
def _sprite() -> str:
    # a page draws dozens of icons; where the sprite lies does not change while the program runs
    return static("ui/vendor/icons.svg")


@register.filter
def money(value: Money | MoneyText | None) -> SafeString:
    """Show an amount for reading (万/亿), the exact one on hover and for screen readers."""
    read = reading.read_money(value)
    title = f' title="{said(read.title)}"' if read.title else ""
    return mark_safe(f'<span class="money"{title}>{said(read.text)}</span>')  # noqa: S308 - escaped here


@register.filter
def iso(value: date | datetime | None) -> SafeString:
    """Show a date as 2026-11-23, a moment as 2026-11-23 09:05."""
    if value is None:
        return _NOTHING
    # digits and signs only: nothing to escape
    return mark_safe(f'<time datetime="{value.isoformat()}">{reading.read_date(value)}</time>')  # noqa: S308


@register.filter
def actor(label: object) -> str:
    """Show who did it; what a timed job did is the system's."""
    return reading.read_actor(str(label))


@register.filter
def grouped(value: int | None) -> str:
    """Show a number with thousands separators; — for none."""
    return reading.NONE if value is None else reading.number(value)


@register.filter
def day_from(value: date, today: date) -> str:
    """Show how many days a date lies from ``today``; only for timelines."""
    return reading.read_day(clock.business_date(value) if isinstance(value, datetime) else value, today)


@register.filter
def cell(value: Any) -> SafeString | str:
    """Show a table cell by its type: amounts, dates, numbers, yes/no, lists, nothing (—)."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, Money | MoneyText):
        return money(value)
    if isinstance(value, date | datetime):
        return iso(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return reading.number(value)
    if isinstance(value, list | tuple):
        return _join_cells(value)
    return str(value)


def _join_cells(values: Iterable[Any]) -> SafeString:
    return format_html_join("、", "{}", ((cell(each),) for each in values))


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Any, bulk: str = "") -> SafeString:
    """Draw the rows of a list."""
    return rows_html(table, bulk, lambda name, props: render_component(context, name, props), cell)


@register.simple_tag
def board_cards(cards: Iterable[Card], form: str = "") -> SafeString:
    """Draw cards of a board; with ``form`` each may be picked."""
    return cards_html(cards, form)


@register.filter
def text_of(answer: Finding | Refusal) -> str:
    """Say what a finding or refusal means."""
    return messages.text_of(answer)


@register.filter
def fix_of(answer: Finding | Refusal) -> str:
    """Say how to fix it; may be empty."""
    return messages.fix_of(answer)


@register.simple_tag
def read_clock(**facts: Any) -> reading.ClockReading:
    """Return a clock's words and tone; see ``reading.read_clock``."""
    return reading.read_clock(**facts)


@register.filter
def either(row: Any) -> str:
    """Return the label of a row with ``label_zh``/``label_en`` (or ``zh``/``en``) in the reader's language."""
    zh, en = (row.label_zh, row.label_en) if hasattr(row, "label_zh") else (row.zh, row.en)
    return str(en if get_language() == "en" and en else zh)


@register.filter
def item(mapping: Any, key: str) -> Any:
    """Return ``mapping[key]``, None when it is not there."""
    return mapping.get(key)


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """Draw a form field's widget with the right look and the links to its help and errors."""
    widget = field.field.widget
    look = "form-control"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        # the class would go to the box around the choices; the style sheet reaches the inputs themselves
        look = "choices"
    elif isinstance(widget, CheckboxInput):
        look = "form-check-input"
    elif isinstance(widget, Select):
        look = "form-select"
    classes = [look, str(widget.attrs.get("class", "")), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(each for each in classes if each)})


@register.filter
def is_check(field: BoundField) -> bool:
    """Tell whether a field is a single tick box (its label stands beside it)."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Tell whether a field is a set of choices that needs a legend instead of a label."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.simple_tag(takes_context=True)
def declared(context: Context, name: str) -> Declaration | None:
    """Return what a component declares, for the gallery."""
    engine = context.template.engine if context.template else None
    return declaration_of(engine.get_template(f"ui/{name}.html").source) if engine else None
