"""Values of the engine as JSON holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any


def plain(value: object) -> Any:
    """Return a value as JSON: dataclasses as objects, enums by value, sets in order, fractions as text."""
    match value:
        case Enum():  # also those that are texts
            return value.value
        case None | bool() | int() | str():
            return value
        case Fraction():
            return str(value)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted(plain(each) for each in value)
        case tuple() | list():
            return [plain(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return str(value)
