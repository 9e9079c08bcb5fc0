"""Tables of a paper: heads that repeat, rows that stay whole, grids of labels, boxes to be signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from feidi.kernel.documents.office.papers import Align, Field, FieldGrid, Inlines, SignBox, SignBoxes, Table
from feidi.kernel.documents.office.styles import CELL, HEI, SMALL_FOUR, element
from feidi.kernel.documents.office.writing import ALIGNMENTS, Look, Marks, add_run, add_spans

_HEAD: Final = Look(font=HEI, size=SMALL_FOUR)
_BOLD: Final = Look(bold=True)
_PLAIN: Final = Look()
_GRID: Final = (0.18, 0.32, 0.18, 0.32)
_BOX_MM: Final = 34.0
_ROW_MM: Final = 8.0
#: A date, a code, a number: a reader stumbles where it is broken. Longer ones may be.
_UNTORN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z./:%+-]*")
_LONGEST_WORD, _SHORT_HEAD, _LATIN, _LOOKED_AT, _PADDING_MM = 12, 2, 0x2E7F, 500, 4.2


def add_table(document: Document, block: Table, marks: Marks, width: Length) -> None:
    """Add a table: caption, unit at the right, a head that repeats on each page, rows that are not torn."""
    _add_caption(document, block)
    table = _new_table(document, _widths(block, width))
    style = document.styles[CELL].style_id
    head = table.rows[0]
    for cell, column in zip(head.cells, block.columns, strict=True):
        _fill(cell, column.title, marks, Align.CENTRE, _HEAD, style)
        # a head never stands alone at the foot of a page
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _on(head, "w:tblHeader")
    if block.rows:
        _add_rows(table, block, marks, style)


def _widths(block: Table, width: float) -> list[float]:
    """Return the columns' widths: by weight, but none so narrow that a date, a code or a head of two words is torn.

    What a narrow one needs more comes from the others, by what they have to spare; where there is not enough, weights decide.
    """
    total = sum(column.weight for column in block.columns)
    wanted = [width * column.weight / total for column in block.columns]
    least = [
        _least(column.title, [row[at] for row in block.rows[:_LOOKED_AT]]) for at, column in enumerate(block.columns)
    ]
    lacking = sum(max(0.0, need - has) for need, has in zip(least, wanted, strict=True))
    spare = sum(max(0.0, has - need) for need, has in zip(least, wanted, strict=True))
    if not lacking or lacking > spare:
        return wanted
    return [max(need, has - max(0.0, has - need) * lacking / spare) for need, has in zip(least, wanted, strict=True)]


def _least(title: str, cells: Sequence[Inlines | str]) -> float:
    words = [title] if len(title) <= _SHORT_HEAD else []
    for cell in cells:
        text = cell if isinstance(cell, str) else "".join(each if isinstance(each, str) else "" for each in cell)
        words += [each for each in _UNTORN.findall(text) if len(each) <= _LONGEST_WORD]
    ems = max((sum(1.0 if ord(each) > _LATIN else 0.58 for each in word) for word in words), default=0.0)
    return float(SMALL_FOUR) * ems + float(Mm(_PADDING_MM)) if ems else 0.0


def _add_rows(table: DocxTable, block: Table, marks: Marks, style: str) -> None:
    """Add the rows: the first as python-docx makes it, the others as its copies, for its way to a cell takes long."""
    first = _add_row(table)
    _tall(first, block.row_mm or _ROW_MM)
    for made, column in zip(first.cells, block.columns, strict=True):
        _fill(made, "", marks, column.align, _PLAIN, style)
    pattern = deepcopy(first._tr)  # noqa: SLF001 - rows are copied as elements
    for cell in pattern.tc_lst:
        for run in list(cell.p_lst[0].r_lst):
            cell.p_lst[0].remove(run)
    table._tbl.remove(first._tr)  # noqa: SLF001
    for number, values in enumerate(block.rows, start=1):
        row = deepcopy(pattern)
        look = _BOLD if block.total and number == len(block.rows) else _PLAIN
        for cell, value in zip(row.tc_lst, values, strict=True):
            add_spans(DocxParagraph(cell.p_lst[0], table), value, marks, look)
        table._tbl.append(row)  # noqa: SLF001


def _add_caption(document: Document, block: Table) -> None:
    if block.caption:
        paragraph = document.add_paragraph(style=CELL)
        paragraph.alignment = ALIGNMENTS[Align.CENTRE]
        paragraph.paragraph_format.keep_with_next = True
        add_run(paragraph, block.caption, _HEAD)
    if block.unit_note:
        paragraph = document.add_paragraph(style=CELL)
        paragraph.alignment = ALIGNMENTS[Align.RIGHT]
        paragraph.paragraph_format.keep_with_next = True
        add_run(paragraph, block.unit_note)


def _new_table(document: Document, widths: Sequence[float]) -> DocxTable:
    table: DocxTable = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(round(width))
    _whole(table.rows[0])
    _tall(table.rows[0], _ROW_MM)
    return table


def _add_row(table: DocxTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # python-docx forgot its type
    return row


def _on(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(element(name))  # noqa: SLF001 - python-docx has no word for it


def _whole(row: _Row) -> None:
    _on(row, "w:cantSplit")


def _tall(row: _Row, millimetres: float) -> None:
    row.height, row.height_rule = Mm(millimetres), WD_ROW_HEIGHT_RULE.AT_LEAST
    if row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is None:  # noqa: SLF001
        _whole(row)


def _fill(cell: _Cell, spans: Inlines | str, marks: Marks, align: Align, look: Look, style: str = "") -> None:
    """Fill a cell; ``style``: the id of the style of cells, where it is at hand."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if style:
        paragraph._p.style = style  # noqa: SLF001 - python-docx would look the name up again
    else:
        paragraph.style = CELL
    paragraph.alignment = ALIGNMENTS[align]
    add_spans(paragraph, spans, marks, look)


