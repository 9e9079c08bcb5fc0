"""What an explanation says: needed against actual with units, what is missing, and how an amount came about."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from feidi.engines.rules.amounts import Band, Banded, ByCode, Capped, Less, Rounding, Times, Unstated, Where
from feidi.engines.rules.conditions import (
    All,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Mark,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    Span,
)
from feidi.engines.rules.explaining import explain, explain_amount
from feidi.engines.rules.quantities import money_words
from feidi.engines.rules.results import Truth, Why
from feidi.engines.rules.saying import say_known, say_money, say_quantity
from tests.engines.rules.rules_by_hand import (
    AS_OF,
    DICTIONARY,
    WAN,
    at_least,
    clause,
    compare,
    fixed,
    known,
    linear,
    rate,
)


def why(condition: Condition, **facts: object) -> Why:
    return explain(clause(condition), known(**facts), DICTIONARY, as_of=AS_OF)  # type: ignore[arg-type]


RATIO = Compare(linear(0, rd=1, sales=Fraction(-1, 20)), Op.GE, linear(0, sales=1))
SAID: list[tuple[Condition, dict[str, object], str, str]] = [
    (at_least("rd", 300 * WAN), {"rd": 2_990_000_00}, "≥ 300万元", "299万元"),
    (at_least("rd", 300 * WAN), {"rd": (200 * WAN, None)}, "≥ 300万元", "≥ 200万元"),
    (at_least("rd", 300 * WAN), {"rd": (200 * WAN, 400 * WAN)}, "≥ 300万元", "200万元-400万元"),
    (at_least("rd", 300 * WAN), {"rd": (None, 400 * WAN)}, "≥ 300万元", "≤ 400万元"),
    (at_least("rd", 300 * WAN), {}, "≥ 300万元", "未知"),
    (compare(Op.GT, 2000 * WAN, rd=-2), {"rd": 5 * WAN}, "< 1,000万元", "5万元"),
    (compare(Op.GE, -2000 * WAN, sales=1, land=-1), {"sales": 2500 * WAN, "land": 600 * WAN}, "≥ 2,000万元", "1,900万元"),
    (compare(Op.GE, -2000 * WAN, sales=1, land=-1), {"sales": 2500 * WAN}, "≥ 2,000万元", "未知"),
    (compare(Op.GE, 0, sales=1, rd=-1, land=-1), {"sales": 800 * WAN, "rd": 700 * WAN, "land": WAN}, "≥ 701万元", "800万元"),
    (compare(Op.GE, 0, sales=5, rd=-6), {"sales": 10 * WAN, "rd": 10 * WAN}, "≥ 12万元", "10万元"),
    (RATIO, {"rd": 49, "sales": 1000}, "≥ 5%", "4.9%"),
    (RATIO, {"rd": 1, "sales": 3}, "≥ 5%", "33.33%"),
    (RATIO, {"rd": 49_999_999, "sales": 1_000_000_000 - 1}, "≥ 5%", "4.99%"),  # never reads as 5 %
    (RATIO, {"rd": 49_999_999_99, "sales": 1_000_000_000_01}, "≥ 5%", "4.99%"),
    (RATIO, {"rd": 0, "sales": 0}, "≥ 5%", "分母不大于 0"),
    (RATIO, {"rd": (5, 10), "sales": (100, 200)}, "≥ 5%", "2.5%-10%"),
    (at_least("staff", 10), {"staff": 9}, "≥ 10人", "9人"),
    (at_least("centre", 2), {"centre": 1}, "不低于 市级", "区级"),
    (at_least("centre", 2), {"centre": (1, 3)}, "不低于 市级", "区级-省级"),
    (Is("local"), {"local": False}, "是", "否"),
    (OneOf("kind", frozenset({"legal", "other"})), {"kind": "natural"}, "属于 法人、other", "natural"),
    (Holds("titles", frozenset({"sme", "giant"}), 2), {"titles": frozenset({"champion", "sme"})},
     "含其中2项 省级专精特新、小巨人", "省级专精特新、单项冠军"),
    (Holds("titles", frozenset({"giant"})), {"titles": frozenset()}, "含 小巨人", "无"),
    (Since("founded", Op.GE, 3, Span.YEAR), {"founded": date(2024, 1, 5)}, "满 3年（不晚于 2023-11-29）", "2024-01-05"),
    (Since("founded", Op.LE, 1, Span.MONTH), {"founded": date(2024, 1, 5)},
     "未超过 1个月（2026-10-29 至 2026-11-29）", "2024-01-05"),
    (OnDay("founded", Op.LE, date(2025, 12, 31).toordinal()), {"founded": date(2026, 1, 1)}, "≤ 2025-12-31", "2026-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "facts", "needed", "actual"), SAID)
def test_needed_against_actual(condition: Condition, facts: dict[str, object], needed: str, actual: str) -> None:
    answered = why(condition, **facts)
    assert (answered.needed, answered.actual) == (needed, actual)


def test_the_tree_has_the_shape_of_the_rule_and_says_what_is_missing() -> None:
    mark = Mark(words="在本地工作满一年", article="第三条", quote="须在本地", line=7, role="subject")
    answered = why(
        All(
            (
                Is("local", mark=mark),
                AtLeast(2, (Is("clean"), at_least("rd", 1), at_least("sales", 1))),
                Not(Is("clean")),
            )
        ),
        rd=5,
    )
    assert (answered.kind, answered.truth, answered.missing) == ("all", Truth.UNKNOWN, ("local", "clean", "sales"))
    local, two, opposite = answered.parts
    assert (local.words, local.article, local.quote, local.role) == (
        "在本地工作满一年",
        "第三条",
        "须在本地",
        "subject",
    )
    assert (two.kind, two.needed, two.actual) == ("at_least", "至少2项", "1项，另2项未知")
    assert [(part.truth, part.missing, part.facts) for part in two.parts] == [
        (Truth.UNKNOWN, ("clean",), ("clean",)), (Truth.YES, (), ("rd",)), (Truth.UNKNOWN, ("sales",), ("sales",)),
    ]  # fmt: skip
    assert (opposite.kind, opposite.parts[0].kind) == ("not", "is")


def test_what_is_decided_waits_for_nothing() -> None:
    answered = why(All((Is("local"), Is("clean"))), clean=False)
    assert (answered.truth, answered.missing) == (Truth.NO, ())
    assert answered.parts[0].missing == ("local",)


def steps(amount: object, rounding: Rounding = Rounding.HALF_UP, unit: int = 1, **facts: object) -> list[str]:
    rule = clause(amount=amount, rounding=rounding, unit_fen=unit)  # type: ignore[arg-type]
    told = explain_amount(rule, known(**facts), DICTIONARY, as_of=AS_OF)  # type: ignore[arg-type]
    return [f"{'>' * step.depth}{step.words} = {step.said}{' !' if step.binds else ''}" for step in told]


BANDS = Banded(
    linear(0, rd=1),
    (
        Band(Fraction(300 * WAN), True, Fraction(1000 * WAN), False, fixed(5)),
        Band(Fraction(1000 * WAN), True, Fraction(6000 * WAN), False, fixed(30)),
    ),
)


def test_how_an_amount_came_about() -> None:
    times = Times(BANDS, "titles", (("sme", Fraction(3, 2)), ("giant", Fraction(2))))
    amount = Capped(times, ByCode("titles", (("sme", fixed(50)), ("giant", fixed(55)))), name="每家企业")
    assert steps(amount, rd=5000 * WAN, titles=frozenset({"sme", "giant"})) == [
        "封顶 每家企业 = 55万元 !",
        ">企业称号 的倍数 2 = 60万元",
        ">>按 研发费用 分档 = 30万元",
        ">>>第2档 [1,000万元, 6,000万元)：30万元 = 30万元",
        ">按 企业称号 = 55万元",
        ">>省级专精特新：50万元 = 50万元",
        ">>小巨人：55万元 = 55万元",
    ]
    assert steps(BANDS, rd=WAN) == ["按 研发费用 分档 = 0元", ">不在任何一档内 = 0元"]
    assert steps(Less(fixed(50), linear(0, got=1)), got=20 * WAN) == ["减去 本年已得 = 30万元", ">50万元 = 50万元"]


def test_a_sum_for_each_unit() -> None:
    assert steps(rate("staff", Fraction(100_000)), staff=20) == ["员工人数 × 1,000元/人 = 2万元"]


def test_a_rounding_that_changes_something_is_a_step() -> None:
    assert steps(rate("rd", Fraction(1, 5)), Rounding.DOWN, WAN, rd=52 * WAN) == [
        "舍去到万元 = 10万元",
        ">研发费用 × 20% = 10.4万元",
    ]
    assert steps(rate("rd", Fraction(1, 5)), Rounding.DOWN, WAN, rd=50 * WAN) == ["研发费用 × 20% = 10万元"]


def test_what_is_open_shows_every_way_it_can_go() -> None:
    amount = Where(Is("local", mark=Mark(words="在本地")), fixed(5), Unstated("原文未载明"))
    assert steps(amount) == ["看是否 在本地 = ≥ 0元", ">是：5万元 = 5万元", ">否：未知：原文未载明 = ≥ 0元"]
    assert steps(amount, local=True) == ["看是否 在本地 = 5万元", ">是：5万元 = 5万元"]
    assert steps(None) == []


def test_money_reads_as_the_language_writes_it() -> None:
    chance = random.Random(4)
    for _draw in range(3000):
        fen = chance.choice((1, 100, WAN, 10**8, 10**10)) * chance.randint(-300, 30_000) + chance.choice(
            (0, 0, chance.randint(0, 9999))
        )
        assert say_money(fen) == money_words(fen)


def test_a_number_without_end_is_cut_and_differs_from_what_it_is_held_against() -> None:
    third = Fraction(100, 3)
    assert say_quantity(third, "") == "33.33"
    assert say_quantity(third, "", Fraction(3333, 100)) == "33.333"
    assert say_quantity(-third, "人") == "-33.34人"
    assert say_quantity(Fraction(WAN * 5, 3), "元") == "1.66万元"
    assert say_known(DICTIONARY["centre"], None) == "未知"
