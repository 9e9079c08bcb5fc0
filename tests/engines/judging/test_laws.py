"""What must hold whatever the scores are; and the written vectors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.engines.judging import (
    CODES,
    CODES_EN,
    Corrected,
    Method,
    Reader,
    Reading,
    Rule,
    Score,
    agreement,
    assign,
    correct,
    differences,
    krippendorff,
    official,
    rounded,
    trimmed_mean,
    words_of,
)


def table(rows: dict[str, dict[str, float | int | str]]) -> list[Score]:
    return [Score(project, judge, Decimal(str(value))) for project, row in rows.items() for judge, value in row.items()]


@st.composite
def panels(draw: st.DrawFn, least: int = 2) -> list[Score]:
    """Some judges, each project read by some of them, scores in halves."""
    judges = [f"j{n}" for n in range(draw(st.integers(least, 6)))]
    scores = []
    for number in range(draw(st.integers(1, 7))):
        panel = draw(st.permutations(judges))[: draw(st.integers(least, len(judges)))]
        scores += [
            Score(f"p{number}", judge, Decimal(draw(st.integers(0, 200))) / 2, {"a": Decimal(draw(st.integers(0, 40)))})
            for judge in panel
        ]
    return scores


def corrected(scores: Sequence[Score]) -> Corrected:
    try:
        return correct(scores)
    except RefusedError:
        assume(condition=False)
        raise


def order(found: Corrected) -> dict[str, int]:
    return {each.project: each.rank for each in found.places}


def test_the_written_vectors() -> None:
    given = [Decimal(each) for each in ("88.5", "90", "76", "95", "90")]
    assert str(rounded(trimmed_mean(given))) == "89.50"
    assert str(rounded(trimmed_mean([Decimal(80)] * 5))) == "80.00"
    with pytest.raises(RefusedError) as refused:
        trimmed_mean([Decimal(80)] * 3, "甲")
    assert refused.value.refusal.code == "judging.too_few_to_trim"
    assert refused.value.refusal.params == {"project": "甲", "judges": 3, "needed": 5}
    with pytest.raises(RefusedError):
        official(table({"甲": {"1": 80, "2": 80, "3": 80, "4": 81}}), Rule(Method.TRIMMED))


@settings(max_examples=80, deadline=None)
@given(panels(), st.randoms(use_true_random=False), st.sampled_from([(), ("criterion:a", "median", "spread")]))
def test_the_order_of_the_rows_does_not_matter(scores: list[Score], random: object, ties: tuple[str, ...]) -> None:
    mixed = list(scores)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    rule = Rule(Method.MEAN, ties=ties)
    assert official(mixed, rule) == official(scores, rule)
    mine = corrected(scores)
    assert order(correct(mixed)) == order(mine)


@settings(max_examples=80, deadline=None)
@given(panels(), st.integers(-50, 50))
def test_a_constant_for_one_judge_changes_no_corrected_rank(scores: list[Score], constant: int) -> None:
    before = corrected(scores)
    judge = scores[0].judge
    after = correct(
        [Score(each.project, each.judge, each.value + (constant if each.judge == judge else 0)) for each in scores]
    )
    assert order(after) == order(before)
    shift = constant / len(before.judges)
    for one, other in zip(before.places, after.places, strict=True):
        assert other.score - one.score == pytest.approx(shift, abs=1e-6)
    assert after.residual == pytest.approx(before.residual, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 6), st.integers(2, 8), st.data())
def test_where_everybody_scores_everything_the_correction_is_the_mean(n: int, m: int, data: st.DataObject) -> None:
    rows = {f"p{p}": {f"j{j}": data.draw(st.integers(0, 100)) for j in range(n)} for p in range(m)}
    found = correct(table(rows))
    for each in found.places:
        assert each.score == pytest.approx(each.mean, abs=1e-6)
    assert sum(each.effect for each in found.judges) == pytest.approx(0, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(panels())
def test_ranks_follow_the_printed_result(scores: list[Score]) -> None:
    places = official(scores, Rule(Method.MEAN)).places
    for each in places:
        assert each.rank == 1 + sum(other.score > each.score for other in places)
        assert each.shared == (sum(other.score == each.score for other in places) > 1)
    for each in places:
        values = [score.value for score in scores if score.project == each.project]
        assert abs(each.score - sum(values) / len(values)) <= Decimal("0.005")


def test_a_graph_in_two_lots_is_refused_with_the_lots() -> None:
    rows = {
        "甲": {"张": 80, "王": 70},
        "乙": {"张": 75, "王": 72},
        "丙": {"李": 90, "赵": 60},
        "丁": {"李": 91, "赵": 66},
    }
    with pytest.raises(RefusedError) as refused:
        correct(table(rows))
    assert refused.value.refusal.code == "judging.not_connected"
    assert refused.value.refusal.params == {"groups": 2, "parts": "张、王；李、赵"}


def test_one_bridge_is_too_thin() -> None:
    rows = {
        "甲": {"张": 80, "王": 70},
        "乙": {"张": 75, "王": 72},
        "丙": {"李": 90, "赵": 60},
        "丁": {"李": 91, "赵": 66, "张": 77},
    }
    with pytest.raises(RefusedError) as refused:
        correct(table(rows))
    assert refused.value.refusal.code == "judging.overlap_low"
    assert correct(table(rows), overlap=1).freedom == 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"甲": {"张": 80}, "乙": {"张": 70}}, "judging.one_judge"),
        ({"甲": {"张": 80, "王": 81}}, "judging.overlap_low"),
        ({}, "judging.no_scores"),
    ],
)
def test_what_cannot_be_corrected(rows: dict[str, dict[str, float | int | str]], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        correct(table(rows))
    assert refused.value.refusal.code == code


def test_no_freedom_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        correct(table({"甲": {"张": 80, "王": 81}}), overlap=1)
    assert refused.value.refusal.code == "judging.no_freedom"


def test_a_judge_twice_is_refused() -> None:
    scores = [*table({"甲": {"张": 80}}), *table({"甲": {"张": 81}})]
    for reckon in (lambda: official(scores, Rule(Method.MEAN)), lambda: correct(scores)):
        with pytest.raises(RefusedError) as refused:
            reckon()
        assert refused.value.refusal.code == "judging.twice"


def test_ties_by_the_written_rule_in_its_order() -> None:
    def score(project: str, judge: str, a: int, b: int) -> Score:
        return Score(project, judge, Decimal(a + b), {"a": Decimal(a), "b": Decimal(b)})

    scores = [
        score("甲", "1", 30, 50), score("甲", "2", 30, 50),
        score("乙", "1", 35, 45), score("乙", "2", 35, 45),
        score("丙", "1", 30, 40), score("丙", "2", 30, 60),
    ]  # fmt: skip
    plain = official(scores, Rule(Method.MEAN))
    assert [each.rank for each in plain.places] == [1, 1, 1]
    assert [each.code for each in plain.findings] == ["judging.tie_left"]
    by_part = official(scores, Rule(Method.MEAN, ties=("criterion:a", "spread")))
    assert [(each.project, each.rank, each.decided_by) for each in by_part.places] == [
        ("乙", 1, "criterion:a"), ("甲", 2, "spread"), ("丙", 3, "spread"),
    ]  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        official(scores, Rule(Method.MEAN, ties=("criterion:z",)))
    assert refused.value.refusal.code == "judging.part_missing"
    with pytest.raises(RefusedError) as refused:
        official(scores, Rule(Method.MEAN, ties=("dice",)))
    assert refused.value.refusal.code == "judging.tie_rule_unknown"


def test_too_few_judges_and_unequal_reads() -> None:
    scores = table({"甲": {"1": 80, "2": 82}, "乙": {"1": 70}})
    assert [each.code for each in official(scores, Rule(Method.MEAN)).findings] == ["judging.unequal_reads"]
    with pytest.raises(RefusedError) as refused:
        official(scores, Rule(Method.MEAN, judges=2))
    assert refused.value.refusal.params == {"project": "乙", "judges": 1, "needed": 2}


def test_krippendorff_on_the_published_example() -> None:
    """Krippendorff's own data of four observers and twelve units, with gaps: interval alpha 0.849."""
    rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    columns = list(zip(*(row.split() for row in rows), strict=True))
    alpha = krippendorff([[float(value) for value in column if value != "."] for column in columns])
    assert alpha is not None
    assert f"{alpha:.3f}" == "0.849"


