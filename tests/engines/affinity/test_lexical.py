"""Words: folding, terms and scores say what a plain reference says, whatever is in the texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.affinity import Asking, Need, Offer, Weights
from feidi.engines.affinity.folding import fold, folded_texts
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.terms import terms_of
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import plain_bm25, plain_terms, text_like, word_like
from tests.support.home import examples

BY_WORDS = Weights.of({"lexical": 1})


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.one_of(text_like(), st.text(max_size=30)), max_size=8))
def test_terms_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    folded = folded_texts(texts)
    terms = terms_of(folded)
    numbers = folded.numbers[terms.at].tolist()
    found: list[list[int]] = [[] for _text in texts]
    for number, term in zip(numbers, terms.numbers.tolist(), strict=True):
        found[number].append(term)
    assert [sorted(each) for each in found] == [sorted(plain_terms(text)) for text in texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("５Ｇ基站", "5g基站"),
        ("濱海檢測", "滨海检测"),
        ("ＰＣＲ", "pcr"),
        ("ﾃｽﾄ", "テスト"),
        ("25℃", "25°c"),
        ("é", "e\u0301"),
    ],
)
def test_width_case_and_script_are_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert plain_terms(one) == plain_terms(other)


@given(st.text(max_size=40))
def test_a_text_of_plain_characters_keeps_its_length(text: str) -> None:
    plain = "".join(char for char in text if "\u4e00" <= char <= "\u9fff" or char in "…，。 Ａ5")
    assert len(folded_texts([plain]).text) == len(plain)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(text_like(), min_size=1, max_size=20), word_like())
def test_the_kernel_says_what_the_formula_says(texts: list[str], asked: str) -> None:
    index = Index.build(Offer(f"o{at}", text) for at, text in enumerate(texts))
    wanted = plain_bm25(texts, asked)
    found = index.lexical_scores(Need(asked))
    assert found == pytest.approx({f"o{at}": score for at, score in enumerate(wanted) if score}, abs=1e-5)
    asking = Asking(top=50, weights=BY_WORDS, exhaustive=True)
    best = max(wanted)
    for each in index.query(Need(asked), asking).candidates:
        assert each.score * best == pytest.approx(wanted[int(each.id[1:])], abs=1e-5)


def test_lengths_and_counts_beyond_a_byte() -> None:
    texts = ["瓷" * 300 + "墨水", "瓷墨水" * 3, "墨" * 70_000]
    index = Index.build(Offer(f"o{at}", text) for at, text in enumerate(texts))
    assert list(index.lexical_scores(Need("瓷墨")).values()) == pytest.approx(plain_bm25(texts, "瓷墨"), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "match.need_empty"), (" \n\u3000", "match.need_empty"), ("😀！…", "match.need_no_words"),
     ("\u0000\u200b", "match.need_no_words"), ("瓷" * 2_000_001, "match.text_too_long")],
)  # fmt: skip
def test_a_need_without_words_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Index.build([Offer("a", "瓷")]).query(Need(text))
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("asked", ["瓷", "5", "陶瓷墨水 " * 90_000, "瓷\u0000墨😀水\ud800"])
def test_one_character_a_megabyte_and_strange_characters_are_answered(asked: str) -> None:
    index = Index.build([Offer("a", "陶瓷墨水 5"), Offer("b", "窑炉")])
    assert [each.id for each in index.query(Need(asked)).candidates] == ["a"]


def test_a_word_of_letters_is_whole() -> None:
    index = Index.build([Offer("a", "PCR检测"), Offer("b", "PC检测")])
    assert [each.id for each in index.query(Need("PC"), Asking(weights=BY_WORDS)).candidates] == ["b"]
