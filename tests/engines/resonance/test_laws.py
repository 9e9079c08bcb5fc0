"""Laws over random investors and projects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.resonance import (
    STAGES,
    Amount,
    Investor,
    Mandate,
    Project,
    State,
    Weights,
    Window,
    resonance,
    resonances,
)

_SECTORS, _PLACES, _FIRST = "医药器材", "甲乙丙", date(2026, 1, 1)
_weightings = st.dictionaries(st.sampled_from(_SECTORS), st.integers(0, 3).map(float), max_size=3)
_some_weighting = _weightings.filter(lambda each: any(each.values()))
_stages, _some_stages = (st.frozensets(st.sampled_from(STAGES), min_size=n, max_size=3) for n in (0, 1))
_places, _some_places = (st.frozensets(st.sampled_from(_PLACES), min_size=n, max_size=2) for n in (0, 1))
_weights = st.tuples(*[st.integers(0, 2).map(float)] * 5).filter(any).map(lambda each: Weights(*each))


def _ends(draw: st.DrawFn, least: int, *, known: bool) -> tuple[int | None, int | None]:
    lo, hi = sorted((draw(st.integers(least, 30)), draw(st.integers(least, 30))))
    if known:
        return lo, hi
    return draw(st.sampled_from([lo, None])), draw(st.sampled_from([hi, None]))


@st.composite
def amounts(draw: st.DrawFn, *, least: int, known: bool, exact: bool = False) -> Amount | None:
    if not known and draw(st.integers(0, 4)) == 0:
        return None
    lo, hi = _ends(draw, least, known=known)
    currency = "CNY" if known else draw(st.sampled_from(["CNY", "CNY", "CNY", "USD", None]))
    return Amount(lo, lo if exact else hi, currency)


@st.composite
def windows(draw: st.DrawFn, *, known: bool) -> Window | None:
    if not known and draw(st.integers(0, 4)) == 0:
        return None
    start, end = (None if each is None else _FIRST + timedelta(each) for each in _ends(draw, 0, known=known))
    return Window(start, end)


@st.composite
def investors(draw: st.DrawFn, *, known: bool = False) -> Investor:
    bound = st.sampled_from([0.0, 0.25, 1.0]) if known else st.sampled_from([0.0, 0.25, 1.0, None])
    mandates = st.builds(Mandate, _some_places if known else _places, bound)
    maybe = st.nothing() if known else st.none()
    return Investor(
        draw(st.sampled_from("ABC")),
        draw(maybe | (_some_weighting if known else _weightings)),
        draw(maybe | (_some_stages if known else _stages)),
        draw(amounts(least=0, known=known)),
        draw(maybe | mandates),
        draw(windows(known=known)),
    )


@st.composite
def projects(draw: st.DrawFn, *, known: bool = False) -> Project:
    maybe = st.nothing() if known else st.none()
    return Project(
        draw(st.sampled_from("PQR")),
        draw(maybe | (_some_weighting if known else _weightings)),
        draw(maybe | st.sampled_from(STAGES)),
        draw(amounts(least=1, known=known, exact=known)),
        draw(maybe | _places),
        draw(windows(known=known)),
    )


@settings(deadline=None)
@given(st.lists(investors(), max_size=4), st.lists(projects(), max_size=4), _weights)
def test_one_and_many_are_equal(ours: list[Investor], theirs: list[Project], weights: Weights) -> None:
    many = resonances(ours, theirs, weights=weights)
    assert many.lo.shape == many.hi.shape == (len(ours), len(theirs))
    for row, investor in enumerate(ours):
        for column, project in enumerate(theirs):
            one = resonance(investor, project, weights=weights)
            assert many.lo[row, column] == pytest.approx(one.lo, abs=1e-12)
            assert many.hi[row, column] == pytest.approx(one.hi, abs=1e-12)
            assert 0 <= one.lo <= one.hi <= 1


@settings(max_examples=100, deadline=None)
@given(investors(known=True), projects(known=True), st.data())
def test_whatever_is_forgotten_the_true_value_stays_inside(
    ours: Investor, theirs: Project, data: st.DataObject
) -> None:
    true = resonance(ours, theirs)
    assert true.lo == true.hi
    forgotten = data.draw(st.sets(st.sampled_from(["sectors", "stages", "ticket", "mandate", "window"])))
    gone = data.draw(st.sets(st.sampled_from(["sectors", "stage", "ask", "places", "window"])))
    found = resonance(replace(ours, **dict.fromkeys(forgotten)), replace(theirs, **dict.fromkeys(gone)))
    assert found.lo - 1e-12 <= true.lo <= found.hi + 1e-12
    assert (found.state is State.NO) <= (true.state is State.NO)
    if found.lo == found.hi:
        assert found.asks == ()


@settings(max_examples=100, deadline=None)
@given(investors(known=True), projects(known=True), st.data())
def test_whichever_end_is_forgotten_the_true_value_stays_inside(
    ours: Investor, theirs: Project, data: st.DataObject
) -> None:
    true = resonance(ours, theirs)
    assert ours.ticket
    assert theirs.ask
    assert ours.window
    assert theirs.window
    below, beyond = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    ask = theirs.ask.lo_fen or 1
    ends, days = st.sets(st.sampled_from(["lo_fen", "hi_fen"])), st.sets(st.sampled_from(["start", "end"]))
    less_ours = replace(
        ours,
        ticket=replace(ours.ticket, **dict.fromkeys(data.draw(ends))),
        window=replace(ours.window, **dict.fromkeys(data.draw(days))),
    )
    less_theirs = replace(
        theirs,
        ask=Amount(max(1, ask - below), data.draw(st.sampled_from([ask + beyond, None]))),
        window=replace(theirs.window, **dict.fromkeys(data.draw(days))),
    )
    found = resonance(less_ours, less_theirs)
    assert found.lo - 1e-12 <= true.lo <= found.hi + 1e-12


@settings(deadline=None)
@given(investors(known=True), projects(known=True))
def test_what_lifts_a_factor_lifts_the_score(ours: Investor, theirs: Project) -> None:
    found = resonance(ours, theirs)
    for factor in found.factors:
        if factor.hi == 1:
            assert factor.lift is None
        if factor.lifted is not None:
            assert factor.lifted >= found.hi - 1e-12
