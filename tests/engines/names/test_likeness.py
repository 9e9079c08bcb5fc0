"""Two names beside each other: relation, reasons, symmetry, keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from feidi.engines.names import CODES, CODES_EN, LIKELY, POSSIBLE, SAME, Relation, compare, keys_of
from feidi.engines.names.codes import words_of
from tests.engines.names.support import name_like, rows_of

PAIRS = [(row["one"], row["other"], row["relation"], row["reason"]) for row in rows_of("likeness_pairs.csv")]


@pytest.mark.parametrize(("one", "other", "relation", "reason"), PAIRS)
def test_relation_and_reason(one: str, other: str, relation: str, reason: str) -> None:
    found = compare(one, other)
    codes = [each.code for each in found.reasons]
    assert found.relation == Relation(relation), (found, codes)
    assert reason in codes if reason else codes == []


@settings(max_examples=200, deadline=None)
@given(name_like(), name_like())
def test_symmetric_and_bounded(one: str, other: str) -> None:
    found, back = compare(one, other), compare(other, one)
    assert (found.score, found.relation) == (back.score, back.relation)
    assert {each.code for each in found.reasons} == {each.code for each in back.reasons}
    assert 0 <= found.score <= 1
    if found.relation in {Relation.SAME, Relation.LIKELY, Relation.POSSIBLE}:
        assert found.score >= {"same": SAME, "likely": LIKELY, "possible": POSSIBLE}[found.relation]
    assert {each.code for each in found.reasons} <= CODES.keys()
    assert all("{" not in words_of(each.code, each.params) for each in found.reasons)


@settings(max_examples=60, deadline=None)
@given(name_like())
def test_a_name_is_itself(name: str) -> None:
    found = compare(name, name)
    if any(char.isalnum() for char in name):
        assert (found.score, found.relation) == (1.0, Relation.SAME)
        assert keys_of(name)
    assert len(keys_of(name)) <= 10
    assert all(0 < len(key) <= 20 for key in keys_of(name))


def test_an_empty_name_is_like_nothing() -> None:
    assert compare("", "").relation is Relation.DIFFERENT
    assert keys_of(" （） ") == ()


def test_pairs_worth_comparing_share_a_key() -> None:
    """What a table of keys would fetch: nearly all short names of listed firms, and every related pair."""
    rows = rows_of("listed_pairs.csv")
    missed = [row["short"] for row in rows if not {*keys_of(row["short"])} & {*keys_of(row["full"])}]
    assert len(missed) <= 0.06 * len(rows), missed
    apart = [(one, other) for one, other, relation, _reason in PAIRS
             if relation in {"same", "likely", "branch", "affiliate"} and not {*keys_of(one)} & {*keys_of(other)}]  # fmt: skip
    assert apart == []


def test_every_code_has_both_languages_and_the_same_holes() -> None:
    assert CODES.keys() == CODES_EN.keys()
    for code, words in CODES.items():
        holes = [set(re.findall(r"\{(\w+)\}", "".join(each))) for each in (words, CODES_EN[code])]
        assert holes[0] == holes[1], code
