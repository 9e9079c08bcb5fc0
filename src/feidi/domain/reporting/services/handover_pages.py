"""What makes a package readable without this program: static pages, the main ledgers as a workbook, what each table is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
from django.apps import apps

from feidi.domain.reporting.services.handover_tables import LEFT_OUT, columns_of
from feidi.engines.sheets.printing import fit_for_print

#: Sheets of the workbook: table → (name, columns as (column, head)).
_SHEETS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "pipeline.Project": (
        "项目",
        (
            ("code", "项目编号"), ("name", "项目名称"), ("sponsor_name", "投资方/团队"), ("talks_stage", "洽谈阶段"),
            ("host_stage", "驻点阶段"), ("home_stage", "落地阶段"), ("condition", "状态"), ("owner_text", "责任人"),
            ("industry", "行业"), ("source_channel", "来源渠道"), ("last_talk_on", "最近洽谈"),
            ("reported_at", "首次报送"), ("verified_on", "核验落地"), ("progress", "最新进展"), ("uid", "编号"),
        ),
    ),
    "pipeline.Agreement": (
        "协议",
        (
            ("project_id", "项目行号"), ("kind", "种类"), ("title", "名称"), ("investor", "投资方"),
            ("signed_on", "签订日期"), ("amount_text", "金额"), ("counting", "计入"), ("counted_fen", "计入金额（分）"),
            ("currency", "币种"), ("originals_shelf", "原件存放"), ("uid", "编号"),
        ),
    ),
    "pipeline.LandingCase": (
        "落地核验",
        (
            ("project_id", "项目行号"), ("state", "状态"), ("home_entity", "落户企业"), ("submitted_by", "提交人"),
            ("decided_by", "核验人"), ("verified_on", "核验日期"), ("return_reason", "退回原因"),
            ("revoke_reason", "撤销原因"), ("uid", "编号"),
        ),
    ),
    "pipeline.Interaction": (
        "往来",
        (
            ("project_id", "项目行号"), ("occurred_on", "日期"), ("kind", "方式"), ("people", "人员"),
            ("summary", "内容"), ("next_step", "下一步"), ("recorded_by", "记录人"),
        ),
    ),
    "parties.Organization": ("单位", (("name", "名称"), ("uid", "编号"))),
    "parties.Person": ("人员", (("name", "姓名"), ("title", "职务"), ("organization_id", "单位行号"))),
    "parties.ContactPoint": (
        "联系方式", (("person_id", "人员行号"), ("kind", "种类"), ("value_hint", "掩码"), ("value", "号码"))
    ),
    "pipeline.Submission": (
        "报送", (("number", "批次号"), ("sent_at", "时间"), ("sent_by", "报送人"), ("reason", "事由"))
    ),
    "reporting.OperatingContract": (
        "委托运营协议", (("number", "编号"), ("title", "名称"), ("starts_on", "自"), ("ends_on", "至"))
    ),
}  # fmt: skip
_ROWS = 1_000_000
_STYLE = (
    "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left}"
    "th{background:#eef}code{word-break:break-all}"
)


def write_workbook(tables: Path, out: Path) -> None:
    """Write the main ledgers out of the tables that were written: codes in words, one sheet per ledger."""
    book = xlsxwriter.Workbook(
        str(out), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    for label, (name, columns) in _SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        fit_for_print(sheet)
        sheet.set_column(0, len(columns), 18)
        sheet.write_row(0, 0, ["行号", *(each[1] for each in columns)], head)
        words = _words(label)
        with (tables / f"{label}.jsonl").open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if number > _ROWS:
                    break
                row = json.loads(line)
                told = [words.get(column, {}).get(row.get(column), row.get(column)) for column, _head in columns]
                sheet.write_number(number, 0, row["id"])
                for at, value in enumerate(told, start=1):
                    sheet.write(number, at, "" if value is None else value)
    book.close()


def _words(label: str) -> dict[str, dict[Any, str]]:
    model = apps.get_model(label)
    found: dict[str, dict[Any, str]] = {}
    for each in model._meta.concrete_fields:
        if each.choices:
            found[each.attname] = {code: str(said) for code, said in each.flatchoices}
    return found


def schema_of(labels: Iterable[str], counts: Mapping[str, int]) -> dict[str, Any]:
    """Return what each table is: rows, what a row means, its columns with their kinds; and what was left out, why."""
    tables = {}
    for label in labels:
        model = apps.get_model(label)
        columns = {
            each.attname: {
                "type": each.get_internal_type(),
                **({"refers_to": each.related_model._meta.label} if each.related_model else {}),
                **({"codes": {str(code): str(said) for code, said in each.flatchoices}} if each.choices else {}),
            }
            for each in columns_of(model)
        }
        tables[label] = {"rows": counts[label], "about": (model.__doc__ or "").strip(), "columns": columns}
    return {"tables": tables, "left_out": LEFT_OUT}


def index_page(
    title: str, facts: Sequence[tuple[str, str]], parts: Sequence[tuple[str, str, str]], tables: Mapping[str, int]
) -> str:
    """Return the first page of a package: facts, what is where, how to check it, rows per table."""
    rows = ((f"数据/{label}.jsonl", label, str(count)) for label, count in tables.items())
    return _page(
        title,
        f"<h1>{escape(title)}</h1>{_table(('', ''), facts)}<h2>包内有什么</h2>{_linked(('文件', '是什么', ''), parts)}"
        "<h2>如何核对</h2><ol><li>每个文件的指纹：在本文件夹运行 <code>sha256sum -c MANIFEST.sha256</code>。</li>"
        "<li>清单本身的指纹印在《数据移交回执》上。</li>"
        "<li>审计链：在 审计 文件夹运行 <code>python3 verify.py</code>。属于其他委托方的环只给出指纹，不含内容。</li></ol>"
        f"<h2>各表行数</h2>{_linked(('文件', '表', '行数'), rows)}",
    )


def files_page(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return the list of all files: path, name, SHA-256."""
    return _page("附件清单", f"<h1>附件清单（{len(rows)} 个）</h1>{_linked(('文件', '原名', 'SHA-256'), rows)}")


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    told = "".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in rows)
    return f"<table>{told}</table>" if not any(heads) else told


def _linked(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    told = "".join(
        f'<tr><td><a href="{escape(path, quote=True)}">{escape(path)}</a></td>'
        + "".join(f"<td>{escape(each)}</td>" for each in rest)
        + "</tr>"
        for path, *rest in rows
    )
    return f"<table><tr>{''.join(f'<th>{escape(each)}</th>' for each in heads)}</tr>{told}</table>"
