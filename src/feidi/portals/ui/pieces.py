"""What views hand to the components: small frozen values with no knowledge of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from feidi.kernel.messages import Words

#: ok 绿, warn 橙, bad 红, info 蓝, quiet 灰, mark 紫 (期初、更正 and other provenance marks).
Tone = Literal["ok", "warn", "bad", "info", "quiet", "mark"]
#: yes 已有, no 还差, unknown 待核实.
Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word with a tone."""

    text: Words
    tone: Tone = "quiet"
    icon: str = ""
    title: Words = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to this page; the last has no address."""

    label: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab that is a link, with an optional count."""

    code: str
    label: Words
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a wizard; ``url`` only where going back is possible."""

    code: str
    label: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a row or record offers: a link, or with ``post`` a form sent by POST."""

    label: Words
    url: str
    icon: str = ""
    post: bool = False
    tone: Literal["", "primary", "danger"] = ""


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One thing that the next stage needs: is it there, what is missing, where to supply it.

    ``waived``: passed over with 待补 (who, by when); still counted as missing.
    """

    answer: Answer
    text: Words
    fix: Words = ""
    url: str = ""
    link_label: Words = ""
    waived: Words = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a history. ``when`` None: the date is not known."""

    when: date | datetime | None
    title: Words
    text: Words = ""
    who: Words = ""
    icon: str = "history"
    tone: Tone = "quiet"
    url: str = ""
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A box on paper to be signed: which role, whose seal, whose name when known."""

    role: Words
    name: str = ""
    seal: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; None is a gap, not a zero."""

    name: Words
    values: Sequence[float | int | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. The component draws the same numbers as a table beside it.

    ``kind``: bar | bars (horizontal) | line | funnel | pie. ``urls``: the rows behind each category.
    ``flows`` are for ``flow``, a node diagram (never a map): (from, to, value). ``texts``: how each value of a single
    series is written where a number alone would say too much (≥ 100); ``notes``: one more column of the table.
    """

    kind: Literal["bar", "bars", "line", "funnel", "pie", "flow"]
    title: Words
    categories: Sequence[Words] = ()
    series: Sequence[Series] = ()
    unit: Words = ""
    urls: Sequence[str] = ()
    flows: Sequence[tuple[str, str, float]] = ()
    texts: Sequence[Words] = ()
    notes: Sequence[Words] = ()
    notes_label: Words = ""

    def data(self) -> dict[str, Any]:
        """Return the plain values that ``charts.js`` reads."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "unit": str(self.unit),
            "categories": [str(each) for each in self.categories],
            "series": [{"name": str(each.name), "values": list(each.values)} for each in self.series],
            "urls": list(self.urls),
            "flows": [list(each) for each in self.flows],
            "texts": [str(each) for each in self.texts],
        }

    def worded(self) -> list[tuple[str, str, str, str]]:
        """Return (category, address, value as written, note) for the table of a chart with ``texts``."""
        notes = [*(str(each) for each in self.notes), *[""] * (len(self.categories) - len(self.notes))]
        return [
            (category, address, str(self.texts[at]), notes[at])
            for at, (category, address, _values) in enumerate(self.rows())
        ]

    def rows(self) -> list[tuple[str, str, list[float | int | None]]]:
        """Return (category, address, one value per series) for the table."""
        addresses = [*self.urls, *[""] * (len(self.categories) - len(self.urls))]
        return [
            (str(category), addresses[at], [series.values[at] for series in self.series])
            for at, category in enumerate(self.categories)
        ]


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a board: what it is called, where it leads, a line or two, marks."""

    uid: str
    title: Words
    url: str
    lines: Sequence[Words] = ()
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column of a board. ``count`` counts all of its cards; ``more_url`` gives the next ones, empty when none."""

    code: str
    label: Words
    count: int
    cards: Sequence[Card] = ()
    more_url: str = ""
    list_url: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Long work as its progress component shows it.

    ``state``: waiting | running | done | failed | stopped. ``total`` 0: not yet known.
    """

    state: Literal["waiting", "running", "done", "failed", "stopped"]
    title: Words
    done: int = 0
    total: int = 0
    message: Words = ""

    @property
    def moving(self) -> bool:
        """Tell whether it is worth asking again."""
        return self.state in {"waiting", "running"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``shown``: part of the first view; ``lead``: the cell that links and heads the card.

    ``whole``: short values that are never broken over two lines: a number, a day, a state.
    """

    code: str
    label: Words
    sortable: bool = False
    numeric: bool = False
    shown: bool = True
    lead: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: values by column code, where it leads, what it offers."""

    cells: Mapping[str, Any]
    url: str = ""
    uid: str = ""
    actions: Sequence[Action] = ()
    badges: Sequence[Badge] = ()
    tone: Literal["", "warn", "bad", "quiet"] = ""
    note: Words = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
