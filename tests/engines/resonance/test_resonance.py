"""Investor and project: each factor by hand, what is missing, what would lift, what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feidi.engines.findings import RefusedError
from feidi.engines.resonance import (
    CODES,
    CODES_EN,
    Amount,
    Factor,
    Investor,
    Mandate,
    Project,
    Resonance,
    State,
    Weights,
    Window,
    bound_share,
    resonance,
    resonances,
    words_of,
)

WAN = 10_000_00
INVESTOR = Investor(
    "某某基金",
    {"生物医药": 1, "医疗器械": 1},
    frozenset({"pre_a", "a"}),
    Amount(500 * WAN, 2000 * WAN),
    Mandate(frozenset({"440604"}), 0.6),
    Window(date(2026, 1, 1), date(2026, 12, 31)),
)
PROJECT = Project(
    "某某检测", {"医疗器械": 2}, "a", Amount(1000 * WAN, 1000 * WAN), frozenset({"440604", "440600"}),
    Window(date(2026, 7, 1), date(2027, 6, 30)),
)  # fmt: skip


def of(found: Resonance, code: str) -> Factor:
    return next(each for each in found.factors if each.code == code)


def test_every_factor_by_hand() -> None:
    found = resonance(INVESTOR, PROJECT)
    assert [(each.code.value, each.lo, each.hi) for each in found.factors] == [
        ("sector", pytest.approx(0.5**0.5), pytest.approx(0.5**0.5)),
        ("stage", 1, 1),
        ("ticket", 1, 1),
        ("region", 1, 1),
        ("window", 184 / 365, 184 / 365),
    ]
    assert found.lo == found.hi == pytest.approx((0.5**0.5 * 184 / 365) ** 0.2)
    assert (found.state, found.asks) == (State.YES, ())
    assert {each.exponent for each in found.factors} == {0.2}
    assert all("{" not in words_of(each.said) for each in found.factors)
    assert "5,000,000–20,000,000 CNY" in words_of(of(found, "ticket").said)


def test_exponents() -> None:
    found = resonance(INVESTOR, PROJECT, weights=Weights(sector=0, window=4))
    assert found.hi == pytest.approx((184 / 365) ** (4 / 7))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (replace(INVESTOR, sectors={"陶瓷": 1}), PROJECT),
        (INVESTOR, replace(PROJECT, stage="c")),
        (INVESTOR, replace(PROJECT, ask=Amount(400 * WAN, 499 * WAN))),
        (replace(INVESTOR, mandate=Mandate(frozenset({"110000"}), 1.0)), PROJECT),
        (INVESTOR, replace(PROJECT, window=Window(date(2027, 1, 1), None))),
    ],
)
def test_one_zero_kills(ours: Investor, theirs: Project) -> None:
    found = resonance(ours, theirs)
    assert (found.lo, found.hi, found.state, found.asks) == (0, 0, State.NO, ())
    # what is missing besides does not make it possible again
    assert resonance(ours, replace(theirs, sectors=theirs.sectors if found.factors[0].hi == 0 else None)).hi == 0


def test_a_factor_that_does_not_count_kills_nothing_and_asks_nothing() -> None:
    found = resonance(replace(INVESTOR, sectors=None), replace(PROJECT, stage="c"), weights=Weights(sector=0, stage=0))
    assert found.state is State.YES
    assert found.asks == ()
    assert found.lo == found.hi


@pytest.mark.parametrize(
    ("stage", "value"), [("pre_a", 1), ("a", 1), ("angel", 0.5), ("b", 0.5), ("seed", 0), ("c", 0)]
)
def test_neighbouring_rounds_count_half(stage: str, value: float) -> None:
    found = of(resonance(INVESTOR, replace(PROJECT, stage=stage)), "stage")
    assert found.lo == found.hi == value
    assert (found.lift is None) == (value == 1)


@pytest.mark.parametrize(
    ("ticket", "ask", "interval", "asks"),
    [
        (Amount(5, 20), Amount(10, 10), (1, 1), ()),
        (Amount(5, 20), Amount(25, 25), (0.8, 0.8), ()),
        (Amount(5, 20), Amount(4, 4), (0, 0), ()),
        (Amount(5, 20), Amount(4, 40), (0, 1), ("project.ask",)),
        (Amount(5, 20), Amount(10, 40), (0.5, 1), ("project.ask",)),
        (Amount(5, 20), Amount(30, None), (0, 20 / 30), ("project.ask",)),
        (Amount(5, 20), Amount(None, 4), (0, 0), ()),
        (Amount(None, 20), Amount(10, 10), (0, 1), ("investor.ticket",)),
        (Amount(None, 20), Amount(40, 40), (0.5, 0.5), ()),
        (Amount(5, None), Amount(10, 10), (0.5, 1), ("investor.ticket",)),
        (None, Amount(10, 10), (0, 1), ("investor.ticket",)),
        (Amount(5, 20), None, (0, 1), ("project.ask",)),
        (Amount(5, 20, "USD"), Amount(10, 10), (0, 1), ("exchange_rate",)),
        (Amount(5, 20, None), Amount(10, 10), (0, 1), ("investor.currency",)),
        (Amount(5, 20), Amount(10, 10, None), (0, 1), ("project.currency",)),
    ],
)
def test_tickets(
    ticket: Amount | None, ask: Amount | None, interval: tuple[float, float], asks: tuple[str, ...]
) -> None:
    found = of(resonance(replace(INVESTOR, ticket=ticket), replace(PROJECT, ask=ask)), "ticket")
    assert (found.lo, found.hi, found.asks) == (*interval, asks)


@pytest.mark.parametrize(
    ("mandate", "places", "interval", "asks"),
    [
        (Mandate(frozenset({"甲"}), 0.6), frozenset({"甲"}), (1, 1), ()),
        (Mandate(frozenset({"甲"}), 0.6), frozenset({"乙"}), (0.4, 0.4), ()),
        (Mandate(frozenset({"甲"}), 0.6), None, (0.4, 1), ("project.places",)),
        (Mandate(frozenset({"甲"}), None), frozenset({"乙"}), (0, 1), ("investor.mandate",)),
        (Mandate(frozenset({"甲"}), None), frozenset({"甲"}), (1, 1), ()),
        (Mandate(frozenset(), 0.0), None, (1, 1), ()),
        (None, frozenset({"乙"}), (0, 1), ("investor.mandate",)),
        (Mandate(frozenset(), 0.3), frozenset({"乙"}), (0.7, 1), ("investor.mandate",)),
    ],
)
def test_mandates(
    mandate: Mandate | None, places: frozenset[str] | None, interval: tuple[float, float], asks: tuple[str, ...]
) -> None:
    found = of(resonance(replace(INVESTOR, mandate=mandate), replace(PROJECT, places=places)), "region")
    assert (found.lo, found.hi, found.asks) == (*interval, asks)


def test_reinvestment_binds_what_is_left() -> None:
    # 1.5 times the 2,000万 that the district gave, 1,000万 already placed there: 2,000万 of the 4,000万 left
    share = bound_share(multiple=1.5, contributed_fen=2000 * WAN, invested_there_fen=1000 * WAN, left_fen=4000 * WAN)
    assert share == 0.5
    assert bound_share(multiple=1, contributed_fen=5, invested_there_fen=9, left_fen=4) == 0
    assert bound_share(multiple=3, contributed_fen=5, invested_there_fen=0, left_fen=4) == 1
    with pytest.raises(RefusedError):
        bound_share(multiple=1, contributed_fen=5, invested_there_fen=0, left_fen=0)
    with pytest.raises(RefusedError):
        bound_share(multiple=-1, contributed_fen=5, invested_there_fen=0, left_fen=1)


def test_what_would_lift() -> None:
    worse = replace(
        PROJECT, sectors={"医疗器械": 1, "软件": 1}, stage="b", ask=Amount(2500 * WAN, 2500 * WAN), places=frozenset()
    )
    found = resonance(INVESTOR, worse)
    lifts = {each.code.value: (each.lift.code if each.lift else None) for each in found.factors}
    assert lifts == {
        "sector": "resonance.lift_sector",
        "stage": "resonance.lift_stage",
        "ticket": "resonance.lift_ticket_rest",
        "region": "resonance.lift_region",
        "window": "resonance.lift_window",
    }
    ticket = of(found, "ticket")
    assert ticket.lift is not None
    assert ticket.lift.params["rest_fen"] == 500 * WAN
    full = resonance(INVESTOR, replace(worse, ask=Amount(2000 * WAN, 2000 * WAN)))
    assert ticket.lifted == pytest.approx(full.hi)
    small = of(resonance(INVESTOR, replace(PROJECT, ask=Amount(9, 9))), "ticket")
    assert small.lift is not None
    assert small.lift.params["least_fen"] == 500 * WAN


def test_nothing_known_is_possible_and_asks_for_everything() -> None:
    found = resonance(Investor("甲"), Project("乙"))
    assert (found.lo, found.hi, found.state) == (0, 1, State.POSSIBLE)
    assert found.asks == (
        "investor.sectors", "project.sectors", "investor.stages", "project.stage", "investor.ticket", "project.ask",
        "investor.mandate", "project.places", "investor.window", "project.window",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        (replace(INVESTOR, stages=frozenset({"z"})), PROJECT, "resonance.stage_unknown"),
        (INVESTOR, replace(PROJECT, stage="z"), "resonance.stage_unknown"),
        (replace(INVESTOR, sectors={"a": -1.0}), PROJECT, "resonance.sector_negative"),
        (replace(INVESTOR, ticket=Amount(5, 4)), PROJECT, "resonance.amount_wrong"),
        (replace(INVESTOR, ticket=Amount(-5, 4)), PROJECT, "resonance.amount_wrong"),
        (INVESTOR, replace(PROJECT, ask=Amount(0, 0)), "resonance.amount_wrong"),
        (replace(INVESTOR, mandate=Mandate(frozenset(), 1.2)), PROJECT, "resonance.bound_wrong"),
        (INVESTOR, replace(PROJECT, window=Window(date(2026, 2, 1), date(2026, 1, 1))), "resonance.window_order"),
    ],
)
def test_facts_that_cannot_be(ours: Investor, theirs: Project, code: str) -> None:
    for ask in (lambda: resonance(ours, theirs), lambda: resonances([ours], [theirs])):
        with pytest.raises(RefusedError) as caught:
            ask()
        assert caught.value.refusal.code == code


def test_weights_and_rounds_that_cannot_be() -> None:
    for weights in (Weights(sector=-1), Weights(0, 0, 0, 0, 0), Weights(stage=float("nan"))):
        with pytest.raises(RefusedError):
            resonance(INVESTOR, PROJECT, weights=weights)
    for stages in ((), ("a", "a")):
        with pytest.raises(RefusedError):
            resonance(INVESTOR, PROJECT, stages=stages)


def test_every_code_has_words_in_both_languages() -> None:
    assert list(CODES) == list(CODES_EN)
    assert all(what.strip() for pairs in (CODES, CODES_EN) for what, _fix in pairs.values())
