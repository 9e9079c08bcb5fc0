"""Days and moments as the database writes them: half a million of them hold a few thousand different days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np
from django.db.models import IntegerField, TextField
from django.db.models.functions import Cast

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.measures.rows import Array


def days_of(values: Iterable[date | None]) -> Array:
    """Return ordinals, 0 for a day that is not known."""
    return np.array([each.toordinal() if each else 0 for each in values], dtype=np.int64)


def as_text(column: str) -> Cast:
    """Read a day or moment as it is written, for ``written_days`` and ``written_moments``."""
    return Cast(column, TextField())


def as_number(column: str) -> Cast:
    """Read yes and no as 1 and 0."""
    return Cast(column, IntegerField())


def written_days(values: Sequence[str | None]) -> Array:
    """Return ordinals of written days, 0 for one that is not known."""
    known = {each: date.fromisoformat(each).toordinal() if each else 0 for each in set(values)}
    return np.array([known[each] for each in values], dtype=np.int64)


def written_moments(values: Sequence[str]) -> Array:
    """Return the Shanghai days of moments that are written in UTC: the hour decides."""
    hours = {each: datetime.fromisoformat(f"{each}:00+00:00") for each in {value[:13] for value in values}}
    known = {each: day_of(moment) for each, moment in hours.items()}
    return np.array([known[value[:13]] for value in values], dtype=np.int64)


def day_of(value: datetime | None) -> int:
    """Return the ordinal of a moment's Shanghai day, 0 for none."""
    return value.astimezone(SHANGHAI).date().toordinal() if value else 0


def lower_to(column: Array, places: Array, days: Array) -> None:
    """Lower ``column`` to ``days`` at ``places`` where a day is known (0 is none)."""
    known = days > 0
    far = np.where(column == 0, np.iinfo(np.int64).max, column)
    np.minimum.at(far, places[known], days[known])
    column[:] = np.where(far == np.iinfo(np.int64).max, 0, far)
