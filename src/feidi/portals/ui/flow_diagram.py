"""A node diagram of what flows between two sides: ribbons as plain SVG, so that it needs no script and is no map.

All ribbons of a diagram are of one measure and share one scale; another measure is another diagram.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from feidi.kernel.messages import Words

WIDTH: Final = 720
_NODE, _TOP, _GAP, _DEEPEST, _SLOT = 14, 10, 8, 96.0, 34.0
_LEFT, _RIGHT = _NODE + 6, WIDTH - _NODE - 6


@dataclass(frozen=True, slots=True)
class Flow:
    """One ribbon: what it is of, how much (never below zero here), as written; ``there`` from left to right."""

    label: Words
    value: float
    text: str
    way: Literal["there", "back"]
    url: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One ribbon as drawn."""

    flow: Flow
    path: str
    text_y: float
    arrow: str


@dataclass(frozen=True, slots=True)
class FlowDiagram:
    """What a diagram shows. ``net``: in less out in words, seen from the right side."""

    title: Words
    left: Words
    right: Words
    flows: Sequence[Flow]
    net: str = ""
    note: Words = ""

    @property
    def drawn(self) -> list[Ribbon]:
        """The ribbons from top to bottom, those of zero left out."""
        shown = [each for each in self.flows if each.value > 0]
        largest = max((each.value for each in shown), default=1.0)
        ribbons, top = [], float(_TOP)
        for each in shown:
            depth = max(4.0, each.value / largest * _DEEPEST)
            slot = max(depth, _SLOT)
            ribbons.append(_ribbon(each, top + (slot - depth) / 2, depth))
            top += slot + _GAP
        return ribbons

    @property
    def height(self) -> int:
        """How high the drawing is."""
        shown = [each for each in self.flows if each.value > 0]
        largest = max((each.value for each in shown), default=1.0)
        depths = [max(_SLOT, each.value / largest * _DEEPEST) for each in shown]
        return int(2 * _TOP + sum(depths) + _GAP * max(0, len(depths) - 1))

    @property
    def node_height(self) -> int:
        """How high the bar of each side is."""
        return self.height - 2 * _TOP + 8

    @property
    def right_x(self) -> int:
        """Where the bar of the right side begins."""
        return WIDTH - _NODE


def _ribbon(flow: Flow, top: float, depth: float) -> Ribbon:
    """Return the outline from one side to the other with an arrow's head at its end."""
    low, middle, head = top + depth, top + depth / 2, min(22.0, depth / 2 + 8)
    if flow.way == "there":
        body = f"M{_LEFT} {top:.1f}H{_RIGHT - head:.1f}L{_RIGHT} {middle:.1f}L{_RIGHT - head:.1f} {low:.1f}H{_LEFT}Z"
    else:
        body = f"M{_RIGHT} {top:.1f}H{_LEFT + head:.1f}L{_LEFT} {middle:.1f}L{_LEFT + head:.1f} {low:.1f}H{_RIGHT}Z"
    return Ribbon(flow, body, middle + 5, "→" if flow.way == "there" else "←")
