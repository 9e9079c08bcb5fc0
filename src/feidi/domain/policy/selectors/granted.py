"""What the policies of a place grant a firm, as the cost comparison deducts it."""

from __future__ import annotations

from feidi.domain.policy.selectors.checkups import Answered
from feidi.engines.costing import Subsidy
from feidi.engines.rules.results import Verdict
from feidi.kernel.content.library import library


def subsidies_at(answered: Answered, place: str) -> list[Subsidy]:
    """Return what the clauses of a place and of those above it grant a firm that was asked about.

    Only clauses in force without a fair-competition flag; a verdict that is not certain makes the lower bound 0.
    """
    lineage = library().lineage(place)
    found = []
    for row in answered.sheet.results:
        amount = row["amount"]
        usable = (
            row["validity"] == "in_force" and not row["fair_competition"] and row["verdict"] != Verdict.NOT_ELIGIBLE
        )
        if usable and amount is not None and row["place"] in lineage:
            low = amount["lo"] if row["verdict"] == Verdict.ELIGIBLE else 0
            found.append(Subsidy(row["clause"], low, amount["hi"], bool(amount["up_to"] or amount["unstated"])))
    return found
