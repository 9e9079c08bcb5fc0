"""From a profile's plain values (YAML or a form) to a ``Profile``; every fault is a finding, and none is repaired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from feidi.engines.costing.catalogue import CONVERSION, FIGURES
from feidi.engines.costing.figures import Confidence, Figure
from feidi.engines.costing.profile import Asked, Group, Profile
from feidi.engines.costing.quantities import QuantityError, parse_price, parse_quantity
from feidi.engines.costing.ranges import Range, point
from feidi.engines.findings import Finding, Level, Scalar

#: Where a value stands: keys and list positions.
Path = tuple[str | int, ...]
UNKNOWN: Final = ("未知", "unknown")
_KEYS: Final = (
    "name", "years", "people", "office", "office_kind", "plant", "laboratory", "power", "power_shares", "gas", "water",
    "profit", "high_tech", "research", "conversion", "quotes",
)  # fmt: skip
_GROUP_KEYS: Final = ("kind", "count", "wage", "average")
_SHARES: Final = ("peak", "flat", "valley")
_AREAS: Final = {"office": "area", "plant": "area", "power": "energy", "gas": "volume", "water": "volume"}
_MONEY: Final = {"profit": "money", "research": "money"}
_MOST_PEOPLE, _MOST_YEARS, _MOST_GROUPS, _LONGEST = 1_000_000, 30, 50, 80


@dataclass
class _Notes:
    """Collects what is wrong, with the line of each place when the profile came from a file."""

    line_of: Callable[[Path], int] | None
    as_of: date
    found: list[Finding] = field(default_factory=list)

    def say(self, path: Path, code: str, **params: Scalar) -> None:
        """Note a fault at a place."""
        where = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
        row = self.line_of(path) if self.line_of else None
        self.found.append(Finding(Level.PROBLEM, code, {"key": where, **params}, row=row, column=where or None))


def read_profile(
    given: object, *, as_of: date, line_of: Callable[[Path], int] | None = None
) -> tuple[Profile | None, tuple[Finding, ...]]:
    """Return the profile, or None with everything that is wrong with it. ``line_of`` gives the line of a path."""
    notes = _Notes(line_of, as_of)
    if not isinstance(given, Mapping) or not given:
        notes.say((), "costing.profile_empty", keys="、".join(_KEYS))
        return None, tuple(notes.found)
    _only(given, _KEYS, (), notes)
    quotes = _quotes(given.get("quotes"), notes)
    profile = Profile(
        name=_text(given.get("name", ""), ("name",), notes),
        years=_years(given.get("years", 1), notes),
        people=_people(given.get("people"), notes),
        office_kind=_choice(given.get("office_kind", "grade_a"), ("grade_a", "park"), ("office_kind",), notes),
        laboratory=_yes_no(given, "laboratory", notes),
        high_tech=_yes_no(given, "high_tech", notes),
        power_shares=_shares(given.get("power_shares"), notes),
        conversion=_conversion(given.get("conversion"), notes),
        home_quotes=tuple(each for side, each in quotes if side != "host"),
        host_quotes=tuple(each for side, each in quotes if side != "home"),
        given=given,
        **{code: _asked(given, code, kind, notes) for code, kind in {**_AREAS, **_MONEY}.items()},
    )
    return (None if notes.found else profile), tuple(notes.found)


def _only(given: Mapping[Any, Any], keys: tuple[str, ...], path: Path, notes: _Notes) -> None:
    for key in given:
        if key not in keys:
            notes.say((*path, str(key)), "costing.key_unknown", name=str(key)[:60], keys="、".join(keys))


def _is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip() in UNKNOWN)


def _asked(given: Mapping[Any, Any], code: str, kind: str, notes: _Notes) -> Asked | None:
    if code not in given:
        return None
    if _is_unknown(given[code]):
        return Asked(None)
    return Asked(_quantity(given[code], kind, (code,), notes))


def _quantity(value: object, kind: str, path: Path, notes: _Notes) -> Range | None:
    try:
        return parse_quantity(value, kind)
    except QuantityError as error:
        notes.say(path, error.code, **error.params)
        return None


def _text(value: object, path: Path, notes: _Notes) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        notes.say(path, "costing.not_text", value=str(value)[:60], most=_LONGEST)
        return ""
    return value.strip()


def _years(value: object, notes: _Notes) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_YEARS:
        notes.say(("years",), "costing.years", value=str(value)[:60], most=_MOST_YEARS)
        return 1
    return value


def _choice(value: object, allowed: tuple[str, ...], path: Path, notes: _Notes) -> Any:
    if value not in allowed:
        notes.say(path, "costing.not_in_list", value=str(value)[:60], allowed="、".join(allowed))
        return allowed[0]
    return value


def _yes_no(given: Mapping[Any, Any], key: str, notes: _Notes) -> bool | None:
    """Return yes, no, or None for not known. 是/否 and yes/no count as words."""
    value = given.get(key)
    words = {"是": True, "yes": True, "否": False, "no": False}
    if isinstance(value, bool):
        return value
    if _is_unknown(value):
        return None
    if isinstance(value, str) and value in words:
        return words[value]
    notes.say((key,), "costing.not_yes_no", value=str(value)[:60])
    return None


def _people(value: object, notes: _Notes) -> tuple[Group, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > _MOST_GROUPS:
        notes.say(("people",), "costing.people", most=_MOST_GROUPS)
        return ()
    return tuple(_group(each, ("people", at), notes) for at, each in enumerate(value))


def _group(value: object, path: Path, notes: _Notes) -> Group:
    if not isinstance(value, Mapping):
        notes.say(path, "costing.group")
        return Group("", point(0))
    _only(value, _GROUP_KEYS, path, notes)
    wage = None
    if not _is_unknown(value.get("wage")):
        wage = _quantity(value["wage"], "money", (*path, "wage"), notes)
    average = value.get("average")
    if average is not None:
        average = _choice(average, ("private", "non_private"), (*path, "average"), notes)
    if wage is not None and average is not None:
        notes.say(path, "costing.wage_twice")
    kind = _text(value.get("kind", ""), (*path, "kind"), notes)
    return Group(kind, _count(value.get("count"), (*path, "count"), notes), wage, average)


def _count(value: object, path: Path, notes: _Notes) -> Range:
    if isinstance(value, bool) or not isinstance(value, int):
        notes.say(path, "costing.not_count", value=str(value)[:60])
        return point(0)
    if not 0 <= value <= _MOST_PEOPLE:
        notes.say(path, "costing.negative" if value < 0 else "costing.too_large", value=str(value)[:60])
        return point(0)
    return point(value)


def _shares(value: object, notes: _Notes) -> tuple[Fraction, Fraction, Fraction] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) != set(_SHARES):
        notes.say(("power_shares",), "costing.shares")
        return None
    read = [_quantity(value[each], "share", ("power_shares", each), notes) for each in _SHARES]
    known = [each.lo for each in read if each is not None and each.is_point]
    if len(known) < len(_SHARES):
        return None
    if sum(known) != 1:
        notes.say(("power_shares",), "costing.shares")
        return None
    return known[0], known[1], known[2]


def _conversion(value: object, notes: _Notes) -> tuple[str, ...]:
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    found = [_choice(each, tuple(CONVERSION), ("conversion", at), notes) for at, each in enumerate(listed)]
    return tuple(code for code in CONVERSION if code in found)


def _quotes(value: object, notes: _Notes) -> list[tuple[str, Figure]]:
    """Return (both | home | host, figure) of every figure the firm states itself."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        notes.say(("quotes",), "costing.quotes")
        return []
    found: list[tuple[str, Figure]] = []
    for code, said in value.items():
        if code not in FIGURES:
            notes.say(("quotes", str(code)), "costing.figure_unknown", name=str(code)[:60], keys="、".join(FIGURES))
            continue
        sides = said if isinstance(said, Mapping) else {"both": said}
        if isinstance(said, Mapping):
            _only(said, ("home", "host"), ("quotes", code), notes)
        for side, price in sides.items():
            path: Path = ("quotes", code) if side == "both" else ("quotes", code, side)
            if side in {"both", "home", "host"} and not _is_unknown(price):
                found += _quote(code, side, price, path, notes)
    return found


def _quote(code: str, side: str, price: object, path: Path, notes: _Notes) -> list[tuple[str, Figure]]:
    try:
        value, unit = parse_price(price, FIGURES[code].kind)
    except QuantityError as error:
        notes.say(path, error.code, **error.params)
        return []
    day = notes.as_of
    return [(side, Figure(code, value, unit, side, since=day, until=day, confidence=Confidence.STATED))]
