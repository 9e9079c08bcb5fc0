"""From forms, papers and figures to what the pages draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.figure_texts import pace_text
from feidi.domain.reporting.models import BoundForm, IssuedPaper
from feidi.domain.reporting.selectors.forms import Standing, bytes_of
from feidi.domain.reporting.selectors.paper_sources import SOURCES, WAN, Source, period_of, source_label, start_of
from feidi.domain.reporting.selectors.papers import Difference, Snapshot, plaque_of
from feidi.domain.reporting.services.papers import finding_of
from feidi.engines.findings import Finding
from feidi.engines.measures import Period
from feidi.engines.money import MoneyText
from feidi.engines.sheets.model import column_letter
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.form_values import FormValue, FormValues, shown
from feidi.kernel.documents.office.number_text import find_numbers
from feidi.kernel.documents.office.reading import read_paragraphs
from feidi.kernel.documents.office.shapes import FormShape, GridShape, place_name
from feidi.kernel.messages import fix_of, text_of
from feidi.kernel.money.display import format_money_text
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row

MOST_ROWS, MOST_COLUMNS = 100, 24
_TILES = ("K08_year", "K08_year_sum", "K14_year", "talking", "K01_term", "K08_done")
PAPER_COLUMNS = (
    Column("title", gettext_lazy("文稿"), lead=True),
    Column("number", gettext_lazy("编号")),
    Column("kind", gettext_lazy("种类")),
    Column("as_of", gettext_lazy("截至"), sortable=True),
    Column("made", gettext_lazy("出稿"), sortable=True),
    Column("by", gettext_lazy("出稿人"), shown=False),
    Column("state", gettext_lazy("核对")),
)
PAPER_SORTS = {"as_of": "as_of", "made": "created_at"}
FORM_COLUMNS = (
    Column("name", gettext_lazy("表格"), lead=True),
    Column("superior", gettext_lazy("发表单位")),
    Column("format", gettext_lazy("格式")),
    Column("bound", gettext_lazy("已绑定"), numeric=True),
    Column("filled", gettext_lazy("已填"), numeric=True),
    Column("last", gettext_lazy("上次截至")),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at a glance."""

    label: str
    value: str
    note: str
    url: str


def tiles_of(snapshot: Snapshot) -> list[Tile]:
    """Return the figures that everything below is made of; each opens its rows."""
    return [
        Tile(
            _tile_label(name, snapshot),
            _tile_value(snapshot.figures[name], snapshot.shown.get(name, "")),
            pace_text(Decimal(snapshot.figures["K08_pace"].value)) if name == "K08_done" else "",
            figure_url(snapshot.outpost, snapshot.as_of, snapshot.span, name, snapshot.plaque),
        )
        for name in _TILES
        if name in snapshot.figures
    ]


def _tile_label(name: str, snapshot: Snapshot) -> str:
    """Return what a tile is called in the reader's language; papers keep the Chinese of the figure."""
    return {
        "K08_year": _("本年签约"),
        "K08_year_sum": _("本年签约额"),
        "K14_year": _("本年核实落地"),
        "talking": _("在谈"),
        "K01_term": {
            "week": _("本周新增线索"), "month": _("本月新增线索"), "quarter": _("本季度新增线索"), "year": _("本年新增线索"),
        }[snapshot.span],
        "K08_done": _("签约完成率"),
    }[name]  # fmt: skip


def _tile_value(figure: IssuedFigure, told: str) -> str:
    """Return a figure as all pages show it: grouped, 万 and 亿 chosen for reading."""
    if figure.unit == WAN:
        fen = int(Decimal(figure.value) * 1_000_000)
        return format_money_text(MoneyText("", fen, None if told else fen, "CNY"))
    return f"{figure.value}%" if figure.unit == "%" else f"{int(figure.value):,}{_('个')}"


def figure_url(outpost: Outpost, as_of: date, span: str, name: str, plaque: str = "") -> str:
    """Return the address of the rows behind a figure; empty for one that has none (a task, 序时进度)."""
    source = SOURCES.get(name)
    if source is None or source.kind in {"task", "passed", "text"}:
        return ""
    kind = "word" if source.kind == "reached" or source.code == "talking" else "figure"
    part = {"part": "standing"} if source.code == "talking" else {"part": "sums"} if source.kind == "sum" else {}
    under = {"plaque": plaque} if plaque else {}
    asked = {"outpost": outpost.pk, **under, **_days(source, as_of, span), "as_of": as_of.isoformat()}
    return f"{reverse('console:figures:figure_rows')}?{urlencode({**asked, 'kind': kind, 'code': source.code, **part})}"


