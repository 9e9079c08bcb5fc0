"""Facts as JSON, as they stand beside the text of an offer or need. What is absent or null is not known (or not asked).

==================================================  =====================================================================
``kinds nodes regions rounds environment``          a list of texts, or one; ``regions: "*"`` everywhere
``place``                                           a division code
``stages area load``                                a number, ``[low, high]`` or ``{"low", "high"}``
``ticket price``                                    ``{"low", "high", "currency"}`` or ``[low, high]``, in hundredths (分)
``exclusive_until expires_on open_from updated_on`` a day; ``exclusive_until: "free"``, ``expires_on: "never"``
``evidence``                                        0 to 1
==================================================  =====================================================================

A single ``kind node region stage round`` is understood too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from feidi.engines.affinity.facts import ANYWHERE, FREE, NAMES, NEVER, Facts, Span, Ticket
from feidi.engines.findings import Finding, Level, RefusedError

_SHOWN: Final = 60
_PAIR: Final = 2


class _WrongError(ValueError):
    """A value that is not of its fact's shape; carries the shape."""


def _texts(value: Any) -> frozenset[str]:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(each, str) and each.strip() for each in listed):
        raise _WrongError("一个或几个非空的文字")
    return frozenset(each.strip() for each in listed)


def _regions(value: Any) -> frozenset[str]:
    found = _texts(value)
    return ANYWHERE if "*" in found else found


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise _WrongError("行政区划代码，如 440604")
    return str(value).strip()


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _WrongError("数、[低, 高] 或 {low, high}")
    return value


def _ends(value: Any) -> tuple[float | None, float | None]:
    if isinstance(value, Mapping) and set(value) <= {"low", "high", "currency"}:
        return _number(value.get("low")), _number(value.get("high"))
    if isinstance(value, list) and len(value) == _PAIR:
        return _number(value[0]), _number(value[1])
    number = _number(value)
    return number, number


def _span(value: Any) -> Span:
    try:
        return Span(*_ends(value))
    except RefusedError as error:
        raise _WrongError("[低, 高]，至少一端，小的在前") from error


def _ticket(value: Any) -> Ticket:
    low, high = _ends(value)
    currency = value.get("currency") if isinstance(value, Mapping) else None
    whole = [None if end is None else int(end) for end in (low, high) if end is None or end == int(end)]
    if len(whole) != _PAIR or not (currency is None or isinstance(currency, str)):
        raise _WrongError(
            '{low, high, currency}，整数（分），如 {"low": 100000000, "high": 300000000, "currency": "CNY"}'
        )
    try:
        return Ticket(whole[0], whole[1], currency)
    except RefusedError as error:
        raise _WrongError("{low, high, currency}，至少一端，小的在前") from error


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _WrongError("日期，如 2026-12-31") from error


def _exclusive(value: Any) -> date:
    return FREE if value in ("free", False) else _day(value)


def _expires(value: Any) -> date:
    return NEVER if value == "never" else _day(value)


def _share(value: Any) -> float:
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise _WrongError("0 到 1 的数")
    return float(number)


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "kinds": _texts,
    "nodes": _texts,
    "place": _text,
    "regions": _regions,
    "stages": _span,
    "rounds": _texts,
    "ticket": _ticket,
    "exclusive_until": _exclusive,
    "expires_on": _expires,
    "open_from": _day,
    "area": _span,
    "load": _span,
    "price": _ticket,
    "environment": _texts,
    "updated_on": _day,
    "evidence": _share,
}


#: Other names of facts that are understood.
ALIASES: Final[Mapping[str, str]] = {
    "kind": "kinds",
    "node": "nodes",
    "region": "regions",
    "stage": "stages",
    "round": "rounds",
}


def unknown_of(given: Mapping[str, Any]) -> list[str]:
    """Return the names that are no facts."""
    return [name for name in given if ALIASES.get(name, name) not in _READ]


def facts_of(given: Mapping[str, Any], where: str, row: int | None, findings: list[Finding]) -> Facts:
    """Return the facts of a JSON object; what cannot be read is added to ``findings``."""
    values: dict[str, Any] = {}
    for written, value in given.items():
        name = ALIASES.get(written, written)
        if name not in _READ:
            params = {"where": where, "name": name[:_SHOWN], "keys": "、".join(NAMES)}
            findings.append(Finding(Level.FATAL, "match.fact_unknown", params, row, name[:_SHOWN]))
        elif value is not None:
            try:
                values[name] = _READ[name](value)
            except _WrongError as error:
                params = {"where": where, "name": name, "value": str(value)[:_SHOWN], "shape": str(error)}
                findings.append(Finding(Level.FATAL, "match.fact_value", params, row, name))
    return Facts(**values)
