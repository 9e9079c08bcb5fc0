"""卷内目录 of a dossier, as a workbook and as a Word sheet; and the talks as a workbook for the outpost's own people."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from feidi.domain.liaison.services.letters import Print
from feidi.domain.pipeline.enums import TRACK_STAGES, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.reporting.services.dossier_content import DossierOrder, Folder, Missing
from feidi.domain.reporting.services.dossier_pieces import Piece
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Field,
    FieldGrid,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)

_HEADS = ("卷号", "卷名", "序号", "题名", "日期", "状态", "备注", "文件", "字节", "SHA-256")
_WIDTHS = (6, 8, 6, 30, 12, 10, 34, 46, 12, 66)
_NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the package: its folder and place there, what it is, where it lies, how long, its digest."""

    folder: Folder
    number: int
    piece: Piece
    path: str
    size: int
    sha256: str


def catalogue_book(
    project: Project, order: DossierOrder, entries: Sequence[Entry], missing: Sequence[Missing]
) -> bytes:
    """Return the catalogue as .xlsx: what is there, what is missing, what the project is."""
    lines = [
        (
            f"{each.folder.number:02d}",
            each.folder.name,
            str(each.number),
            each.piece.title,
            each.piece.on.isoformat() if each.piece.on else "",
            each.piece.state,
            each.piece.note,
            each.path,
            str(each.size),
            each.sha256,
        )
        for each in entries
    ]
    gaps = [(each.what, each.why) for each in missing] or [(_NOTHING, "")]
    return _book(
        ("卷内目录", _HEADS, lines, _WIDTHS),
        ("缺件", ("缺什么", "为什么要有"), gaps, (40, 50)),
        ("项目", ("内容", ""), facts_of(project), (20, 60)),
        ("说明", ("说明",), [(order.source,)], (80,)),
    )


def notes_book(project: Project) -> bytes:
    """Return the talks with a project as .xlsx, oldest first. For those who read the outpost's notes only."""
    rows = project.interactions.filter(voided_at__isnull=True).order_by("occurred_on", "position", "id")
    lines = [
        (
            each.occurred_on.isoformat() if each.occurred_on else "",
            str(each.get_kind_display()),
            each.people,
            each.summary,
            each.next_step,
            each.recorded_by,
        )
        for each in rows
    ]
    return _book(("往来", ("日期", "方式", "人员", "内容", "下一步", "记录人"), lines, (12, 10, 20, 60, 30, 14)))


def _book(*sheets: tuple[str, Sequence[str], Iterable[Sequence[str]], Sequence[int]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for name, heads, lines, widths in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        fit_for_print(sheet)
        for at, title in enumerate(heads):
            sheet.set_column(at, at, widths[at])
            sheet.write_string(0, at, title, head)
        for number, line in enumerate(lines, start=1):
            for at, text in enumerate(line):
                sheet.write_string(number, at, text, wrap)
    book.close()
    return out.getvalue()


def catalogue_paper(
    project: Project, order: DossierOrder, entries: Sequence[Entry], missing: Sequence[Missing], how: Print
) -> Paper:
    """Return the catalogue as a Word sheet: what the project is, what is in each folder, what is missing."""
    fields = tuple(Field(label, (value,), wide=len(value) > 20) for label, value in facts_of(project))  # noqa: PLR2004 - half a line
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("题名", 3), Column("日期", 1.3), Column("状态", 1), Column("备注", 3),
    )  # fmt: skip
    blocks: list[Block] = [FieldGrid(fields)]
    for folder in order.folders:
        inside = [each for each in entries if each.folder is folder]
        blocks.append(Heading(1, f"{folder.path.replace('_', ' ')}（{len(inside)} 件）", numbered=False))
        if inside:
            rows = tuple(
                (
                    str(each.number),
                    each.piece.title,
                    each.piece.on.isoformat() if each.piece.on else "",
                    each.piece.state,
                    each.piece.note,
                )
                for each in inside
            )
            blocks.append(Table(columns, rows))
        else:
            blocks.append(Paragraph((_NOTHING,)))
    blocks.append(Heading(1, f"缺件清单（{len(missing)} 项）", numbered=False))
    gaps = tuple((each.what, each.why) for each in missing)
    blocks.append(Table((Column("缺什么", 2), Column("为什么要有", 3)), gaps) if gaps else Paragraph((_NOTHING,)))
    return Paper(
        kind=PaperKind.HANDOVER_LIST,
        title="卷内目录",
        blocks=tuple(blocks),
        dated=how.on,
        number=f"项目编号：{project.code}",
        reference=project.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def facts_of(project: Project) -> list[tuple[str, str]]:
    """Return what the project is and where it stands; each landing case with its dates, a revoked one with the reason."""
    table = stage_table(project.outpost)
    found = [
        ("项目编号", project.code),
        ("项目名称", project.name),
        ("投资方/团队", project.sponsor_name or "—"),
        ("驻点", project.outpost.name),
    ]
    for track in TRACK_STAGES:
        code = getattr(project, f"{track.value}_stage")
        stage = table.stage(track.value, code) if code else None
        if stage is not None:
            found.append((f"{Track(track).label}阶段", stage.label.zh))
    for case in project.landing_cases.order_by("id"):
        told = [str(case.get_state_display())]
        told += [f"核验日期 {case.verified_on.isoformat()}，核验人 {case.decided_by}"] if case.verified_on else []
        told += [f"撤销原因：{case.revoke_reason}"] if case.revoke_reason else []
        told += [f"退回原因：{case.return_reason}"] if case.return_reason and not case.verified_on else []
        found.append(("落地核验", "；".join(told)))
    return found
