"""K19–K22: how the space is used, unit by unit and booking by booking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.space.enums import BOOKING, UNIT
from feidi.domain.space.selectors.usage import UseRows, use_rows
from feidi.engines.measures import Reading, Rows, average_reading, ratio_reading
from feidi.engines.slots import Let, Period, Share, area_time, hours_used, vacancy_days

Amounts = list[tuple[int, Fraction]]


def space_readings(asked: Question) -> dict[str, Reading]:
    """Return K19–K22 of the outposts together."""
    found: dict[str, tuple[Amounts, Amounts]] = defaultdict(lambda: ([], []))
    without_area: list[int] = []
    if asked.begun:
        for outpost in asked.outposts:
            rows = use_rows(outpost, asked.start, asked.end, asked.now)
            last = use_rows(outpost, asked.last, asked.last + timedelta(days=1), asked.now)
            without_area += [rows.keys[each.key] for each in rows.lettable if each.area is None]
            _collect(found, rows, last.lets)
    none = {"no_area": Rows(UNIT, tuple(without_area))} if without_area else {}
    area = [_ratio(code, UNIT, UNIT, found[code]) for code in ("K19", "K20")]
    vacant = _rows(UNIT, found["K21"][0]), _rows(UNIT, found["K21"][1])
    uses = [_ratio("K22", BOOKING, UNIT, found["K22"]), _ratio("K22N", BOOKING, BOOKING, found["K22N"])]
    readings = [*area, average_reading("K21", vacant[0], vacant[1].total, vacant[1]), *uses]
    return {each.code: _apart(each, none if each.code in {"K19", "K20"} else {}) for each in readings}


def _collect(found: dict[str, tuple[Amounts, Amounts]], rows: UseRows, held_last: Iterable[Let]) -> None:
    lets, today = _by_unit(rows.lets), _by_unit(held_last)
    day = Period(rows.period.until - timedelta(days=1), rows.period.until)
    for unit in rows.lettable:
        key = rows.keys[unit.key]
        _add(found["K19"], key, area_time([unit], lets[unit.key], rows.period))
        _add(found["K20"], key, area_time([unit], today[unit.key], day))
        _add(found["K21"], key, vacancy_days([unit], lets[unit.key], rows.period))
    for use in rows.uses:
        hours = hours_used([use], 0).numerator
        if hours:
            found["K22"][0].append((rows.keys[use.key], hours))
        found["K22N"][1].append((rows.keys[use.key], Fraction(1)))
        if use.no_show:
            found["K22N"][0].append((rows.keys[use.key], Fraction(1)))
    found["K22"][1].extend((rows.keys[uid], Fraction(n, 3600)) for uid, n in rows.open_seconds.items() if n)


def _by_unit(lets: Iterable[Let]) -> dict[str, list[Let]]:
    found: dict[str, list[Let]] = defaultdict(list)
    for each in lets:
        found[each.unit].append(each)
    return found


def _add(sides: tuple[Amounts, Amounts], key: int, share: Share) -> None:
    if share.numerator:
        sides[0].append((key, share.numerator))
    if share.denominator:
        sides[1].append((key, share.denominator))


def _rows(kind: str, side: Amounts) -> Rows:
    return Rows(kind, tuple(key for key, _n in side), tuple(n for _key, n in side))


def _ratio(code: str, above: str, below: str, sides: tuple[Amounts, Amounts]) -> Reading:
    return ratio_reading(code, _rows(above, sides[0]), _rows(below, sides[1]))


def _apart(reading: Reading, apart: dict[str, Rows]) -> Reading:
    return reading.beside(apart) if apart else reading
