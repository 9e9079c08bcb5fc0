"""Which parts of a score count: an outpost's own versions. Nothing is overwritten; lists keep what they were made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import WeightSet
from feidi.domain.matching.selectors.weights import weights_in_force, whole
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.engines.affinity import PARTS
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

MOST: Final = 1000
OUTPOST: Final = "parties.outpost"


def check_weights(weights: Mapping[str, int]) -> dict[str, int]:
    """Return weights of every part. Refused: a part that nobody knows, no whole number from 0 to 1000, all zero."""
    for part, value in weights.items():
        if part not in PARTS or not 0 <= value <= MOST:
            raise refuse("matching.weights_whole", part=part, value=str(value))
    if not any(weights.values()):
        raise refuse("matching.weights_none")
    return whole(weights)


def set_weights(
    *, actor: Actor, now: datetime, outpost: Outpost, weights: Mapping[str, int], seen: int, note: str = ""
) -> WeightSet:
    """Put the next version in force. ``seen``: the number of the version that the editor had before them.

    Refused: no permission, weights that cannot be used, the same as in force, another version saved since.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    wanted = check_weights(weights)
    with recorded(actor=actor, now=now) as unit:
        # the outpost's row is the lock: versions are numbered one after the other
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)
        current = weights_in_force(outpost)
        if current.number != seen:
            raise refuse("matching.weights_changed", number=current.number, by=current.by)
        if dict(current.weights) == wanted:
            raise refuse("matching.weights_same", number=current.number)
        row = WeightSet.objects.create(
            outpost=outpost,
            number=current.number + 1,
            weights=wanted,
            note=note.strip()[:200],
            at=now,
            by=actor.label[:160],
        )
        unit.acted("weights_set", kind=OUTPOST, uid=outpost.uid, number=row.number, weights=wanted, note=row.note)
    return row
