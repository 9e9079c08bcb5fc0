"""A figure as it was issued: its value, its unit, its day, and how it may be spelled."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_PREFIX: Final = "fg_"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_]{1,22}")
_NAME: Final = re.compile(r"fg_(?P<key>\w+?)_(?P<day>\d{8})(?:__(?P<nth>\d+))?")
#: A Word bookmark holds 40 characters: fg_ + key + _20261120 + __999.
_KEY_LENGTH: Final = 22
_HASH_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """One figure of a paper. ``id`` is stable over issues; ``unit`` as it is printed (个, 万元, %, 个百分点).

    ``spellings`` are other accepted ways to write it (十三, 13个). ``value`` counts ``unit``: 36.7 with % is 36.7 %.
    """

    id: str
    label: str
    value: Decimal | int
    unit: str
    as_of: date
    spellings: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The number alone, without exponent and without thousands separators."""
        return format(Decimal(self.value), "f")

    @property
    def text(self) -> str:
        """The number with its unit, as a paper prints it."""
        return f"{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class FigureMark:
    """What a bookmark says of the figure it stands around."""

    key: str
    as_of: date


def figure_key(figure_id: str) -> str:
    """Return the part of a bookmark's name that stands for a figure.

    >>> figure_key("K05")
    'K05'
    >>> len(figure_key("禅城.K05/累计签约-不含框架协议"))
    22
    """
    # a plain id that ends like a mark's own day would be cut in the wrong place
    if _PLAIN.fullmatch(figure_id) and not re.search(r"_\d{8}|__|_$", figure_id):
        return figure_id
    bare = re.sub(r"[^A-Za-z0-9]", "", figure_id)
    digest = hashlib.sha256(figure_id.encode()).hexdigest()
    # letters of the digest fill up what the id has none of: a key is never so short that two ids share it
    return f"{bare[: _KEY_LENGTH - _HASH_LENGTH - 1]}x{digest}"[:_KEY_LENGTH]


def mark_name(figure: IssuedFigure, nth: int = 1) -> str:
    """Return the name of the bookmark around the ``nth`` place where a figure is printed.

    >>> mark_name(IssuedFigure("K05", "签约", 11, "个", date(2026, 11, 20)), 2)
    'fg_K05_20261120__2'
    """
    tail = f"__{nth}" if nth > 1 else ""
    return f"{_PREFIX}{figure_key(figure.id)}_{figure.as_of:%Y%m%d}{tail}"


def read_mark(name: str) -> FigureMark | None:
    """Return what a bookmark's name says if it is a figure's, else None.

    >>> read_mark("fg_K05_20261120__2")
    FigureMark(key='K05', as_of=datetime.date(2026, 11, 20))
    >>> read_mark("_Toc123") is None
    True
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return FigureMark(found["key"], date.fromisoformat(found["day"]))
    except ValueError:
        return None
