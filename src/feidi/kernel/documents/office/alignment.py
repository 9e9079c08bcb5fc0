"""Which number of an edited text stands where which number of the issued text stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from feidi.kernel.documents.office.number_text import NumberInText, find_numbers
from feidi.kernel.documents.office.reading import ReadParagraph

_HOLE: Final = "\ue000"
_ALIKE: Final = 0.5
#: Longer paragraphs are not compared letter by letter: it takes time by the square of their length.
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with its numbers; ``masked`` has one hole for each of them."""

    paragraph: ReadParagraph
    numbers: tuple[NumberInText, ...]
    masked: str


def numbered(paragraph: ReadParagraph) -> Numbered:
    """Return a paragraph with its numbers taken out."""
    numbers = find_numbers(paragraph.text)
    masked, at = "", 0
    for number in numbers:
        masked += paragraph.text[at : number.start].replace(_HOLE, " ") + _HOLE
        at = number.end
    return Numbered(paragraph, numbers, masked + paragraph.text[at:].replace(_HOLE, " "))


def aligned(issued: Sequence[Numbered], edited: Sequence[Numbered]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (issued paragraph, its number, edited paragraph, its number) for numbers with the same words around them."""
    for before, after in _paired(issued, edited):
        yield from ((before, left, after, right) for left, right in _holes(issued[before].masked, edited[after].masked))


def _paired(issued: Sequence[Numbered], edited: Sequence[Numbered]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, [each.masked for each in issued], [each.masked for each in edited], autojunk=False)
    for how, first, last, start, end in matcher.get_opcodes():
        if how == "equal":
            yield from zip(range(first, last), range(start, end), strict=True)
        elif how == "replace":
            yield from _most_alike(issued, range(first, last), edited, range(start, end))


def _most_alike(
    issued: Sequence[Numbered], before: range, edited: Sequence[Numbered], after: range
) -> Iterator[tuple[int, int]]:
    """Pair each edited paragraph with the issued one it is most like; one issued paragraph may have been split in two."""
    if len(before) * len(after) > _LONGEST:
        return
    for right in after:
        ratios = [(_likeness(issued[left].masked, edited[right].masked), -left) for left in before]
        best, left = max(ratios, default=(0.0, 0))
        if best >= _ALIKE:
            yield -left, right


def _likeness(left: str, right: str) -> float:
    """Return how much of the shorter text stands in the other, in order: a sentence added does not make it another one."""
    if not left or not right or max(len(left), len(right)) > _LONGEST:
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.quick_ratio() * (len(left) + len(right)) < _ALIKE * 2 * min(len(left), len(right)):
        return 0.0
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    return same / min(len(left), len(right))


def _holes(left: str, right: str) -> Iterator[tuple[int, int]]:
    if left == right:
        yield from ((n, n) for n in range(left.count(_HOLE)))
        return
    if max(len(left), len(right)) > _LONGEST:
        return
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        first, second = left[: block.a].count(_HOLE), right[: block.b].count(_HOLE)
        # a hole with nothing alike on either side is met by chance
        if block.size > 1:
            yield from ((first + n, second + n) for n in range(left[block.a : block.a + block.size].count(_HOLE)))
