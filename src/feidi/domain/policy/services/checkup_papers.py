"""A kept check-up on paper: the printed sheet with its hash, and the Word file. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import FactSource
from feidi.domain.policy.access import CHECK, PERSON
from feidi.domain.policy.enums import Decision, Group, Validity
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.sheets import Json
from feidi.domain.policy.services.checkups import KIND
from feidi.engines.rules.results import Truth
from feidi.engines.rules.saying import say_money
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
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
    SignBox,
    SignBoxes,
    Table,
)
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

_WORDS = (
    "本单按留存当日已知的事实和已录入的政策文本计算，只供参考，不是受理或核准决定；以主管部门和官方申报平台为准。",
    "“待核实”表示还缺事实，不等于不符合；“效力待核实、草案”各条不合计、不承诺；可信度不是 A 的，使用前由工作人员向原单位核实。",
)
_COLUMNS = ["条款", "方式", "金额", "说明"]
_FACTS = ["事实", "数值", "来源", "确认"]

#: What the other subjects are called on paper; of persons only the masked name is kept.
_WHO = {PERSON: "人员", "pipeline.first_report": "引荐"}
_HANDS = {PERSON: "本人确认（所填事实属实）", "pipeline.first_report": "引荐人确认（所填事实属实）"}


def print_checkup(*, actor: Actor, now: datetime, checkup: Checkup) -> PrintedForm:
    """Print a kept check-up with a QR, to be confirmed by the firm. Refused: no permission."""
    require(actor, CHECK, outpost_scope(checkup.outpost_id))
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(KIND, checkup.uid),
        form="statement",
        title=_title(checkup),
        data=statement_of(checkup),
    )
    return form


def statement_of(checkup: Checkup) -> dict[str, Any]:
    """Return what the printed sheet says."""
    return {
        "facts": [{"label": label, "value": value} for label, value in _head(checkup)],
        "words": list(_WORDS),
        "tables": [
            *({"title": title, "columns": _COLUMNS, "rows": rows} for title, rows in _tables(checkup)),
            {"title": "所用事实", "columns": _FACTS, "rows": _fact_rows(checkup)},
        ],
        "chain": [{"hand": "经办人"}, {"hand": _confirmed(checkup), "seal": checkup.subject_kind == ORGANIZATION}],
    }


def checkup_paper(checkup: Checkup, *, watermark: str = "", demonstration: bool = False) -> Paper:
    """Return the same as a Word paper."""
    columns = (Column("条款", 2.4), Column("方式", 0.9, Align.CENTRE), Column("金额", 1.4), Column("说明", 3))
    facts = (Column("事实", 2), Column("数值", 2), Column("来源", 2), Column("确认", 1.4))
    blocks: list[Block] = [
        FieldGrid(tuple(Field(label, (value,), wide=len(value) > 20) for label, value in _head(checkup))),  # noqa: PLR2004 - a long value takes the line
        *(Paragraph((each,)) for each in _WORDS),
    ]
    for title, rows in _tables(checkup):
        blocks += [Heading(1, title), Table(columns, tuple(tuple(row) for row in rows))]
    blocks += [Heading(1, "所用事实"), Table(facts, tuple(tuple(row) for row in _fact_rows(checkup)))]
    blocks.append(
        SignBoxes((SignBox("经办人"), SignBox(_confirmed(checkup), seal=checkup.subject_kind == ORGANIZATION)))
    )
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title=f"{checkup.subject_label}政策体检单",
        blocks=tuple(blocks),
        dated=checkup.as_of,
        reference=checkup.uid,
        watermark=watermark,
        demonstration=demonstration,
    )


def _title(checkup: Checkup) -> str:
    return f"{_WHO.get(checkup.subject_kind, '企业')}政策体检单"


def _confirmed(checkup: Checkup) -> str:
    return _HANDS.get(checkup.subject_kind, "企业确认（所填事实属实）")


def _head(checkup: Checkup) -> list[tuple[str, str]]:
    groups, best = checkup.summary["groups"], checkup.summary["combination"]["best"]
    counted = "，".join(f"{Group(code).label} {n} 条" for code, n in groups.items() if n)
    return [
        (_WHO.get(checkup.subject_kind, "单位"), checkup.subject_label),
        ("驻点", checkup.outpost.name),
        ("政策日期", checkup.as_of.isoformat()),
        ("最佳组合合计", say_money(best["total_fen"])),
        ("结果", counted or "没有可问的条款"),
        ("政策指纹", checkup.policy_hash[:16]),
    ]


def _tables(checkup: Checkup) -> Iterable[tuple[str, list[list[str]]]]:
    for group in Group:
        rows = [_line(each) for each in checkup.results if each["group"] == group]
        if rows:
            yield f"{group.label}（{len(rows)} 条）", rows


def _line(row: Json) -> list[str]:
    return [row["title"], str(Decision(row["decision"]).label), amount_words(row), "；".join(_remarks(row))]


def _remarks(row: Json) -> Iterable[str]:
    match Group(row["group"]):
        case Group.UNKNOWN:
            yield f"缺：{'、'.join(each['name'] for each in row['missing_told'])}"
        case Group.NEAR:
            yield f"差一项：{_needed(row['near'])}"
        case Group.NOT_ELIGIBLE:
            yield "；".join(_needed(each) for each in failed_of(row["why"]))
        case Group.UNCONFIRMED | Group.NOT_YET | Group.EXPIRED:
            yield str(Validity(row["validity"]).label)
        case _:
            pass
    if row["window"]["state"] in {"open", "not_yet", "closed"}:
        yield f"受理 {row['window']['from'] or '—'} 至 {row['window']['to'] or '—'}"
    if row["fair_competition"]:
        yield f"公平竞争审查：{'、'.join(row['fair_competition'])}"
    if row["trust"] != "A":
        yield "需向原单位核实"


def _needed(node: Json) -> str:
    if not node["needed"]:
        return str(node["words"])
    return f"{node['words']}（需要 {node['needed']}，实际 {node['actual']}）"


def failed_of(node: Json) -> list[Json]:
    """Return the conditions of a tree that certainly fail, those without parts."""
    if node["truth"] != Truth.NO.value:
        return []
    below = [each for part in node["parts"] for each in failed_of(part)]
    return below or [node]


def amount_words(row: Json) -> str:
    """Return an amount in Chinese: exact, a range, 最高, 未见, or none."""
    amount = row["amount"]
    if row["no_money"]:
        return "不发钱"
    if amount is None:
        return "—"
    most = "—" if amount["hi"] is None else say_money(amount["hi"])
    if amount["unstated"]:
        return "金额未见" if amount["hi"] is None else f"金额未见，最高 {most}"
    if amount["up_to"]:
        return f"最高 {most}"
    if amount["lo"] == amount["hi"]:
        return most
    if amount["hi"] is None:
        return f"≥ {say_money(amount['lo'])}" if amount["lo"] else "待核实"
    return f"{say_money(amount['lo'])} 至 {most}"


def _fact_rows(checkup: Checkup) -> list[list[str]]:
    sources = {code: str(label) for code, label in FactSource.choices}
    return [
        [each["name"], each["words"], sources.get(each["source"], each["source"]), each["confirmed_by"] or "—"]
        for each in checkup.facts.values()
    ]
