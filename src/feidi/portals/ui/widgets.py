"""Choices and inputs as HTML, written by hand: what Django's own widget templates say, but for empty lines.

A filter with a few choices is some hundred options, and each of them is a template within a template; a test holds what
is written here equal to what those templates say. Every other widget is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import localize

from feidi.portals.ui.markup import said

_FOLDER: Final = "django/forms/widgets/"


def drawn(template_name: str, context: Mapping[str, Any]) -> str | None:
    """Return a widget's HTML; None when it is not one of those written here."""
    write = _WRITTEN.get(template_name)
    return write(context["widget"]) if write else None


def _select(widget: Mapping[str, Any]) -> str | None:
    pieces = [f'<select name="{said(widget["name"])}"', _attributes(widget["attrs"]), ">"]
    for name, options, _index in widget["optgroups"]:
        if name:
            pieces.append(f'\n  <optgroup label="{_local(name)}">')
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            given = f'{said(option["value"])}"{_attributes(option["attrs"])}'
            pieces.append(f'\n  <option value="{given}>{_local(option["label"])}</option>')
        if name:
            pieces.append("\n  </optgroup>")
    pieces.append("\n</select>")
    return "".join(pieces)


def _input(widget: Mapping[str, Any]) -> str:
    given = widget["value"]
    value = "" if given is None else f' value="{said(given)}"'
    return f'<input type="{said(widget["type"])}" name="{said(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {said(name)}" if value is True else f' {said(name)}="{said(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _local(value: Any) -> str:
    return said(value if isinstance(value, str) else localize(value))


_OPTION: Final = f"{_FOLDER}select_option.html"
_WRITTEN: Final[dict[str, Callable[[Mapping[str, Any]], str | None]]] = {
    f"{_FOLDER}select.html": _select,
    **{f"{_FOLDER}{name}.html": _input for name in ("input", "text", "checkbox", "date", "hidden", "number", "email")},
}
