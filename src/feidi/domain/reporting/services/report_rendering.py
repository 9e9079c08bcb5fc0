"""A report's body as Word, PDF and Excel: three renderers of the one form. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.selectors.report_body import (
    Block,
    BodySection,
    ReportBody,
    ReportFigure,
    pieces_of,
    shown_sections,
)
from feidi.domain.reporting.services.report_workbook import report_workbook
from feidi.kernel.documents.office import papers
from feidi.kernel.documents.office.papers import (
    Align,
    Column,
    Copies,
    FigureSpan,
    Heading,
    Inline,
    Masthead,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)
from feidi.kernel.documents.paper_setting import paper_pdf, paper_pictures

_KINDS: Final = {
    "bulletin": PaperKind.BULLETIN,
    "briefing": PaperKind.BRIEFING,
    "summary": PaperKind.SUMMARY,
}
_DRAFT: Final = "草稿，未经批准"
_STOPS: Final = "。！？；：:.!?"
#: Widths of columns by their head; others take 1.2.
_WEIGHTS: Final = {
    "序号": 0.8,
    "项目名称": 2.2,
    "投资方/团队": 2.4,
    "落户企业": 2.4,
    "最近进展": 2.8,
    "存在问题": 2.4,
    "需协调事项": 2.4,
    "下一步计划": 2.4,
    "指标": 2.6,
    "单位": 0.8,
    "产业领域": 1.5,
    "阶段": 1.5,
    "签约日期": 1.9,
    "核实落地日期": 1.9,
    "最近洽谈日期": 1.9,
    "签约金额（万元）": 1.5,
}
_OTHER: Final = 1.2
#: A table of more columns lies on its side.
_UPRIGHT: Final = 6


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands around one rendering: its number, issue and address, whether it is still a draft, when it was made."""

    number: str
    issue: str
    reference: str
    at: datetime
    draft: bool = False


def render(body: ReportBody, stamp: Stamp, form: ReportFormat) -> bytes:
    """Return the report in a form. Equal input gives equal bytes. Refused: a missing Chinese font (PDF)."""
    if form is ReportFormat.XLSX:
        return report_workbook(body, number=stamp.number, at=stamp.at, draft=stamp.draft)
    paper = paper_of(body, stamp)
    if form is ReportFormat.PDF:
        return paper_pdf(paper, stamp.at)
    from feidi.kernel.documents.office.rendering import render_paper  # noqa: PLC0415 - python-docx is slow to load

    return render_paper(paper)


def report_pictures(body: ReportBody, stamp: Stamp) -> list[bytes]:
    """Return one picture a page, for browsers that cannot open a PDF."""
    return paper_pictures(paper_of(body, stamp), stamp.at)


def paper_of(body: ReportBody, stamp: Stamp) -> Paper:
    """Return the official paper of a body: what Word and PDF are made of."""
    head, kind = body.head, _KINDS[body.paper]
    bulletin = kind is PaperKind.BULLETIN
    return Paper(
        kind=kind,
        title=body.title,
        blocks=tuple(_blocks(body)),
        # the day of issue; what the figures are as of stands in the text
        dated=stamp.at.astimezone(SHANGHAI).date(),
        masthead=Masthead(head["name"], stamp.issue, head["issuer"]) if bulletin else None,
        addressees=tuple(head["addressees"]) if kind is PaperKind.BRIEFING else (),
        signature="" if bulletin else head["issuer"],
        copies=tuple(Copies(each["word"], tuple(each["to"])) for each in head["copies"]) if bulletin else (),
        printed_by=head["issuer"] if bulletin else "",
        print_count=head["print_count"] if bulletin else None,
        number="" if bulletin else stamp.number,
        reference=stamp.reference,
        watermark=_DRAFT if stamp.draft else "",
        demonstration=bool(settings.FEIDI_DEMONSTRATION),
    )


def _blocks(body: ReportBody) -> Iterator[papers.Block]:
    for section in shown_sections(body):
        if section.heading:
            yield Heading(1, section.heading)
        yield from _section(body, section)
    for note in body.notes:
        yield Paragraph((note,))


def _section(body: ReportBody, section: BodySection) -> Iterator[papers.Block]:
    for block in section.blocks:
        if block.kind in {"text", "note"}:
            yield from _paragraphs(body, block)
        elif block.kind == "figures":
            lines = [body.figures[each] for each in block.ids]
            yield figures_table(lines, body.as_of)
            yield from (Paragraph((each.correction,)) for each in lines if each.correction)
        else:
            yield _table(block)


def _paragraphs(body: ReportBody, block: Block) -> Iterator[Paragraph]:
    for line in block.template.splitlines():
        words = line.strip()
        if not words:
            continue
        spans: list[Inline] = []
        for piece in pieces_of(body, words if words[-1] in _STOPS else f"{words}。"):
            issued = piece.figure.issued if piece.figure else None
            spans.append(FigureSpan(issued, text=piece.text) if issued else piece.text)
        yield Paragraph(tuple(spans))


FIGURE_HEADS: Final = ("指标", "本期", "上期", "本年累计", "分子/分母、金额")


def figures_table(lines: list[ReportFigure], as_of: str) -> Table:
    """Return figures as a table: now, before, the year so far, and what each is made of."""
    weights = (2.4, 1.3, 1.3, 1.3, 1.9)
    columns = tuple(
        Column(title, weight, Align.LEFT if at in {0, 4} else Align.CENTRE)
        for at, (title, weight) in enumerate(zip(FIGURE_HEADS, weights, strict=True))
    )
    rows = tuple((each.label, _now(each), each.before, each.year, each.beside) for each in lines)
    return Table(columns, rows, unit_note=f"截至{as_of}")


def _now(figure: ReportFigure) -> papers.Inlines | str:
    issued = figure.issued
    return (FigureSpan(issued, text=figure.text),) if issued else figure.text


def _table(block: Block) -> Table:
    columns = tuple(
        Column(
            head,
            _WEIGHTS.get(head, _OTHER),
            Align.CENTRE if head == "序号" else Align.RIGHT if at in block.numeric else Align.LEFT,
        )
        for at, head in enumerate(block.heads)
    )
    return Table(columns, block.rows, caption=block.caption)
