"""A paper as a tree of frozen values: what it is, what it says, who signs it. ``rendering`` makes the .docx of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from feidi.kernel.documents.office.figures import IssuedFigure


class PaperKind(StrEnum):
    """The papers that are written here; the value is the code name of the glossary."""

    BRIEFING = "briefing"
    BRIEF_ONE_PAGE = "brief_one_page"
    REQUEST = "request"
    LETTER = "letter"
    MINUTES = "minutes"
    INSPECTION_REPORT = "inspection_report"
    SUMMARY = "summary"
    BULLETIN = "bulletin"
    VERIFICATION_SHEET = "verification_sheet"
    REVIEW_SHEET = "review_sheet"
    SIGN_IN_SHEET = "sign_in_sheet"
    DATA_CONFIRMATION = "data_confirmation"
    RESULT_SHEET = "result_sheet"
    HANDOVER_LIST = "handover_list"


class Align(StrEnum):
    """How a text stands in its line or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; ``new`` prints it red."""

    text: str
    new: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A figure in a sentence, with a bookmark around it. ``text`` prints it otherwise (十三个); None = as issued."""

    figure: IssuedFigure
    new: bool = False
    text: str | None = None

    @property
    def shown(self) -> str:
        """What is printed."""
        return self.figure.text if self.text is None else self.text


Inline = str | Span | FigureSpan
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、黑体), 2 （一）楷体, 3 (1.) or 4 （1）; counted by itself unless ``numbered`` is off."""

    level: int
    text: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text and figures, its first line two characters in unless ``indent`` is off."""

    spans: Inlines
    indent: bool = True
    align: Align = Align.BOTH


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line like 时间：…, 出席：…; further lines stand under the first one's text."""

    label: str
    spans: Inlines


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``weight`` shares out the width."""

    title: str
    weight: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on each page. ``row_mm``: least height of a row; ``total``: the last row is bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines | str, ...], ...]
    caption: str = ""
    unit_note: str = ""
    row_mm: float | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One label with its value in a grid; ``wide`` takes the whole line, ``row_mm`` its least height."""

    label: str
    spans: Inlines = ()
    wide: bool = False
    row_mm: float | None = None


@dataclass(frozen=True, slots=True)
class FieldGrid:
    """Labels and values in two pairs a line, as forms have them."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SignBox:
    """A box to be signed by hand: whose opinion, and whether a seal goes there."""

    label: str
    seal: bool = False
    opinion: Inlines = ()


@dataclass(frozen=True, slots=True)
class SignBoxes:
    """Boxes for signatures, two a line."""

    boxes: tuple[SignBox, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture, ``width_mm`` wide, with a caption below."""

    data: bytes
    width_mm: float = 120.0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty lines, or a new page."""

    lines: int = 1
    page: bool = False


Block = Heading | Paragraph | Labelled | Table | FieldGrid | SignBoxes | Picture | Spacer


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a 简报, 纪要 or 函: its name in red, its number, who makes it; ``mark`` stands left above (no secrecy)."""

    name: str
    issue: str = ""
    issuer: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """A line of the foot: 报, 送, 发 or 抄送, and to whom."""

    word: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    r"""One paper. ``title`` may hold ``\n`` where its lines are to break; without, they are balanced.

    ``number``: 编号 or 发文字号; ``print_count``: 份数; ``reference``: a code that comes back with an edited copy
    (letters, digits); ``watermark``: who printed it and when; ``demonstration`` marks every page 演示数据.
    """

    kind: PaperKind
    title: str
    blocks: tuple[Block, ...]
    dated: date | None = None
    masthead: Masthead | None = None
    addressees: tuple[str, ...] = ()
    signature: str = ""
    attachments: tuple[str, ...] = ()
    contact: str = ""
    copies: tuple[Copies, ...] = ()
    printed_by: str = ""
    print_count: int | None = None
    number: str = ""
    reference: str = ""
    watermark: str = ""
    landscape: bool = False
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind is called and how it is set. ``needs`` names the fields of ``Paper`` that it cannot do without."""

    words: str
    needs: tuple[str, ...] = ("signature", "dated")
    sheet: bool = False
    one_page: bool = False
    letter_head: bool = False


LAYOUTS: Final[dict[PaperKind, Layout]] = {
    PaperKind.BRIEFING: Layout("情况汇报"),
    PaperKind.BRIEF_ONE_PAGE: Layout("专报", one_page=True),
    PaperKind.REQUEST: Layout("请示", ("addressees", "signature", "dated")),
    PaperKind.LETTER: Layout("函", ("addressees", "signature", "dated"), letter_head=True),
    PaperKind.MINUTES: Layout("会议纪要", ("dated",)),
    PaperKind.INSPECTION_REPORT: Layout("考察报告"),
    PaperKind.SUMMARY: Layout("工作总结"),
    PaperKind.BULLETIN: Layout("简报", ("masthead", "dated")),
    PaperKind.VERIFICATION_SHEET: Layout("核验表", (), sheet=True),
    PaperKind.REVIEW_SHEET: Layout("评审表", (), sheet=True),
    PaperKind.SIGN_IN_SHEET: Layout("签到表", (), sheet=True),
    PaperKind.DATA_CONFIRMATION: Layout("数据确认单", ("dated",), sheet=True),
    PaperKind.RESULT_SHEET: Layout("绩效结果单", (), sheet=True),
    PaperKind.HANDOVER_LIST: Layout("交接清单", (), sheet=True),
}
