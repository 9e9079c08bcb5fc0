"""签约名单, 主持词 and 席卡 of a ceremony. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from feidi.domain.liaison.models import Ceremony
from feidi.domain.liaison.selectors.ceremonies import Signing, Total, totals_of
from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Labelled,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)
from feidi.kernel.money.display import format_money

GROUP_WORDS = {"counted": "计入", "already": "已计", "apart": "单列", "open": "待登记协议"}
#: Points: a letter of a seat card, of a long name (a firm's), and the half of a page it stands on.
_CARD_LETTER, _CARD_SMALL, _CARD_LINE, _SHORT = 110, 54, 215, 6
_CARDS = re.compile(r"[\s,，;；、|｜]+")


def signing_list(ceremony: Ceremony, lines: Sequence[Signing], how: Print) -> Paper:
    """Return the list: who signs with whom, what counts and what was counted before, totals that add no currencies."""
    rows = tuple(
        (
            str(each.number),
            each.item.project.name,
            each.item.project.sponsor_name,
            each.item.agreement.get_kind_display() if each.item.agreement else "",
            sum_words(each),
            counting_words(each),
            each.item.signatories,
            each.item.seat_cards,
        )
        for each in lines
    )
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("项目", 2.2), Column("投资方", 2.2), Column("协议", 1.1),
        Column("金额", 1.2, Align.RIGHT), Column("计数", 1.8), Column("签约人", 1.4), Column("席卡", 1.6),
    )  # fmt: skip
    blocks: list[Block] = [
        Labelled("时间", (chinese_day(ceremony.held_on),)),
        Labelled("地点", (ceremony.place or "—",)),
        Table(columns, rows),
        Paragraph(("合计：" + "；".join(total_words(each) for each in totals_of(lines) if each.count) + "。",)),
    ]
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title=f"{ceremony.title}签约名单",
        blocks=tuple(blocks),
        dated=ceremony.held_on,
        reference=ceremony.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
        landscape=True,
    )


def script_paper(ceremony: Ceremony, lines: Sequence[Signing], how: Print, *, written: str = "") -> Paper:
    """Return the 主持词: the words somebody wrote, else a draft from the list."""
    text = written or draft_script(ceremony, lines)
    return Paper(
        kind=PaperKind.SUMMARY,
        title=f"{ceremony.title}主持词",
        blocks=tuple(Paragraph((line.strip(),)) for line in text.splitlines() if line.strip()),
        dated=ceremony.held_on,
        signature=ceremony.outpost.name,
        reference=ceremony.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def seat_cards_file(lines: Sequence[Signing]) -> bytes:
    """Return the 席卡 as a .docx: one name on each page, twice and large, to be folded in the middle."""
    import docx  # noqa: PLC0415 - slow to load
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    from feidi.kernel.documents.office.styles import HEI, set_page, set_styles  # noqa: PLC0415
    from feidi.kernel.documents.office.writing import Look, add_run  # noqa: PLC0415

    document = docx.Document()
    set_styles(document)
    set_page(document, sheet=True, landscape=True)
    names = seat_cards(lines)
    for at, name in enumerate(names):
        for half in range(2):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(_CARD_LINE)
            size = Pt(_CARD_LETTER if len(name) <= _SHORT else _CARD_SMALL)
            add_run(paragraph, spaced(name), Look(font=HEI, size=size, bold=True))
            if half and at + 1 < len(names):
                paragraph.add_run().add_break(WD_BREAK.PAGE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def seat_cards(lines: Sequence[Signing]) -> list[str]:
    """Return every seat card once, in the order of the list."""
    names = (name for each in lines for name in _CARDS.split(each.item.seat_cards) if name)
    return list(dict.fromkeys(names))


def spaced(name: str) -> str:
    """Return a name as seat cards have it: two characters set apart.

    >>> spaced("张三"), spaced("李建国")
    ('张　三', '李建国')
    """
    return "　".join(name) if len(name) == 2 else name  # noqa: PLR2004 - 双字名中间空一格


def draft_script(ceremony: Ceremony, lines: Sequence[Signing]) -> str:
    """Return what the host may say, from the list; the sums that are named are those that count now."""
    said = [
        "各位领导、各位来宾：",
        f"大家好！欢迎出席{ceremony.title}。今天共有{len(lines)}个项目签约。下面，请签约代表依次上台。",
    ]
    for each in lines:
        who = f"，签约代表：{each.item.signatories}" if each.item.signatories else ""
        sponsor = each.item.project.sponsor_name
        with_whom = f"（{sponsor}）" if sponsor and sponsor != each.item.project.name else ""
        said.append(f"第{each.number}个项目：{each.item.project.name}{with_whom}{who}。")
    said.append("请各位代表签约、交换文本、合影。祝贺签约成功，谢谢大家！")
    return "\n".join(said)


def sum_words(line: Signing) -> str:
    """Return the sum of a line: what counts now, else what stands on the paper; empty when none is known."""
    return format_money(line.fen, line.currency) if line.fen is not None and line.currency else ""


def counting_words(line: Signing) -> str:
    """Return 计入, 单列, or 已计（2025-03-18 已首次签约）."""
    word = GROUP_WORDS[line.group]
    if line.group != "already" or line.first is None:
        return word
    at = f"，{line.first_at.title}" if line.first_at else ""
    return f"{word}（{line.first.signed_on.isoformat()} 已首次签约{at}）"


def total_words(total: Total) -> str:
    """Return 计入 3 个，1.2亿元、300万港元；currencies stand beside each other."""
    sums = "、".join(format_money(fen, currency) for currency, fen in total.sums)
    unknown = f"（{total.without_amount} 个无确数）" if total.without_amount else ""
    return f"{GROUP_WORDS[total.group]} {total.count} 个{f'，{sums}' if sums else ''}{unknown}"
