"""Many names in memory: who is meant, one question or many, and names that come and go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inside.names import Maker
from benchmarks.names import listed
from feidi.engines.names import compare
from feidi.engines.names import index as index_module
from feidi.engines.names.columns import columns_of, scores
from feidi.engines.names.index import Candidate, NameIndex
from feidi.engines.names.judging import score_of
from feidi.engines.names.profile import profile_of
from tests.engines.names.support import name_like

NAMES = st.lists(name_like(), max_size=12, unique=True)


def told(found: list[Candidate]) -> list[tuple[str, str, float]]:
    return [(each.key, each.by, each.score) for each in found]


def test_short_names_of_listed_firms() -> None:
    """379 real pairs; the other names of the 4,600 are invented after real patterns."""
    pairs, names = listed()
    assert (len(pairs), len(names)) == (379, 4600)
    answers = NameIndex.build(names).query_many([short for short, _full in pairs])
    first = sum(bool(answer) and answer[0].name == full for answer, (_short, full) in zip(answers, pairs, strict=True))
    five = sum(full in {each.name for each in answer} for answer, (_short, full) in zip(answers, pairs, strict=True))
    assert first >= 0.95 * len(pairs)
    assert five >= 0.98 * len(pairs)


def test_written_otherwise_and_still_found_first() -> None:
    maker = Maker(3)
    names = maker.many(1500)
    asked = [maker.asked(name) for name in names[:300]]
    answers = NameIndex.build(names).query_many(asked)
    assert sum(answer[0].name == name for answer, name in zip(answers, names[:300], strict=True)) >= 285


@settings(max_examples=40, deadline=None)
@given(NAMES, st.lists(name_like(), max_size=6))
def test_one_question_or_many(names: list[str], asked: list[str]) -> None:
    index = NameIndex.build(names)
    assert [told(each) for each in index.query_many(asked)] == [told(index.query(each)) for each in asked]


def test_divided_among_processes_answers_the_same() -> None:
    maker = Maker(5)
    names = maker.many(60)
    index = NameIndex.build(names)
    asked = [maker.asked(name) for name in names] * 90
    divided = index.query_many(asked, 2, processes=2)
    assert [told(each) for each in divided] == [told(each) for each in index.query_many(asked, 2)]


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES, st.sets(st.integers(0, 11)), name_like())
def test_added_and_discarded_equals_built_anew(before: list[str], after: list[str], out: set[int], asked: str) -> None:
    index = NameIndex.build((f"a{at}", name) for at, name in enumerate(before))
    index.query(asked)
    for at in out:
        index.discard(f"a{at}")
    for at, name in enumerate(after):
        index.add(f"b{at}", name)
        if at % 5 == 0:
            index.query(asked)
    kept = [(f"a{at}", name) for at, name in enumerate(before) if at not in out]
    anew = NameIndex.build([*kept, *((f"b{at}", name) for at, name in enumerate(after))])
    assert len(index) == len(anew)
    assert told(index.query(asked)) == told(anew.query(asked))


def test_much_change_is_sealed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_SMALL", 20)
    maker = Maker(5)
    names = maker.many(300)
    index = NameIndex()
    for at, name in enumerate(names):
        index.add(name, name)
        if at % 7 == 0:
            index.query(name)
        if at % 3 == 0:
            index.discard(names[at // 2])
    kept = [name for name in names if name in index]
    assert [told(index.query(name)) for name in names] == [
        told(each) for each in NameIndex.build(kept).query_many(names)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(name_like(), name_like()), min_size=1, max_size=8))
def test_columns_say_what_the_formula_says(pairs: list[tuple[str, str]]) -> None:
    ours, theirs = zip(*((profile_of(one), profile_of(other)) for one, other in pairs), strict=True)
    many = scores(columns_of(ours), columns_of(theirs)).tolist()
    assert many == [score_of(one, other) for one, other in zip(ours, theirs, strict=True)]


def test_old_names_lead_to_the_present_one() -> None:
    index = NameIndex.build([("1", "滨海甲乙材料有限公司", ["滨海丙丁材料厂"]), ("2", "滨海丙戊材料厂")])
    (first, *_rest) = index.query("丙丁材料厂")
    assert (first.key, first.name, first.by) == ("1", "滨海甲乙材料有限公司", "滨海丙丁材料厂")
    assert first.reasons[0].code == "names.old_name"
    assert first.score == compare("丙丁材料厂", "滨海丙丁材料厂").score


def test_replaced_and_absent_keys() -> None:
    index = NameIndex.build([("1", "滨海甲乙材料有限公司")])
    assert [each.key for each in index.query("甲乙")] == ["1"]
    index.add("1", "云溪丙丁药业有限公司")
    index.discard("9")
    assert index.query("甲乙") == []
    assert [each.name for each in index.query("丙丁")] == ["云溪丙丁药业有限公司"]
    index.discard("1")
    assert (len(index), index.query("丙丁"), NameIndex().query("甲乙")) == (0, [], [])
