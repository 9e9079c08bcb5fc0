"""K36 要素流动: what came in and what went out, kind by kind; a counter-entry takes back on its own day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowUnit
from feidi.domain.reporting.models import FlowEntry
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.engines.measures import Pot, Reading, Rows, net_reading

KIND = "reporting.flow"
Amount = Callable[[FlowEntry], Fraction]
IN, OUT = FlowDirection.HOST_TO_HOME, FlowDirection.HOME_TO_HOST


def flow_readings(asked: Question) -> dict[str, Reading]:
    """Return capital (yuan; other currencies beside), technology (contracts; amounts beside) and people (months beside)."""
    rows = list(
        FlowEntry.objects.filter(
            outpost_id__in=asked.pks, occurred_on__gte=asked.start, occurred_on__lt=asked.end
        ).order_by("occurred_on", "pk")
    )
    capital = [each for each in rows if each.kind == FlowKind.CAPITAL]
    technology = [each for each in rows if each.kind == FlowKind.TECHNOLOGY]
    people = [each for each in rows if each.kind == FlowKind.TALENT and each.unit == FlowUnit.PERSON]
    months = [each for each in rows if each.kind == FlowKind.TALENT and each.unit == FlowUnit.MONTH]
    found = [
        _net("K36C", [each for each in capital if each.currency == "CNY"], _yuan, capital),
        _net("K36T", technology, _one, technology),
        _net("K36P", people, _count, ()),
    ]
    split = tuple((f"months:{side}", _rows(months, side, _count)) for side in (IN, OUT))
    found[2] = replace(found[2], split=tuple(each for each in split if each[1].keys))
    return {each.code: each for each in found}


def _net(code: str, rows: list[FlowEntry], amount: Amount, money: Sequence[FlowEntry]) -> Reading:
    told = net_reading(code, _rows(rows, IN, amount), _rows(rows, OUT, amount))
    return replace(told, sums=_pots(money, IN), agreed=_pots(money, OUT))


def _rows(rows: Iterable[FlowEntry], side: str, amount: Amount) -> Rows:
    kept = [each for each in rows if each.direction == side]
    return Rows(KIND, tuple(each.pk for each in kept), tuple(amount(each) for each in kept))


def _pots(rows: Iterable[FlowEntry], side: str) -> tuple[Pot, ...]:
    fen: dict[str, int] = {}
    for each in rows:
        if each.direction == side and each.amount_fen is not None:
            fen[each.currency] = fen.get(each.currency, 0) + each.amount_fen
    return tuple(Pot(currency, n) for currency, n in sorted(fen.items(), key=lambda pot: (pot[0] != "CNY", pot[0])))


def _yuan(entry: FlowEntry) -> Fraction:
    return Fraction(entry.amount_fen or 0, 100)


def _one(entry: FlowEntry) -> Fraction:
    """A contract counts once, whatever its amount; what takes one back counts against it."""
    return Fraction(-1 if entry.counter_of_id is not None else 1)


def _count(entry: FlowEntry) -> Fraction:
    return Fraction(entry.count or 0)
