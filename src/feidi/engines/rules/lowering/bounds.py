"""What a graph proves of itself: which nodes roots rest on, and how large the numbers among them can be.

The kernel chooses 64 bits or Python's whole numbers by it, the emitted SQL the type it computes with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from feidi.engines.rules.lowering.graph import (
    Added,
    AtLeastThis,
    Chosen,
    Divided,
    Ending,
    Graph,
    Node,
    Whole,
    below,
)

#: Numbers below this, and sums of two of them, fit into 64 bits.
FITS: Final = 2**62


def resting(graph: Graph, roots: Iterable[int]) -> list[int]:
    """Return the nodes that the roots rest on, themselves among them, parts before wholes."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            waiting.extend(below(graph.nodes[number]))
    # a graph numbers parts before wholes
    return sorted(seen)


class Bounds:
    """Bounds for the absolute values of the numbers of a graph. ``magnitude`` gives that of a fact."""

    def __init__(self, graph: Graph, magnitude: Callable[[str], int]) -> None:
        self._graph, self._magnitude = graph, magnitude
        self._known: dict[int, int] = {}

    def of(self, number: int) -> int:
        """Return a bound for a number; of a question 0."""
        if number not in self._known:
            self.widest((number,))
        return self._known[number]

    def widest(self, roots: Iterable[int]) -> int:
        """Return a bound for every number that the roots are made of."""
        widest = 0
        for number in resting(self._graph, roots):
            if number not in self._known:
                self._known[number] = self._of(self._graph.nodes[number])
            widest = max(widest, self._known[number])
        return widest

    def _of(self, node: Node) -> int:
        match node:
            case Whole(value=value):
                return abs(value or 0)
            case Ending(fact=fact):
                return self._magnitude(fact)
            case Added(terms=terms, constant=constant):
                return abs(constant) + sum(abs(each) * self._known[part] for part, each in terms)
            case AtLeastThis(number=part, least=least):
                return max(self._known[part], abs(least))
            case Chosen(yes=yes, no=no):
                return max(self._known[yes], self._known[no])
            case Divided(number=part, by=by, times=times):
                return (self._known[part] // by + 1) * times
            case _:
                return max((self._known[part] for part in below(node)), default=0)
