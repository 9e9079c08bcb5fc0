"""How an answer is said."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from feidi.portals.console.policies.words import amount_of


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ({"unstated": True, "up_to": False, "lo": 0, "hi": None}, "金额未见"),
        ({"unstated": True, "up_to": False, "lo": 0, "hi": 1_500_000_000}, "金额未见，最高 1,500万元"),
        ({"unstated": False, "up_to": True, "lo": 0, "hi": 1_500_000_000}, "最高 1,500万元"),
        ({"unstated": False, "up_to": False, "lo": 0, "hi": None}, "金额待核实"),
    ],
)
def test_a_known_cap_is_said_also_where_the_amount_is_not_stated(amount: dict[str, object], says: str) -> None:
    with override("zh-hans"):
        assert amount_of({"no_money": False, "amount": amount}) == says
