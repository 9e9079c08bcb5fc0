"""A report's body out of the rows: sentences of content with their figures, tables, lists, a person's words as a draft.

Reading only: nothing is kept here. Papers are Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.translation import override

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.report_periods import Term
from feidi.domain.reporting.selectors.figures import View, view_of
from feidi.domain.reporting.selectors.paper_content import Head, paper_content
from feidi.domain.reporting.selectors.paper_lists import MOST, count_untold, highlights, lists_of, own_words
from feidi.domain.reporting.selectors.paper_sources import ALL, COLUMNS, LISTS, SOURCES
from feidi.domain.reporting.selectors.papers import Snapshot, snapshot_of
from feidi.domain.reporting.selectors.report_body import Block, BodySection, ReportBody, ReportFigure
from feidi.domain.reporting.selectors.report_content import PLACE, WORDS, ReportKind, ReportSection
from feidi.domain.reporting.selectors.report_figures import (
    frozen_sentence_figures,
    sentence_figures,
    table_figures,
)
from feidi.domain.reporting.selectors.report_sources import source_blocks
from feidi.domain.reporting.services.paper_writing import Wording, without_tasks, write_chat
from feidi.engines.findings import refuse
from feidi.engines.measures import INDICATORS
from feidi.kernel.access import Actor
from feidi.kernel.documents.office.form_values import shown

LANGUAGE: Final = "zh-hans"
_NUMERIC: Final = frozenset({"signed_wan"})


@dataclass(frozen=True, slots=True)
class Order:
    """Which report: of which outpost, kind and period, as of which day, under which plaque; ``made_on`` decides whose head it bears."""

    outpost: Outpost
    kind: ReportKind
    term: Term
    as_of: date
    made_on: date
    plaque: str = ""


def order_of(
    outpost: Outpost,
    kind: ReportKind,
    term: Term,
    now: datetime,
    *,
    as_of: date | None = None,
    plaque: str | None = None,
) -> Order:
    """Return the order of a period as of its last day, or today while it runs. Refused: a period to come."""
    today = now.astimezone(SHANGHAI).date()
    if term.start > today:
        raise refuse("reports.future", period=term.words)
    last = min(term.last, today)
    chosen = last if as_of is None else max(term.start, min(as_of, last))
    return Order(outpost, kind, term, chosen, today, kind.plaque if plaque is None else plaque)


def build_body(actor: Actor, order: Order) -> ReportBody:
    """Return everything the report says. Refused: no permission over the outpost, a plaque that it has not."""
    with override(LANGUAGE):
        return _Building(actor, order).body()


@dataclass
class _Building:
    """One building: the snapshot is taken once, every figure and list comes out of it."""

    actor: Actor
    order: Order
    figures: dict[str, ReportFigure] = field(default_factory=dict)
    snapshot: Snapshot = field(init=False)
    view: View = field(init=False)
    head: Head = field(init=False)

    def __post_init__(self) -> None:
        order = self.order
        taken = (order.outpost, order.as_of, order.term.kind.value)
        self.snapshot = snapshot_of(self.actor, *taken, plaque=order.plaque)
        self.view = replace(view_of(self.actor, (order.outpost,), order.term.days, order.as_of), plaque=order.plaque)
        self.head = paper_content(order.outpost, order.made_on).head(order.outpost, order.plaque)

    def body(self) -> ReportBody:
        kind, order = self.order.kind, self.order
        sections = tuple(self._section(each) for each in kind.sections)
        empty = self._nothing(sections)
        return ReportBody(
            kind=kind.code,
            title=self._worded(kind.title),
            paper=kind.paper,
            span=order.term.words,
            period_from=order.term.start.isoformat(),
            as_of=order.as_of.isoformat(),
            to=tuple(self._worded(each) for each in kind.to),
            head=self._head(),
            sections=(self._nothing_said(),) if empty else sections,
            figures={} if empty else self.figures,
            chat="" if empty or not kind.chat else self._chat(),
            notes=self._notes(),
            empty=empty,
        )

    def _head(self) -> dict[str, Any]:
        ours = self.order.kind.audience != "host"
        to = tuple(self._worded(each) for each in self.order.kind.to)
        return {
            "name": self.head.name,
            "issuer": self.head.issuer,
            "addressees": list(to),
            # the home side's own list of copies is no matter of the host side
            "copies": [{"word": each.word, "to": list(each.to)} for each in self.head.copies] if ours else [],
            "print_count": self.head.print_count,
        }

    def _worded(self, template: str) -> str:
        words = self._words()
        return PLACE.sub(lambda found: words.get(found[1], found[0]), template)

    def _words(self) -> dict[str, str]:
        outpost, day = self.order.outpost, self.order.as_of
        return {
            "day": f"{day.month}月{day.day}日",
            "span": self.order.term.words,
            "outpost": self.head.issuer,
            "home": outpost.home.name_zh,
            "host": outpost.host.name_zh,
            "superior": self.head.superior,
        }

    def _section(self, section: ReportSection) -> BodySection:
        blocks = (
            self._text(section), *self._own(section), *self._table(section), *self._list(section), *self._other(section)
        )  # fmt: skip
        return BodySection(section.code, self._worded(section.heading), tuple(filter(None, blocks)))

    def _text(self, section: ReportSection) -> Block | None:
        if not section.sentences:
            return None
        said = [self._sentence(each) for each in section.sentences]
        return Block("text", code=section.code, template="".join(each for each in said if each))

    def _sentence(self, template: str) -> str:
        """Return a sentence with its figures as tokens; empty when it speaks of one that is not known."""
        template = without_tasks(template, self.snapshot.figures)
        names = [name for name in PLACE.findall(template) if name not in WORDS]
        found = sentence_figures(self.snapshot, [name for name in names if name in SOURCES])
        frozen = frozen_sentence_figures(self.view, found, self.order.term) if found else {}
        # in a sentence a figure keeps the name it has there (本月新增签约)
        found |= {name: replace(each, label=found[name].label) for name, each in frozen.items()}
        own = [name for name in names if name in INDICATORS]
        found |= {each.id: each for each in table_figures(self.view, own, self.order.term)}
        if any(name not in found or found[name].value is None for name in names):
            return ""
        self.figures |= found
        words = self._words()
        return PLACE.sub(lambda one: words.get(one[1], one[0]), template)

    def _own(self, section: ReportSection) -> Iterator[Block]:
        if not section.words:
            return
        if section.words == "highlights":
            drafted = highlights(self.actor, self.snapshot)
        else:
            drafted = own_words(self.actor, self.snapshot, section.words.replace("next_steps", "next_step"))
        # what projects say is a person's text: a brace in it is no figure
        yield Block("text", code=f"{section.code}_words", template=drafted.replace("{", "｛").replace("}", "｝"))

    def _table(self, section: ReportSection) -> Iterator[Block]:
        lines = table_figures(self.view, section.figures, self.order.term)
        self.figures |= {each.id: each for each in lines}
        if lines:
            yield Block("figures", ids=tuple(each.id for each in lines))

    def _list(self, section: ReportSection) -> Iterator[Block]:
        if not section.list:
            return
        inside = self.order.kind.audience == "inside"
        name = f"{section.list}{ALL}" if inside else section.list
        lines = lists_of(self.actor, self.snapshot, (name,))[name]
        if section.recent:
            start = self.order.term.start
            lines = [each for each in lines if isinstance(each["last_on"], date) and each["last_on"] >= start]
        rows = tuple(
            tuple(str(at) if column == "#" else shown(line.get(column)) for column in section.columns)
            for at, line in enumerate(lines, start=1)
        )
        numeric = tuple(at for at, column in enumerate(section.columns) if column in _NUMERIC)
        if rows:
            yield Block("table", heads=tuple(COLUMNS[each] for each in section.columns), rows=rows, numeric=numeric)
        untold = 0 if inside else count_untold(self.actor, self.snapshot, section.list)
        if untold:
            yield Block("note", template=f"另有{untold}个项目尚未报送，只计数，不列名称。")
        if len(self.snapshot.rows[LISTS[section.list][1]]) > MOST:
            yield Block("note", template=f"名单只列前{MOST}个。")
        if not rows and not untold:
            yield Block("note", template="本期无。")

    def _other(self, section: ReportSection) -> Iterator[Block]:
        if section.source:
            order = self.order
            yield from source_blocks(self.actor, section.source, order.outpost, order.term, order.as_of)

    def _chat(self) -> str:
        content = paper_content(self.order.outpost, self.order.made_on)
        words = {"highlights": highlights(self.actor, self.snapshot)}
        words["coordination"] = own_words(self.actor, self.snapshot, "coordination")
        return write_chat(content, self.snapshot, Wording(words)).text

    def _notes(self) -> tuple[str, ...]:
        n = self.snapshot.unplaced
        return (f"另有{n}个项目没有归到任何牌子，没有计入。",) if n else ()

    def _nothing(self, sections: tuple[BodySection, ...]) -> bool:
        """Tell whether nothing at all was on record by that day: then a 0 would be a claim that nobody can make."""
        counted = any(self.snapshot.rows[name] for name in self.snapshot.rows)
        other = any(block.kind == "table" and block.rows for each in sections for block in each.blocks)
        if counted or other:
            return False
        midnight = datetime.combine(self.order.as_of + timedelta(days=1), time(), SHANGHAI)
        there = Project.objects.filter(outpost=self.order.outpost, voided_at__isnull=True, created_at__lt=midnight)
        return not there.exists()

    def _nothing_said(self) -> BodySection:
        day = self.order.as_of
        said = f"截至{day.year}年{day.month}月{day.day}日，系统里没有这个驻点的任何登记，{self.order.term.words}没有可报的数字。"
        return BodySection("nothing", "", (Block("note", template=said),))
