"""The index of offers: built in memory or opened from a folder, asked by one need or many, changed at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import asked_of
from feidi.engines.affinity.matching import answer, why_not
from feidi.engines.affinity.model import Asking, Need, Offer, Result, WhyNot
from feidi.engines.affinity.reading import K1
from feidi.engines.affinity.segment import build
from feidi.engines.affinity.semantics import Semantics
from feidi.engines.affinity.view import Part, View, exact_norms, living_parts
from feidi.engines.findings import refuse

_DEFAULT = Asking()
#: A small segment joins the one before it while that is not so many times larger, and both together are not more than …
_RATIO = 4
_TOGETHER = 50_000


class Index:
    """Offers by id. Words and facts of an answer depend on the offers alone, not on the order or time of their adding.

    Meaning is learnt when an index is built or compacted; what is added later is folded in. Questions may be asked from
    several threads while one changes the index.
    """

    def __init__(self, view: View | None = None) -> None:
        self._view = view or View((), None)
        self._lock = Lock()
        self._saved: tuple[Path, int] | None = None
        self.semantics: Semantics | None = None

    @classmethod
    def build(cls, offers: Iterable[Offer], *, progress: Callable[[int], None] | None = None) -> Index:
        """Return an index of these offers. Refused: an id that is empty or stands twice.

        >>> index = Index.build([Offer("a", "陶瓷喷墨打印墨水"), Offer("b", "医用PCR检测仪")])
        >>> [each.id for each in index.query(Need("想找PCR仪器")).candidates]
        ['b']
        """
        segment, meaning = build(offers, None, learns=True, progress=progress)
        return cls(View(living_parts([Part(segment)]), meaning))

    @classmethod
    def open(cls, folder: Path, *, verify: bool = True) -> Index:
        """Map a saved index. Refused when it is absent, of another format or damaged (told by checksum).

        ``verify=False`` leaves out the checksums of the large arrays (sizes are always looked at).
        """
        from feidi.engines.affinity.store import read  # noqa: PLC0415 - only where there is a folder

        view, generation = read(folder, verify=verify)
        index = cls(view)
        index._saved = (folder.resolve(), generation)
        return index

    def save(self, folder: Path) -> None:
        """Write it whole or not at all; segments that stand there already are not written again.

        Refused: other files there; the folder it was opened from was changed by somebody else since.
        """
        from feidi.engines.affinity.store import write  # noqa: PLC0415

        with self._lock:
            ours = self._saved is not None and self._saved[0] == folder.resolve()
            generation = write(self._view, folder, self._saved[1] if ours and self._saved else None)
            self._saved = (folder.resolve(), generation)

    def __len__(self) -> int:
        return self._view.statistics.offers

    def __contains__(self, offer_id: str) -> bool:
        return self._view.place(offer_id) is not None

    def get(self, offer_id: str) -> Offer | None:
        """Return an offer as it was given, or None."""
        view = self._view
        place = view.place(offer_id)
        return view.parts[place[0]].segment.offer(place[1]) if place else None

    def ids(self) -> list[str]:
        """Return the ids of all offers, in no particular order."""
        return [part.segment.ids[row] for part in self._view.parts for row in _rows(part)]

    def add(self, offers: Iterable[Offer]) -> None:
        """Add offers; one whose id is there is replaced. Refused, with nothing changed: an id empty or twice among them."""
        with self._lock:
            view = self._view
            segment, _meaning = build(offers, view.meaning, learns=False)
            if not len(segment):
                return
            parts = _struck(view.parts, [segment.ids[row] for row in range(len(segment))])
            self._view = View(_merged([*living_parts(parts), Part(segment)], view), view.meaning)

    def remove(self, ids: Iterable[str]) -> None:
        """Take offers out. Refused, with nothing changed, when an id is not there."""
        with self._lock:
            view, gone = self._view, list(dict.fromkeys(ids))
            for each in gone:
                if view.place(each) is None:
                    raise refuse("match.id_unknown", id=each)
            self._view = View(living_parts(_struck(view.parts, gone)), view.meaning)

    def compact(self) -> None:
        """Put all segments into one, let go of what was removed, and learn meaning anew."""
        with self._lock:
            offers = (part.segment.offer(row) for part in self._view.parts for row in _rows(part))
            segment, meaning = build(offers, None, learns=True)
            self._view = View(living_parts([Part(segment)]), meaning)

    def query(self, need: Need, asking: Asking = _DEFAULT) -> Result:
        """Return the offers that serve a need best, of equal scores the smaller id first. Refused: no words in it."""
        return answer(self._view, need, asking, self.semantics)

    def query_many(self, needs: Iterable[Need], asking: Asking = _DEFAULT) -> list[Result]:
        """Return what ``query`` returns for each need."""
        view = self._view
        return [answer(view, need, asking, self.semantics) for need in needs]

    def why_not(self, need: Need, offer_id: str, asking: Asking = _DEFAULT) -> WhyNot:
        """Tell why an offer is not among the candidates of a need, and the smallest change that would mend it."""
        return why_not(self._view, need, offer_id, asking, self.semantics)

    def lexical_scores(self, need: Need) -> dict[str, float]:
        """Return the BM25 score of every offer that shares a term, from the postings, in double precision."""
        scores: dict[str, float] = {}
        for part, sums in zip(self._view.parts, exact_sums(self._view, need), strict=True):
            scores |= {part.segment.ids[row]: float(sums[row]) for row in np.flatnonzero(sums).tolist()}
        return scores

    @property
    def view(self) -> View:
        """What questions are asked of at this moment."""
        return self._view


def exact_sums(view: View, need: Need) -> list[Array]:
    """Return by part the BM25 score of every offer, from the postings, in double precision; 0 for one that is gone."""
    asked = asked_of(need)
    numbers = asked.numbers.astype(np.int64)
    weights = view.statistics.idf(view.found(numbers)) * asked.times
    return [_sums_of(view, part, numbers, weights) for part in view.parts]


def _sums_of(view: View, part: Part, numbers: Array, weights: Array) -> Array:
    postings, sums = part.segment.postings, np.zeros(len(part.segment))
    for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
        here = slice(int(postings.starts[number]), int(postings.starts[number + 1]))
        rows, counts = postings.rows[here], postings.counts[here].astype(np.float64)
        sums[rows] += weight * counts * (K1 + 1) / (counts + exact_norms(view, part, rows))
    if part.alive is not None:
        sums[~part.alive] = 0
    return sums


def _rows(part: Part) -> list[int]:
    alive = part.alive
    return list(range(len(part.segment))) if alive is None else np.flatnonzero(alive).tolist()


def _struck(parts: Sequence[Part], ids: Sequence[str]) -> list[Part]:
    """Return the parts without the offers of these ids."""
    kept = []
    for part in parts:
        rows = [row for row in map(part.segment.ids.find, ids) if row is not None and part.is_alive(row)]
        kept.append(part.without(np.array(rows)) if rows else part)
    return kept


def _merged(parts: list[Part], view: View) -> tuple[Part, ...]:
    """Put small parts at the end together, so that there are few."""
    while len(parts) > 1:
        before, last = parts[-2].living, parts[-1].living
        if before > _RATIO * last or before + last > _TOGETHER:
            break
        offers = [part.segment.offer(row) for part in parts[-2:] for row in _rows(part)]
        parts[-2:] = [Part(build(offers, view.meaning, learns=False)[0])]
    return tuple(parts)
