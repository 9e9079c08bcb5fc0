"""What the policies of a place grant a firm, as the cost comparison deducts it."""

from __future__ import annotations

from feidi.domain.policy.enums import Validity, Verdict
from feidi.domain.policy.selectors.checkups import Answered
from feidi.domain.policy.selectors.sheets import Json
from feidi.engines.costing import Subsidy
from feidi.kernel.content.library import library


def subsidies_at(answered: Answered, place: str) -> list[Subsidy] | None:
    """Return what the clauses of a place and of those above it grant a firm; None when no clause is known there.

    Only clauses in force without a fair-competition flag; a verdict that is not certain makes the lower bound 0.
    A subsidy is named by the title of its clause.
    """
    lineage = library().lineage(place)
    rows = [each for each in answered.sheet.results if each["place"] in lineage]
    return [subsidy for row in rows if (subsidy := _subsidy(row)) is not None] if rows else None


def _subsidy(row: Json) -> Subsidy | None:
    amount = row["amount"]
    usable = row["validity"] == Validity.IN_FORCE and not row["fair_competition"]
    if amount is None or not usable or row["verdict"] == Verdict.NOT_ELIGIBLE:
        return None
    low = amount["lo"] if row["verdict"] == Verdict.ELIGIBLE else 0
    return Subsidy(row["title"], low, amount["hi"], bool(amount["up_to"] or amount["unstated"]))
