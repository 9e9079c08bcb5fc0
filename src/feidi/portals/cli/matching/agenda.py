"""``feidi match agenda``: from a table of wishes to who meets whom in which time slot."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import refuse
from feidi.portals.cli.matching.telling import answered, finding_json, parts_of, put, put_json, whole

if TYPE_CHECKING:
    from feidi.engines.agendas import Agenda, Left, Party
    from feidi.portals.cli.matching.tables import Cells, Reading

#: Field → how its column may be called; the first name is shown when it is missing.
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "first": ("需求方", "需求", "企业", "first", "need", "firm"),
    "second": ("供给方", "供给", "对方", "桌", "second", "offer", "table"),
    "rank": ("志愿", "名次", "rank"),
    "score": ("评分", "对方评分", "score"),
}
#: Asking party, other party, place on the list, and the other's score turned round: both smaller first.
Wish = tuple[str, str, float, float]
_CAPACITY: Final = re.compile(r"(?:(?P<name>.+)=)?(?P<number>\d{1,9})")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def add_to(subparsers: Any) -> None:
    """``agenda PREFERENCES.csv --capacity N [--capacity NAME=N] [--quota N] [--slots N]``."""
    parser = subparsers.add_parser("agenda", help="who meets whom, and when 对接会议程")
    parser.add_argument(
        "preferences", type=Path, metavar="PREFERENCES", help="one row a wish: 需求方, 供给方, 志愿, 评分"
    )
    parser.add_argument(
        "--capacity", action="append", required=True, metavar="N|NAME=N", help="meetings of each offer, or of one"
    )
    parser.add_argument(
        "--quota", action="append", default=[], metavar="N|NAME=N", help="meetings of each need, default 1"
    )
    parser.add_argument("--slots", type=whole, default=None, metavar="N", help="time slots there are")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Arrange. 0 done, 1 refused (a name that is not in the table), 2 a table that cannot be used."""
    return answered(args, _answer)


def _answer(args: argparse.Namespace) -> int:
    from feidi.engines.agendas import agenda  # noqa: PLC0415 - numpy, only once it is needed

    first, second = parties_of(args.preferences, args.quota, args.capacity)
    found = agenda(first, second, slots=args.slots)
    if args.json:
        put_json(told(found))
    else:
        put(_lines(found))
    return 0


def parties_of(path: Path, quotas: Sequence[str], capacities: Sequence[str]) -> tuple[list[Party], list[Party]]:
    """Return both sides of a table of wishes. Refused with every fault and its row.

    An asking party prefers by 志愿 (1 first; rows without one after, as they stand); the other side by 评分 (higher
    first; without one after, as they stand).
    """
    from feidi.portals.cli.matching.tables import Reading, read_rows  # noqa: PLC0415

    reading = Reading("agendas")
    rows = list(reading.rows(read_rows(path, "agendas.file_unreadable"), COLUMNS, ("first", "second")))
    wishes = list(_wishes(reading, rows))
    if reading.findings:
        raise refuse("agendas.file_faulty", *reading.findings, file=path.name, n=len(reading.findings))
    if not wishes:
        raise refuse("agendas.empty")
    return _side(wishes, (0, 1, 2), quotas), _side(wishes, (1, 0, 3), capacities)


def _side(wishes: Sequence[Wish], columns: tuple[int, int, int], given: Sequence[str]) -> list[Party]:
    """Return one side: whom each wants, in the order of the wishes' third column."""
    from feidi.engines.agendas import Party  # noqa: PLC0415 - with its caller

    own, other, order = columns
    prefers: dict[str, list[str]] = {str(wish[own]): [] for wish in wishes}
    for wish in sorted(wishes, key=lambda each: each[order]):
        prefers[str(wish[own])].append(str(wish[other]))
    limits = _limits(given, list(prefers))
    return [Party(name, tuple(wanted), limits[name]) for name, wanted in prefers.items()]


def _wishes(reading: Reading, rows: Sequence[Cells]) -> Iterator[Wish]:
    seen: set[tuple[str, str]] = set()
    for cells in rows:
        first, second = cells.text("first"), cells.text("second")
        if not first or not second:
            reading.put("name_missing", cells.row, None)
        elif (first, second) in seen:
            reading.put("pair_twice", cells.row, None, first=first, second=second)
        seen.add((first, second))
        yield first, second, _number(reading, cells, "rank", 1), _number(reading, cells, "score", -1)


def _number(reading: Reading, cells: Cells, name: str, sign: int) -> float:
    """Return a number times ``sign``; after all others where the cell is empty."""
    text = cells.text(name)
    if not text:
        return float("inf")
    if not _NUMBER.fullmatch(text):
        reading.wrong(cells, name)
        return 0.0
    return sign * float(text)


def _limits(given: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return name → number of meetings, 1 where none is given; a bare number counts for all but those named."""
    limits = dict.fromkeys(names, 1)
    for text in given:
        found = _CAPACITY.fullmatch(text.strip())
        if found is None:
            raise refuse("agendas.capacity_words", text=text)
        if found["name"] is None:
            limits = dict.fromkeys(names, int(found["number"]))
    for text in given:
        name, _sign, number = text.strip().rpartition("=")
        if name and name not in limits:
            raise refuse("agendas.capacity_name", name=name, names="、".join(names))
        if name:
            limits[name] = int(number)
    return limits


def told(found: Agenda) -> dict[str, Any]:
    """Return an agenda as JSON."""
    ranks = {(pair.first, pair.second): pair for pair in found.matching.pairs}
    return {
        "slots": found.slots,
        "free_slots": found.free_slots,
        "busiest": list(found.busiest),
        "meetings": [
            {
                "slot": each.slot,
                "first": each.first,
                "second": each.second,
                "first_rank": ranks[each.first, each.second].first_rank,
                "second_rank": ranks[each.first, each.second].second_rank,
            }
            for each in found.meetings
        ],
        "left": {"first": _left(found.matching.first_left), "second": _left(found.matching.second_left)},
    }


def _left(left: Sequence[Left]) -> list[dict[str, Any]]:
    return [{"id": each.id, "free": each.free, "reason": finding_json(each.reason)} for each in left]


def _lines(found: Agenda) -> Iterator[str]:
    ranks = {(pair.first, pair.second): pair for pair in found.matching.pairs}
    yield f"{len(found.meetings)} 场会面，最少用 {found.slots} 个时段（{'、'.join(found.busiest)} 场数最多）"
    slot = 0
    for each in found.meetings:
        if each.slot != slot:
            slot = each.slot
            yield f"第 {slot} 时段"
        pair = ranks[each.first, each.second]
        yield f"  {each.first} — {each.second}　（第 {pair.first_rank} 志愿，对方第 {pair.second_rank}）"
    for side in (found.matching.first_left, found.matching.second_left):
        for left in side:
            room = f"（还可 {left.free} 场）" if left.free else ""
            yield f"{left.id}{room}：{'  → '.join(filter(None, parts_of(left.reason)))}"
