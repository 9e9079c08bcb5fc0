"""An index that is changed answers as one built anew; ids are unique; the one and the many form agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.affinity import Asking, Need, Offer, Weights
from feidi.engines.affinity.index import Index
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import DAY, facts, offers, text_like, word_like
from tests.support.home import examples

#: Meaning is learnt when an index is built, so it is left out where indexes of different history are compared.
WEIGHTS = replace(Weights(), meaning=0)


@settings(max_examples=examples(20), deadline=None)
@given(offers(), st.lists(st.tuples(st.integers(0, 20), text_like(), facts()), max_size=8),
       st.sets(st.integers(0, 13)), word_like(), facts())  # fmt: skip
def test_changed_equals_built_anew(before: list[Offer], fresh: list, out: set[int], asked: str, wanted) -> None:
    index = Index.build(before)
    kept = {each.id: each for each in before}
    for number, text, some in fresh:
        kept[f"o{number}"] = Offer(f"o{number}", text, "甲", some)
        index.add([kept[f"o{number}"]])
    gone = [f"o{number}" for number in sorted(out) if f"o{number}" in kept]
    index.remove(gone)
    for each in gone:
        del kept[each]
    anew, need = Index.build(kept.values()), Need(asked, wanted, owner="rival")
    asking = Asking(top=30, weights=WEIGHTS, on=DAY, per_owner=2)
    assert len(index) == len(kept)
    assert sorted(index.ids()) == sorted(kept)
    assert index.query(need, asking) == anew.query(need, asking)
    index.compact()
    assert index.query(need, asking) == anew.query(need, asking)
    assert {each: index.get(each) for each in kept} == kept


@settings(max_examples=examples(30), deadline=None)
@given(offers(), st.lists(st.tuples(word_like(), facts()), max_size=4))
def test_one_need_or_many(given_offers: list[Offer], asked: list) -> None:
    index = Index.build(given_offers)
    needs = [Need(text, wanted) for text, wanted in asked]
    asking = Asking(on=DAY)
    assert index.query_many(needs, asking) == [index.query(need, asking) for need in needs]


def test_what_is_added_or_changed_is_found_at_once_and_what_is_removed_no_more() -> None:
    index = Index.build([Offer("a", "陶瓷墨水"), Offer("b", "窑炉节能")])
    index.add([Offer("c", "陶瓷薄膜"), Offer("b", "陶瓷封装")])
    assert {each.id for each in index.query(Need("陶瓷")).candidates} == {"a", "b", "c"}
    assert index.query(Need("窑炉")).candidates == ()
    index.remove(["a", "c"])
    assert [each.id for each in index.query(Need("陶瓷")).candidates] == ["b"]
    assert ("a" in index, "b" in index, index.get("a"), len(index)) == (False, True, None, 1)


def test_what_is_folded_in_later_has_a_meaning() -> None:
    texts = [
        "陶瓷 喷墨 打印 墨水 色料",
        "窑炉 节能 余热 燃烧 烟气",
        "细胞 培养 传代 冻存",
        "芯片 封装 键合 减薄",
        "污泥 脱水 焚烧",
    ]
    index = Index.build(Offer(f"o{at}", texts[at % 5] + "甲乙丙丁戊己庚辛"[at % 8]) for at in range(40))
    index.add([Offer("new", "墨水 色料 打印")])
    (found,) = [each for each in index.query(Need("喷墨 墨水"), Asking(top=60)).candidates if each.id == "new"]
    assert found.values["meaning"] > 0.7


@pytest.mark.parametrize(
    ("rows", "code", "params"),
    [([("a", "x"), ("b", "y"), ("a", "z")], "match.id_twice", {"first": 1, "row": 3, "id": "a"}),
     ([("a", "x"), ("", "y")], "match.id_empty", {"row": 2})],
)  # fmt: skip
def test_ids_are_there_once(rows: list[tuple[str, str]], code: str, params: dict) -> None:
    index = Index.build([Offer("k", "陶瓷")])
    for act in (Index.build, index.add):
        with pytest.raises(RefusedError) as refused:
            act([Offer(*row) for row in rows])
        assert (refused.value.refusal.code, refused.value.refusal.params) == (code, params)
    assert index.ids() == ["k"]


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = Index.build([Offer("a", "陶瓷"), Offer("b", "窑炉")])
    with pytest.raises(RefusedError) as refused:
        index.remove(["a", "z"])
    assert (refused.value.refusal.code, sorted(index.ids())) == ("match.id_unknown", ["a", "b"])


def test_an_empty_index_answers_with_nothing() -> None:
    for index in (Index(), Index.build([])):
        assert index.query(Need("陶瓷")).candidates == ()
        index.add([Offer("a", "陶瓷")])
        assert [each.id for each in index.query(Need("陶瓷")).candidates] == ["a"]
        index.remove(["a"])
        assert index.query(Need("陶瓷")).candidates == ()


def test_small_segments_join() -> None:
    index = Index.build(Offer(f"o{at}", f"陶瓷{at}") for at in range(50))
    for at in range(40):
        index.add([Offer(f"n{at}", f"窑炉{at}")])
    assert len(index.view.parts) <= 4
    assert len(index) == 90