def test_a_harsh_judge_lowers_agreement_in_level_not_in_order() -> None:
    scores = table({p: {"严": v - 20, "平": v, "宽": v + 1} for p, v in zip("甲乙丙丁", (80, 70, 65, 90), strict=True)})
    found = agreement(scores, correct(scores))
    assert found.concordance == pytest.approx(1)
    assert found.alpha_corrected == pytest.approx(1)
    assert found.alpha is not None
    assert found.alpha < 0.6


def test_where_the_corrected_order_differs_and_why() -> None:
    rows: dict[str, dict[str, float | int | str]] = {
        "甲": {"严": 70, "平": 83}, "乙": {"宽": 81, "平": 80}, "丙": {"严": 60, "宽": 72},
        "丁": {"严": 61, "平": 71, "宽": 74}, "戊": {"严": 58, "宽": 71}, "己": {"严": 64, "平": 75},
        "庚": {"平": 60, "宽": 62},
    }  # fmt: skip
    scores = table(rows)
    result, found = official(scores, Rule(Method.MEAN)), correct(scores)
    harsh = next(each for each in found.judges if each.judge == "严")
    assert harsh.told
    assert harsh.effect < -5
    moved = {each.project: each for each in differences(result, found, advance=1)}
    assert (moved["甲"].official, moved["甲"].corrected) == (2, 1)
    assert moved["甲"].crosses
    assert moved["甲"].reasons[0].code == "judging.raised"
    assert "严 -" in str(moved["甲"].reasons[0].params["judges"])
    assert moved["乙"].reasons[0].code == "judging.lowered"
    assert "偏严" in words_of(moved["甲"].reasons[0])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(1, 10), st.integers(1, 5), st.data())
