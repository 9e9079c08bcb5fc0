"""How a place matches: which offers answer which need, what counts how much, when to remind. Content, nearest wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

RULES = "enclave/matching.yaml"


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """The rules of a home place. ``answers``: kind of need → kinds of offers; ``weights``: part → share; days ascending.
    ``confirm_days``: a profile that nobody has confirmed for so long is asked about; None: none is.

    ``sha256`` names the content used; ``confirmed`` False: a proposal that the place has not taken up.
    """

    sha256: str
    source: str
    confirmed: bool
    answers: Mapping[str, frozenset[str]]
    weights: Mapping[str, int]
    list_size: int
    to_pick: int
    per_owner: int
    valid_days: int
    reminders: tuple[int, ...]
    confirm_days: int | None


_KNOWN: dict[str, MatchingRules] = {}


def matching_rules(outpost: Outpost) -> MatchingRules:
    """Return the rules in force for an outpost's home. Refuses when nothing of the lineage publishes any."""
    parsed = library().read(outpost.home.code, RULES, on=None)
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        data = parsed.data
        _KNOWN[parsed.sha256] = MatchingRules(
            sha256=parsed.sha256,
            source=data["source"],
            confirmed=data["confirmed"],
            answers=MappingProxyType({need: frozenset(kinds) for need, kinds in data["answers"].items()}),
            weights=MappingProxyType(dict(data["weights"])),
            list_size=data["list_size"],
            to_pick=data["to_pick"],
            per_owner=data["per_owner"],
            valid_days=data["valid_days"],
            reminders=tuple(sorted(data["reminders"])),
            confirm_days=data.get("confirm_days"),
        )
    return _KNOWN[parsed.sha256]
