"""Which parts of a score count, and how much: the outpost's own last version, else the proposal of its home's content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feidi.domain.matching.models import WeightSet
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.parties.models import Outpost
from feidi.engines.affinity import PARTS, Weights


@dataclass(frozen=True, slots=True)
class WeightsInForce:
    """Weights by part (whole numbers, any scale), and their version; ``number`` 0: the content's, nobody has set any."""

    weights: Mapping[str, int]
    number: int
    note: str = ""
    by: str = ""


def weights_in_force(outpost: Outpost) -> WeightsInForce:
    """Return the weights with which the outpost's next list is reckoned. One query."""
    row = WeightSet.objects.filter(outpost=outpost).order_by("-number").first()
    if row is None:
        return WeightsInForce(whole(matching_rules(outpost).weights), 0)
    return WeightsInForce(whole(row.weights), row.number, row.note, row.by)


def list_weight_sets(outpost: Outpost) -> list[WeightSet]:
    """Return every version that was ever in force, the newest first."""
    return list(WeightSet.objects.filter(outpost=outpost).order_by("-number"))


def engine_weights(weights: Mapping[str, int]) -> Weights:
    """Return weights as the engine takes them. Refused: negative, all zero, a part that nobody knows.

    >>> engine_weights({"node": 2}).node
    2.0
    """
    return Weights.of({part: float(weight) for part, weight in weights.items()})


def whole(weights: Mapping[str, int]) -> dict[str, int]:
    """Return every part in the order of the pages; one that is not named counts nothing."""
    return {part: int(weights.get(part, 0)) for part in PARTS}
