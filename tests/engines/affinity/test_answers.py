"""Answers: parts add up, ties are broken by id, lists are diverse, the bound holds, reasons are readable."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given, settings

from feidi.engines.affinity import PARTS, Asking, Facts, Need, Offer, State, Weights
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.matching import rank
from feidi.engines.affinity.semantics import KNOWN, load
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import DAY, facts, offers, word_like
from tests.support.home import examples

BY_WORDS = Weights.of({"lexical": 1})


@settings(max_examples=examples(40), deadline=None)
@given(offers(), word_like(), facts())
def test_parts_add_up_to_the_score(given_offers: list[Offer], asked: str, wanted: Facts) -> None:
    result = Index.build(given_offers).query(Need(asked, wanted), Asking(on=DAY, top=20))
    scores = [each.score for each in result.candidates]
    assert scores == sorted(scores, reverse=True)
    for each in result.candidates:
        assert sum(each.parts.values()) == pytest.approx(each.score, abs=1e-6)
        assert all(0 <= value <= 1 + 1e-9 for value in each.values.values())
        assert set(each.parts) <= set(PARTS)
        assert (each.state is State.FITS) <= (not {"kinds", "expires_on", "exclusive_until"} & set(each.missing))
        assert sum(word.share for word in each.words) <= 1 + 1e-9


@settings(max_examples=examples(40), deadline=None)
@given(offers(20), word_like())
def test_no_offer_left_out_is_above_the_bound(given_offers: list[Offer], asked: str) -> None:
    index, need = Index.build(given_offers), Need(asked)
    asking = Asking(top=2, weights=BY_WORDS, looked_at=2, rarest=2, reread=2, per_owner=None)
    ranked = rank(index.view, need, asking)
    seen = {
        index.view.parts[each.listed.part].segment.ids[int(row)] for each in ranked.scored for row in each.listed.rows
    }
    result = index.query(need, asking)
    unseen = [score for key, score in index.lexical_scores(need).items() if key not in seen]
    assert all(score <= result.lexical_bound for score in unseen)
    if result.best_lexical and unseen:
        assert min(1, max(unseen) / result.best_lexical) <= result.bound + 1e-9


def test_equal_scores_stand_by_id() -> None:
    index = Index.build(Offer(key, "陶瓷墨水") for key in ("c", "a", "d", "b"))
    index.add([Offer("aa", "陶瓷墨水")])
    assert [each.id for each in index.query(Need("墨水"), Asking(top=4)).candidates] == ["a", "aa", "b", "c"]


def test_one_owner_does_not_fill_the_list() -> None:
    rows = [Offer(f"x{at}", "陶瓷墨水" + "甲" * at, "大公司") for at in range(4)] + [
        Offer("y", "陶瓷墨水与其他许多别的东西", "小公司")
    ]
    result = Index.build(rows).query(Need("陶瓷墨水"), Asking(top=3, per_owner=2))
    assert [each.id for each in result.candidates] == ["x0", "x1", "y"]
    assert [(each.owner, each.ids) for each in result.held_back] == [("大公司", ("x2", "x3"))]
    alone = [Offer(f"z{at}", "陶瓷墨水") for at in range(4)]
    assert len(Index.build(alone).query(Need("墨水"), Asking(per_owner=1)).candidates) == 4, "nobody's offers stay"


def test_words_are_runs_that_both_have_and_the_sentence_is_the_telling_one() -> None:
    text = "本公司成立多年。拥有5G陶瓷喷墨打印墨水的中试线，可做ＰＣＲ检测。欢迎联系。"
    others = [Offer(f"o{at}", "公司成立多年，欢迎联系的。") for at in range(5)]
    index = Index.build([Offer("a", text), *others])
    (first, *_rest) = index.query(
        Need("我公司想找做喷墨打印墨水的团队，最好有5g、pcr"), Asking(weights=BY_WORDS)
    ).candidates
    assert first.id == "a"
    assert first.words[0].text == "喷墨打印墨水"
    assert {"5G", "ＰＣＲ"} <= {word.text for word in first.words}
    assert all(len(word.text) > 1 for word in first.words)
    assert first.sentence == "拥有5G陶瓷喷墨打印墨水的中试线，可做ＰＣＲ检测。"


def test_a_sentence_too_long_is_shortened_around_its_best_clause() -> None:
    text = "，".join(
        [f"第{at}项说明文字若干" for at in range(30)] + ["陶瓷墨水中试"] + ["其他的说明" for _ in range(30)]
    )
    sentence = Index.build([Offer("a", text)]).query(Need("陶瓷墨水")).candidates[0].sentence
    assert "陶瓷墨水中试" in sentence
    assert (sentence[0], sentence[-1]) == ("…", "…")
    assert len(sentence) <= 122


def test_weights_decide_which_parts_count() -> None:
    rows = [Offer("near", "陶瓷墨水", facts=Facts(place="440604", evidence=1.0)),
            Offer("far", "陶瓷墨水 陶瓷", facts=Facts(place="310000", evidence=0.0))]  # fmt: skip
    index, need = Index.build(rows), Need("陶瓷", Facts(place="440604"))

    def first(**weights: float) -> str:
        return index.query(need, Asking(weights=Weights.of(weights))).candidates[0].id

    assert (first(lexical=1), first(region=1, lexical=0.1), first(evidence=1)) == ("far", "near", "near")
    assert set(index.query(need, Asking(weights=Weights.of({"evidence": 2}))).candidates[0].parts) == {"evidence"}


@pytest.mark.parametrize(
    ("weights", "code"),
    [({"luck": 1}, "match.part_unknown"), ({"lexical": -1}, "match.weight"), ({"lexical": float("inf")}, "match.weight"),
     ({}, "match.weights_zero"), ({"lexical": 0, "meaning": 0}, "match.weights_zero")],
)  # fmt: skip
def test_weights_that_cannot_be_are_refused(weights: dict[str, float], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Weights.of(weights)
    assert refused.value.refusal.code == code


def test_a_model_of_meaning_may_be_put_beside() -> None:
    class Same:
        def likeness(self, need: str, texts: list[str]) -> list[float]:
            return [float(need[-1] == text[-1]) for text in texts]

    index = Index.build([Offer("a", "陶瓷甲"), Offer("b", "陶瓷乙")])
    index.semantics = Same()  # type: ignore[assignment]
    assert [
        each.id for each in index.query(Need("陶瓷 乙"), Asking(weights=Weights.of({"meaning": 1}))).candidates
    ] == ["b", "a"]


@pytest.mark.parametrize("name", ["use", "e5"])
def test_a_known_model_is_loaded_or_says_what_to_install(name: str) -> None:
    package, module, _make = KNOWN[name]
    if importlib.util.find_spec(module) is None:
        with pytest.raises(RefusedError) as refused:
            load(name)
        assert refused.value.refusal.params["package"] == package
        pytest.skip(f"THE MODEL {name} IS NOT TESTED HERE: {package} is not installed")
    near, far = load(name).likeness("想找陶瓷墨水", ["喷墨打印用的陶瓷油墨", "儿童篮球培训班"])
    assert near > far
