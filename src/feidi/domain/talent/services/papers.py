"""受理回执 and 一次性告知书 on paper, with a QR. Papers are Chinese whatever the reader's language; the name is masked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import today_of
from feidi.domain.policy.selectors.askable import masked_name
from feidi.domain.talent.access import EDIT, is_self
from feidi.domain.talent.kinds import CASE
from feidi.domain.talent.models import GreenCase, GreenItem
from feidi.domain.talent.selectors.cases import reading_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

RECEIPT: Final = "人才服务受理回执"
TELLING: Final = "一次性告知书"
_RECEIPT_WORDS: Final = (
    "一件事一个回执号、一个时钟：时限按工作日计算，等申请人补材料或答复的日子不计入。",
    "各部门的受理、审批以部门出具的回执和决定为准；本回执由驻点代办人员出具。",
)
_TELLING_WORDS: Final = (
    "下列材料尚缺，本次一次性告知完毕；补齐之前时钟停止，补齐之日起继续。",
    "今后如发现本次漏告的材料，由驻点负责，时钟不再因此停止。",
)


def print_receipt(*, actor: Actor, now: datetime, case: GreenCase) -> PrintedForm:
    """Print the receipt of a case, for its applicant. Refused: neither the outpost's people nor the applicant."""
    if not is_self(actor, case.talent):
        require(actor, EDIT, outpost_scope(case.outpost_id))
    columns = ["事项", "承办部门", "承诺工作日", "材料"]
    rows = [_line(each) for each in case.items.order_by("position")]
    return _print(actor, now, case, RECEIPT, _RECEIPT_WORDS, [{"title": "事项", "columns": columns, "rows": rows}])


def print_telling(*, actor: Actor, now: datetime, case: GreenCase) -> PrintedForm:
    """Print what was told to be missing. Refused: no permission, nothing told yet."""
    require(actor, EDIT, outpost_scope(case.outpost_id))
    if case.told_on is None:
        raise refuse("talent.not_told", number=case.number)
    rows = [[str(n), each] for n, each in enumerate(case.missing, start=1)]
    return _print(
        actor, now, case, TELLING, _TELLING_WORDS, [{"title": "尚缺材料", "columns": ["序号", "材料"], "rows": rows}]
    )


def _print(
    actor: Actor, now: datetime, case: GreenCase, title: str, words: tuple[str, ...], tables: list[dict[str, Any]]
) -> PrintedForm:
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(CASE, case.uid),
        form="statement",
        title=title,
        data={
            "code": case.number,
            "facts": [{"label": label, "value": value} for label, value in _facts(case, now)],
            "words": list(words),
            "tables": tables,
            "chain": [{"hand": "申请人"}, {"hand": "经办人", "seal": True}],
        },
    )
    return form


def _facts(case: GreenCase, now: datetime) -> list[tuple[str, str]]:
    reading = reading_of(case, today_of(now))
    due = f"{reading.due_on:%Y-%m-%d}" if reading.due_on else "时钟停止中" if case.promised else "没有规定时限"
    return [
        ("回执号", case.number),
        ("申请人", masked_name(case.talent.person.name)),
        ("受理日期", f"{case.opened_on:%Y-%m-%d}"),
        ("承诺时限", f"{case.promised} 个工作日" if case.promised else "没有规定时限（待核实）"),
        ("到期日", due),
        ("经办人", case.officer.display_name),
        ("驻点", case.outpost.name),
        ("驻点电话", case.outpost.phone),
    ]


def _line(item: GreenItem) -> list[str]:
    days = f"{item.promised} 个" if item.promised else "待核实"
    if item.taken_from:
        days = f"{days}（参考{item.taken_from}做法，待本区确认）"
    return [item.title, item.department or "待核实", days, "、".join(item.documents) or "以部门告知为准"]
