"""The first answer as a report and as a Word paper. Chinese, because papers are; the words are those that were given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from feidi.domain.incubation.models import FirstAnswer
from feidi.domain.liaison.services.letters import Print
from feidi.kernel.documents.office.papers import Column, Heading, Paper, PaperKind, Paragraph, Table

TITLE: Final = "入驻申请的答复"
Json = dict[str, Any]


def report_of(data: Json) -> Json:
    """Return what the printed report says."""
    costs = data["costs"]
    return {
        "facts": [{"label": label, "value": words} for label, words in _facts(data)],
        "warnings": costs["warnings"],
        "tables": [
            {"title": title, "columns": list(columns), "widths": list(widths), "rows": [list(row) for row in rows]}
            for title, columns, widths, rows in _tables(data)
        ],
        "closing": [*costs["notes"], "政策按所答和已有记录对照，不是承诺，以主管部门核定为准；成本未知的项不按零计。"],
    }


def paper_of(answer: FirstAnswer, how: Print) -> Paper:
    """Return the answer as a Word paper."""
    data = answer.data
    blocks: list[Any] = [Paragraph((f"{label}：{words}",)) for label, words in _facts(data)]
    for title, columns, widths, rows in _tables(data):
        blocks.append(Heading(1, title))
        heads = tuple(Column(name, weight) for name, weight in zip(columns, widths, strict=True))
        blocks.append(Table(heads, tuple(tuple(row) for row in rows)) if rows else Paragraph(("无。",)))
    blocks += [Paragraph((f"请注意：{each}",)) for each in data["costs"]["warnings"]]
    return Paper(
        kind=PaperKind.BRIEF_ONE_PAGE,
        title=TITLE,
        blocks=tuple(blocks),
        dated=answer.issued_on,
        signature=data["outpost"],
        reference=answer.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def _facts(data: Json) -> Iterator[tuple[str, str]]:
    yield "申请人", f"{data['applicant']}（{data['number']}）"
    yield "实验台", "　".join(filter(None, (data["bench"]["words"], data["bench"]["note"])))
    yield "工位", data["desk"]
    for each in data["entities"]:
        yield f"在{each['place']}注册公司", f"{each['words']}：{'；'.join(each['reasons']) or '—'}"
    yield "有什么", "；".join(data["gives"]) or "没有登记"
    yield "没有什么", "；".join(data["gives_not"]) or "没有登记"
    yield "谁打电话", "　".join(filter(None, (data["caller"]["words"], data["caller"]["phone"])))


Rows = list[tuple[str, ...]]


def _tables(data: Json) -> Iterator[tuple[str, tuple[str, ...], tuple[float, ...], Rows]]:
    labs: Rows = [(each["name"], each["place"], each["registration"], each["price"]) for each in data["labs"]]
    yield "可以用的实验室", ("实验室", "在哪里", "注册地要求", "价格"), (3, 1, 3, 2), labs
    policies: Rows = [
        *(("符合", each["title"], each["amount"] or "—") for each in data["policies"]["eligible"]),
        *(("待核实", each["title"], f"缺：{'、'.join(each['missing'])}") for each in data["policies"]["unknown"]),
        *(("不符合", each["title"], _against(each)) for each in data["policies"]["not_eligible"]),
    ]
    yield f"政策（截至 {data['policies']['as_of']}）", ("结论", "条款", "说明"), (1, 4, 4), policies
    costs = data["costs"]
    if costs["asked"]:
        heads = ("项目", costs["home"], costs["host"], "差额")
        lines = [(f"{each['label']}（{each['per']}）", *_sides(each)) for each in costs["lines"]]
        totals = [(each["label"], *_sides(each)) for each in costs["totals"]]
        yield f"{costs['months']} 个月花多少", heads, (3, 3, 3, 3), [*lines, *totals]


def _sides(line: Json) -> tuple[str, str, str]:
    return line["home"], line["host"], line["difference"]


def _against(clause: Json) -> str:
    needed = f"需要：{clause['needed']}" if clause["needed"] else clause["what"]
    return f"{needed}　实际：{clause['actual']}" if clause["actual"] else needed
