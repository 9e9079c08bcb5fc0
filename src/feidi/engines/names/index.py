"""Names in memory, to be asked by the thousand: which of them are most like this one, and why.

Names are kept in sealed segments; what was added since the last question makes a small segment of its own, and joins
the large one when there is enough of it. An answer depends on the names and the order of their adding alone, as long as the
bounds of ``segment`` are not met; those count what each segment holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice, pairwise
from typing import Any, Final

import numpy as np

from feidi.engines.names.beside import divided
from feidi.engines.names.columns import Columns, columns_of, joined, scores
from feidi.engines.names.likeness import Likeness, Reason, Relation, compare
from feidi.engines.names.parsing import parse_name
from feidi.engines.names.profile import make_profile
from feidi.engines.names.segment import LOOKED_AT, Segment, first_of_each, sealed

#: A name alone (its own key), or key, name and other names (old ones, other languages).
Named = str | tuple[str, str] | tuple[str, str, Sequence[str]]
_CHUNK: Final = 512
_SMALL: Final = 2_000
#: So many profiles at most are held while columns are made of them.
_PROFILES: Final = 20_000


@dataclass(frozen=True)
class Candidate:
    """A name that may be meant. ``by`` is the name it was found by: ``name`` itself or one of its others."""

    key: str
    name: str
    score: float
    asked: str
    by: str

    @cached_property
    def likeness(self) -> Likeness:
        """Score, relation and reasons, worked out when first asked for."""
        found = compare(self.asked, self.by)
        if self.by == self.name:
            return found
        return Likeness(found.score, found.relation, (Reason("names.old_name", {"name": self.by}), *found.reasons))

    @property
    def relation(self) -> Relation:
        """What the asked name is to this one."""
        return self.likeness.relation

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it was found, and what parts the two."""
        return self.likeness.reasons


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    name: str
    by: str


