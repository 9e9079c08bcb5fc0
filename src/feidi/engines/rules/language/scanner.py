"""Walks along one line of a rule: the next fact, number, operator or word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import exact, fold, near, shown, suggestion
from feidi.engines.rules.units import Unit, unit_of

#: A longer line is no rule that a person wrote.
LONGEST_LINE: Final = 2_000
_NUMBER: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_UNIT_RUN: Final = re.compile(r"[^\s\d()\[\]+\-*/,、;:<>=≠~\"'“”]*")
_WORD: Final = re.compile(r"[^\s()\[\]+*/,、;:<>=≠~]+")
_SIGNS: Final = frozenset(" ()[]+-*/,、;:<>=≠~")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a dictionary are, folded, longest first; and which units its facts have."""

    dictionary: FactDictionary
    words: Mapping[str, str]
    lengths: tuple[int, ...]
    units: frozenset[str]

    def find(self, word: str) -> FactDef | None:
        """Return the fact that a folded word means."""
        fact = self.words.get(word)
        return None if fact is None else self.dictionary[fact]


@dataclass(frozen=True, slots=True)
class _ById:
    """A dictionary as a key of the cache: by identity, which holds while the cache keeps it alive."""

    key: int
    dictionary: FactDictionary = field(compare=False)


@lru_cache(maxsize=64)
def _vocabulary(of: _ById) -> Vocabulary:
    dictionary = of.dictionary
    words = {fold(word): fact for word, fact in dictionary.by_word.items() if fact in dictionary}
    units = frozenset(each.unit for each in dictionary if each.type is FactType.NUMBER and each.unit)
    lengths = tuple(sorted({len(word) for word in words}, reverse=True))
    return Vocabulary(dictionary, words, lengths, units)


def vocabulary_of(dictionary: FactDictionary) -> Vocabulary:
    """Return the folded words of a dictionary (kept for the dictionaries last used)."""
    return _vocabulary(_ById(id(dictionary), dictionary))


def fact_unknown(word: str, vocabulary: Vocabulary) -> WrongError:
    """Return the complaint that a word is no fact, with the near ones where there are any."""
    like = near(word, vocabulary.words)
    if like:
        return WrongError("rules.fact_unknown", word=shown(word), near=like)
    return WrongError("rules.fact_not_in_dictionary", word=shown(word))


class Scanner:
    """A position in a folded line."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        if len(text) > LONGEST_LINE:
            raise WrongError("rules.line_too_long", limit=LONGEST_LINE)
        self.text = fold(text)
        self.vocabulary = vocabulary
        self.at = 0

    def skip(self) -> None:
        """Pass over white space."""
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        self.skip()
        return self.at >= len(self.text)

    @property
    def rest(self) -> str:
        """What is left, without white space around."""
        return self.text[self.at :].strip()

    def take(self, sign: str) -> bool:
        """Pass over a sign when it comes next."""
        self.skip()
        found = self.text.startswith(sign, self.at)
        if found:
            self.at += len(sign)
        return found

    def peek(self, *signs: str) -> bool:
        """Tell whether one of these comes next."""
        self.skip()
        return self.text.startswith(signs, self.at)

    def one_of(self, words: Mapping[str, Found]) -> Found | None:
        """Pass over the longest of these words that comes next, and return what it stands for."""
        self.skip()
        for word in sorted(words, key=len, reverse=True):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return words[word]
        return None

    def fact(self, operators: Sequence[str]) -> FactDef | None:
        """Pass over the longest fact word that comes next and ends there; None when none does."""
        self.skip()
        for length in self.vocabulary.lengths:
            end = self.at + length
            found = self.vocabulary.find(self.text[self.at : end]) if end <= len(self.text) else None
            if found is not None and self._ends(end, operators):
                self.at = end
                return found
        return None

    def _ends(self, end: int, operators: Sequence[str]) -> bool:
        return end == len(self.text) or self.text[end] in _SIGNS or self.text.startswith(tuple(operators), end)

    def number(self) -> tuple[Fraction, Unit] | None:
        """Pass over a number with its unit; None when no number comes next."""
        self.skip()
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return exact(match[0]), self.unit()

    def unit(self) -> Unit:
        """Pass over the unit that comes next; no unit is the plain one. A word that is none is refused."""
        before = self.at
        self.skip()
        spaced = self.at > before
        run = _UNIT_RUN.match(self.text, self.at)
        word = run[0] if run else ""
        for end in range(len(word), 0, -1):
            found = unit_of(word[:end], self.vocabulary.units)
            if found is not None and (end == len(word) or self._ends(self.at + end, _AFTER_A_NUMBER)):
                self.at += end
                return found
        if word and not (spaced or word.startswith(_AFTER_A_NUMBER)):
            raise WrongError("rules.unit_unknown", unit=shown(word), near=suggestion(word, self.vocabulary.units))
        self.at = before
        return Unit("", "", Fraction(1))

    def unit_word(self) -> Unit | None:
        """Pass over a bare unit word (the 人 of 万元/人); None when a fact or anything else comes next."""
        self.skip()
        before = self.at
        run = _UNIT_RUN.match(self.text, self.at)
        found = unit_of(run[0], self.vocabulary.units) if run and run[0] else None
        if found is None or not run or self.vocabulary.find(run[0]) is not None:
            self.at = before
            return None
        self.at = run.end()
        return found

    def unknown_word(self, operators: Sequence[str]) -> WrongError:
        """Return the complaint that the word which comes next is no fact."""
        self.skip()
        match = _WORD.match(self.text, self.at)
        word = match[0] if match else self.text[self.at : self.at + 1]
        cut = min((at for each in operators if (at := word.find(each, 1)) > 0), default=len(word))
        if not word:
            return WrongError("rules.line_ends", text=shown(self.text))
        return fact_unknown(word[:cut], self.vocabulary)


#: Words that may follow a number without a space: they are operators, not its unit.
_AFTER_A_NUMBER: Final = (
    "不低于",
    "不高于",
    "高于",
    "低于",
    "不等于",
    "等于",
    "不超过",
    "超过",
    "不少于",
    "少于",
    "大于",
    "小于",
    "在",
)
