"""What measures are computed from: one row per project, or the same as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.int64]
TALKS = ("lead", "screening", "negotiating", "inspecting", "assessing", "key", "agreeing", "signed")
LANDED = ("registered", "started", "producing")


@dataclass(frozen=True, slots=True)
class Period:
    """The days [``start``, ``end``) in Shanghai."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Tell whether a known day lies in the period."""
        return day is not None and self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project as the measures see it. A day that is None is not known or has not come.

    ``…_on`` of a stage: first entry by a move of ours; an opening position (期初) fills none of them but
    ``opened_on`` and ``opening_place`` (index in ``TALKS``, -1: none). ``entered_on`` and ``left_talks_on`` (signed) know
    opening positions too. ``noted_on``, ``under_condition`` and ``verified_stands`` are as of the period's end.
    ``contract_on``, ``framework_on`` (or intent), ``tenancy_on``: first signing of that kind.
    """

    key: int
    entered_on: date | None = None
    lead_on: date | None = None
    screening_on: date | None = None
    negotiating_on: date | None = None
    inspecting_on: date | None = None
    assessing_on: date | None = None
    key_on: date | None = None
    agreeing_on: date | None = None
    signed_on: date | None = None
    home_on: date | None = None
    registered_on: date | None = None
    started_on: date | None = None
    producing_on: date | None = None
    judged_on: date | None = None
    contacted_on: date | None = None
    contact_due_on: date | None = None
    noted_on: date | None = None
    left_talks_on: date | None = None
    opened_on: date | None = None
    forced_on: date | None = None
    framework_on: date | None = None
    contract_on: date | None = None
    tenancy_on: date | None = None
    agreed_start_on: date | None = None
    verified_on: date | None = None
    judged_follow: bool | None = None
    major: bool = False
    under_condition: bool = False
    opening_place: int = -1
    home_opening: bool = False
    verified_stands: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """n projects as columns, named like the fields of ``ProjectRow``.

    Days are proleptic ordinals (0: not known); ``judged_follow`` is 1, 0 or -1 (not judged); other flags 0 or 1.
    """

    n: int
    data: Mapping[str, Array] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Array:
        return self.data[name]


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One sum of a project: what a contract counts for (``signed``), or accepted evidence of money paid in (``paid``).

    ``fen`` None: the amount is not known exactly, which makes a sum a lower bound. ``currency`` empty: not known.
    """

    key: int
    on: date
    kind: Literal["signed", "paid"]
    currency: str
    fen: int | None


def columns_of(rows: Sequence[ProjectRow]) -> Columns:
    """Return rows as columns: the same facts, for many projects at once."""
    data = {
        each.name: np.array([_number(each.name, getattr(row, each.name)) for row in rows], dtype=np.int64)
        for each in _FIELDS
    }
    return Columns(len(rows), data)


def empty_columns(n: int) -> dict[str, Array]:
    """Return columns of ``n`` projects of which nothing is known yet, to be filled."""
    data = {each.name: np.zeros(n, dtype=np.int64) for each in _FIELDS}
    data["judged_follow"] -= 1
    data["opening_place"] -= 1
    return data


def _number(name: str, value: date | int | None) -> int:
    if isinstance(value, date):
        return value.toordinal()
    if value is None:
        return -1 if name == "judged_follow" else 0
    return int(value)


_FIELDS = fields(ProjectRow)