class NameIndex:
    """Names by key; ``add`` and ``discard`` at any time, ``query`` one or ``query_many``."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._rows_of: dict[str, list[tuple[int, int]]] = {}
        self._segments: list[Segment] = []
        self._rows: list[list[_Row]] = []
        self._fresh: list[str] = []
        self._dead = 0

    @classmethod
    def build(cls, names: Iterable[Named]) -> NameIndex:
        """Return an index of these names.

        >>> index = NameIndex.build(["滨海甲乙材料有限公司", ("k2", "云溪丙丁生物科技有限公司", ["丙丁药业"])])
        >>> [(each.key, each.reasons[0].code) for each in index.query("丙丁药业")]
        [('k2', 'names.old_name')]
        """
        index = cls()
        for each in names:
            key, name, *others = (each, each) if isinstance(each, str) else each
            index.add(str(key), str(name), *[list(other) for other in others])
        return index

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, key: str) -> bool:
        return key in self._names

    def add(self, key: str, name: str, others: Iterable[str] = ()) -> None:
        """Add a name under a key, with other names by which it is found; one that is there is replaced."""
        self.discard(key)
        self._names[key] = (name, tuple(dict.fromkeys(each for each in others if each != name)))
        self._fresh.append(key)

    def discard(self, key: str) -> None:
        """Take a name out; nothing happens when there is none."""
        if self._names.pop(key, None) is None:
            return
        places = self._rows_of.pop(key, None)
        if places is None:
            self._fresh.remove(key)
        for segment, row in places or ():
            self._segments[segment].alive[row] = False
            self._dead += 1

    def query(self, text: str, top: int = 5) -> list[Candidate]:
        """Return the names most like ``text``, best first; of equal scores the shorter one, then the one added first."""
        return self.query_many([text], top)[0]

    def query_many(self, texts: Iterable[str], top: int = 5, *, processes: int = 1) -> list[list[Candidate]]:
        """Return what ``query`` returns for each text. ``processes`` > 1 divides a large question (``beside``)."""
        self._seal()
        if processes > 1:
            return divided(partial(self._query_many, top=top), list(texts), processes)
        return self._query_many(texts, top)

    def _query_many(self, texts: Iterable[str], top: int) -> list[list[Candidate]]:
        rest = iter(texts)
        chunks = iter(lambda: list(islice(rest, _CHUNK)), [])
        first = next(chunks, [])
        if len(first) < _CHUNK:
            return self._answer(first, self._asked(first), top)
        return list(chain.from_iterable(self._answers(chain([first], chunks), top)))

    def _answers(self, chunks: Iterable[list[str]], top: int) -> Iterator[list[list[Candidate]]]:
        """Answer chunk by chunk; while numpy works on one, the next is divided (it lets go of the interpreter)."""
        with ThreadPoolExecutor(max_workers=1) as beside:
            waiting: Future[list[list[Candidate]]] | None = None
            for chunk in chunks:
                asked = self._asked(chunk)
                if waiting:
                    yield waiting.result()
                waiting = beside.submit(self._answer, chunk, asked, top)
            if waiting:
                yield waiting.result()

    def _asked(self, texts: list[str]) -> Columns:
        return columns_of([make_profile(parse_name(text)) for text in texts])

    def _answer(self, texts: list[str], asked: Columns, top: int) -> list[list[Candidate]]:
        if not self._segments:
            return [[] for _text in texts]
        rows, numbers, own = self._near(asked)
        score, length = np.zeros(len(rows)), np.zeros(len(rows), np.int64)
        for number, segment in enumerate(self._segments):
            here = numbers == number
            score[here] = scores(asked.take(rows[here]), segment.names.take(own[here]))
            length[here] = segment.names.lengths[own[here]]
        order = np.lexsort((own, numbers, length, -score, rows))
        rows, numbers, own, score = rows[order], numbers[order], own[order], score[order]
        ends = np.searchsorted(rows, np.arange(len(texts) + 1))
        # one key may stand there by several of its names
        kept = [slice(int(begin), int(end)) for begin, end in pairwise(ends)]
        return [
            self._candidates(
                text, zip(numbers[here].tolist(), own[here].tolist(), score[here].tolist(), strict=True), top
            )
            for text, here in zip(texts, kept, strict=True)
        ]

    def _near(self, asked: Columns) -> tuple[Any, Any, Any]:
        """Return the names with most in common with each asked one: asked row, segment, row of the segment."""
        found = [segment.near(asked) for segment in self._segments]
        numbers = np.repeat(np.arange(len(found)), [len(rows) for rows, _own, _lack in found])
        rows, own, lack = (np.concatenate(column) for column in zip(*found, strict=True))
        if len(found) > 1:
            order = np.lexsort((own, numbers, lack, rows))
            rows, numbers, own = rows[order], numbers[order], own[order]
            kept = first_of_each(rows, LOOKED_AT)
            rows, numbers, own = rows[kept], numbers[kept], own[kept]
        return rows, numbers, own

    def _candidates(self, text: str, found: Iterator[tuple[int, int, float]], top: int) -> list[Candidate]:
        answer: dict[str, Candidate] = {}
        for number, row, score in found:
            if len(answer) == top or score <= 0:
                break
            here = self._rows[number][row]
            if here.key not in answer:
                answer[here.key] = Candidate(here.key, here.name, round(score, 4), text, here.by)
        return list(answer.values())

    def _seal(self) -> None:
        """Bring the segments up to date: what is new beside the large one, or everything anew when it is much."""
        large = len(self._segments[0].alive) if self._segments else 0
        recent = len(self._segments[1].alive) if len(self._segments) > 1 else 0
        if self._dead + recent + len(self._fresh) > max(_SMALL, large // 8):
            self._merge()
        elif self._fresh:
            self._append(self._fresh)
        self._fresh = []

    def _append(self, keys: list[str]) -> None:
        """Seal the new names, with those of the small segment, as the small segment."""
        columns, rows = self._made(keys)
        if len(self._segments) > 1:
            kept, survivors = self._living(1)
            columns, rows = joined([kept, columns]), survivors + rows
            del self._segments[1], self._rows[1]
        self._put(columns, rows)

    def _merge(self) -> None:
        """Seal everything as one segment."""
        parts = [self._living(number) for number in range(len(self._segments))] + [self._made(self._fresh)]
        self._segments, self._rows, self._dead = [], [], 0
        self._put(joined([columns for columns, _rows in parts]), [row for _columns, rows in parts for row in rows])

    def _living(self, number: int) -> tuple[Columns, list[_Row]]:
        segment, rows = self._segments[number], self._rows[number]
        return segment.names.take(segment.alive), [
            row for row, alive in zip(rows, segment.alive.tolist(), strict=True) if alive
        ]

    def _made(self, keys: list[str]) -> tuple[Columns, list[_Row]]:
        rows = [
            _Row(key, self._names[key][0], by) for key in keys for by in (self._names[key][0], *self._names[key][1])
        ]
        parts = [
            columns_of([make_profile(parse_name.__wrapped__(row.by)) for row in rows[at : at + _PROFILES]])
            for at in range(0, max(1, len(rows)), _PROFILES)
        ]
        return joined(parts), rows

    def _put(self, columns: Columns, rows: list[_Row]) -> None:
        number = len(self._segments)
        self._segments.append(sealed(columns))
        self._rows.append(rows)
        fresh: dict[str, list[tuple[int, int]]] = {}
        for at, row in enumerate(rows):
            fresh.setdefault(row.key, []).append((number, at))
        self._rows_of.update(fresh)