def add_field_grid(document: Document, block: FieldGrid, marks: Marks, width: Length) -> None:
    """Add labels and values, two pairs a line; a wide one takes a line of its own."""
    table = _new_table(document, [width * share for share in _GRID])
    unused: _Row | None = table.rows[0]
    for pair in _in_lines(block.fields):
        row = unused if unused is not None else _add_row(table)
        unused = None
        _tall(row, max(each.row_mm or _ROW_MM for each in pair))
        cells = row.cells
        values = [cells[1].merge(cells[3])] if len(pair) == 1 else [cells[1], cells[3]]
        for label, value, each in zip((cells[0], cells[2]), values, pair, strict=False):
            _fill(label, each.label, marks, Align.CENTRE, _HEAD)
            _fill(value, each.spans, marks, Align.LEFT, Look())


def _in_lines(fields: Sequence[Field]) -> list[tuple[Field, ...]]:
    lines: list[tuple[Field, ...]] = []
    waiting: Field | None = None
    for each in fields:
        if each.wide:
            lines += [(waiting,)] if waiting else []
            lines.append((each,))
            waiting = None
        elif waiting:
            lines.append((waiting, each))
            waiting = None
        else:
            waiting = each
    return [*lines, (waiting,)] if waiting else lines


def add_sign_boxes(document: Document, block: SignBoxes, marks: Marks, width: Length) -> None:
    """Add boxes two a line: whose opinion, room to write, signature, day, and where a seal goes."""
    table = _new_table(document, [width / 2, width / 2])
    unused: _Row | None = table.rows[0]
    for start in range(0, len(block.boxes), 2):
        row = unused if unused is not None else _add_row(table)
        unused = None
        _tall(row, _BOX_MM)
        pair = block.boxes[start : start + 2]
        cells = row.cells if len(pair) > 1 else (row.cells[0].merge(row.cells[1]),)
        for cell, box in zip(cells, pair, strict=True):
            _sign_box(cell, box, marks)


def _sign_box(cell: _Cell, box: SignBox, marks: Marks) -> None:
    _fill(cell, f"{box.label}：", marks, Align.LEFT, _HEAD)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    room = cell.add_paragraph(style=CELL)
    add_spans(room, box.opinion, marks)
    room.paragraph_format.space_after = Mm(8)
    sign = cell.add_paragraph(style=CELL)
    sign.alignment = ALIGNMENTS[Align.RIGHT]
    add_run(sign, f"签名：　　　　　　　{'（盖章）' if box.seal else '　　　　'}")
    day = cell.add_paragraph(style=CELL)
    day.alignment = ALIGNMENTS[Align.RIGHT]
    add_run(day, "　　　年　　月　　日　")
