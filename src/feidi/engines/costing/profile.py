"""What a firm needs for its work, wherever it stands: people, room, energy, what it earns, what bringing it to market takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from feidi.engines.costing.figures import Figure
from feidi.engines.costing.ranges import Range


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind. ``wage``: yuan a year each, None with ``average`` None: not known.

    ``average``  take the place's average pay of private or non-private units instead
    """

    kind: str
    count: Range
    wage: Range | None = None
    average: Literal["private", "non_private"] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity that was asked about; ``value`` None: asked, but not known (未知). Never 0 for that."""

    value: Range | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The firm. A quantity that is None is not part of the question; ``Asked(None)`` is part of it and unknown.

    ``office``, ``plant`` m²; ``power`` kWh a year; ``gas``, ``water`` m³ a year; ``profit``, ``research`` yuan a year;
    ``power_shares``  peak, flat, valley as shares of 1, or None;  ``high_tech``  None: not known;
    ``conversion``  which of 中试 检测 认证/注册 环评 设备 it needs;  ``quotes``  its own figures by side
    """

    name: str = ""
    years: int = 1
    people: tuple[Group, ...] = ()
    office: Asked | None = None
    office_kind: Literal["grade_a", "park"] = "grade_a"
    plant: Asked | None = None
    laboratory: bool | None = None
    power: Asked | None = None
    power_shares: tuple[Fraction, Fraction, Fraction] | None = None
    gas: Asked | None = None
    water: Asked | None = None
    profit: Asked | None = None
    high_tech: bool | None = None
    research: Asked | None = None
    conversion: tuple[str, ...] = ()
    home_quotes: tuple[Figure, ...] = ()
    host_quotes: tuple[Figure, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict, compare=False)

    def quantities(self) -> dict[str, Range]:
        """Return every known quantity that can be varied, by code."""
        found = {}
        for code in SCALABLE:
            asked: Asked | None = getattr(self, code)
            if asked is not None and asked.value is not None:
                found[code] = asked.value
        if self.people:
            head = self.people[0].count
            for each in self.people[1:]:
                head += each.count
            found["people"] = head
        return found

    def scaled(self, code: str, factor: Fraction) -> Profile:
        """Return the profile with one quantity times ``factor``; ``people`` scales every group alike."""
        if code == "people":
            groups = tuple(replace(each, count=each.count.times(factor)) for each in self.people)
            return replace(self, people=groups)
        asked: Asked | None = getattr(self, code)
        if asked is None or asked.value is None:
            return self
        return replace(self, **{code: Asked(asked.value.times(factor))})  # type: ignore[arg-type]


#: The quantities with a field of their own that can be varied.
SCALABLE = ("office", "plant", "power", "gas", "water", "profit", "research")
