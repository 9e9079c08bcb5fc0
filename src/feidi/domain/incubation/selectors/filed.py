"""A year's statistics as they leave the house: the frozen rows where there are any, else as they stand today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feidi.domain.incubation.models import YearSnapshot
from feidi.domain.incubation.selectors.statistics import statistics_of
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Filed:
    """Rows (label, unit, value or None, known/of); ``sha256`` of the frozen form, "" when it is not frozen."""

    rows: tuple[tuple[Any, ...], ...]
    sha256: str


def find_snapshot(outpost: Outpost, year: int) -> YearSnapshot | None:
    """Return the frozen form of a year, None when there is none."""
    return YearSnapshot.objects.filter(outpost=outpost, year=year, voided_at__isnull=True).first()


def filed_statistics(actor: Actor, outpost: Outpost, year: int, *, known_at: datetime) -> Filed:
    """Return a year's form, frozen or as it stands."""
    held = find_snapshot(outpost, year)
    if held is not None:
        frozen = [(each["zh"], each["unit"], each["value"], f"{each['known']}/{each['of']}") for each in held.values]
        return Filed(tuple(frozen), held.sha256)
    found = statistics_of(actor, outpost, year, known_at=known_at)
    return Filed(tuple((each.zh, each.unit, each.value, f"{each.known}/{each.of}") for each in found.lines), "")
