"""What one text changes in another, line by line, with a few unchanged lines around each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: Unchanged lines shown before and after a change.
AROUND = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference: ``same``, ``out`` (only in the old), ``in`` (only in the new), or a ``gap`` left out.

    ``old`` and ``new`` are 1-based line numbers, None where the text has no such line.
    """

    kind: Literal["same", "out", "in", "gap"]
    text: str
    old: int | None = None
    new: int | None = None


def line_differences(old: str, new: str, around: int = AROUND) -> tuple[Line, ...]:
    r"""Return the difference; empty when the texts have the same lines.

    >>> [(each.kind, each.text) for each in line_differences("a\nb\n", "a\nc\n")]
    [('same', 'a'), ('out', 'b'), ('in', 'c')]
    """
    before, after = old.splitlines(), new.splitlines()
    groups = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(around)
    found: list[Line] = []
    for group in groups:
        if found or group[0][1] > 0:
            found.append(Line("gap", ""))
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                found += _same(before, old_from, old_to, new_from)
            else:
                found += [Line("out", before[at], old=at + 1) for at in range(old_from, old_to)]
                found += [Line("in", after[at], new=at + 1) for at in range(new_from, new_to)]
    return tuple(found)


def _same(lines: list[str], first: int, last: int, new_first: int) -> Iterator[Line]:
    for at in range(first, last):
        yield Line("same", lines[at], old=at + 1, new=new_first + at - first + 1)
