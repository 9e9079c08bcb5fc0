"""A cost figure, the figures of a place and its ancestors, and which of them holds for a question.

A figure is never a bare number: (value, unit, place, period, source, basket, confidence). The nearest place that knows
a figure wins; of one place the one whose period began last by the day asked for. The others stay beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from feidi.engines.costing.catalogue import FIGURES, UNITS, FigureDef, Label
from feidi.engines.costing.ranges import Range

#: No words.
NOTHING: Final = Label("", "")


class Confidence(StrEnum):
    """How far a figure can be trusted. ``stated``: the profile's own word, never content."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as somebody published it. ``value`` None: looked for and not found (``note`` says so).

    ``value``   in ``unit`` as written;  ``since``..``until`` the period it is of (``until`` None: still holds)
    ``basket``  what exactly was measured;  ``beside``: shown for comparison, never calculated with
    ``file``, ``line``, ``sha256``  the source row
    """

    item: str
    value: Range | None
    unit: str
    place: str
    since: date | None = None
    until: date | None = None
    basket: Label = NOTHING
    source: str = ""
    url: str = ""
    confidence: Confidence = Confidence.MEDIUM
    note: Label = NOTHING
    beside: bool = False
    file: str = ""
    line: int = 0
    sha256: str = ""

    @property
    def definition(self) -> FigureDef:
        """What the figure is."""
        return FIGURES[self.item]

    @property
    def base(self) -> Range | None:
        """The value in the base unit of its kind (rent per year, shares as fractions)."""
        return None if self.value is None else self.value.times(UNITS[self.definition.kind][self.unit])

    def years(self, as_of: date) -> tuple[int, int]:
        """Return the calendar years it speaks of; what still holds reaches to the day asked for."""
        since = self.since or self.until or as_of
        return since.year, max(since, self.until or max(since, as_of)).year

    def held_on(self, day: date) -> bool:
        """Tell whether its period had begun by ``day``."""
        return self.since is None or self.since <= day


def period_words(since: date | None, until: date | None) -> str:
    """Return a period as statisticians write it: 2025Q3, 2020, 2025-07-01–2026-06-30, 2021-12-01 起.

    >>> period_words(date(2025, 7, 1), date(2025, 9, 30)), period_words(date(2020, 1, 1), date(2020, 12, 31))
    ('2025Q3', '2020')
    """
    if since is None:
        return "" if until is None else f"–{until}"
    if until is None:
        return f"{since}–"
    if since == until:
        return f"{since}"
    after = until + timedelta(days=1)
    months = (after.year - since.year) * 12 + after.month - since.month
    if since.day == 1 and after.day == 1:
        if months == 12 and since.month == 1:  # noqa: PLR2004 - a year
            return f"{since.year}"
        if months == 3 and since.month % 3 == 1:  # noqa: PLR2004 - a quarter
            return f"{since.year}Q{(since.month + 2) // 3}"
        if months == 1:
            return f"{since:%Y-%m}"
    return f"{since}–{until}"


#: What two sides share when they use the very same figure: then their difference is exactly 0.
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A figure as one side uses it: the figure (None: nobody states it), its base value, and what else was said of it.

    ``key`` None: an unknown that need not be the same on both sides. ``others``: further figures of the same place.
    """

    code: str
    figure: Figure | None
    base: Range | None
    key: Key | None
    others: tuple[Figure, ...] = ()

    def scaled(self, key: Key, factor: Fraction) -> Use:
        """Return the use with its value times ``factor`` if it is the one named."""
        return replace(self, base=self.base.times(factor)) if self.key == key and self.base is not None else self


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the comparison with everything that it and its ancestors state, nearest first in ``lineage``."""

    code: str
    name: Label
    lineage: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    #: What the places of the lineage are called.
    names: Mapping[str, Label] = field(default_factory=dict)

    def called(self, code: str) -> Label:
        """Return the name of a place of the lineage."""
        return self.names.get(code, Label(code, code))


class Table:
    """The figures of one side on one day: quotes of the profile first, then the nearest place."""

    def __init__(self, uses: dict[str, Use]) -> None:
        self._uses = uses

    def use(self, code: str) -> Use:
        """Return what is known of a figure; an unknown one has no base."""
        return self._uses[code]

    def scaled(self, key: Key, factor: Fraction) -> Table:
        """Return the table with one figure times ``factor``."""
        return Table({code: use.scaled(key, factor) for code, use in self._uses.items()})


def table_of(place: Place, quotes: Iterable[Figure], *, as_of: date) -> Table:
    """Choose for every figure which one holds at ``place`` on ``as_of``. ``quotes`` win over any content."""
    quoted = {each.item: each for each in quotes}
    by_item: dict[str, list[Figure]] = {}
    for each in place.figures:
        if each.held_on(as_of):
            by_item.setdefault(each.item, []).append(each)
    uses = {code: _use_of(code, place, by_item.get(code, ())) for code in FIGURES}
    for code, figure in quoted.items():
        said = uses[code].figure
        beside = (said, *uses[code].others) if said is not None and said.value is not None else ()
        uses[code] = Use(code, figure, figure.base, ("quote", code, figure.place), beside)
    return Table(uses)


def _use_of(code: str, place: Place, figures: Sequence[Figure]) -> Use:
    distance = {each: at for at, each in enumerate(place.lineage)}
    near = sorted((each for each in figures if each.place in distance), key=lambda each: distance[each.place])
    known = [each for each in near if each.value is not None and not each.beside]
    if not known:
        unknown = next((each for each in near if each.value is None), None)
        beside = tuple(each for each in near if each.value is not None)
        return Use(code, unknown, None, ("national", code) if FIGURES[code].national else None, beside)
    here = [each for each in known if each.place == known[0].place]
    chosen = max(here, key=lambda each: (each.since or date.min, each.until or date.max, -each.line))
    others = tuple(
        each for each in near if each.place == chosen.place and each is not chosen and each.value is not None
    )
    key = (chosen.place, chosen.file, str(chosen.line), code)
    return Use(code, chosen, chosen.base, key, others)
