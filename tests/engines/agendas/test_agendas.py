"""Who meets whom and when: stable, deterministic, explained, nobody in two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.agendas import (
    CODES,
    CODES_EN,
    Agenda,
    Matching,
    Pair,
    Party,
    agenda,
    arrays,
    blocking_pairs,
    match,
    match_arrays,
    schedule,
    words_of,
)
from feidi.engines.findings import RefusedError
from feidi.engines.machine import has_compiler


@st.composite
def sides(draw: st.DrawFn, most: int = 6, capacity: int = 3) -> tuple[list[Party], list[Party]]:
    ours = [f"企{i}" for i in range(draw(st.integers(0, most)))]
    theirs = [f"桌{i}" for i in range(draw(st.integers(0, most)))]

    def party(code: str, others: Sequence[str]) -> Party:
        wishes = draw(st.none() | st.permutations(others))
        cut = None if wishes is None else tuple(wishes[: draw(st.integers(0, len(others)))])
        return Party(code, cut, draw(st.integers(0, capacity)))

    return [party(each, theirs) for each in ours], [party(each, ours) for each in theirs]


def slow(first: Sequence[Party], second: Sequence[Party]) -> set[tuple[str, str]]:
    """Gale and Shapley as it is written, one proposal at a time."""
    ours = {each.id: list(each.prefers if each.prefers is not None else [x.id for x in second]) for each in first}
    theirs = {each.id: list(each.prefers if each.prefers is not None else [x.id for x in first]) for each in second}
    room = {each.id: each.capacity for each in first}
    kept: dict[str, list[str]] = {each.id: [] for each in second}
    capacity = {each.id: each.capacity for each in second}
    while True:
        free = [each.id for each in first if room[each.id] and ours[each.id]]
        if not free:
            return {(mine, other) for other, all_mine in kept.items() for mine in all_mine}
        mine = free[-1]
        other = ours[mine].pop(0)
        if mine not in theirs[other]:
            continue
        kept[other].append(mine)
        room[mine] -= 1
        if len(kept[other]) > capacity[other]:
            worst = max(kept[other], key=theirs[other].index)
            kept[other].remove(worst)
            room[worst] += 1


def ids(matching: Matching) -> set[tuple[str, str]]:
    return {(pair.first, pair.second) for pair in matching.pairs}


@settings(max_examples=100, deadline=None)
@given(sides())
def test_stable_and_equal_to_the_slow_way(both: tuple[list[Party], list[Party]]) -> None:
    first, second = both
    found = match(first, second)
    assert blocking_pairs(first, second, found.pairs) == ()
    assert ids(found) == slow(first, second)
    for side, at in ((first, 0), (second, 1)):
        counts = Counter(pair[at] for pair in ids(found))
        assert all(counts[each.id] <= each.capacity for each in side)


@settings(max_examples=100, deadline=None)
@given(sides(most=4, capacity=2))
def test_no_stable_matching_is_better_for_those_who_ask(both: tuple[list[Party], list[Party]]) -> None:
    """With one meeting each, nobody of the asking side does better in any stable matching."""
    first = [Party(each.id, each.prefers, min(each.capacity, 1)) for each in both[0]]
    second = [Party(each.id, each.prefers, min(each.capacity, 1)) for each in both[1]]
    got = {pair.first: pair.first_rank for pair in match(first, second).pairs}
    places = [*range(len(second)), *[-1] * len(first)]
    for order in set(permutations(places, len(first))):
        pairs = [Pair(each.id, second[at].id, 0, 0) for each, at in zip(first, order, strict=True) if at >= 0]
        if all(_wanted(pair, first, second) for pair in pairs) and not blocking_pairs(first, second, pairs):
            for pair in pairs:
                assert got[pair.first] <= _place(first, pair.first, pair.second, second)


def _place(side: Sequence[Party], mine: str, other: str, others: Sequence[Party]) -> int:
    prefers = next(each.prefers for each in side if each.id == mine)
    return (list(prefers) if prefers is not None else [each.id for each in others]).index(other) + 1


def _wanted(pair: Pair, first: Sequence[Party], second: Sequence[Party]) -> bool:
    one = next(each for each in first if each.id == pair.first)
    other = next(each for each in second if each.id == pair.second)
    ours = one.prefers is None or other.id in one.prefers
    theirs = other.prefers is None or one.id in other.prefers
    return ours and theirs and one.capacity > 0 and other.capacity > 0


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 12), st.integers(1, 5), st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 2.0]), st.integers(0, 4)
)
def test_columns_and_chains_are_one_matching(n: int, m: int, seed: int, few: float, most: int) -> None:
    """Rounds of columns only, chains only, and both in turn give what the parties' form gives."""
    rng = np.random.default_rng(seed)
    lists = np.argsort(rng.random((n, m)), axis=1)
    for row in lists:
        row[rng.integers(0, m + 1) :] = -1
    # few values: equal scores are common, and go to the smaller row
    scores = rng.integers(0, 3, (n, m)).astype(float)
    scores[rng.random((n, m)) < 0.1] = np.nan
    capacities, quotas = rng.integers(0, most + 1, m), rng.integers(0, 3, n)
    held = match_arrays(lists, scores, capacities, quotas, few=few)
    found = {(row, int(lists[row, at])) for row, at in np.argwhere(held).tolist()}
    wants = [[int(x) for x in row if x >= 0] for row in lists]
    score = {(row, other): scores[row, at] for row in range(n) for at, other in enumerate(wants[row])}
    first = [Party(f"{row}", tuple(f"t{x}" for x in wants[row]), int(quotas[row])) for row in range(n)]
    second = []
    for other in range(m):
        liked = [row for row in range(n) if (row, other) in score and not np.isnan(score[row, other])]
        order = sorted(liked, key=lambda row: (-score[row, other], row))
        second.append(Party(f"t{other}", tuple(map(str, order)), int(capacities[other])))
    assert {(str(row), f"t{other}") for row, other in found} == ids(match(first, second))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_two_given_up_in_one_round_are_two(seed: int) -> None:
    """Somebody with several meetings may lose two of them at once; then there is room for two."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 200)), int(rng.integers(1, 40))
    lists = np.argsort(rng.random((n, m)), axis=1)
    scores = rng.integers(0, 50, (n, m)).astype(float)
    capacities, quotas = rng.integers(0, 12, m), rng.integers(0, 5, n)
    columns, chains, both = (match_arrays(lists, scores, capacities, quotas, few=few) for few in (0.0, 2.0, 0.3))
    assert (columns == chains).all()
    assert (both == chains).all()


@pytest.mark.skipif(not has_compiler(), reason="numba is not installed")
@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000))
def test_machine_code_gives_the_same_matching(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 60)), int(rng.integers(1, 20))
    lists = np.argsort(rng.random((n, m)), axis=1)
    for row in lists:
        row[rng.integers(0, m + 1) :] = -1
    scores = rng.integers(0, int(rng.integers(1, 50)), (n, m)).astype(float)
    scores[rng.random((n, m)) < 0.1] = np.nan
    scores[rng.random((n, m)) < 0.1] = -np.inf
    capacities, quotas = rng.integers(0, 12, m), rng.integers(0, 5, n)
    plain = match_arrays(lists, scores, capacities, quotas)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "WORTH_COMPILING", 1)
        assert (match_arrays(lists, scores, capacities, quotas) == plain).all()


def test_thousands_have_no_blocking_pair() -> None:
    rng = np.random.default_rng(5)
    n, m, k = 3000, 400, 12
    lists = np.argsort(rng.random((n, m)), axis=1)[:, :k]
    scores, capacities = rng.random((n, k)), rng.integers(0, 9, m)
    held = match_arrays(lists, scores, capacities)
    assert (held.sum(axis=1) <= 1).all()
    counts = np.bincount(lists[held], minlength=m)
    assert (counts <= capacities).all()
    worst = np.full(m, -np.inf)
    for other in np.flatnonzero(counts == capacities):
        worst[other] = scores[held & (lists == other)].min(initial=np.inf)
    got = np.where(held.any(axis=1), held.argmax(axis=1), k)
    better = np.arange(k)[None, :] < got[:, None]
    assert not (better & (scores > worst[lists])).any()


def test_shapes_that_do_not_fit() -> None:
    for lists, scores, capacities in (
        (np.zeros((2, 2), int), np.zeros((2, 3)), np.ones(1, int)),
        (np.ones((2, 2), int), np.zeros((2, 2)), np.ones(1, int)),
    ):
        with pytest.raises(RefusedError):
            match_arrays(lists, scores, capacities)


def left(matching: Matching) -> dict[str, str]:
    return {
        each.id: each.reason.code.removeprefix("agendas.") for each in (*matching.first_left, *matching.second_left)
    }


def test_who_is_left_and_why() -> None:
    first = [
        Party("甲", ("A",)), Party("乙", ("A", "B")), Party("丙", ("A",)), Party("丁", ()), Party("戊", ("C",)),
        Party("己", ("B",)), Party("庚", ("A",), 0), Party("辛", ("D",), 3),
    ]  # fmt: skip
    second = [
        Party("A", ("乙", "甲", "丙"), 1), Party("B", ("甲",), 2), Party("C", None, 0), Party("D", None, 2),
        Party("E", None, 1),
    ]  # fmt: skip
    found = match(first, second)
    assert ids(found) == {("乙", "A"), ("辛", "D")}
    assert left(found) == {
        "甲": "outranked", "丙": "outranked", "丁": "no_wishes", "戊": "others_closed", "己": "not_wanted",
        "庚": "no_capacity", "辛": "list_used_up", "B": "not_wanted", "C": "no_capacity", "D": "not_wanted",
        "E": "nobody_named",
    }  # fmt: skip
    reason = next(each.reason for each in found.first_left if each.id == "甲")
    assert dict(reason.params) == {"other": "A", "rank": 1, "kept": "乙"}
    assert words_of(reason) == (
        "想见的 A（第 1 志愿）名额已满，留给了它排得更前的 乙。 可以请 A 加一个名额，或补写志愿。"
    )


@settings(deadline=None)
@given(sides())
def test_everybody_with_room_is_told_why(both: tuple[list[Party], list[Party]]) -> None:
    first, second = both
    found = match(first, second)
    for side, told, at in ((first, found.first_left, 0), (second, found.second_left, 1)):
        counts = Counter(pair[at] for pair in ids(found))
        expected = [each.id for each in side if counts[each.id] < each.capacity or not each.capacity]
        assert [each.id for each in told] == expected
        assert all("{" not in words_of(each.reason) for each in told)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=40))
def test_slots_are_the_fewest_and_nobody_is_twice_at_once(edges: set[tuple[int, int]]) -> None:
    pairs = [Pair(str(one), str(other), 1, 1) for one, other in sorted(edges)]
    meetings = schedule(pairs)
    assert {(int(each.first), int(each.second)) for each in meetings} == edges
    for key in (lambda each: ("a", each.slot, each.first), lambda each: ("b", each.slot, each.second)):
        assert max(Counter(map(key, meetings)).values(), default=1) == 1
    busiest = max((*Counter(x for x, _y in edges).values(), *Counter(y for _x, y in edges).values()), default=0)
    assert max((each.slot for each in meetings), default=0) == busiest


@settings(max_examples=100, deadline=None)
@given(sides(), st.none() | st.integers(1, 3))
def test_an_agenda_fits_its_slots(both: tuple[list[Party], list[Party]], slots: int | None) -> None:
    first, second = both
    found = agenda(first, second, slots=slots)
    assert isinstance(found, Agenda)
    assert slots is None or found.slots + found.free_slots == slots
    assert len(found.meetings) == len(found.matching.pairs)
    counts = Counter(each.first for each in found.meetings) + Counter(each.second for each in found.meetings)
    assert not found.slots or found.busiest
    assert all(counts[each] >= found.slots for each in found.busiest)
    assert found == agenda(first, second, slots=slots)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ([Party("甲", None), Party("甲", None)], [], "agendas.id_twice"),
        ([Party("甲", ("无",))], [Party("A", None)], "agendas.id_unknown"),
        ([Party("甲", ("A", "A"))], [Party("A", None)], "agendas.wish_twice"),
        ([Party("甲", None, -1)], [], "agendas.capacity_wrong"),
    ],
)
def test_what_cannot_be(first: list[Party], second: list[Party], code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        match(first, second)
    assert caught.value.refusal.code == code
    with pytest.raises(RefusedError):
        agenda([], [], slots=0)


def test_every_code_has_words_in_both_languages() -> None:
    assert list(CODES) == list(CODES_EN)
    assert all(what.strip() for pairs in (CODES, CODES_EN) for what, _fix in pairs.values())
