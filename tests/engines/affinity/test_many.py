"""Many needs together give the lists of each need by itself, whatever is asked and however few offers are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inside.offers import OfferMaker
from feidi.engines.affinity import PARTS, Asking, Need, Offer, Weights
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.many import Pairs, match_many, put
from feidi.engines.affinity.matching import rank
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import DAY, facts, offers, word_like
from tests.support.home import examples


def one_by_one(index: Index, needs: Sequence[tuple[int, Need]], asking: Asking) -> Pairs:
    pairs = Pairs()
    for number, need in needs:
        put(pairs, number, index.view, rank(index.view, need, asking))
    return pairs


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name in ("need", "place"):
        assert one[name].tolist() == other[name].tolist()
    assert one["offer"] == other["offer"]
    assert one["missing"] == other["missing"]
    for name in ("score", "bm25", *PARTS):
        np.testing.assert_allclose(one[name], other[name], atol=1e-6)


_NEEDS = st.builds(
    Need,
    word_like(),
    facts(),
    st.sampled_from(["", "rival"]),
    st.sampled_from([frozenset(), frozenset({"甲", "o1"})]),
    st.sampled_from([None, frozenset({"o0", "o2", "o3", "o9"})]),
)
_ASKING = st.builds(
    Asking,
    top=st.sampled_from([2, 20]),
    on=st.sampled_from([None, DAY]),
    exhaustive=st.booleans(),
    per_owner=st.sampled_from([None, 1, 3]),
    weights=st.sampled_from([Weights(), Weights.of({"lexical": 1}), Weights.of({"region": 1, "evidence": 2})]),
    looked_at=st.sampled_from([1, 3, 200]),
    rarest=st.sampled_from([1, 3, 48]),
    reread=st.sampled_from([1, 5, 400]),
)


@settings(max_examples=examples(60), deadline=None)
@given(offers(20), st.lists(_NEEDS, min_size=1, max_size=12), _ASKING, st.sets(st.integers(0, 9), max_size=3))
def test_together_is_one_by_one(given_offers: list[Offer], asked: list[Need], asking: Asking, gone: set[int]) -> None:
    index = Index.build(given_offers)
    index.remove([f"o{at}" for at in sorted(gone) if at < len(given_offers)])
    needs = list(enumerate(asked, 7))
    same(match_many(index.view, needs, asking).columns(), one_by_one(index, needs, asking).columns())


def test_an_index_of_several_segments_is_asked_need_by_need() -> None:
    maker = OfferMaker(5)
    rows = list(maker.offers(400))
    index = Index.build(rows[:300])
    index.add(rows[290:320])
    assert len(index.view.parts) == 2
    needs = list(enumerate(maker.needs(20)))
    same(match_many(index.view, needs, Asking(on=DAY)).columns(), one_by_one(index, needs, Asking(on=DAY)).columns())


@pytest.mark.parametrize("per_owner", [None, 2])
def test_few_offers_are_looked_at_of_a_larger_index(per_owner: int | None) -> None:
    maker = OfferMaker(4)
    index, needs = Index.build(maker.offers(4_000)), list(enumerate(maker.needs(60)))
    asking = Asking(on=DAY, top=8, looked_at=12, reread=12, rarest=8, per_owner=per_owner, near_misses=0)
    same(match_many(index.view, needs, asking).columns(), one_by_one(index, needs, asking).columns())


def test_equal_scores_stand_by_id() -> None:
    index = Index.build(Offer(key, "陶瓷墨水") for key in ("c", "a", "d", "b"))
    assert match_many(index.view, [(0, Need("墨水")), (1, Need("陶瓷"))], Asking(top=3)).offer == [*"abc", *"abc"]


@pytest.mark.parametrize(("text", "code"), [("", "match.need_empty"), ("😀", "match.need_no_words")])
def test_a_need_without_words_is_refused_among_others(text: str, code: str) -> None:
    index = Index.build([Offer("a", "瓷")])
    with pytest.raises(RefusedError) as refused:
        match_many(index.view, [(0, Need("瓷")), (1, Need(text))], Asking())
    assert refused.value.refusal.code == code


def test_no_need_has_no_list() -> None:
    assert match_many(Index.build([Offer("a", "瓷")]).view, [], Asking()).columns()["offer"] == []
