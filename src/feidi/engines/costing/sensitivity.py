"""What moves the difference most: each figure and quantity ± 10 %, and the value at which the sign turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from feidi.engines.costing.catalogue import FIGURES, PROFILE, Label
from feidi.engines.costing.comparing import NOT_ASKED, Granted, lines_of, totals_of
from feidi.engines.costing.figures import Key, Place, Table, Use, table_of
from feidi.engines.costing.profile import Profile
from feidi.engines.costing.ranges import Range

_DOWN: Final = Fraction(9, 10)
_UP: Final = Fraction(11, 10)
_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Swing:
    """One thing varied. ``side``: whose figure; ``both``: one figure of both sides, or a quantity of the profile.

    ``low``, ``high``   the difference over all years with 0.9 and 1.1 times the value, in fen
    ``value``, ``unit`` what it is now;  ``turns_at``: where the difference is exactly 0, None when nowhere above 0
                        or when an interval leaves no single point
    """

    code: str
    side: Literal["home", "host", "both"]
    label: Label
    value: Range
    unit: str
    low: Range
    high: Range
    turns_at: Fraction | None

    @property
    def reach(self) -> Fraction:
        """How far the difference moves between the two."""
        return max(abs(self.high.lo - self.low.lo), abs(self.high.hi - self.low.hi))


@dataclass(frozen=True, slots=True)
class _Question:
    """A comparison that can be asked again with something varied."""

    profile: Profile
    tables: tuple[Table, Table]
    subsidies: Granted

    def difference(self) -> Range:
        """Return the difference over all years."""
        lines = lines_of(self.profile, self.tables, self.subsidies)
        return totals_of(lines, self.profile.years)[2].difference

    def with_figure(self, key: Key, factor: Fraction) -> Range:
        """Return the difference with one figure times ``factor``, on every side that uses it."""
        home, host = (each.scaled(key, factor) for each in self.tables)
        return _Question(self.profile, (home, host), self.subsidies).difference()

    def with_quantity(self, code: str, factor: Fraction) -> Range:
        """Return the difference with one quantity of the profile times ``factor``."""
        return _Question(self.profile.scaled(code, factor), self.tables, self.subsidies).difference()


def sensitivity(
    profile: Profile, home: Place, host: Place, *, as_of: date, subsidies: Granted = NOT_ASKED
) -> tuple[Swing, ...]:
    """Return what the difference hangs on, the strongest first; what does not move it is left out."""
    tables = (table_of(home, profile.home_quotes, as_of=as_of), table_of(host, profile.host_quotes, as_of=as_of))
    asked = _Question(profile, tables, subsidies)
    found = [*_of_figures(asked), *_of_quantities(asked)]
    return tuple(sorted((each for each in found if each.reach), key=lambda each: -each.reach))


def _of_figures(asked: _Question) -> list[Swing]:
    used: dict[Key, tuple[Use, set[Literal["home", "host"]]]] = {}
    for line in lines_of(asked.profile, asked.tables, asked.subsidies):
        if not line.counted:
            continue
        sides: tuple[tuple[Literal["home", "host"], tuple[Use, ...]], ...] = (
            ("home", line.home.uses),
            ("host", line.host.uses),
        )
        for side, uses in sides:
            for use in uses:
                if use.key is not None and use.base is not None:
                    used.setdefault(use.key, (use, set()))[1].add(side)
    return [_figure_swing(asked, key, use, sides) for key, (use, sides) in used.items()]


def _figure_swing(asked: _Question, key: Key, use: Use, sides: set[Literal["home", "host"]]) -> Swing:
    figure = use.figure
    if figure is None or figure.value is None:  # pragma: no cover - only known figures are varied
        raise ValueError(use.code)
    side: Literal["home", "host", "both"] = "both" if len(sides) > 1 else next(iter(sides))
    return _swing(
        lambda factor: asked.with_figure(key, factor),
        use.code,
        side,
        FIGURES[use.code].label,
        figure.value,
        figure.unit,
    )


_UNITS: Final = {
    "people": "人",
    "office": "㎡",
    "plant": "㎡",
    "power": "kWh/年",
    "gas": "m³/年",
    "water": "m³/年",
    "profit": "元/年",
    "research": "元/年",
}


def _of_quantities(asked: _Question) -> list[Swing]:
    def vary(code: str) -> Callable[[Fraction], Range]:
        return lambda factor: asked.with_quantity(code, factor)

    quantities = asked.profile.quantities()
    return [_swing(vary(code), code, "both", PROFILE[code], value, _UNITS[code]) for code, value in quantities.items()]


def _swing(
    vary: Callable[[Fraction], Range],
    code: str,
    side: Literal["home", "host", "both"],
    label: Label,
    value: Range,
    unit: str,
) -> Swing:
    low, high = vary(_DOWN), vary(_UP)
    at = _root(vary) if value.is_point and low != high else None
    return Swing(code, side, label, value, unit, low, high, None if at is None else value.lo * at)


def _root(vary: Callable[[Fraction], Range]) -> Fraction | None:
    """Return the factor above 0 at which the difference is exactly 0, by secants; None when there is none to be found.

    Between the bends of floors and ceilings the difference is linear, so that the secant is exact after few steps.
    """
    known: list[tuple[Fraction, Fraction]] = []
    factor = Fraction(1)
    for _step in range(_STEPS):
        difference = vary(factor)
        if not difference.is_point:
            return None
        if difference.lo == 0:
            return factor
        known.append((factor, difference.lo))
        following = _next(known)
        if following is None or following <= 0:
            return None
        factor = following
    return None


def _next(known: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    if len(known) == 1:
        return _UP
    (before, at_before), (last, at_last) = known[-2:]
    if at_last == at_before:
        return None
    return last - at_last * (last - before) / (at_last - at_before)
