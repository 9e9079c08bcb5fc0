"""A snapshot and a person's words become a paper and a chat text: the same figures, by the sentences of content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from feidi.domain.reporting.selectors.paper_content import Head, PaperContent, PaperForm, Section
from feidi.domain.reporting.selectors.paper_sources import COLUMNS, span_words
from feidi.domain.reporting.selectors.papers import Snapshot
from feidi.kernel.documents.office.chat_text import ChatFigure, ChatSentence, ChatText, chat_text
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.form_values import FormValue, shown
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    FigureSpan,
    Heading,
    Inline,
    Masthead,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)

_PLACE: Final = re.compile(r"\{(\w+)\}")
_STOPPING: Final = "，；。"
#: A part of a sentence with what ends it; the figures in it that need a task of the year.
_PARTS: Final = re.compile(rf"[^{_STOPPING}]*[{_STOPPING}]|[^{_STOPPING}]+$")
_TASKED: Final = re.compile(r"\{(\w+_(?:task|done|pace)|passed)\}")
_STOPS: Final = "。！？；"
#: Columns of a list in a paper.
_LIST: Final = ("#", "name", "sponsor", "signed_on", "signed_wan", "stage")
#: Wide enough that neither 序号 nor a date is broken.
_WEIGHTS: Final[Mapping[str, float]] = {"#": 0.8, "name": 2.1, "sponsor": 2.3, "signed_on": 1.6, "signed_wan": 1.3}
_ALIGN: Final[Mapping[str, Align]] = {"#": Align.CENTRE, "signed_wan": Align.RIGHT}
_OWN_PRIORITY: Final = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person wrote for a paper: texts by field, and the lists that content asks for."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, list[dict[str, FormValue]]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return one field's text without idle space."""
        return str(self.fields.get(name) or "").strip()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of one paper."""

    head: Head
    number: str
    issue: str
    reference: str
    demonstration: bool


def write_paper(kind: PaperForm, snapshot: Snapshot, wording: Wording, frame: Frame) -> Paper:
    """Return the paper. Sentences with an unknown figure and sections without text are left out."""
    head, code = frame.head, PaperKind(kind.code)
    addressees = tuple(filter(None, re.split(r"[、，,;；\n]", wording.text("addressee")))) or head.addressees
    bulletin = code is PaperKind.BULLETIN
    masthead = Masthead(head.name, frame.issue, head.issuer) if bulletin else None
    return Paper(
        kind=code,
        title=_words(kind.title, snapshot, wording, head),
        blocks=tuple(_blocks(kind.sections, snapshot, wording)),
        dated=snapshot.as_of,
        masthead=Masthead(head.issuer) if code is PaperKind.LETTER else masthead,
        addressees=addressees if kind.addressed else (),
        signature="" if bulletin else head.issuer,
        copies=head.copies if bulletin else (),
        printed_by=head.issuer if bulletin else "",
        print_count=head.print_count if bulletin else None,
        number="" if bulletin else frame.number,
        reference=frame.reference,
        demonstration=frame.demonstration,
    )


def _words(template: str, snapshot: Snapshot, wording: Wording, head: Head) -> str:
    texts = {**texts_of(snapshot), "subject": wording.text("subject"), "outpost": head.issuer}
    return _PLACE.sub(lambda found: texts.get(found[1], found[0]), template)


def texts_of(snapshot: Snapshot) -> dict[str, str]:
    """Return the words about days that sentences may hold."""
    return {
        "day": f"{snapshot.as_of.month}月{snapshot.as_of.day}日",
        "span": span_words(snapshot.span, snapshot.as_of),
        "outpost": snapshot.outpost.name,
    }


def _blocks(sections: tuple[Section, ...], snapshot: Snapshot, wording: Wording) -> Iterator[Block]:
    for section in sections:
        body = list(_section(section, snapshot, wording))
        if body:
            yield from ((Heading(1, section.heading),) if section.heading else ())
            yield from body


def _section(section: Section, snapshot: Snapshot, wording: Wording) -> Iterator[Block]:
    if spans := tuple(_sentences(section.sentences, snapshot)):
        yield Paragraph(spans)
    if section.field:
        for line in wording.text(section.field).splitlines():
            if line.strip():
                yield Paragraph((_stopped(line),))
    rows = wording.lists.get(section.list) or () if section.list else ()
    if rows:
        columns = tuple(Column(COLUMNS[each], _WEIGHTS.get(each, 1.2), _ALIGN.get(each, Align.LEFT)) for each in _LIST)
        yield Table(columns, tuple(_row(at, row) for at, row in enumerate(rows, start=1)))


def _row(at: int, row: Mapping[str, FormValue]) -> tuple[str, ...]:
    return tuple(str(at) if each == "#" else shown(row.get(each)) for each in _LIST)


def _stopped(line: str) -> str:
    text = line.strip()
    return text if text[-1] in f"{_STOPS}：:.!?" else f"{text}。"


def _sentences(templates: tuple[str, ...], snapshot: Snapshot) -> Iterator[Inline]:
    for template in templates:
        spans = _sentence(template, snapshot)
        if spans is not None:
            yield from spans


def _sentence(template: str, snapshot: Snapshot) -> list[Inline] | None:
    """Return the pieces of a sentence; None when it speaks of a figure that is not known.

    What it says of a task of the year is left out where there is none (a place without targets, one plaque).
    """
    template = without_tasks(template, snapshot.figures)
    texts, spans, last = texts_of(snapshot), [], 0
    for found in _PLACE.finditer(template):
        spans.append(template[last : found.start()])
        last, name = found.end(), found[1]
        if name in texts:
            spans.append(texts[name])
        elif name in snapshot.figures:
            words = snapshot.shown.get(name)
            spans.append(FigureSpan(snapshot.figures[name], text=words))  # type: ignore[arg-type]
        else:
            return None
    spans.append(template[last:])
    return _merged([each for each in spans if each])


def without_tasks(template: str, known: Collection[str]) -> str:
    """Return a sentence without the parts (between ，；。) that speak of a task which is not among ``known``.

    >>> without_tasks("截至{day}，签约{K08_year}，完成年度任务{K08_task}的{K08_done}，{K08_pace}；在谈{talking}。", {"talking"})
    '截至{day}，签约{K08_year}；在谈{talking}。'
    """
    kept: list[str] = []
    for part in _PARTS.findall(template):
        if all(name in known for name in _TASKED.findall(part)):
            kept.append(part)
        elif kept and part[-1] in _STOPPING:
            # what ends with the part that goes ends with the one before it
            kept[-1] = f"{kept[-1].rstrip(_STOPPING)}{part[-1]}"
    return "".join(kept)


def _merged(spans: list[Any]) -> list[Inline]:
    found: list[Inline] = []
    for each in spans:
        if found and isinstance(each, str) and isinstance(found[-1], str):
            found[-1] += each
        else:
            found.append(each)
    return found


def write_chat(content: PaperContent, snapshot: Snapshot, wording: Wording) -> ChatText:
    """Return at most 300 characters; figures first, then what a person wrote, dropped by whole sentences."""
    chat = content.chat
    figures = [_chat_figure(each, snapshot) for each in chat["figures"] if each["figure"] in snapshot.figures]
    sentences = [
        ChatSentence(_stopped(line), _OWN_PRIORITY + at)
        for at, name in enumerate(chat["fields"])
        for line in wording.text(name).splitlines()
        if line.strip()
    ]
    return chat_text(
        opening=chat["opening"],
        as_of=snapshot.as_of,
        figures=figures,
        sentences=sentences,
        closing=chat["closing"],
    )


def _chat_figure(raw: Mapping[str, Any], snapshot: Snapshot) -> ChatFigure:
    figure = snapshot.figures[raw["figure"]]
    task = snapshot.figures.get(f"{raw['figure'].partition('_')[0]}_task") if raw["task"] else None
    added = snapshot.figures.get(raw["added"]) if raw["added"] else None
    return ChatFigure(
        raw["label"],
        figure.value,
        figure.unit,
        target=task.value if task else None,
        added=added.value if added else None,
        added_words=f"{_span_short(snapshot)}新增",
        priority=raw["priority"],
    )


def _span_short(snapshot: Snapshot) -> str:
    return {"week": "本周", "month": "本月", "quarter": "本季度", "year": "本年"}[snapshot.span]


def chat_figures(content: PaperContent, snapshot: Snapshot) -> list[IssuedFigure]:
    """Return the figures that the chat text rests on."""
    names = []
    for raw in content.chat["figures"]:
        code = raw["figure"].partition("_")[0]
        names += [raw["figure"], raw["added"]]
        names += [f"{code}_task", f"{code}_done", f"{code}_pace", "passed"] if raw["task"] else []
    return [snapshot.figures[name] for name in dict.fromkeys(names) if name in snapshot.figures]


def blocks_as_json(paper: Paper) -> list[dict[str, Any]]:
    """Return the text of a paper as it is kept, for the page that shows it with each figure's rows."""
    kept: list[dict[str, Any]] = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            kept.append({"kind": "heading", "text": block.text})
        elif isinstance(block, Paragraph):
            kept.append({"kind": "paragraph", "spans": [_span(each) for each in block.spans]})
        elif isinstance(block, Table):
            heads = [each.title for each in block.columns]
            kept.append({"kind": "table", "heads": heads, "rows": [list(row) for row in block.rows]})
    return kept


def _span(span: Inline) -> dict[str, str]:
    if isinstance(span, FigureSpan):
        return {"text": span.shown, "figure": span.figure.id}
    return {"text": span if isinstance(span, str) else span.text}


def number_words(template: str, year: int, n: int) -> str:
    """Return a paper's number: 情况汇报〔2026〕3号."""
    return template.replace("{year}", str(year)).replace("{n}", str(n))


def text_values(snapshot: Snapshot, head: Head, person: str, wording: Wording) -> dict[str, FormValue]:
    """Return what a form may hold besides figures: days, names, a person's words."""
    own: dict[str, FormValue] = {
        name: wording.text(name) for name in ("highlights", "problems", "coordination", "next_steps")
    }
    day: date = snapshot.as_of
    return {
        **own,
        "as_of": day,
        "day": f"{day.year}年{day.month}月{day.day}日",
        "span": span_words(snapshot.span, day),
        "outpost": head.issuer,
        "superior": head.superior,
        # an actor's label ends in the login, which is nobody's business outside
        "person": person.rsplit(" (", 1)[0],
    }
