"""K31 单位成本: what the outposts cost to run in the period, per verified landing."""

from __future__ import annotations

from fractions import Fraction

from feidi.domain.reporting.models import ActualCost
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.reporting.selectors.readings.projects import project_readings
from feidi.engines.measures import Reading, Rows, average_reading, missing

KIND = "reporting.cost"


def cost_readings(asked: Question) -> dict[str, Reading]:
    """Return K31. A month counts by its first day; costs that nobody wrote down are not known, not 0."""
    rows = ActualCost.objects.filter(
        contract__outpost_id__in=asked.pks, contract__voided_at__isnull=True, voided_at__isnull=True,
        month__gte=asked.start, month__lt=asked.end,
    )  # fmt: skip
    found = list(rows.order_by("month", "pk").values_list("pk", "amount_fen", "contract__currency"))
    yuan = [each for each in found if each[2] == "CNY"]
    others = tuple(each[0] for each in found if each[2] != "CNY")
    apart = {"other_currency": Rows(KIND, others)} if others else {}
    if not yuan:
        return {"K31": missing("K31", "figures.no_cost").beside(apart)}
    costs = Rows(KIND, tuple(each[0] for each in yuan), tuple(Fraction(each[1], 100) for each in yuan))
    landed = project_readings(asked.view, ("K14",))["K14"].above
    return {"K31": average_reading("K31", costs, landed.total, landed).beside(apart)}
