"""The scene of flows: host and home as two nodes, one lane per kind, an arrow each way. No geography."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.domain.reporting.selectors.flow_words import side_names
from feidi.domain.reporting.selectors.flows import Flows, flows_for, unit_name
from feidi.domain.reporting.selectors.wall import map_of
from feidi.portals.ui.reading import number, read_money
from feidi.portals.wall.showing import Showing

_OUT, _BACK = FlowDirection.HOST_TO_HOME, FlowDirection.HOME_TO_HOST
#: Where the lanes begin, how far apart they are, how far the arrow back is below the arrow there.
_TOP, _LANE, _PAIR = 112, 250, 100
_DEEPEST, _THINNEST = 34.0, 5.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way of one kind: what goes there, as written; its line between the nodes, how deep it is drawn."""

    text: str
    there: bool
    y: int
    text_y: int
    depth: float
    empty: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind: its name and both ways."""

    name: str
    code: str
    y: int
    arrows: tuple[Arrow, Arrow]


def flow_scene(showing: Showing) -> dict[str, Any]:
    """What flowed this year, kind by kind, each measure by itself; an approved map under it where one is loaded."""
    flows = flows_for(showing.actor, [showing.outpost], showing.year, showing.today)
    host, home = side_names([showing.outpost])
    loaded = map_of(showing.outpost)
    return {
        "host": host,
        "home": home,
        "lanes": [_lane(flows, kind, at) for at, kind in enumerate(FlowKind)],
        "year": showing.today.year,
        "map": loaded,
        "map_url": showing.picture_url if loaded is not None else "",
        "drill": reverse("console:flows:flow_overview"),
    }


def _lane(flows: Flows, kind: FlowKind, at: int) -> Lane:
    y = _TOP + at * _LANE
    depths = _depths(flows, kind)
    arrows = tuple(
        Arrow(
            text=_said(flows, kind, way),
            there=way is _OUT,
            y=y + place * _PAIR,
            text_y=y + place * _PAIR - 26,
            depth=depths[way],
            empty=not any(each.direction == way and each.figure > 0 for each in flows.of(kind)),
        )
        for place, way in enumerate((_OUT, _BACK))
    )
    return Lane(str(kind.label), kind.value, y + _PAIR // 2, (arrows[0], arrows[1]))


def _depths(flows: Flows, kind: FlowKind) -> dict[FlowDirection, float]:
    """Return how deep each way is drawn, by the first measure that goes both ways or is the only one."""
    measures = flows.measures(kind)
    if not measures:
        return {_OUT: _THINNEST, _BACK: _THINNEST}
    first = "CNY" if "CNY" in measures else "person" if "person" in measures else measures[0]
    figures: dict[FlowDirection, int] = defaultdict(int)
    for each in flows.of(kind):
        if each.measure == first:
            figures[each.direction] += max(0, each.figure)
    largest = max(figures.values(), default=0) or 1
    return {way: max(_THINNEST, figures[way] / largest * _DEEPEST) for way in (_OUT, _BACK)}


def _said(flows: Flows, kind: FlowKind, way: FlowDirection) -> str:
    """Return every measure of one way, side by side, never added: 1,600万元 · 50万港元."""
    parts = []
    for each in flows.of(kind):
        if each.direction != way or not each.figure:
            continue
        if each.amount is not None:
            parts.append(read_money(each.amount).text)
        elif kind is not FlowKind.TECHNOLOGY:
            parts.append(f"{number(each.count or 0)}{unit_name(each.measure)}")
    if kind is FlowKind.TECHNOLOGY and flows.contracts(way):
        parts.insert(0, _("{n} 份合同").format(n=flows.contracts(way)))
    return " · ".join(parts) or _("暂无")
