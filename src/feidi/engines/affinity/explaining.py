"""Why an offer was found, in words: the longest runs that both texts share, and the sentence that matched best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from feidi.engines.affinity.folding import Array, folded_text, folded_texts
from feidi.engines.affinity.lexical import Asked
from feidi.engines.affinity.model import Word
from feidi.engines.affinity.terms import terms_of

#: Characters that begin or end a shared run without saying anything.
_IDLE: Final = frozenset("的了和与及在为是等对将并或其该本这那有可能用以于中后前个把被从向到由之也都而且但")
_SHOWN: Final = 5
_LONGEST_WORD: Final = 24
#: Ends of sentences; a full stop of letters ends one behind a Chinese character or before a space.
_SENTENCE: Final = re.compile(r"(?:[^。！？；!?;\n.]|\.(?=[0-9A-Za-z])|(?<=[!-~])\.(?!\s|$))+[。！？；!?;.]?")
_CLAUSE: Final = re.compile(r"[^，,、：:]+[，,、：:]?")
_LONGEST_SENTENCE: Final = 120
#: So much of a text is read for words and sentences; what stands further behind is scored, not shown.
_READ: Final = 4_000


@dataclass(frozen=True, slots=True)
class _Run:
    begin: int
    end: int
    asked: int


def shared_words(text: str, asked: Asked, gains: Array) -> tuple[Word, ...]:
    """Return the telling words that an offer shares with a need; ``gains`` is what each of the need's terms gave it.

    A run is as long as both sides have it; no term counts in two of them. Shares are of all gains together.
    """
    total = float(gains.sum())
    if total <= 0:
        return ()
    shown = text[:_READ]
    folded = folded_text(shown)
    readable = shown if len(folded) == len(shown) else folded
    least = 1 if len(asked.text.strip()) == 1 else 2
    left = gains.copy()
    found: dict[str, float] = {}
    runs = sorted(_runs(folded, asked.text, least), key=lambda run: (run.begin - run.end, run.begin))
    for run in runs:
        share = _taken(asked, run, left) / total
        word = readable[run.begin : run.end]
        if share > 0:
            found[word] = found.get(word, 0.0) + share
    words = [Word(word, min(1.0, share)) for word, share in found.items()]
    return tuple(sorted(words, key=lambda word: (-word.share, word.text))[:_SHOWN])


def _runs(text: str, other: str, least: int) -> list[_Run]:
    """Return the longest runs of ``text`` that stand in ``other`` too, without breaks and idle ends, not within each other."""
    runs, at = [], 0
    while at + least <= len(text):
        if not text[at].isalnum() or text[at : at + least] not in other:
            at += 1
            continue
        end = at + least
        while end < len(text) and end - at < _LONGEST_WORD and text[end].isalnum() and text[at : end + 1] in other:
            end += 1
        run = _bare(text, at, end, least)
        if run is not None:
            runs.append(_Run(*run, other.find(text[run[0] : run[1]])))
        at = max(at + 1, end - 1) if end < len(text) else len(text)
    return runs


def _bare(text: str, begin: int, end: int, least: int) -> tuple[int, int] | None:
    """Return the run without idle characters at its ends and without halves of words of letters; None when nothing is left."""
    if least > 1:
        while begin < end and (text[begin] in _IDLE or _cuts(text, begin)):
            begin += 1
        while end > begin and (text[end - 1] in _IDLE or (end < len(text) and _cuts(text, end))):
            end -= 1
    return (begin, end) if end - begin >= least and text[begin:end].isalnum() else None


def _cuts(text: str, at: int) -> bool:
    """Tell whether a cut here would part a word of letters or digits."""
    return at > 0 and _is_letter(text[at - 1]) and _is_letter(text[at])


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _taken(asked: Asked, run: _Run, left: Array) -> float:
    """Return what is left of the gains of the terms within a run, and take it away."""
    terms = _columns_within(asked, run.asked, run.asked + run.end - run.begin)
    taken = float(left[terms].sum())
    left[terms] = 0
    return taken


def _columns_within(asked: Asked, begin: int, end: int) -> Array:
    """Return which of the need's different terms stand within a stretch of its folded text."""
    places, first, found = asked.places, 0, []
    for at, size in ((places.single, 1), (places.double, 2)):
        low, high = np.searchsorted(at, begin), np.searchsorted(at, end - size, "right")
        found.append(places.numbers[first + low : first + high])
        first += len(at)
    low, high = np.searchsorted(places.starts, begin), np.searchsorted(places.ends, end, "right")
    found.append(places.numbers[first + low : first + max(low, high)])
    return np.searchsorted(asked.numbers, np.unique(np.concatenate(found)))


def best_sentence(text: str, asked: Asked, weights: Array) -> str:
    """Return the sentence of an offer with most of the need in it: the sum of the weights of the different terms it shares.

    A sentence too long to be read is shortened to its best clauses; of equal ones the first.
    """
    sentences = [each.strip() for each in _SENTENCE.findall(text[:_READ])]
    best = _best([each for each in sentences if each], asked, weights)
    if len(best) <= _LONGEST_SENTENCE:
        return best
    clauses = _CLAUSE.findall(best)
    clause = _best([each.strip() for each in clauses if each.strip()], asked, weights)
    at = max(0, best.find(clause) - (_LONGEST_SENTENCE - min(len(clause), _LONGEST_SENTENCE)) // 2)
    shown = best[at : at + _LONGEST_SENTENCE]
    return f"{'…' if at else ''}{shown}{'…' if at + _LONGEST_SENTENCE < len(best) else ''}"


def _best(parts: list[str], asked: Asked, weights: Array) -> str:
    if len(parts) <= 1:
        return parts[0] if parts else ""
    folded = folded_texts(parts)
    found = terms_of(folded)
    columns = np.minimum(np.searchsorted(asked.numbers, found.numbers), len(asked.numbers) - 1)
    some = asked.numbers[columns] == found.numbers
    width = len(asked.numbers)
    pairs = np.unique(folded.numbers[found.at[some]] * width + columns[some])
    sums = np.bincount(pairs // width, weights=weights[pairs % width], minlength=len(parts))
    return parts[int(np.argmax(sums))]
