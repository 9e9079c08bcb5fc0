"""数字核对: every figure of an edited paper that no longer says what was issued, and every new one without a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.engines.sheets.folding import fold_tight
from feidi.kernel.documents.office.alignment import Numbered, aligned, numbered
from feidi.kernel.documents.office.figures import IssuedFigure, figure_key
from feidi.kernel.documents.office.number_text import NumberInText, equal_worth, read_number
from feidi.kernel.documents.office.reading import TextMark, read_paragraphs

_STOP: Final = re.compile(r"[。！？；;!?]")
_CLAUSE: Final = re.compile(r"[，,。；;、！？（）()：:]")
_EXCERPT: Final = 40
_NEAR: Final = 120
_SHORTEST_LABEL: Final = 2
_WORDS_BEFORE: Final = 8
_LESS: Final = ("慢", "降", "减", "少", "低", "落后", "负", "亏", "下滑", "滞后", "缺")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number that is not the issued one. ``paragraph``: 1-based among the text's own paragraphs (None in a table)."""

    place: str
    paragraph: int | None
    found: str
    expected: str
    label: str
    figure_id: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A number that no issued figure stands behind; ``was``: what stood in its place, if anything did."""

    place: str
    paragraph: int | None
    found: str
    sentence: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. ``gone``: issued figures that no longer stand anywhere; ``numbers``: how many were looked at."""

    mismatches: tuple[Mismatch, ...]
    unsourced: tuple[Unsourced, ...]
    gone: tuple[IssuedFigure, ...]
    numbers: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The same as findings, in the order mismatches, without source, gone."""
        differ = [
            Finding(Level.PROBLEM, "office.figure_differs", {
                "place": each.place, "found": each.found, "expected": each.expected, "label": each.label,
                "as_of": each.as_of.isoformat(),
            })
            for each in self.mismatches
        ]  # fmt: skip
        bare = [
            Finding(Level.PROBLEM, "office.figure_without_source",
                    {"place": each.place, "found": each.found, "sentence": each.sentence})
            for each in self.unsourced
        ]  # fmt: skip
        gone = [
            Finding(Level.NOTE, "office.figure_gone",
                    {"label": each.label, "expected": each.text, "as_of": each.as_of.isoformat()})
            for each in self.gone
        ]  # fmt: skip
        return (*differ, *bare, *gone)


def check_figures(
    edited: bytes | str, figures: Sequence[IssuedFigure], issued: bytes | str | None = None, *, name: str = "paper"
) -> Checked:
    """Compare the numbers of an edited .docx (or text) with the figures that were issued.

    A number is known by its bookmark, else by its place in the issued text (``issued``), else by the words of its
    sentence. Without ``issued``, new numbers in tables are not listed. Refused: no .docx, or too long.
    """
    work = _Check(edited, figures, issued, name)
    work.by_marks()
    work.by_place()
    work.by_words()
    return work.result()


@dataclass(frozen=True, slots=True)
class _At:
    paragraph: int
    number: int


class _Check:
    """One check: each number of the edited paper is settled once, by the surest way."""

    def __init__(
        self, edited: bytes | str, figures: Sequence[IssuedFigure], issued: bytes | str | None, name: str
    ) -> None:
        self._edited = [numbered(each) for each in read_paragraphs(edited, name=name)]
        self._issued = [numbered(each) for each in read_paragraphs(issued, name=name)] if issued is not None else None
        self._figures = figures
        self._by_key = {figure_key(each.id): each for each in figures}
        self._settled: dict[_At, Mismatch | Unsourced | None] = {}
        self._seen: set[str] = set()

    def by_marks(self) -> None:
        """Settle the numbers that stand in, or touch, a figure's bookmark."""
        for at, paragraph in enumerate(self._edited):
            for mark in paragraph.paragraph.marks:
                figure = self._by_key.get(mark.key)
                number = _touching(paragraph, mark)
                if figure is not None and number is not None and _At(at, number) not in self._settled:
                    self._settle(_At(at, number), figure)

    def by_place(self) -> None:
        """Settle the numbers that stand where an issued one stood."""
        if self._issued is None:
            return
        for before, left, after, right in aligned(self._issued, self._edited):
            at = _At(after, right)
            if at in self._settled:
                continue
            old, new = self._issued[before].numbers[left], self._edited[after].numbers[right]
            figure = self._behind(self._issued[before], left)
            if figure is not None:
                self._settle(at, figure)
            elif (old.value, old.unit) == (new.value, new.unit):
                self._settled[at] = None
            else:
                self._settled[at] = self._unsourced(at, was=old.text)

    def by_words(self) -> None:
        """Settle what is left by the words around it: a label with its figure, or the same number and unit."""
        for index, paragraph in enumerate(self._edited):
            for number in range(len(paragraph.numbers)):
                at = _At(index, number)
                if at not in self._settled:
                    self._by_words(at, paragraph)

    def _by_words(self, at: _At, paragraph: Numbered) -> None:
        number = paragraph.numbers[at.number]
        named = [each for each in self._figures if _named(each, paragraph, at.number)]
        right = [each for each in named if _accepts(each, number, paragraph.paragraph.text)]
        if not right and number.unit:
            right = [
                each
                for each in self._figures
                if _unit(each) == number.unit and _accepts(each, number, paragraph.paragraph.text)
            ]
        wrong = [each for each in named if number.unit and _unit(each) == number.unit]
        if right:
            self._settle(at, right[0])
        elif len(wrong) == 1:
            self._settle(at, wrong[0])
        elif self._issued is not None or not paragraph.paragraph.in_table:
            self._settled[at] = self._unsourced(at)

    def _behind(self, paragraph: Numbered, index: int) -> IssuedFigure | None:
        """Return the figure behind a number of the issued text: by its bookmark, or the one figure it may be."""
        number = paragraph.numbers[index]
        for mark in paragraph.paragraph.marks:
            if _touching(paragraph, mark) == index and mark.key in self._by_key:
                return self._by_key[mark.key]
        may = [each for each in self._figures if _accepts(each, number, paragraph.paragraph.text)]
        named = [each for each in may if _named(each, paragraph, index)]
        return named[0] if named else may[0] if len(may) == 1 and number.unit else None

    def _settle(self, at: _At, figure: IssuedFigure) -> None:
        paragraph = self._edited[at.paragraph]
        number = paragraph.numbers[at.number]
        self._seen.add(figure.id)
        if _accepts(figure, number, paragraph.paragraph.text):
            self._settled[at] = None
            return
        found, expected = _side_by_side(number, figure, paragraph.paragraph.text)
        place = paragraph.paragraph
        self._settled[at] = Mismatch(place.place, place.number, found, expected, figure.label, figure.id, figure.as_of)

    def _unsourced(self, at: _At, was: str = "") -> Unsourced:
        paragraph = self._edited[at.paragraph]
        number = paragraph.numbers[at.number]
        sentence = _sentence(paragraph.paragraph.text, number.start)
        return Unsourced(paragraph.paragraph.place, paragraph.paragraph.number, number.text, sentence, was)

    def result(self) -> Checked:
        """Return what was found, in the order of reading."""
        order = sorted(self._settled, key=lambda at: (at.paragraph, at.number))
        said = [self._settled[at] for at in order]
        return Checked(
            tuple(each for each in said if isinstance(each, Mismatch)),
            tuple(each for each in said if isinstance(each, Unsourced)),
            tuple(each for each in self._figures if each.id not in self._seen),
            sum(len(each.numbers) for each in self._edited),
        )


