"""Figures and the rows behind them, written out. Who took out what is on record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from xlsxwriter.format import Format

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.reporting.figure_texts import apart_text, beside_text, said, source_text, value_text
from feidi.domain.reporting.selectors.figures import Behind, View, figures_of, rows_behind
from feidi.engines.measures import Figure
from feidi.engines.sheets.printing import fit_for_print
from feidi.engines.sheets.safe_text import safe_cell_text
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded

#: Rows of one workbook at most; what is left out is said on the sheet.
LIMIT = 50_000
EXPORT = "project.export"
Line = tuple[str, ...]


def export_figures(*, actor: Actor, now: datetime, outposts: Sequence[Outpost], view: View) -> bytes:
    """Return a workbook: every figure with its definition, and the projects behind each.

    Rows are written only of outposts whose projects the actor may export; numbers alone go to everybody who sees them.
    """
    figures = figures_of(view)
    lines, left_out = _behind_all(actor, view, figures)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    _sheet(book, _("统计"), _heads(), [_line(each, view) for each in figures], head, wrap, (20, 14, 26, 22, 60, 30, 12))
    if left_out:
        lines.append((_("以下 {n} 行未列出，请缩小期间后再导出").format(n=left_out),))
    if lines:
        _sheet(book, _("明细"), _row_heads(), lines, head, None, (20, 14, 30, 30, 18, 18, 14))
    book.close()
    _record(actor, now, outposts, len(lines))
    return buffer.getvalue()


def export_rows_csv(
    *, actor: Actor, now: datetime, outposts: Sequence[Outpost], view: View, behind: Behind, title: str
) -> bytes:
    """Return the projects behind one number as CSV (UTF-8 with a mark, so that office programs read it)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_row_heads())
    count = 0
    for line in _lines(title, _exportable(actor, rows_behind(actor, view, behind))[:LIMIT]):
        count += 1
        writer.writerow([safe_cell_text(each) for each in line])
    _record(actor, now, outposts, count)
    return buffer.getvalue().encode("utf-8-sig")


def _exportable(actor: Actor, rows: QuerySet[Project]) -> QuerySet[Project]:
    return rows.filter(outpost_id__in=actor.scopes(EXPORT, ScopeKind.OUTPOST)).order_by("outpost_id", "code")


def _behind_all(actor: Actor, view: View, figures: Sequence[Figure]) -> tuple[list[Line], int]:
    """Return one line per figure and project, and how many found no room. One query, whatever the figures."""
    wanted = {key for figure in figures for key in figure.hits}
    if not wanted or not actor.may(EXPORT):
        return [], 0
    mine = _exportable(actor, Project.objects.filter(outpost_id__in=view.outposts, voided_at__isnull=True))
    by_key = {row.pk: row for row in mine.select_related("outpost__home").iterator(2000) if row.pk in wanted}
    lines: list[Line] = []
    left_out = 0
    for figure in figures:
        rows = [by_key[key] for key in figure.hits if key in by_key]
        room = max(0, LIMIT - len(lines))
        lines += _lines(said(figure.definition.label), rows[:room])
        left_out += max(0, len(rows) - room)
    return lines, left_out


def _lines(title: str, rows: Iterable[Project]) -> Iterable[Line]:
    for row in rows:
        track = Track.HOME if row.home_stage else Track.HOST if row.host_stage else Track.TALKS
        code = row.home_stage or row.host_stage or row.talks_stage
        stage = stage_table(row.outpost).stage(track.value, code)
        label = stage.label.zh if stage else ""
        yield (title, row.code, row.name, row.sponsor_name, row.outpost.short_name, label, row.owner_text)


def _heads() -> Line:
    return (_("指标"), _("数值"), _("分子/分母或金额"), _("单列"), _("口径"), _("依据"), _("截至"))


def _row_heads() -> Line:
    return (_("指标"), _("项目编号"), _("项目"), _("投资方/团队"), _("驻点"), _("阶段"), _("责任人"))


def _line(figure: Figure, view: View) -> Line:
    definition = figure.definition
    return (
        said(definition.label),
        value_text(figure),
        beside_text(figure),
        apart_text(figure),
        said(definition.formula),
        source_text(definition),
        view.as_of.isoformat(),
    )


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    heads: Line,
    lines: Iterable[Line],
    head: Format,
    look: Format | None,
    widths: tuple[int, ...],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    fit_for_print(sheet)
    for at, text in enumerate(heads):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, text, head)
    for number, line in enumerate(lines, start=1):
        for at, text in enumerate(line):
            sheet.write_string(number, at, text, look)


def _record(actor: Actor, now: datetime, outposts: Sequence[Outpost], rows: int) -> None:
    with recorded(actor=actor, now=now) as unit:
        unit.acted("figures_exported", kind="parties.outpost", uid=outposts[0].uid, rows=rows)
