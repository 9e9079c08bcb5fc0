"""The notices shipped with the program: ``cn/holidays.yaml`` of the content folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

import feidi
from feidi.engines.findings import refuse
from feidi.kernel.calendar.almanac import Expected, Special
from feidi.kernel.content.yaml_reader import read_yaml

_INSIDE: Final = Path("cn/holidays.yaml")
_PACKAGE: Final = Path(feidi.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """Source, the days of each year that has a notice, and what is expected of the others."""

    source: str
    years: Mapping[int, tuple[Special, ...]]
    expected: Expected


def shipped_file() -> Path:
    """Return the file: the installation's own content folder first, then the one in the wheel or checkout."""
    folders = (Path(settings.FEIDI_CONTENT), _PACKAGE / "jurisdictions", _PACKAGE.parents[1] / "jurisdictions")
    for folder in folders:
        if (folder / _INSIDE).is_file():
            return folder / _INSIDE
    raise refuse("calendar.no_shipped_file", path=str(_INSIDE))


@cache
def shipped() -> Shipped:
    """Return the shipped notices, read once per process."""
    return parse_shipped(shipped_file().read_text(encoding="utf-8"))


def parse_shipped(text: str) -> Shipped:
    """Read the text of a ``holidays.yaml`` that the content check has passed."""
    data: dict[str, Any] = read_yaml(text).value
    years = {int(year): tuple(_days_of(parts)) for year, parts in data["years"].items()}
    fixed = frozenset((int(each[:2]), int(each[3:])) for each in data["expected"]["fixed"])
    moving = frozenset(day for spans in data["expected"]["moving"].values() for span in spans for day in _span(span))
    return Shipped(source=data["source"], years=years, expected=Expected(fixed, moving))


def _days_of(parts: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Special]:
    for part, is_working in (("rest", False), ("work", True)):
        for name, spans in parts[part].items():
            yield from (Special(day, is_working, name) for span in spans for day in _span(span))


def _span(text: str) -> Iterator[date]:
    """Yield the days of ``2026-10-01..2026-10-07`` or of one day."""
    first, _, last = text.partition("..")
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    while day <= end:
        yield day
        day += timedelta(days=1)