def _touching(paragraph: Numbered, mark: TextMark) -> int | None:
    """Return the number that a bookmark holds; after an edit it may stand beside the bookmark rather than in it."""
    best: tuple[int, int] | None = None
    for index, number in enumerate(paragraph.numbers):
        overlap = min(number.end, mark.end) - max(number.start, mark.start)
        if overlap >= 0 and (best is None or overlap > best[0]):
            best = (overlap, index)
    return best[1] if best else None


def _worth(figure: IssuedFigure) -> NumberInText | None:
    return read_number(figure.text.lstrip("-"))


def _unit(figure: IssuedFigure) -> str:
    worth = _worth(figure)
    return worth.unit if worth is not None else figure.unit


def _accepts(figure: IssuedFigure, number: NumberInText, text: str) -> bool:
    spelled = [read_number(each) for each in figure.spellings]
    if fold_tight(number.text) in map(fold_tight, figure.spellings):
        return _direction(figure, number, text)
    worth = _worth(figure)
    told = [each for each in (worth, *spelled) if each is not None]
    same = any(equal_worth(number, each.value, each.unit or _unit(figure)) for each in told)
    # a cell under a head such as 金额（亿元） says the bare number
    bare = not number.unit and number.value == abs(Decimal(figure.value))
    return (same or bare) and _direction(figure, number, text)


def _direction(figure: IssuedFigure, number: NumberInText, text: str) -> bool:
    """Tell whether the sign, or the words before a number (快, 慢, 下降), go with the figure's sign."""
    before = text[max(0, number.start - _WORDS_BEFORE) : number.start]
    if figure.value < 0:
        less = number.value < 0 or any(word in before for word in _LESS)
        return less and "快" not in before[-2:]
    return not (number.value < 0 or ("慢" in before[-2:] and figure.unit.endswith("百分点")))


def _named(figure: IssuedFigure, paragraph: Numbered, index: int) -> bool:
    """Tell whether the words between the last number (or sentence) and this one, or its unit's noun, name a figure."""
    text, number = paragraph.paragraph.text, paragraph.numbers[index]
    start = max(paragraph.numbers[index - 1].end if index else 0, number.start - _NEAR)
    before = fold_tight(re.split(r"[。！？；;]", text[start : number.start])[-1])
    after = fold_tight(_CLAUSE.split(text[number.end : number.end + _NEAR], maxsplit=1)[0])
    label = fold_tight(figure.label)
    words = {label, label.removeprefix("累计"), label.removeprefix("本年")}
    return any(len(word) >= _SHORTEST_LABEL and (word in before or word in after) for word in words)


def _side_by_side(number: NumberInText, figure: IssuedFigure, text: str) -> tuple[str, str]:
    """Return both numbers as people compare them: without the unit where it is the same word."""
    found, expected = number.text, figure.text
    if figure.unit and figure.unit != "%" and found.endswith(figure.unit):
        found, expected = found.removesuffix(figure.unit), figure.number
    before = text[max(0, number.start - 1) : number.start]
    if before in ("快", "慢"):
        found, expected = before + found, ("慢" if Decimal(figure.value) < 0 else "快") + expected.lstrip("-")
    return found.strip(), expected


def _sentence(text: str, at: int) -> str:
    """Return the sentence around a place, looked for no further than a reader would."""
    before = re.split(_STOP, text[max(0, at - _NEAR) : at])[-1]
    after = _STOP.search(text, at, at + _NEAR)
    found = (before + text[at : after.end() if after else at + _NEAR]).strip()
    return found if len(found) <= _EXCERPT else f"{found[: _EXCERPT - 1]}…"