def _days(source: Source, as_of: date, span: str) -> dict[str, str]:
    code = source.period or "all"
    if code == "all" or (code == "term" and span == "all"):
        return {"span": "all"}
    term = Period(start_of(span, as_of), as_of)
    start = period_of(code, as_of, term).start
    return {"span": "own", "since": start.isoformat(), "until": as_of.isoformat()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of somebody's form as the page draws it."""

    place: str
    text: str
    name: str
    url: str
    rows: int
    columns: int
    bound: str
    value: str
    formula: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or table: column letters, then lines of (row number, cells). ``cut``: more than the page draws."""

    name: str
    letters: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Cell, ...]], ...]
    cut: bool


def grids_of(shape: FormShape, marks: Mapping[str, tuple[str, str]], current: str) -> list[Grid]:
    """Return every sheet or table. ``marks``: place → (what is bound, today's value)."""
    return [_grid(each, marks, current) for each in shape.grids if not each.hidden]


def _grid(grid: GridShape, marks: Mapping[str, tuple[str, str]], current: str) -> Grid:
    rows, columns = min(grid.rows, MOST_ROWS), min(grid.columns, MOST_COLUMNS)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    lines = []
    for row in range(1, rows + 1):
        cells = [
            _cell(grid, row, column, spans.get((row, column), (1, 1)), marks, current)
            for column in range(1, columns + 1)
            if grid.anchor(row, column) == (row, column)
        ]
        lines.append((row, tuple(cells)))
    letters = tuple(column_letter(at) for at in range(columns))
    return Grid(grid.name, letters, tuple(lines), rows < grid.rows or columns < grid.columns)


def _cell(
    grid: GridShape, row: int, column: int, span: tuple[int, int], marks: Mapping[str, tuple[str, str]], current: str
) -> Cell:
    held, place = grid.cell(row, column), place_name(grid.name, row, column)
    bound, value = marks.get(place, ("", ""))
    text = held.text if held else ""
    return Cell(
        place=place,
        text=text,
        name=place.rpartition("!")[2],
        url=f"?{urlencode({'place': place})}#bind",
        rows=min(span[0], MOST_ROWS - row + 1),
        columns=min(span[1], MOST_COLUMNS - column + 1),
        bound=bound,
        value=value,
        formula=bool(held and held.formula is not None),
        current=place == current,
    )


@dataclass(frozen=True, slots=True)
class BindingLine:
    """One binding for the list below the grid; ``proposals`` None: it stands where it was."""

    place: str
    label: str
    landmarks: str
    value: str
    proposals: tuple[str, ...] | None


def binding_lines(standings: Iterable[Standing], values: FormValues) -> list[BindingLine]:
    """Return what is bound, with today's value."""
    return [
        BindingLine(
            each.binding.place,
            source_label(each.binding.source),
            each.binding.landmarks.words,
            today_text(each.binding.source, values),
            each.proposals,
        )
        for each in standings
    ]


def today_text(source: str, values: FormValues) -> str:
    """Return what a source says today; of a list its first line and how many there are."""
    name, _dot, column = source.rpartition(".")
    if not name:
        return shown(values.figures.get(source))
    rows: Sequence[Mapping[str, FormValue]] = values.lists.get(name, ())
    first = "1" if column == "#" else shown(rows[0].get(column)) if rows else ""
    return _("{first} 等 {n} 行").format(first=first, n=len(rows)) if rows else _("没有行")


def form_row(form: Any) -> Row:
    """Return one form for the list."""
    cells = {
        "name": form.name,
        "superior": form.superior,
        "format": form.get_format_display(),
        "bound": len(form.bindings),
        "filled": form.filled,
        "last": form.filled_as_of,
    }
    note = _("第 {n} 版").format(n=form.revision) if form.revision > 1 else ""
    return Row(cells, url=reverse("console:papers:form_view", args=[form.uid]), uid=form.uid, note=note)


def paper_row(paper: IssuedPaper, kinds: Mapping[str, str]) -> Row:
    """Return one paper for the list."""
    cells = {
        "title": paper.title,
        "number": paper.number,
        "kind": kinds.get(paper.kind, paper.kind),
        "as_of": paper.as_of,
        "made": paper.created_at,
        "by": paper.issued_by,
        "state": check_text(paper),
    }
    badges = (Badge(_("已作废"), "quiet"),) if paper.voided_at else ()
    url = reverse("console:papers:paper_view", args=[paper.uid])
    return Row(cells, url=url, uid=paper.uid, badges=badges, tone="quiet" if paper.voided_at else "")


def check_text(paper: IssuedPaper) -> str:
    """Return what the check of the edited copy came to."""
    if paper.edited_id is None:
        return _("未回传改稿")
    wrong = sum(each["code"] == "office.figure_differs" for each in paper.mismatches)
    bare = sum(each["code"] == "office.figure_without_source" for each in paper.mismatches)
    if not wrong and not bare:
        return _("改稿数字一致")
    return _("{wrong} 处不符，{bare} 处无出处").format(wrong=wrong, bare=bare)


def kind_label(label: Mapping[str, str]) -> str:
    """Return a kind's name in the reader's language."""
    return label["en"] if get_language() == "en" else label["zh"]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of a paper's text on the page: spans (text, address of its rows), or a table."""

    kind: str
    text: str = ""
    spans: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def text_of_paper(paper: IssuedPaper) -> list[TextBlock]:
    """Return a paper's text; each figure leads to its rows."""
    frame = paper.paragraphs[0] if paper.paragraphs else {}
    span = frame.get("span", "week")
    found = []
    for each in paper.paragraphs[1:]:
        spans = tuple(
            (
                one["text"],
                figure_url(paper.outpost, paper.as_of, span, one["figure"], plaque_of(paper))
                if one.get("figure")
                else "",
            )
            for one in each.get("spans", ())
        )
        rows = tuple(tuple(row) for row in each.get("rows", ()))
        found.append(TextBlock(each["kind"], each.get("text", ""), spans, tuple(each.get("heads", ())), rows))
    return found


@dataclass(frozen=True, slots=True)
class CheckedParagraph:
    """One paragraph of the edited copy: pieces of text, those that do not agree marked, and what is said of them."""

    place: str
    pieces: tuple[tuple[str, bool], ...]
    notes: tuple[tuple[str, str, str], ...]


def checked_paragraphs(paper: IssuedPaper) -> list[CheckedParagraph]:
    """Return the edited copy paragraph by paragraph; those in order have no notes."""
    if paper.edited is None:
        return []
    by_place: dict[str, list[Mapping[str, Any]]] = {}
    for each in paper.mismatches:
        by_place.setdefault(each["place"], []).append(each)
    found = []
    for paragraph in read_paragraphs(bytes_of(paper.edited), name=paper.edited.name):
        wrong = by_place.get(paragraph.place, [])
        notes = tuple(_note(each) for each in wrong)
        place = paragraph.place if paragraph.number or paragraph.in_table else ""
        found.append(CheckedParagraph(place, _pieces(paragraph.text, [each["found"] for each in wrong]), notes))
    return found


def _note(kept: Mapping[str, Any]) -> tuple[str, str, str]:
    finding = finding_of(kept)
    return ("bad" if kept["code"] == "office.figure_differs" else "warn", text_of(finding), fix_of(finding))


def _pieces(text: str, wrong: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a paragraph at the numbers that do not agree, each found once, in their order."""
    left, pieces, at = [each.removeprefix("快").removeprefix("慢") for each in wrong], [], 0
    for number in find_numbers(text):
        hit = next((each for each in left if number.text == each or number.text.startswith(each)), None)
        if hit is not None:
            left.remove(hit)
            pieces += [(text[at : number.start], False), (text[number.start : number.end], True)]
            at = number.end
    return tuple((words, marked) for words, marked in (*pieces, (text[at:], False)) if words)


def gone_findings(paper: IssuedPaper) -> list[Finding]:
    """Return issued figures that no longer stand in the edited copy."""
    return [finding_of(each) for each in paper.mismatches if not each["place"]]


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that is another now: what it was, what it is, which projects came and went."""

    label: str
    was: str
    now: str
    came: tuple[tuple[str, str], ...]
    went: tuple[tuple[str, str], ...]


def corrections_of(found: Iterable[Difference]) -> list[Correction]:
    """Return 更正: each difference with the rows that make it."""
    return [
        Correction(
            each.figure.label,
            each.figure.text,
            each.now.text if each.now else _("无数据"),
            tuple(map(_project, each.came)),
            tuple(map(_project, each.went)),
        )
        for each in found
    ]


def _project(project: Any) -> tuple[str, str]:
    return f"{project.code} {project.name}", reverse("console:pipeline:project_view", args=[project.uid])


def crumbs(label: str, name: str = "friday_view", words: str = "") -> tuple[Crumb, ...]:
    """Return the way to a page of papers."""
    return (Crumb(words or _("周五出稿"), reverse(f"console:papers:{name}")), Crumb(label))


def form_badges(form: BoundForm) -> tuple[Badge, ...]:
    """Return a form's standing: revision, out of use."""
    found = [Badge(form.get_format_display(), "info"), Badge(_("第 {n} 版").format(n=form.revision), "quiet")]
    if form.voided_at:
        found.append(Badge(_("已停用"), "bad"))
    elif form.superseded_by.all():
        found.append(Badge(_("已有新版"), "warn"))
    return tuple(found)
