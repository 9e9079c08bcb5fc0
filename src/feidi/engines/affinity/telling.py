"""A hard fact of one offer in words and numbers: what was needed, what there is, and the smallest change that would do."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Final, Literal

from feidi.engines.affinity.checks import STAGE_SLACK, Check
from feidi.engines.affinity.facts import FREE, NEVER, NO, UNKNOWN, YES, Facts, Span, Ticket
from feidi.engines.affinity.model import Change, Held, Verdict
from feidi.engines.affinity.parts import node_nearness

_VERDICTS: Final = {NO: Verdict.NO, YES: Verdict.YES, UNKNOWN: Verdict.UNKNOWN}
_MONEY: Final = ("ticket", "price")
_UNITS: Final = 100


def held(check: Check, answer: int, need: Facts, actual: object, on: date | None) -> Held:
    """Return what one hard fact came to; ``actual`` is what the offer states, None for nothing."""
    needed = on if check.asked == "on" else getattr(need, check.asked)
    verdict = _VERDICTS[answer]
    return Held(
        check=check.name,
        verdict=verdict,
        needed=shown(needed),
        actual=shown(actual),
        missing=_missing(check, actual) if verdict is Verdict.UNKNOWN else "",
        change=_change(check, needed, actual) if verdict is Verdict.NO else None,
    )


def _missing(check: Check, actual: object) -> str:
    return f"{check.fact}_currency" if check.fact in _MONEY and actual is not None else check.fact


@lru_cache(4096)
def shown(value: object) -> str:
    """Return a fact in one line: sets joined by 、, ranges with a dash, money in whole units with its currency.

    >>> shown(Span(100, None)), shown(Ticket(50_000_00, 80_000_00)), shown(frozenset({"lab", "fund"}))
    ('100–', '50000–80000 CNY', 'fund、lab')
    """
    if value is None:
        return ""
    if isinstance(value, frozenset):
        return "、".join(sorted(each or "*" for each in value))
    if isinstance(value, Span):
        return _dash(_number(value.low), _number(value.high))
    if isinstance(value, Ticket):
        ends = (None if end is None else end / _UNITS for end in (value.low, value.high))
        return f"{_dash(*map(_number, ends))} {value.currency or '?'}"
    if isinstance(value, date):
        return "" if value in (FREE, NEVER) else value.isoformat()
    return str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _dash(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"


def _change(check: Check, needed: object, actual: object) -> Change | None:
    if isinstance(needed, Span | Ticket) and isinstance(actual, Span | Ticket):
        return Change("need", check.asked, _moved(needed, actual, STAGE_SLACK if check.name == "stage" else 0))
    if isinstance(needed, date) and isinstance(actual, date):
        return _other_day(check, needed, actual)
    if isinstance(needed, frozenset) and check.name != "located" and isinstance(actual, frozenset):
        return _other_set(check, needed, actual)
    if check.name == "located":
        return Change("need", "regions", str(actual))
    return Change("offer", "regions", str(needed)) if check.name == "mandate" else None


def _moved(needed: Span | Ticket, actual: Span | Ticket, slack: float) -> str:
    """Return the needed range with the one end moved that is too far off, just so far that both meet."""
    low, high = needed.low, needed.high
    if actual.high is not None and low is not None and actual.high < low:
        low = actual.high + slack
    elif actual.low is not None and high is not None:
        high = actual.low - slack
    if isinstance(needed, Ticket):
        least, most = (None if end is None else int(end) for end in (low, high))
        return shown(Ticket(least, most, needed.currency))
    return shown(Span(low, high))


def _other_day(check: Check, needed: date, actual: date) -> Change:
    side: Literal["need", "offer"] = "offer" if check.name == "expiry" else "need"
    if check.name == "exclusivity":
        return Change("need", "on", (actual + timedelta(days=1)).isoformat() if actual < NEVER else "")
    return Change(side, check.fact, (needed if side == "offer" else actual).isoformat())


def _other_set(check: Check, needed: frozenset[str], actual: frozenset[str]) -> Change:
    """Return the change of a set: of all that would do the one nearest to what is there."""
    if check.name == "environment":
        return Change("offer", "environment", shown(actual | needed))
    nearest = max(sorted(product(actual, needed)), key=lambda pair: node_nearness({pair[0]}, {pair[1]}) or 0)
    return Change("need", check.asked, shown(needed | {nearest[0]}))
