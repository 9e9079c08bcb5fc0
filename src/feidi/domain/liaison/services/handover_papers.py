"""交接清单 of a hand-over as a Word paper, to be signed by three. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.domain.liaison.models import WorkHandover, WorkHandoverItem
from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.domain.parties.selectors.standing import SHANGHAI
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
from feidi.kernel.messages import Words

_COLUMNS = (Column("序号", 0.6, Align.CENTRE), Column("事项", 5), Column("移交时状态", 1.4), Column("备注", 1.4))


def handover_list(
    handover: WorkHandover, groups: Sequence[tuple[str, Words, Sequence[WorkHandoverItem]]], how: Print
) -> Paper:
    """Return the list: who to whom, why, when; every thing by kind; contacts stay the outpost's; three signatures."""
    day = handover.handed_at.astimezone(SHANGHAI).date()
    total = sum(len(items) for _code, _label, items in groups)
    blocks: list[Block] = [
        FieldGrid(
            (
                Field("移交人", (handover.leaver.display_name,)),
                Field("接收人", (handover.taker.display_name,)),
                Field("移交日期", (chinese_day(day),)),
                Field("办理人", (handover.handed_by,)),
                Field("原因", (handover.reason,), wide=True),
                Field("合计", (_total(groups, total),), wide=True),
            )
        )
    ]
    if handover.undone_at is not None:
        undone = chinese_day(handover.undone_at.astimezone(SHANGHAI).date())
        blocks.append(Paragraph((f"本次移交已于{undone}由{handover.undone_by}撤销，备注栏列明退回情况。",)))
    for _code, label, items in groups:
        rows = tuple((str(at), each.label, each.state_then, _note(each)) for at, each in enumerate(items, start=1))
        blocks += [Heading(1, f"{label}（{len(items)} 项）"), Table(_COLUMNS, rows)]
    blocks.append(Paragraph(("联系人和联系方式属驻点所有，留在系统中，不随人员移交。",)))
    blocks.append(SignBoxes((SignBox("移交人"), SignBox("接收人"), SignBox("监交人"))))
    return Paper(
        kind=PaperKind.HANDOVER_LIST,
        title="工作交接清单",
        blocks=tuple(blocks),
        dated=day,
        number=f"编号：{handover.number}",
        reference=handover.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def _total(groups: Sequence[tuple[str, Words, Sequence[WorkHandoverItem]]], total: int) -> str:
    parts = "，".join(f"{label} {len(items)}" for _code, label, items in groups)
    return f"{total} 项：{parts}"


def _note(item: WorkHandoverItem) -> str:
    if item.given_back is None:
        return ""
    return "已退回" if item.given_back else item.kept_reason or "未退回"
