"""Laws of the comparison over invented places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.costing import (
    CONVERSION,
    Figure,
    Place,
    Range,
    compare,
    sensitivity,
)
from tests.engines.costing.support import DAY, HOME, HOST, A, answer, one, place, profile

_numbers = st.integers(0, 400).map(lambda n: Fraction(n, 4))
_ranges = st.tuples(_numbers, _numbers).map(lambda pair: Range(min(pair), max(pair)))
_ITEMS = (
    ("office_grade_a", "元/㎡/月"), ("plant_rent", "元/㎡/月"), ("wage_private", "元/年"), ("power_peak", "元/kWh"),
    ("power_flat", "元/kWh"), ("power_valley", "元/kWh"), ("gas_price", "元/m³"), ("income_tax", "%"), ("pilot", "元"),
    ("income_tax_high_tech", "%"), ("housing_rate", "%"), ("housing_base_floor", "元/月"), ("housing_base_ceiling", "元/月"),
)  # fmt: skip
_ASK = {
    "office": "20㎡", "plant": "30㎡", "power": "40kWh/年", "gas": "5m³/年", "profit": "7元/年", "conversion": ["pilot"],
    "people": [{"kind": "研发", "count": 2, "average": "private"}, {"kind": "行政", "count": 1, "wage": "50元/年"}],
    "years": 3,
}  # fmt: skip


@st.composite
def _places(draw: st.DrawFn, code: str) -> Place:
    found = []
    for at, (item, unit) in enumerate(_ITEMS):
        value = draw(st.none() | _ranges)
        found.append(Figure(item, value, unit, code, since=date(2025, 1, 1), basket=A, file="x", line=at, note=A))
    return place(code, *found)


@settings(max_examples=40, deadline=None)
@given(_places("home"), _places("host"))
def test_swapping_the_sides_negates(home: Place, host: Place) -> None:
    there, back = answer(_ASK, home, host), answer(_ASK, host, home)
    for one_way, other_way in zip(there.lines, back.lines, strict=True):
        assert one_way.home == replace(other_way.host)
        negated = None if other_way.difference is None else -other_way.difference
        assert one_way.difference == negated
    assert there.over_years.difference == -back.over_years.difference
    assert there.left_out == back.left_out


@settings(max_examples=40, deadline=None)
@given(_places("home"), _places("host"), st.sampled_from([item for item, _unit in _ITEMS]))
def test_one_unknown_more_changes_no_other_item(home: Place, host: Place, lost: str) -> None:
    less = replace(
        host, figures=tuple(replace(each, value=None) if each.item == lost else each for each in host.figures)
    )
    before, after = answer(_ASK, home, host), answer(_ASK, home, less)
    for old, new in zip(before.lines, after.lines, strict=True):
        if lost not in {each.code for each in old.host.uses}:
            assert (old.home, old.host, old.difference) == (new.home, new.host, new.difference)
        if new.counted and old.difference is not None and new.difference is not None:
            assert new.difference.lo <= old.difference.lo
            assert new.difference.hi >= old.difference.hi
    assert set(before.left_out) <= set(after.left_out)


@settings(max_examples=40, deadline=None)
@given(_places("home"), _places("host"), st.data())
def test_an_interval_holds_the_answer_of_every_point_in_it(home: Place, host: Place, data: st.DataObject) -> None:
    def pointed(at: Place) -> Place:
        chosen = []
        for each in at.figures:
            share = data.draw(st.integers(0, 4))
            value = each.value
            if value is not None:
                exact = value.lo + (value.hi - value.lo) * Fraction(share, 4)
                value = Range(exact, exact)
            chosen.append(replace(each, value=value))
        return replace(at, figures=tuple(chosen))

    wide, narrow = answer(_ASK, home, host), answer(_ASK, pointed(home), pointed(host))
    assert wide.left_out == narrow.left_out
    for outer, inner in zip(wide.lines, narrow.lines, strict=True):
        for around, within in (
            (outer.home.amount, inner.home.amount),
            (outer.host.amount, inner.host.amount),
            (outer.difference, inner.difference),
        ):
            assert (around is None) == (within is None)
            if around is not None and within is not None:
                assert around.lo <= within.lo <= within.hi <= around.hi


@settings(max_examples=25, deadline=None)
@given(_places("home"), _places("host"))
def test_at_the_turn_the_difference_is_zero(home: Place, host: Place) -> None:
    asked = profile(**{key: value for key, value in _ASK.items() if key != "people"})
    for swing in sensitivity(asked, home, host, as_of=DAY):
        if swing.turns_at is None or swing.side == "both":
            continue
        changed = home if swing.side == "home" else host
        turned = replace(
            changed,
            figures=tuple(
                replace(each, value=Range(swing.turns_at, swing.turns_at)) if each.item == swing.code else each
                for each in changed.figures
            ),
        )
        pair = (turned, host) if swing.side == "home" else (home, turned)
        assert compare(asked, *pair, as_of=DAY).over_years.difference == one(0)


def test_every_conversion_item_is_a_line_of_its_own() -> None:
    said = answer({"conversion": list(CONVERSION)}, HOME, HOST)
    assert said.left_out == tuple(CONVERSION)
