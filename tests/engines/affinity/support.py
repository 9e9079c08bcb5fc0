"""What the tests of matching share: a plain reference of terms and BM25, and offers that look like offers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from feidi.engines.affinity import ANYWHERE, FREE, NEVER, Facts, Offer, Span, Ticket
from feidi.engines.affinity.folding import fold

CSL = Path(__file__).parents[4] / "shared" / "eval" / "csl.jsonl"
DAY = date(2026, 6, 1)
_M32 = 0xFFFFFFFF


def is_sign(char: str) -> bool:
    code = ord(char)
    return any(
        low <= code <= high
        for low, high in (
            (0x3005, 0x3007), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
            (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x323AF),
        )
    )  # fmt: skip


def _mixed(value: int, bits: int) -> int:
    value ^= value >> 15
    value = value * 0x2C1B3C6D & _M32
    value ^= value >> 13
    value = value * 0x85EBCA77 & _M32
    return value >> (32 - bits)


def plain_terms(text: str) -> list[int]:
    """The terms of a text, one by one: characters, pairs, words; numbers as documented."""
    folded, terms, word = fold(text) + "\n", [], ""
    for at, char in enumerate(folded):
        following = folded[at + 1] if at + 1 < len(folded) else "\n"
        if is_sign(char):
            terms.append((1 << 20) + (ord(char) & 0xFFFF))
            if is_sign(following):
                terms.append(_mixed((ord(char) * 0x9E3779B1 + ord(following) * 0x85EBCA77) & _M32, 20))
        elif char.isalnum():
            word += char
        if word and (is_sign(char) or not char.isalnum()):
            terms.append(_of_word(word))
            word = ""
    return terms


def _of_word(word: str) -> int:
    digits = sum((ord(char) + 1) * pow(0x01000193, at, 1 << 32) for at, char in enumerate(word))
    return (1 << 20) + (1 << 16) + _mixed(digits & _M32, 18)


def plain_bm25(texts: Sequence[str], need: str) -> list[float]:
    """BM25 of every text, as the formula says."""
    found = [Counter(plain_terms(text)) for text in texts]
    lengths = [sum(each.values()) for each in found]
    mean = sum(lengths) / len(texts) if texts else 0
    scores = [0.0] * len(texts)
    for term, times in Counter(plain_terms(need)).items():
        stands = sum(term in each for each in found)
        idf = math.log(1 + (len(texts) - stands + 0.5) / (stands + 0.5))
        for row, each in enumerate(found):
            count = min(each[term], 255)
            if count:
                norm = 1.2 * (1 - 0.75 + 0.75 * lengths[row] / mean)
                scores[row] += times * idf * count * 2.2 / (count + norm)
    return scores


_PIECES = [
    "陶瓷", "喷墨打印", "墨水", "窑炉", "节能", "余热回收", "PCR", "5G", "检测仪", "濱海", "ＡＢＣ", "，", "。", " ", "℃", "é",
    "😀", "\u0000", "𠮷", "的", "中试", "…", "㎡", "ab12", "封装", "ガラス", "\ud800", "①", "薄膜", "氧化铝", "-", "3.5",
]  # fmt: skip


def text_like(least: int = 0) -> st.SearchStrategy[str]:
    """Texts of pieces, strange characters among them."""
    return st.lists(st.sampled_from(_PIECES), min_size=least, max_size=14).map("".join)


def word_like() -> st.SearchStrategy[str]:
    """Texts that surely hold a word."""
    return st.tuples(text_like(), st.sampled_from(["陶瓷", "窑炉", "PCR", "薄膜"]), text_like()).map("".join)


_SPANS = st.sampled_from([None, Span(1, 2), Span(3, None), Span(None, 1), Span(2, 2)])
_TICKETS = st.sampled_from(
    [None, Ticket(100, 500), Ticket(400, 900), Ticket(None, 50), Ticket(100, 500, "USD"), Ticket(1, 9, None)]
)
_DAYS = st.sampled_from([None, date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1)])
_SETS = st.sampled_from([None, frozenset({"lab"}), frozenset({"fund", "lab"}), frozenset({"plant"})])
_PLACES = st.sampled_from([None, "440604", "440600", "440305", "310000", "yunxi"])


def facts() -> st.SearchStrategy[Facts]:
    """Facts of offers, every one unknown at times."""
    return st.builds(
        Facts,
        kinds=_SETS,
        nodes=st.sampled_from([None, frozenset({"biomed/ivd"}), frozenset({"ceramics/ink", "other"})]),
        place=_PLACES,
        regions=st.sampled_from([None, ANYWHERE, frozenset({"440600"}), frozenset({"310000", "440305"})]),
        stages=_SPANS,
        rounds=_SETS,
        ticket=_TICKETS,
        exclusive_until=st.sampled_from([None, FREE, date(2026, 6, 1), date(2027, 1, 1)]),
        expires_on=st.sampled_from([None, NEVER, date(2026, 5, 31), date(2026, 6, 1)]),
        open_from=_DAYS,
        area=_SPANS,
        load=_SPANS,
        price=_TICKETS,
        environment=_SETS,
        updated_on=_DAYS,
        evidence=st.sampled_from([None, 0.0, 0.5, 1.0]),
    )


def offers(most: int = 14) -> st.SearchStrategy[list[Offer]]:
    """Offers with ids of their own."""
    blocked = st.sampled_from([frozenset(), frozenset({"rival"}), frozenset({"rival", "甲"})])
    one = st.tuples(text_like(), st.sampled_from(["", "甲", "乙"]), facts(), blocked)
    return st.lists(one, max_size=most).map(lambda rows: [Offer(f"o{at}", *row) for at, row in enumerate(rows)])
