"""Many needs at once as columns: what ``query`` lists, without words and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from feidi.engines.affinity.checks import UNKNOWN
from feidi.engines.affinity.matching import Ranked, diversified, question_of, rank, ranked_of
from feidi.engines.affinity.model import PARTS, Asking, Need
from feidi.engines.affinity.parts import NEUTRAL, SOFT
from feidi.engines.affinity.shortlist import Listed, Shortlist
from feidi.engines.affinity.view import View


@dataclass(slots=True)
class Pairs:
    """Need and offer with their score, one row each: ``need`` counts the needs, ``place`` from 1 within a need.

    ``parts`` by name: the share of the score, None where the part was not asked.
    """

    need: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    offer: list[str] = field(default_factory=list)
    score: list[float] = field(default_factory=list)
    bm25: list[float] = field(default_factory=list)
    parts: dict[str, list[float | None]] = field(default_factory=lambda: {part: [] for part in PARTS})
    missing: list[list[str]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the columns by name."""
        plain = {"need": self.need, "place": self.place, "offer": self.offer, "score": self.score, "bm25": self.bm25}
        return {**plain, **self.parts, "missing": self.missing}


def match_many(view: View, needs: Iterable[tuple[int, Need]], asking: Asking) -> Pairs:
    """Return the lists of these (numbered) needs."""
    pairs = Pairs()
    for number, need in needs:
        put(pairs, number, view, rank(view, need, asking))
    return pairs


def match_listed(view: View, number: int, need: Need, asking: Asking, listed: Shortlist, pairs: Pairs) -> None:
    """Add the list of a need whose shortlist was made elsewhere."""
    question, _idf, _found = question_of(view, need, asking, None)
    put(pairs, number, view, ranked_of(view, question, listed))


def put(pairs: Pairs, number: int, view: View, ranked: Ranked) -> None:
    """Add the list of one need."""
    listed, _back = diversified(view, ranked)
    for place, (at_part, at) in enumerate(listed, 1):
        each = ranked.scored[at_part]
        pairs.need.append(number)
        pairs.place.append(place)
        pairs.offer.append(view.parts[each.listed.part].segment.ids[int(each.listed.rows[at])])
        pairs.score.append(float(each.scores[at]))
        pairs.bm25.append(float(each.lexical[at]))
        values = dict(zip(ranked.scale.parts, each.values[at].tolist(), strict=True))
        for part, column in pairs.parts.items():
            column.append(_share(ranked, part, values))
        pairs.missing.append(_missing(ranked, each.listed, at, values))


def _share(ranked: Ranked, part: str, values: dict[str, float]) -> float | None:
    if part not in values:
        return None
    value = values[part]
    return ranked.scale.shares[part] * (NEUTRAL if np.isnan(value) else value)


def _missing(ranked: Ranked, listed: Listed, at: int, values: dict[str, float]) -> list[str]:
    answers = listed.answers[:, at].tolist()
    hard = [check.fact for check, answer in zip(ranked.listed.checks, answers, strict=True) if answer == UNKNOWN]
    return list(dict.fromkeys([*hard, *(SOFT[part] for part in values if part in SOFT and np.isnan(values[part]))]))


def numbered(offsets: Sequence[int], number: int) -> tuple[int, int]:
    """Return part and row of an offer's number over all parts; ``offsets`` is where each part begins.

    >>> numbered([0, 10, 25], 24)
    (1, 14)
    """
    part = int(np.searchsorted(offsets, number, "right")) - 1
    return part, number - offsets[part]
