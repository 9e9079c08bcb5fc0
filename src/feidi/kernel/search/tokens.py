"""From text to tokens, and from what somebody typed to the tokens asked for. Pure: no database.

Every token is lower-case ASCII, a class letter first, so that both databases take it as it is:

======  =======================================================  ==========================
``h``   one or two neighbouring characters (Han, kana, …), hex    ``h7985``, ``h7985z57ce``
``w``   a whole Latin or digit word                               ``wpoct``
``x``   its first two … eight letters                             ``xpo``, ``xpoc``
``q``   two, three neighbouring pinyin initials of the title      ``qcs``, ``qcsk``
``c``   a whole code (credit code, project code)                  ``c91440604ma4…``
``d``   its first six, seven, eight characters                    ``d914406``
``e``   the whole title, as a digest                              ``e0f3c…``
``s``   who may find it                                           ``so12``
``k``   the subject's kind                                        ``kpipelinexproject``
======  =======================================================  ==========================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from typing import cast

#: Mobile and fixed-line numbers and 18-digit resident cards: personal, so never indexed and never searched.
_PERSONAL = re.compile(
    r"(?<![0-9a-z])(?:(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[0-9]{7,8}"
    r"|[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x])(?![0-9a-z])"
)
_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_SEPARATORS = re.compile(r"[\W_]+")
#: Starts of words are tokens of their own: asking the full-text table for a prefix that 100,000 rows share is slow.
_PREFIXES = range(2, 9)
_CODE_PREFIXES = (6, 7, 8)
_PINYIN_GRAMS = (2, 3)
_LONGEST_WORD = 40
_LONGEST_QUERY = 100
_INITIALS_KEPT = 60


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query: an entry must hold any of ``anyof``; a trailing ``*`` asks for a prefix."""

    anyof: tuple[tuple[str, ...], ...]


def fold(text: str) -> str:
    """Return ``text`` without differences of width, case, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize("NFC", "".join(each for each in decomposed if not unicodedata.combining(each)))


def public(text: str) -> str:
    """Return folded ``text`` with telephone and resident-card numbers blanked."""
    return _PERSONAL.sub(" ", fold(text))


def tokens_of(
    *, title: str, texts: Iterable[str], codes: Iterable[str], sounds: Sequence[str], more: Iterable[str]
) -> str:
    """Return the tokens of one entry, each once, sorted, separated by blanks. ``more``: scopes and kind."""
    found: set[str] = set(more)
    for text in (title, *texts):
        for run in _RUN.findall(public(text)):
            found.update(_word_tokens(run) if run.isascii() else _character_tokens(run))
    for code in codes:
        found.update(_code_tokens(code))
    found.update(_grams("q", _initials(sounds), _PINYIN_GRAMS))
    found.add(title_token(title))
    return " ".join(sorted(found))


def title_token(title: str) -> str:
    """Return the token of a whole title: equal for titles that differ in width, case, blanks or punctuation only."""
    return "e" + sha256(compact(title).encode()).hexdigest()[:16]


def compact(text: str) -> str:
    """Return folded ``text`` without blanks and punctuation."""
    return _SEPARATORS.sub("", fold(text))


def sounds_of(title: str) -> list[str]:
    """Return pinyin syllables, letters and digits of a title, one per character (重庆 → chong, qing)."""
    sounds: list[str] = []
    for run in _RUN.findall(public(title)):
        if run.isascii():
            sounds.extend(run)
        else:
            sounds.extend(each for segment in _segments()(run) for each in _pinyin(segment))
    return sounds


@cache
def _segments() -> Callable[[str], Iterable[str]]:
    from pypinyin.seg.mmseg import seg  # noqa: PLC0415 - 0.2 s to load, needed by writers only

    return cast("Callable[[str], Iterable[str]]", seg.cut)


@lru_cache(maxsize=65_536)
def _pinyin(segment: str) -> tuple[str, ...]:
    """Return the syllables of one dictionary word: names share their words, so most are remembered."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    return tuple(lazy_pinyin(segment))


def query_terms(query: str) -> tuple[Term, ...]:
    """Return what an entry must hold to answer ``query``: all of the terms. Empty: nothing to look for."""
    terms: dict[Term, None] = {}
    for run in _RUN.findall(public(query[:_LONGEST_QUERY])):
        for term in _word_terms(run[:_LONGEST_WORD]) if run.isascii() else _character_terms(run):
            terms[term] = None
    return tuple(terms)


def _word_terms(word: str) -> Iterator[Term]:
    ways: list[tuple[str, ...]] = []
    if len(word) == 1:
        ways.append((f"w{word}",))
    elif len(word) in _PREFIXES:
        ways.append((f"x{word}",))
    else:
        ways.append((f"w{word}*",))
    if word.isalpha() and len(word) >= min(_PINYIN_GRAMS):
        ways.append(tuple(_grams("q", word, (min(len(word), max(_PINYIN_GRAMS)),))))
    if len(word) > max(_CODE_PREFIXES):
        ways.append((f"c{word}*",))
    elif len(word) >= min(_CODE_PREFIXES):
        ways.append((f"d{word}",))
    yield Term(tuple(ways))


def _character_terms(run: str) -> Iterator[Term]:
    for token in _hex_grams(run, (min(len(run), 2),)):
        yield Term(((token,),))


def _word_tokens(word: str) -> Iterator[str]:
    word = word[:_LONGEST_WORD]
    yield f"w{word}"
    for length in _PREFIXES:
        if len(word) >= length:
            yield f"x{word[:length]}"


def _code_tokens(written: str) -> Iterator[str]:
    parts = _RUN.findall(fold(written))
    if len(parts) > 1:  # YX-2026-0012 is typed with its dashes as well as without
        for part in parts:
            yield from _word_tokens(part) if part.isascii() else _character_tokens(part)
    code = "".join(parts)[:_LONGEST_WORD]
    if code.isascii() and code:
        yield f"c{code}"
        for length in _CODE_PREFIXES:
            if len(code) >= length:
                yield f"d{code[:length]}"


def _character_tokens(run: str) -> Iterator[str]:
    return _hex_grams(run, (1, 2))


def _hex_grams(run: str, lengths: Iterable[int]) -> Iterator[str]:
    codes = [f"{ord(each):x}" for each in run]
    for length in lengths:
        for start in range(len(codes) - length + 1):
            yield "h" + "z".join(codes[start : start + length])


def _initials(sounds: Sequence[str]) -> str:
    initials = "".join(each[0] for each in sounds[:_INITIALS_KEPT] if each)
    return "".join(each for each in initials if each.isascii() and each.isalnum())


def _grams(prefix: str, text: str, lengths: Iterable[int]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(text) - length + 1):
            yield prefix + text[start : start + length]
