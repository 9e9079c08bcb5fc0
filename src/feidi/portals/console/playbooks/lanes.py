"""A playbook drawn as swim lanes: a lane for each side, a row for each step, arrows for what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from feidi.engines.playbooks import Owner, Playbook, Step
from feidi.portals.console.words import say

_LANE, _GUTTER, _ROW, _GAP, _HEAD, _MARGIN = 168, 28, 52, 22, 34, 8
#: Characters of a line within a box; wide ones count double.
_WIDTH: Final = 21


@dataclass(frozen=True, slots=True)
class Box:
    """One step as drawn: where, which number, its words in at most two lines, how it is marked, where it leads."""

    x: int
    y: int
    width: int
    height: int
    number: int
    lines: tuple[str, ...]
    title: str
    url: str
    look: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One side's lane: its words, its left edge, its middle."""

    label: str
    x: int
    middle: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, in units of its own view box."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    lane_width: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def draw(
    book: Playbook,
    *,
    side: Callable[[Owner], str],
    url: Callable[[Step], str],
    looks: Mapping[str, str] | None = None,
    path: Collection[str] = (),
) -> Drawing:
    """Draw the steps in their order. ``looks``: step → the class of its state; those on ``path`` stand out."""
    owners = book.owners
    left = {owner: _MARGIN + at * (_LANE + _GUTTER) for at, owner in enumerate(owners)}
    boxes: dict[str, Box] = {}
    for at, step in enumerate(book.steps):
        look = f"lane-box lane-{(looks or {}).get(step.code, 'plain')}"
        if step.code in path:
            look += " lane-critical"
        boxes[step.code] = Box(
            x=left[step.owner or owners[0]],
            y=_HEAD + at * (_ROW + _GAP) + _GAP,
            width=_LANE,
            height=_ROW,
            number=at + 1,
            lines=wrapped(say(step.label)),
            title=say(step.label),
            url=url(step),
            look=look,
        )
    return Drawing(
        width=_MARGIN * 2 + len(owners) * (_LANE + _GUTTER),
        height=_HEAD + len(book.steps) * (_ROW + _GAP) + _GAP,
        lanes=tuple(Lane(side(owner), x, x + _LANE // 2) for owner, x in left.items()),
        lane_width=_LANE,
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrow(boxes[one], boxes[step.code]) for step in book.steps for one in step.after if one in boxes),
    )


def _arrow(source: Box, target: Box) -> str:
    """Leave a box at its right edge, go down beside its lane, across in the gap above the target, into its top."""
    down, across = source.x + _LANE + _GUTTER // 2, target.y - _GAP // 2
    if source.x == target.x and source.number + 1 == target.number:
        middle = source.x + _LANE // 2
        return f"M{middle} {source.y + _ROW}V{target.y - 1}"
    return f"M{source.x + _LANE} {source.y + _ROW // 2}H{down}V{across}H{target.x + _LANE // 2}V{target.y - 1}"


def wrapped(text: str) -> tuple[str, ...]:
    """Return a text in at most two lines of a box; what does not fit ends in …."""
    lines, line = [], ""
    for word in _words(text):
        if line and _size(line + word) > _WIDTH:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    lines.append(line)
    if len(lines) > 2:  # noqa: PLR2004 - two lines fit
        while _size(lines[1]) >= _WIDTH:
            lines[1] = lines[1][:-1]
        lines = [lines[0], f"{lines[1]}…"]
    return tuple(lines)


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break: every wide character, every space."""
    cuts = [0, *(at for at in range(1, len(text)) if ord(text[at]) > 0x2E80 or text[at - 1] == " "), len(text)]  # noqa: PLR2004 - CJK begins here
    return [text[start:end] for start, end in pairwise(cuts)]


def _size(text: str) -> int:
    return sum(2 if ord(each) > 0x2E80 else 1 for each in text)  # noqa: PLR2004 - CJK begins here
