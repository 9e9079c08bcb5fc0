"""The table of ``docs/ledgers_read.md``: what was understood of each messy ledger, beside what a person saw.

``python -m tests.engines.sheets.ledger_table FOLDER > docs/ledgers_read.md`` writes it anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from feidi.engines.findings import Finding
from feidi.engines.sheets import Column, Sheet, Workbook, read_workbook

_HEAD = """# What is understood of the messy ledgers

Each row is one sheet of one file in `../shared/ledgers` (files of public test suites, not committed here).
All columns but the last are generated from the engine `sheets`; a test regenerates them and compares.
The last column says what a person sees on opening the file, and whether the reading is right.
Findings: code without the leading `sheets.`, times how often; **bold** = a problem that a person must look at.

| file | sheet | read as | header rows | columns | records | findings | seen by eye |
|---|---|---|---|---|---|---|---|
"""
_SHOWN = 7
_EMPTY = "Empty sheet: right."
_REMARKS: dict[tuple[str, str], str] = {
    (
        "easyexcel_dataformat.xls",
        "Sheet1",
    ): "Right. Column date holds one moment in 27 formats; those showing only a month give month precision; formats showing only a time still give the date behind it. The other columns are texts and stay texts (5%, ¥1).",
    ("easyexcel_dataformat.xls", "Sheet2"): _EMPTY,
    ("easyexcel_dataformat.xls", "Sheet3"): _EMPTY,
    (
        "easyexcel_extra.xlsx",
        "Sheet1",
    ): "Right. A6:B7 is one merged cell; row 7 has nothing of its own and gives no record. Links and comments are not read.",
    ("easyexcel_extra.xlsx", "Sheet2"): _EMPTY,
    ("easyexcel_extra.xlsx", "Sheet3"): _EMPTY,
    (
        "eec_header_not_first_row.xlsx",
        "Sheet1",
    ): "Right. Header in row 7 under three stray lines and blank rows; （必填） makes a column required; KG without brackets stays in the name.",
    ("eec_large_merged_2608.xlsx", "Sheet1"): "Right. 2,200 rows of merged and bordered cells, but not one value.",
    (
        "eec_person_import_template.xlsx",
        "人员导入模版",
    ): "Right. 工号 stands in columns B and Z; columns Y and AA are really headed 244 and 22. Two test rows.",
    (
        "eec_person_import_template.xlsx",
        "人员导入模板说明",
    ): "Right as a table (row 1 explains the columns, row 2 names them, row 3 is the example), but it is instructions: an import must not take this sheet.",
    (
        "eec_two_row_header_merged.xlsx",
        "Sheet0",
    ): "Right. Seven names merged down, ten dates merged over 得分 and 考试时长.",
    ("frictionless_blank-headers.csv", ""): "Right. The second column has no name.",
    ("frictionless_duplicate-headers.csv", ""): "Right. id occurs three times; 001101 keeps its zeros.",
    (
        "frictionless_encoding-issue-274.csv",
        "",
    ): "Right. 508 lines; the first non-ASCII letters (Māori) come late in the file.",
    (
        "frictionless_merged-cells.xls",
        "Лист1",
    ): "A1:B3 merged, one word. Taken as a header without rows; it might as well be the only value.",
    ("frictionless_merged-cells.xlsx", "Лист1"): "As the .xls.",
    ("frictionless_multiline-headers.xlsx", "Лист1"): "Right. Five header rows; (%) under a name is its unit.",
    ("frictionless_skip-rows-before-headers.csv", ""): "Right. A comment line above the header.",
    (
        "messytables_big5_characters_head.csv",
        "",
    ): "Right. Traditional Chinese; decodes as GB18030 too, into rubbish. The file is cut off in the middle of a character in its last line (152), inside quotes: row 102 has four cells.",
    (
        "messytables_excel_pasting.csv",
        "",
    ): "Right. Two title lines, a total and two notes below; two names are broken over lines inside quotes; years are the column names.",
    ("messytables_mixedGLB.csv", ""): "Right. Lines end in CR only; years 1880 to 2012 = 133 rows; **** stays a text.",
    (
        "messytables_span_rich.xls",
        "Sheet1",
    ): "Right as far as it can be: there is no header, so the first row of letters serves as one. B2:C3 is merged both ways; its word holds for column B of both rows.",
    ("messytables_unicode_sheet_name.xls", "mês"): "One sentence in A1; taken as a header without rows.",
    ("messytables_utf-16le_encoded.csv", ""): "Right. 328 lines, padded texts trimmed; codes such as 5C1 stay texts.",
    (
        "messytables_weird_head_padding.csv",
        "",
    ): "Header right (row 12, years, first column unnamed). 50 rows of figures are right; 16 rows with one cell are group headings and remarks, told as doubtful; the four footnotes of two cells (rows 78, 79, 93, 94) are read as records, which is wrong.",
}


def ledger_table(folder: Path) -> str:
    """Return the whole page for the ledgers of a folder."""
    lines = [line for path in sorted(folder.iterdir()) if path.is_file() for line in _file_lines(path)]
    return _HEAD + "\n".join(lines) + "\n"


def _file_lines(path: Path) -> list[str]:
    book = read_workbook(path)
    if book.fatal:
        return [_line(path.name, "", "refused", "", "", "", _findings(book.findings), "")]
    return [_sheet_line(path.name, book, sheet) for sheet in book.sheets]


def _sheet_line(name: str, book: Workbook, sheet: Sheet) -> str:
    read_as = " ".join(
        part for part in (book.kind, book.encoding, repr(book.delimiter) if book.delimiter else "") if part
    )
    rows = ", ".join(map(str, sheet.header_rows)) or "none"
    return _line(
        name,
        sheet.name if book.kind != "csv" else "",
        read_as,
        rows,
        _columns(sheet.columns),
        str(len(list(sheet.iter_records()))),
        _findings((*book.findings, *sheet.findings)),
        _REMARKS.get((name, sheet.name if book.kind != "csv" else ""), ""),
    )


def _columns(columns: tuple[Column, ...]) -> str:
    names = [
        column.name + (f" [{column.unit}]" if column.unit else "") + (" *" if column.required else "")
        for column in columns
    ]
    more = [f"… ({len(names)} in all)"] if len(names) > _SHOWN else []
    return "; ".join([*names[:_SHOWN], *more])


def _findings(findings: tuple[Finding, ...]) -> str:
    counts = Counter((item.code.removeprefix("sheets."), item.level.value) for item in findings)
    shown = [
        (f"**{code}**" if level != "note" else code) + f" ×{count}" for (code, level), count in sorted(counts.items())
    ]
    return ", ".join(shown) or "none"


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(ledger_table(Path(sys.argv[1])))
