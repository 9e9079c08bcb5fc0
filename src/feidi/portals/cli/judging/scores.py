"""A table of scores: 项目, 评委, and 总分 or one column for each criterion. Every fault with its line and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feidi.engines.findings import refuse

if TYPE_CHECKING:
    from feidi.engines.judging import Score
    from feidi.portals.cli.matching.tables import Cells, Reading, Row

#: Field → how its column may be called; the first name is shown when it is missing.
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "project": ("项目", "项目名称", "团队", "project"),
    "judge": ("评委", "专家", "评委姓名", "judge"),
    "score": ("总分", "得分", "分数", "评分", "score", "total"),
}
_PART: Final = "part:"


def scores_of(path: Path, most: Decimal) -> list[Score]:
    """Return the scores of a table; the total is the sum of the parts where there are parts. Refused with every fault."""
    from feidi.portals.cli.matching.tables import Reading, read_rows  # noqa: PLC0415 - --help need not pay for it

    reading = Reading("judging")
    rows = read_rows(path, "judging.file_unreadable")
    parts = _parts(rows)
    names = {**COLUMNS, **{_PART + each: (each.casefold(),) for each in parts}}
    table = list(reading.rows(rows, names, ("project", "judge", *(() if parts else ("score",)))))
    if parts and table and "score" in table[0].heads:
        reading.put("score_and_parts", None, None, columns="、".join(parts))
        table = []
    found = list(_scores(reading, table, parts, most))
    if reading.findings:
        raise refuse("judging.file_faulty", *reading.findings, file=path.name, n=len(reading.findings))
    if not found:
        raise refuse("judging.empty")
    return found


def _parts(rows: Sequence[Row]) -> list[str]:
    """Return the names of the columns that are neither project, judge nor total."""
    from feidi.engines.sheets.units import read_header  # noqa: PLC0415 - with its caller

    known = {name for names in COLUMNS.values() for name in names}
    for _number, cells in rows:
        if any(cell.strip() for cell in cells) and not cells[0].strip().startswith("#"):
            heads = [read_header(cell.strip().lstrip("\ufeff")).name for cell in cells]
            return [head for head in heads if head and head.casefold() not in known]
    return []


def _scores(reading: Reading, table: Sequence[Cells], parts: Sequence[str], most: Decimal) -> Iterator[Score]:
    from feidi.engines.judging import Score  # noqa: PLC0415 - numpy, only once it is needed

    lines: dict[tuple[str, str], int] = {}
    for cells in table:
        project, judge = cells.text("project"), cells.text("judge")
        if not project or not judge:
            reading.put("name_missing", cells.row, None)
            continue
        first = lines.setdefault((project, judge), cells.row)
        if first != cells.row:
            reading.put("line_twice", cells.row, None, project=project, judge=judge, first=first)
        values = {each: _number(reading, cells, _PART + each, most) for each in parts}
        total = sum(values.values(), Decimal(0)) if parts else _number(reading, cells, "score", most)
        if total > most and parts:
            reading.put("out_of_range", cells.row, None, column="+".join(parts), value=str(total), most=str(most))
        yield Score(project, judge, total, values)


def _number(reading: Reading, cells: Cells, name: str, most: Decimal) -> Decimal:
    try:
        value = Decimal(cells.text(name))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        reading.wrong(cells, name)
        return Decimal(0)
    if not 0 <= value <= most:
        column = cells.heads[name].written
        reading.put("out_of_range", cells.row, column, column=column, value=str(value), most=str(most))
    return value
