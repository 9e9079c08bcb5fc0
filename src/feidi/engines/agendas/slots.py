"""Pairs into time slots: the fewest possible, nobody in two meetings at once.

The pairs are the edges of a bipartite graph; by König's theorem as many slots suffice as the busiest party has meetings.
Each edge takes a slot free at both ends; where there is none, one alternating path of two slots is turned over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from feidi.engines.agendas.matching import match
from feidi.engines.agendas.model import Agenda, Meeting, Pair, Party
from feidi.engines.findings import refuse

#: (side, id): the two sides may use the same ids.
Node = tuple[int, str]


def schedule(pairs: Sequence[Pair]) -> tuple[Meeting, ...]:
    """Return each pair's meeting, by slot, then in the order of the pairs; slots are numbered from 1.

    >>> [(m.slot, m.first, m.second) for m in schedule([Pair("甲", "A", 1, 1), Pair("甲", "B", 2, 1), Pair("乙", "A", 1, 2)])]
    [(1, '甲', 'A'), (2, '甲', 'B'), (2, '乙', 'A')]
    """
    taken: dict[Node, dict[int, Node]] = {}
    most = max(Counter(node for pair in pairs for node in ((0, pair.first), (1, pair.second))).values(), default=0)
    for pair in pairs:
        one, other = (0, pair.first), (1, pair.second)
        mine, theirs = taken.setdefault(one, {}), taken.setdefault(other, {})
        slot = next((each for each in range(1, most + 1) if each not in mine and each not in theirs), 0)
        if not slot:
            slot = _free(mine)
            _turn(taken, other, slot, _free(theirs))
        mine[slot], theirs[slot] = other, one
    slots = {(one[1], other[1]): slot for one, days in taken.items() if not one[0] for slot, other in days.items()}
    meetings = [Meeting(slots[pair.first, pair.second], pair.first, pair.second) for pair in pairs]
    return tuple(sorted(meetings, key=lambda meeting: meeting.slot))


def _free(days: dict[int, Node]) -> int:
    return next(slot for slot in range(1, len(days) + 2) if slot not in days)


def _turn(taken: dict[Node, dict[int, Node]], start: Node, slot: int, turned: int) -> None:
    """Swap two slots along the path that begins at ``start``; it cannot end at the other side's node, which lacks ``slot``."""
    path, node, wanted = [start], start, slot
    while wanted in taken[node]:
        node = taken[node][wanted]
        path.append(node)
        wanted = turned if wanted == slot else slot
    for each in path:
        days = taken[each]
        one, other = days.pop(slot, None), days.pop(turned, None)
        if one is not None:
            days[turned] = one
        if other is not None:
            days[slot] = other


def agenda(first: Sequence[Party], second: Sequence[Party], *, slots: int | None = None) -> Agenda:
    """Match and schedule; with ``slots`` nobody gets more meetings than there are slots.

    Raises RefusedError as ``match`` does, and for a number of slots below 1.
    """
    if slots is not None and slots < 1:
        raise refuse("agendas.slots_wrong", value=slots)
    matching = match(_at_most(first, slots), _at_most(second, slots))
    meetings = schedule(matching.pairs)
    used = max((meeting.slot for meeting in meetings), default=0)
    return Agenda(matching, meetings, used, _busiest(matching.pairs, used), (slots or used) - used)


def _at_most(side: Iterable[Party], slots: int | None) -> list[Party]:
    return [each if slots is None else replace(each, capacity=min(each.capacity, slots)) for each in side]


def _busiest(pairs: Sequence[Pair], meetings: int) -> tuple[str, ...]:
    """Return who has that many meetings, the asking side first."""
    found = []
    for ids in ([pair.first for pair in pairs], [pair.second for pair in pairs]):
        found += [each for each in dict.fromkeys(ids) if ids.count(each) == meetings]
    return tuple(found)
