"""The best combination is exact: against every admissible set, with the runner-up, what is given up and why."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inside.combination import WAN, make_problem
from feidi.engines.rules.clauses import ClauseSet, Decision, SharedCap, Validity, WindowState
from feidi.engines.rules.combining import Combination, LeftOut, combine, conflicts_of
from feidi.engines.rules.paying import largest_total
from feidi.engines.rules.results import Granted, Outcome, Verdict


def total_of(chosen: tuple[str, ...], clauses: ClauseSet, amounts: dict[str, int]) -> int:
    """What a set comes to under its caps, said as a programme and nothing else."""
    table = [[Fraction(code == other) for other in chosen] for code in chosen]
    limits = [Fraction(amounts[code]) for code in chosen]
    for name, cap in clauses.shared_caps.items():
        table.append([Fraction(name in clauses.clauses[code].shared_caps) for code in chosen])
        limits.append(Fraction(cap.fen))
    return int(largest_total(table, limits)) if chosen else 0


def by_trying_all(
    clauses: ClauseSet, outcomes: list[Outcome]
) -> tuple[tuple[str, ...], int, tuple[str, ...] | None, int]:
    amounts = {each.clause: each.granted.lo_fen for each in outcomes}
    conflicts = conflicts_of(clauses.clauses.values())
    codes = sorted(amounts)
    sets = chain.from_iterable(combinations(codes, size) for size in range(len(codes) + 1))
    admissible = [chosen for chosen in sets if not any(conflicts[code] & set(chosen) for code in chosen)]
    ranked = sorted((-total_of(chosen, clauses, amounts), len(chosen), chosen) for chosen in admissible)
    best = ranked[0]
    others = [each for each in ranked if not set(each[2]) <= set(best[2])]
    return best[2], -best[0], others[0][2] if others else None, -others[0][0] if others else 0


@pytest.mark.parametrize("crossing", [False, True])
def test_agrees_with_every_admissible_set(crossing: bool) -> None:
    for seed in range(60):
        clauses, outcomes = make_problem(seed, 3 + seed % 5, crossing=crossing)
        answer = combine(clauses, outcomes)
        best, total, runner_up, second = by_trying_all(clauses, outcomes)
        assert (answer.best.clauses, answer.best.total_fen) == (best, total), seed
        assert (None if answer.runner_up is None else answer.runner_up.clauses) == runner_up, seed
        assert answer.runner_up is None or answer.runner_up.total_fen == second


def test_the_order_of_clauses_and_outcomes_changes_nothing() -> None:
    for seed in range(20):
        clauses, outcomes = make_problem(seed, 10)
        turned = ClauseSet(dict(reversed(clauses.clauses.items())), dict(reversed(clauses.shared_caps.items())))
        assert combine(turned, outcomes[::-1]) == combine(clauses, outcomes)


@st.composite
def problems(draw: st.DrawFn) -> tuple[ClauseSet, list[Outcome]]:
    """Draw up to seven clauses with few different amounts, any exclusions and groups, and caps that may cross."""
    count = draw(st.integers(1, 7))
    clauses, outcomes = make_problem(0, count)
    codes = list(clauses.clauses)
    caps = {name: SharedCap(name, draw(st.integers(0, 40))) for name in draw(st.sampled_from(["", "a", "ab", "abc"]))}
    listed, granted = {}, []
    for code, outcome in zip(codes, outcomes, strict=True):
        listed[code] = replace(
            clauses.clauses[code],
            excludes=draw(st.frozensets(st.sampled_from(codes), max_size=2)) - {code},
            group=draw(st.sampled_from(["", "", "A"])),
            shared_caps=tuple(name for name in caps if draw(st.booleans())),
        )
        fen = draw(st.sampled_from([1, 2, 5, 5, 10, 17]))
        granted.append(replace(outcome, granted=Granted(fen, fen)))
    return ClauseSet(listed, caps), granted


@settings(deadline=None, max_examples=150)
@given(problem=problems())
def test_agrees_with_every_admissible_set_of_any_small_problem(problem: tuple[ClauseSet, list[Outcome]]) -> None:
    clauses, outcomes = problem
    answer = combine(clauses, outcomes)
    best, total, runner_up, second = by_trying_all(clauses, outcomes)
    assert (answer.best.clauses, answer.best.total_fen) == (best, total)
    assert (None if answer.runner_up is None else answer.runner_up.clauses) == runner_up
    assert answer.runner_up is None or answer.runner_up.total_fen == second
    for each in answer.given_up:
        assert each.instead_fen == most_with(each.clause, clauses, outcomes), each.clause


def most_with(code: str, clauses: ClauseSet, outcomes: list[Outcome]) -> int:
    """The most that any admissible set with a clause comes to."""
    amounts = {each.clause: each.granted.lo_fen for each in outcomes}
    conflicts = conflicts_of(clauses.clauses.values())
    sets = chain.from_iterable(combinations(sorted(amounts), size) for size in range(len(amounts) + 1))
    return max(
        total_of(chosen, clauses, amounts)
        for chosen in sets
        if code in chosen and not any(conflicts[each] & set(chosen) for each in chosen)
    )


@pytest.mark.parametrize("seed", range(4))
def test_fifty_clauses_of_one_graph(seed: int) -> None:
    clauses, outcomes = make_problem(seed, 50)
    clauses = ClauseSet({code: replace(each, shared_caps=()) for code, each in clauses.clauses.items()})
    amounts = {each.clause: each.granted.lo_fen for each in outcomes}
    conflicts = conflicts_of(clauses.clauses.values())
    known: dict[frozenset[str], int] = {}

    def largest(left: frozenset[str]) -> int:
        """Without caps: the clause with most conflicts is taken or left; what was asked once is remembered."""
        if left not in known:
            code = max(sorted(left), key=lambda each: len(conflicts[each] & left), default="")
            if not code or not conflicts[code] & left:
                known[left] = sum(amounts[each] for each in left)
            else:
                without = left - {code}
                known[left] = max(largest(without), amounts[code] + largest(without - conflicts[code]))
        return known[left]

    answer = combine(clauses, outcomes)
    everything = frozenset(amounts)
    assert answer.best.total_fen == largest(everything)
    assert answer.given_up
    for each in answer.given_up:
        insisted = everything - {each.clause} - conflicts[each.clause]
        assert each.instead_fen == amounts[each.clause] + largest(insisted)
    assert answer.runner_up is not None
    assert answer.runner_up.total_fen == max(each.instead_fen for each in answer.given_up)


def _two(**more: object) -> tuple[ClauseSet, list[Outcome]]:
    """Three clauses of 50, 30 and 20 万元 without any relation."""
    clauses, outcomes = make_problem(0, 3)
    listed = {
        code: replace(clause, excludes=frozenset(), group="", shared_caps=())
        for code, clause in clauses.clauses.items()
    }
    amounts = [50 * WAN, 30 * WAN, 20 * WAN]
    given = [replace(each, granted=Granted(fen, fen)) for each, fen in zip(outcomes, amounts, strict=True)]
    return ClauseSet(listed), given


def _with(clauses: ClauseSet, code: str, **more: object) -> ClauseSet:
    return replace(clauses, clauses={**clauses.clauses, code: replace(clauses.clauses[code], **more)})


def test_an_exclusion_written_once_holds_both_ways_and_is_the_reason() -> None:
    clauses, outcomes = _two()
    answer = combine(_with(clauses, "Q001", excludes=frozenset({"Q000", "Q777"})), outcomes)
    assert (answer.best.clauses, answer.best.total_fen) == (("Q000", "Q002"), 70 * WAN)
    (given_up,) = answer.given_up
    assert (given_up.clause, given_up.fen, given_up.excluded_by) == ("Q001", 30 * WAN, ("Q000",))
    assert given_up.instead_fen == answer.runner_up.total_fen == 50 * WAN
    assert answer.runner_up.clauses == ("Q001", "Q002")


def test_two_small_ones_beat_the_large_one_they_exclude() -> None:
    clauses, outcomes = _two()
    clauses = _with(clauses, "Q000", excludes=frozenset({"Q001", "Q002"}))
    dearer = [replace(outcomes[0], granted=Granted(49 * WAN, 49 * WAN)), *outcomes[1:]]
    assert combine(clauses, dearer).best.clauses == ("Q001", "Q002")
    # the same total: the fewer clauses
    assert combine(clauses, outcomes).best.clauses == ("Q000",)


def test_of_a_group_one() -> None:
    clauses, outcomes = _two()
    grouped = _with(_with(clauses, "Q000", group="奖励"), "Q002", group="奖励")
    assert combine(grouped, outcomes).best.clauses == ("Q000", "Q001")


def test_a_shared_cap_binds_and_says_so() -> None:
    clauses, outcomes = _two()
    listed = {code: replace(clause, shared_caps=("合计",)) for code, clause in clauses.clauses.items()}
    answer = combine(ClauseSet(listed, {"合计": SharedCap("合计", 60 * WAN)}), outcomes)
    assert answer.best.clauses == ("Q000", "Q001")
    assert (answer.best.total_fen, answer.best.sum_fen, answer.best.bound_by) == (60 * WAN, 80 * WAN, ("合计",))
    (given_up,) = answer.given_up
    assert (given_up.clause, given_up.excluded_by, given_up.caps) == ("Q002", (), ("合计",))
    assert given_up.instead_fen == 60 * WAN


def test_without_any_relation_everything_is_had_and_nothing_given_up() -> None:
    clauses, outcomes = _two()
    answer = combine(clauses, outcomes)
    assert (answer.best.total_fen, answer.runner_up, answer.given_up) == (100 * WAN, None, ())


def test_no_outcome_is_an_empty_combination() -> None:
    answer = combine(ClauseSet({}), [])
    assert (answer.best.clauses, answer.best.total_fen, answer.runner_up) == ((), 0, None)


LEFT_OUT = {
    LeftOut.NOT_ELIGIBLE: {"verdict": Verdict.NOT_ELIGIBLE, "granted": None},
    LeftOut.UNKNOWN: {"verdict": Verdict.UNKNOWN},
    LeftOut.DRAFT: {"validity": Validity.DRAFT},
    LeftOut.UNCONFIRMED: {"validity": Validity.UNCONFIRMED},
    LeftOut.NOT_YET: {"validity": Validity.NOT_YET},
    LeftOut.EXPIRED: {"validity": Validity.EXPIRED},
    LeftOut.FAIR_COMPETITION: {"fair_competition": ("迁移注册地",)},
    LeftOut.WINDOW_CLOSED: {"window": WindowState.CLOSED},
    LeftOut.NO_MONEY: {"granted": None},
    LeftOut.UNSTATED: {"granted": Granted(0, None, unstated="原文未载明")},
    LeftOut.UP_TO: {"granted": Granted(5, 5, up_to=True)},
    LeftOut.NOT_EXACT: {"granted": Granted(5, 6)},
    LeftOut.NOTHING: {"granted": Granted(0, 0)},
}


@pytest.mark.parametrize("reason", list(LeftOut))
def test_what_is_left_out_says_why(reason: LeftOut) -> None:
    clauses, outcomes = _two()
    answer: Combination = combine(clauses, [replace(outcomes[0], **LEFT_OUT[reason]), *outcomes[1:]])
    assert answer.left_out == {"Q000": reason}
    assert answer.best.clauses == ("Q001", "Q002")


@pytest.mark.parametrize("decision", [Decision.REVIEW, Decision.CASE_BY_CASE])
def test_review_stands_beside_as_possible_and_never_in_a_total(decision: Decision) -> None:
    clauses, outcomes = _two()
    clauses = _with(clauses, "Q000", excludes=frozenset({"Q001"}))
    answer = combine(clauses, [replace(outcomes[0], decision=decision), *outcomes[1:]])
    assert answer.best.clauses == ("Q001", "Q002")
    (possible,) = answer.possible
    assert (possible.clause, possible.granted, possible.excluded_by) == ("Q000", Granted(50 * WAN, 50 * WAN), ("Q001",))
    assert not answer.left_out
    # what it comes to need not be known: one may apply
    vague = replace(outcomes[0], decision=decision, granted=Granted(0, None, up_to=True, unstated="未见"))
    assert [each.clause for each in combine(clauses, [vague]).possible] == ["Q000"]
