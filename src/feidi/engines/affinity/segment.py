"""One sealed part of an index: texts, terms, facts and vectors of some offers. Never changed; offers are struck off beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from feidi.engines.affinity.columns import Coded, Columns, ColumnsMaker
from feidi.engines.affinity.commonest import Common, common_of
from feidi.engines.affinity.folding import Array, text_of, units_of
from feidi.engines.affinity.forward import Forward
from feidi.engines.affinity.meaning import Meaning, learn
from feidi.engines.affinity.model import Offer
from feidi.engines.affinity.postings import BLOCK, Postings, Stretch, groups, joined
from feidi.engines.affinity.strings import Strings
from feidi.engines.findings import refuse

#: Characters of one text at most.
LONGEST: Final = 2_000_000
_THREADS: Final = 2
#: Offers whose vectors are made together.
_VECTORS: Final = 1 << 13
Progress = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Segment:
    """Row i is offer i.

    ``units[unit_starts[i]:unit_starts[i + 1]]`` its text as 16-bit units with a line end behind it, read only to be shown;
    ``postings`` its terms, term by term, ``forward`` the same offer by offer, read wherever it is scored; ``common`` the commonest as bits; ``owner`` codes into
    ``owners`` (0 nobody); ``blocked`` sets of owners; ``vectors`` 8-bit rows, None without a model;
    ``most`` by term how often it stands at most in one offer; ``repeated`` which postings count more than one, those of term t
    at ``repeated_starts[t]:repeated_starts[t + 1]``.
    """

    ids: Strings
    units: Array
    unit_starts: Array
    postings: Postings
    forward: Forward
    common: Common
    owner: Array
    owners: Strings
    blocked: Coded | None
    columns: Columns
    vectors: Array | None
    most: Array
    repeated: Array
    repeated_starts: Array

    def __len__(self) -> int:
        return len(self.ids)

    def text(self, row: int) -> str:
        """Return the text of an offer as it was given."""
        return text_of(self.units[int(self.unit_starts[row]) : int(self.unit_starts[row + 1]) - 1])

    def owner_of(self, row: int) -> str:
        """Return the owner of an offer; "" for nobody."""
        code = int(self.owner[row])
        return self.owners[code - 1] if code else ""

    def offer(self, row: int) -> Offer:
        """Return an offer as it was given."""
        code = int(self.blocked.codes[row]) if self.blocked else 0
        blocked = frozenset(self.blocked.values[code - 1]) if self.blocked and code else frozenset[str]()
        return Offer(self.ids[row], self.text(row), self.owner_of(row), self.columns.facts(row), blocked)


class _Maker:
    """Takes offers in, block by block."""

    def __init__(self, progress: Progress | None) -> None:
        self.ids: list[str] = []
        self.units: list[Array] = []
        self.sizes: list[Array] = []
        self.owner: list[Array] = []
        self.owners: dict[str, int] = {}
        self.blocked: dict[frozenset[str], int] = {}
        self.blocked_codes: list[Array] = []
        self.columns = ColumnsMaker()
        self.progress = progress

    def blocks(self, offers: Iterable[Offer]) -> Iterator[tuple[Array, Array]]:
        """Take the offers in and yield the texts of each block as units and starts."""
        rest = iter(offers)
        while block := list(islice(rest, BLOCK)):
            yield self._take(block)
            if self.progress:
                self.progress(len(self.ids))

    def _take(self, block: list[Offer]) -> tuple[Array, Array]:
        first = len(self.ids)
        self.ids += [each.id for each in block]
        for at, each in enumerate(block, first + 1):
            if not each.id:
                raise refuse("match.id_empty", row=at)
            if len(each.text) > LONGEST:
                raise refuse("match.text_too_long", what=each.id, size=len(each.text), most=LONGEST)
        owners, blocked = self.owners, self.blocked
        codes = [owners.setdefault(each.owner, len(owners) + 1) if each.owner else 0 for each in block]
        self.owner.append(np.array(codes, np.int32))
        codes = [blocked.setdefault(each.blocked, len(blocked) + 1) if each.blocked else 0 for each in block]
        self.blocked_codes.append(np.array(codes, np.int32))
        self.columns.add([each.facts for each in block])
        return self._texts([each.text for each in block])

    def _texts(self, texts: Sequence[str]) -> tuple[Array, Array]:
        units = units_of("\n".join([*texts, ""]))
        sizes = np.array([len(each) + 1 for each in texts], np.int64)
        if int(sizes.sum()) != len(units):
            sizes = np.array([len(each.encode("utf-16-le", "surrogatepass")) // 2 + 1 for each in texts], np.int64)
        self.units.append(units)
        self.sizes.append(sizes)
        return units, np.concatenate([[0], np.cumsum(sizes)])

    def made(self, stretches: Sequence[Stretch], forward: Forward, vectors: Array | None) -> Segment:
        """Return the segment. Refused: an id twice."""
        ids = Strings.of(self.ids)
        twice = ids.twice()
        if twice:
            raise refuse("match.id_twice", id=ids[twice[0]], first=twice[0] + 1, row=twice[1] + 1)
        nothing = np.zeros(0, np.int32)
        postings = joined(stretches)
        blocked = Coded(np.concatenate(self.blocked_codes), tuple(self.blocked)) if self.blocked else None
        return Segment(
            ids=ids,
            units=np.concatenate(self.units) if self.units else np.zeros(0, np.uint16),
            unit_starts=np.concatenate([[0], np.cumsum(np.concatenate(self.sizes))])
            if self.sizes
            else np.zeros(1, int),
            postings=postings,
            forward=forward,
            common=common_of(postings, len(ids)),
            owner=np.concatenate(self.owner) if self.owner else nothing,
            owners=Strings.of(list(self.owners)),
            blocked=blocked,
            columns=self.columns.made(),
            vectors=vectors,
            most=_most(postings),
            repeated=(repeated := np.flatnonzero(postings.counts > 1)),
            repeated_starts=np.searchsorted(repeated, postings.starts),
        )


def _most(postings: Postings) -> Array:
    most = np.zeros(len(postings.starts) - 1, np.uint8)
    some = np.flatnonzero(np.diff(postings.starts))
    if len(some):
        most[some] = np.maximum.reduceat(postings.counts, postings.starts[some])
    return most


def build(
    offers: Iterable[Offer], meaning: Meaning | None, *, learns: bool, progress: Progress | None = None
) -> tuple[Segment, Meaning | None]:
    """Return a segment of these offers, and the model of its vectors: learnt from them when ``learns``, else the one given."""
    maker = _Maker(progress)
    stretches = list(groups(maker.blocks(offers)))
    forward = _forward_of(stretches)
    # hundreds of megabytes of a million offers, and no longer needed
    stretches = [replace(each, packed=np.zeros(0, np.uint32)) for each in stretches]
    if learns:
        meaning = learn(forward)
    vectors = None
    if meaning is not None:
        with ThreadPoolExecutor(_THREADS) as pool:
            parts = list(pool.map(meaning.vectors, forward.parts(_VECTORS)))
        vectors = np.concatenate(parts) if parts else np.zeros((0, meaning.dimensions), np.int8)
    return maker.made(stretches, forward, vectors), meaning


def _forward_of(stretches: Sequence[Stretch]) -> Forward:
    sizes = np.concatenate([np.zeros(1, np.int64), *(each.different for each in stretches)])
    return Forward(np.cumsum(sizes), np.concatenate([np.zeros(0, np.uint32), *(each.packed for each in stretches)]))
