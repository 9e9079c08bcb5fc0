"""Tokens: pure, ASCII, and every query finds the text it was cut from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feidi.kernel.search.syllables import sort_place
from feidi.kernel.search.tokens import compact, fold, query_terms, sounds_of, title_token, tokens_of


def holds(tokens: str, query: str) -> bool:
    """The meaning both databases give to a query."""
    have = tokens.split()

    def there(token: str) -> bool:
        return any(each.startswith(token[:-1]) for each in have) if token.endswith("*") else token in have

    return all(any(all(there(token) for token in way) for way in term.anyof) for term in query_terms(query))


def tokens(title: str, *texts: str) -> str:
    return tokens_of(title=title, texts=texts, codes=(), sounds=sounds_of(title), more=())


@given(st.text(max_size=40))
def test_tokens_are_lower_case_ascii_words_once_each(text: str) -> None:
    made = tokens(text, text).split()
    assert all(each.isascii() and each.isalnum() and each == each.lower() for each in made)
    assert len(set(made)) == len(made)


_HAN = st.text(alphabet="禅深城陶瓷科技产业が한", max_size=8)


@given(_HAN, _HAN, _HAN)
def test_every_piece_of_a_title_finds_it(before: str, piece: str, after: str) -> None:
    assert holds(tokens(before + piece + after), piece)


@given(st.text(alphabet="abcz059", max_size=9), st.text(alphabet="禅 -a7", max_size=5))
def test_the_start_of_a_word_finds_it(word: str, rest: str) -> None:
    made = tokens(f"禅{word}", rest)
    assert all(holds(made, word[:length]) for length in range(2, len(word) + 1))


def test_folding() -> None:
    assert fold("ＡＢＣ①ﾊﾟ Müller") == "abc1ハ muller"
    assert compact("禅深（智造） Co., Ltd.") == "禅深智造coltd"
    assert title_token("禅深 (智造)") == title_token("禅深（智造）") != title_token("禅深智")


def test_sounds_know_phrases() -> None:
    assert sounds_of("重庆银行长沙") == ["chong", "qing", "yin", "hang", "chang", "sha"]
    assert sounds_of("A轮 3D") == ["a", "lun", "3", "d"]


def test_places_follow_the_dictionary() -> None:
    titles = ["", "9", "a股", "安", "禅城", "禅深", "长安", "重庆", "佛山", "z", "中山", "αβ"]
    places = [sort_place(sounds_of(each)) for each in titles]
    assert places == sorted(places)
    assert max(places) < 2**36
