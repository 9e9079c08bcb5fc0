"""The two answers every part of Feidi gives when something is not as it should be.

``Finding``  one remark about one thing (a row, a cell, a guard), with a level.
``Refusal``  "no, because …": a code, what was asked, and the findings that caused it.

Both carry a *code with parameters*, never prose, so that page, API and command line
render the same answer in any language (``kernel.messages.text``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from typing_extensions import override

Scalar = str | int | float | bool | None

_EMPTY: Final[Mapping[str, Scalar]] = {}


class Level(StrEnum):
    """How much a finding matters: a note is done anyway, a problem needs a person, a fatal one stops the work."""

    NOTE = "note"
    PROBLEM = "problem"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: what (``code``), with which values (``params``), and where.

    ``row`` is the 1-based row of the *sheet as the user sees it*; ``column`` the column's name.
    """

    level: Level
    code: str
    params: Mapping[str, Scalar] = field(default_factory=lambda: _EMPTY)
    row: int | None = None
    column: str | None = None

    @override
    def __hash__(self) -> int:
        return hash((self.level, self.code, tuple(sorted(self.params.items(), key=str)), self.row, self.column))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A "no" that explains itself: what failed (``code``), with which values, and every reason behind it."""

    code: str
    params: Mapping[str, Scalar] = field(default_factory=lambda: _EMPTY)
    reasons: tuple[Finding, ...] = ()


class RefusedError(Exception):
    """Raised by a service that refuses; carries the one ``Refusal`` that page, API and CLI render alike."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse(code: str, /, *reasons: Finding, **params: Scalar) -> RefusedError:
    """Build the exception of a refusal, to be raised: code, reasons, and the values the words are filled with."""
    return RefusedError(Refusal(code=code, params=params, reasons=reasons))
