"""Why an offer was found, in words: the longest runs that both texts share, and the sentence that matched best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import Final, NamedTuple

import numpy as np

from feidi.engines.affinity.folding import Array, folded_texts
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


class _Run(NamedTuple):
    """Where a run begins and ends, and where the need has it."""

    begin: int
    end: int
    asked: int


def shared_words(texts: Sequence[str], asked: Asked, gains: Sequence[Array]) -> list[tuple[Word, ...]]:
    """Return for each text the telling words that it shares with a need; ``gains`` is what each of the need's terms gave it.

    A run is as long as both sides have it; no term counts in two of them. Shares are of all gains together.
    """
    shown = [text[:_READ] for text in texts]
    folded = folded_texts(shown)
    whole, starts = f"{folded.text}\n", folded.starts.tolist()
    plain = [whole[begin : end - 1] for begin, end in pairwise(starts)]
    return [_words(*each, asked) for each in zip(shown, plain, (own.tolist() for own in gains), strict=True)]


def _words(shown: str, folded: str, left: list[float], asked: Asked) -> tuple[Word, ...]:
    total = sum(left)
    if total <= 0:
        return ()
    readable = shown if len(folded) == len(shown) else folded
    least = 1 if len(asked.text.strip()) == 1 else 2
    found: dict[str, float] = {}
    for run in sorted(_runs(folded, asked, least), key=lambda run: (run.begin - run.end, run.begin)):
        share = _taken(asked, run, left) / total
        if share > 0:
            word = readable[run.begin : run.end]
            found[word] = found.get(word, 0.0) + share
    words = [Word(word, min(1.0, share)) for word, share in found.items()]
    return tuple(sorted(words, key=lambda word: (-word.share, word.text))[:_SHOWN])


def _runs(text: str, asked: Asked, least: int) -> list[_Run]:
    """Return the longest runs of ``text`` that stand in the need too, without breaks and idle ends, not within each other."""
    known, other = asked.known if least > 1 else frozenset(filter(str.isalnum, asked.text)), asked.text
    runs, past = [], 0
    pieces = map(add, text, text[1:]) if least > 1 else text
    for at in [at for at, piece in enumerate(pieces) if piece in known]:
        if at < past:
            continue
        end = at + least
        while end < len(text) and end - at < _LONGEST_WORD and text[end].isalnum() and text[at : end + 1] in other:
            end += 1
        run = _bare(text, at, end, least)
        if run is not None:
            runs.append(_Run(*run, other.find(text[run[0] : run[1]])))
        # the next one may begin with this one's last character
        past = end - 1 if end - at > 1 else end
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


def _taken(asked: Asked, run: _Run, left: list[float]) -> float:
    """Return what is left of the gains of the terms within a run, and take it away."""
    taken, past = 0.0, run.asked + run.end - run.begin
    for terms in asked.at[run.asked : past]:
        for end, number in terms:
            if end <= past:
                taken += left[number]
                left[number] = 0.0
    return taken


def best_sentences(texts: Sequence[str], asked: Asked, weights: Array) -> list[str]:
    """Return for each text its sentence with most of the need in it: the sum of the weights of the different terms it shares.

    A sentence too long to be read is shortened around its best clause; of equal ones the first.
    """
    found = _best_of([_split(_SENTENCE, each[:_READ]) for each in texts], asked, weights)
    long = [number for number, each in enumerate(found) if len(each) > _LONGEST_SENTENCE]
    if long:
        clauses = _best_of([_split(_CLAUSE, found[number]) for number in long], asked, weights)
        for number, clause in zip(long, clauses, strict=True):
            found[number] = _shortened(found[number], clause)
    return found


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    return [each for each in map(str.strip, pattern.findall(text)) if each]


def _shortened(sentence: str, clause: str) -> str:
    at = max(0, sentence.find(clause) - (_LONGEST_SENTENCE - min(len(clause), _LONGEST_SENTENCE)) // 2)
    end = at + _LONGEST_SENTENCE
    return f"{'…' if at else ''}{sentence[at:end]}{'…' if end < len(sentence) else ''}"


def _best_of(groups: Sequence[Sequence[str]], asked: Asked, weights: Array) -> list[str]:
    """Return the best of each group of sentences; all are looked at together."""
    parts = [each for group in groups for each in group]
    if not parts:
        return ["" for _group in groups]
    folded = folded_texts(parts)
    found = terms_of(folded)
    columns = np.minimum(np.searchsorted(asked.numbers, found.numbers), len(asked.numbers) - 1)
    some = asked.numbers[columns] == found.numbers
    width = len(asked.numbers)
    pairs = np.unique(folded.numbers[found.at[some]] * width + columns[some])
    sums = np.bincount(pairs // width, weights=weights[pairs % width], minlength=len(parts)).tolist()
    best, first = [], 0
    for group in groups:
        here = sums[first : first + len(group)]
        best.append(group[here.index(max(here))] if group else "")
        first += len(group)
    return best
