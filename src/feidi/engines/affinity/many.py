"""Many needs at once as columns: what ``query`` lists, without words and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from feidi.engines.affinity.facts import UNKNOWN
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.matching import Ranked, diversified, missing_of, question_of, rank, ranked_of
from feidi.engines.affinity.model import PARTS, Asking, Need
from feidi.engines.affinity.parts import NEUTRAL
from feidi.engines.affinity.shortlist import Shortlist
from feidi.engines.affinity.together import Lists, lists_of
from feidi.engines.affinity.view import View


@dataclass(slots=True)
class Pairs:
    """Need and offer with their score, one row each, best first within a need.

    ``needs`` (number, rows) in their order; ``shares`` by row the part of the score of each of ``PARTS``, NaN where it was not
    asked.
    """

    needs: list[tuple[int, int]] = field(default_factory=list)
    offer: list[str] = field(default_factory=list)
    score: list[Array] = field(default_factory=list)
    bm25: list[Array] = field(default_factory=list)
    shares: list[Array] = field(default_factory=list)
    missing: list[list[str]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the columns: number of the need, place from 1, offer, score, bm25, each part, missing."""
        sizes = [rows for _number, rows in self.needs]
        shares = np.concatenate([*self.shares, np.zeros((0, len(PARTS)))])
        return {
            "need": np.repeat([number for number, _rows in self.needs], sizes).astype(np.int64),
            "place": np.concatenate([*map(np.arange, sizes), np.zeros(0, np.int64)]) + 1,
            "offer": self.offer,
            "score": np.concatenate([*self.score, np.zeros(0)]),
            "bm25": np.concatenate([*self.bm25, np.zeros(0)]),
            **{part: shares[:, at] for at, part in enumerate(PARTS)},
            "missing": self.missing,
        }


def match_many(view: View, needs: Sequence[tuple[int, Need]], asking: Asking) -> Pairs:
    """Return the lists of these (numbered) needs; of an index of one segment they are worked out together."""
    pairs = Pairs()
    if len(view.parts) != 1 or not needs:
        for number, need in needs:
            put(pairs, number, view, rank(view, need, asking))
        return pairs
    lists = lists_of(view, [need for _number, need in needs], asking)
    ends = lists.starts.tolist()
    for at, (number, _need) in enumerate(needs):
        _put_some(pairs, number, lists, slice(ends[at], ends[at + 1]))
    return pairs


def _put_some(pairs: Pairs, number: int, lists: Lists, here: slice) -> None:
    pairs.needs.append((number, here.stop - here.start))
    pairs.offer += lists.offer[here]
    pairs.missing += lists.missing[here]
    pairs.score.append(lists.score[here])
    pairs.bm25.append(lists.bm25[here])
    pairs.shares.append(lists.shares[here])


def match_listed(view: View, number: int, need: Need, asking: Asking, listed: Shortlist, pairs: Pairs) -> None:
    """Add the list of a need whose shortlist was made elsewhere."""
    question, _idf, _found = question_of(view, need, asking, None)
    put(pairs, number, view, ranked_of(view, question, listed))


def put(pairs: Pairs, number: int, view: View, ranked: Ranked) -> None:
    """Add the list of one need."""
    places, _back = diversified(view, ranked)
    pairs.needs.append((number, len(places)))
    if not places:
        return
    scored = [(ranked.scored[part], at) for part, at in places]
    ids = [view.parts[each.listed.part].segment.ids for each in ranked.scored]
    pairs.offer += [
        ids[part][int(each.listed.rows[at])] for (part, _at), (each, at) in zip(places, scored, strict=True)
    ]
    pairs.score.append(np.array([each.scores[at] for each, at in scored]))
    pairs.bm25.append(np.array([each.lexical[at] for each, at in scored]))
    values = np.stack([each.values[at] for each, at in scored])
    unknown = np.isnan(values)
    shares = np.full((len(places), len(PARTS)), np.nan)
    columns = [PARTS.index(part) for part in ranked.scale.parts]
    shares[:, columns] = np.where(unknown, NEUTRAL, values) * np.array(list(ranked.scale.shares.values()))
    pairs.shares.append(shares)
    pairs.missing += [
        _missing(ranked, each.listed.answers[:, at], lacking)
        for (each, at), lacking in zip(scored, unknown, strict=True)
    ]


def _missing(ranked: Ranked, answers: Array, lacking: Array) -> list[str]:
    if not (lacking.any() or (answers == UNKNOWN).any()):
        return []
    hard = [
        check.fact for check, answer in zip(ranked.listed.checks, answers.tolist(), strict=True) if answer == UNKNOWN
    ]
    soft = [part for part, unknown in zip(ranked.scale.parts, lacking.tolist(), strict=True) if unknown]
    return list(missing_of(hard, soft))
