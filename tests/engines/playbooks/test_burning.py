"""Every side's steps melt away day by day; what is not settled stays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.playbooks import Burn, Owner, burn_down

DAY = date(2026, 11, 2)


def on(n: int) -> date:
    return DAY + timedelta(days=n)


def test_a_late_home_side_shows_between_plan_and_fact() -> None:
    burns = [
        Burn(Owner.HOME, on(3), on(8)),
        Burn(Owner.HOME, on(5), None),
        Burn(Owner.OPERATOR, on(1), on(1)),
    ]
    lines = burn_down(burns, DAY, on(10))
    assert list(lines) == [Owner.OPERATOR, Owner.HOME]
    assert lines[Owner.HOME].planned == ((DAY, 2), (on(3), 1), (on(5), 0))
    assert lines[Owner.HOME].actual == ((DAY, 2), (on(8), 1), (on(10), 1))
    assert (lines[Owner.HOME].left, lines[Owner.OPERATOR].left) == (1, 0)


def test_a_step_without_planned_day_stays_in_the_plan() -> None:
    assert burn_down([Burn(Owner.FIRM, None, None)], DAY, on(2))[Owner.FIRM].planned == ((DAY, 1),)


@given(st.lists(st.one_of(st.none(), st.integers(-3, 30)), min_size=1, max_size=20), st.integers(0, 20))
def test_the_line_falls_to_what_is_really_left(days: list[int | None], until: int) -> None:
    burns = [Burn(Owner.HOST, None, None if day is None else on(day)) for day in days]
    line = burn_down(burns, DAY, on(until))[Owner.HOST].actual
    numbers = [number for _day, number in line]
    assert numbers == sorted(numbers, reverse=True)
    assert line[0][0] == DAY
    assert line[-1][0] == on(until)
    assert numbers[-1] == sum(1 for day in days if day is None or day > until)