def test_a_deal_is_fair(n: int, m: int, reads: int, data: st.DataObject) -> None:
    trades = st.frozensets(st.sampled_from("abc"), max_size=2)
    projects = [Reading(f"p{at}", data.draw(trades)) for at in range(m)]
    conflicts = st.frozensets(st.sampled_from([each.id for each in projects]), max_size=2)
    judges = [Reader(f"j{at}", data.draw(trades), data.draw(conflicts)) for at in range(n)]
    deal = assign(judges, projects, reads)
    for project in projects:
        free = [judge for judge in judges if project.id not in judge.conflicts]
        got = [each.judge for each in deal.assigned if each.project == project.id]
        assert len(got) == len(set(got)) == min(reads, len(free))
        assert set(got) <= {judge.id for judge in free}
    short = {str(each.params["project"]) for each in deal.findings if each.code == "judging.reads_short"}
    assert short == {p.id for p in projects if sum(p.id not in j.conflicts for j in judges) < reads}
    if not any(judge.conflicts for judge in judges):
        loads = Counter(each.judge for each in deal.assigned)
        assert max(loads.values()) - min(loads[judge.id] for judge in judges) <= 1
    assert assign(list(reversed(judges)), list(reversed(projects)), reads).assigned != () or not deal.assigned


def test_a_deal_crosses_panels_so_that_correction_is_possible() -> None:
    judges = [Reader(f"j{at}") for at in range(6)]
    deal = assign(judges, [Reading(f"p{at:02}") for at in range(12)], 3)
    assert deal.findings == ()
    scores = [Score(each.project, each.judge, Decimal(70 + at % 7)) for at, each in enumerate(deal.assigned)]
    assert len(correct(scores).places) == 12


def test_experts_first_but_loads_before() -> None:
    judges = [Reader("生", frozenset({"生物"})), Reader("材", frozenset({"材料"}))]
    projects = [
        Reading("a", frozenset({"生物"})),
        Reading("b", frozenset({"生物"})),
        Reading("c", frozenset({"材料"})),
        Reading("d", frozenset({"材料"})),
    ]
    assert all(each.expert for each in assign(judges, projects, 1).assigned)
    skewed = assign(judges, [Reading(each.id, frozenset({"生物"})) for each in projects], 1)
    assert {each.load for each in skewed.assigned} == {2}
    with pytest.raises(RefusedError):
        assign(judges, projects, 0)


def test_every_code_has_words_in_both_languages() -> None:
    assert set(CODES) == set(CODES_EN)
    for code, parts in CODES.items():
        for zh, en in zip(parts, CODES_EN[code], strict=True):
            assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en)), code
