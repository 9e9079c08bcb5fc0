"""From ceremonies to what the components draw. What the reader may not know of is not among the lines it gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.models import Ceremony
from feidi.domain.liaison.selectors.ceremonies import Signing, Total, ceremonies_veil, signings_of, totals_of
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.ceremony_papers import counting_words, sum_words
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.money.display import format_money
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Action, Badge, Column, Row, Tone

COLUMNS = [
    Column("title", gettext_lazy("签约活动"), sortable=True, lead=True),
    Column("held", gettext_lazy("签约日期"), sortable=True),
    Column("place", gettext_lazy("地点")),
    Column("items", gettext_lazy("项目数"), numeric=True),
    Column("counted", gettext_lazy("计入"), numeric=True),
    Column("already", gettext_lazy("已计"), numeric=True),
    Column("apart", gettext_lazy("单列"), numeric=True),
    Column("open", gettext_lazy("待登记协议"), numeric=True),
    Column("sums", gettext_lazy("计入金额")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
ITEM_COLUMNS = [
    Column("number", gettext_lazy("序号"), numeric=True),
    Column("project", gettext_lazy("项目"), lead=True),
    Column("sponsor", gettext_lazy("投资方")),
    Column("agreement", gettext_lazy("协议")),
    Column("amount", gettext_lazy("金额")),
    Column("counting", gettext_lazy("计数")),
    Column("signatories", gettext_lazy("签约人")),
    Column("seat_cards", gettext_lazy("席卡")),
]
HEADERS = (
    gettext_lazy("签约活动"),
    gettext_lazy("签约日期"),
    *(each.label for each in ITEM_COLUMNS),
)
FIELDS = {
    "title": gettext_lazy("名称"),
    "held_on": gettext_lazy("签约日期"),
    "place": gettext_lazy("地点"),
    "script": gettext_lazy("主持词"),
}
GROUP_LABELS = {
    "counted": gettext_lazy("计入"),
    "already": gettext_lazy("已计"),
    "apart": gettext_lazy("单列"),
    "open": gettext_lazy("待登记协议"),
}
_TONES: dict[str, Tone] = {"counted": "ok", "already": "mark", "apart": "info", "open": "warn"}


def rows_of(ceremonies: Sequence[Ceremony], actor: Actor) -> list[Row]:
    """Return ceremonies as list rows with how many of their projects count, as far as the reader may know."""
    lines, veil = signings_of(ceremonies), ceremonies_veil(actor, ceremonies)
    return [_row(each, lines[each.pk], veil) for each in ceremonies]


def _row(row: Ceremony, lines: Sequence[Signing], veil: Veil) -> Row:
    totals = {each.group: each for each in totals_of(lines)}
    return Row(
        cells={
            "title": veil.text(row.title),
            "held": row.held_on,
            "place": veil.text(row.place),
            "items": len(lines),
            **{group: total.count for group, total in totals.items()},
            "sums": [Money(fen, currency) for currency, fen in totals["counted"].sums] or None,
            "outpost": row.outpost.short_name,
        },
        url=reverse("console:ceremonies:ceremony_view", args=[row.uid]),
        uid=row.uid,
    )


def item_rows(lines: Sequence[Signing], *, may: bool) -> list[Row]:
    """Return the lines of a ceremony as rows of its table; ``may``: with what can be done to them."""
    return [_item_row(each, may=may) for each in lines]


def _item_row(line: Signing, *, may: bool) -> Row:
    item = line.item
    actions = []
    if may:
        actions.append(Action(_("修改"), reverse("console:ceremonies:item_edit", args=[item.uid]), "pencil"))
        if line.number > 1:
            up = reverse("console:ceremonies:item_move", args=[item.uid])
            actions.append(Action(_("上移"), up, "arrow-up", post=True))
    return Row(
        cells=item_cells(line),
        url=reverse("console:pipeline:project_view", args=[item.project.uid]),
        uid=item.uid,
        actions=actions,
        badges=[Badge(str(GROUP_LABELS[line.group]), _TONES[line.group])],
        note=_("如为增资，请登记增资协议，只计增量") if line.group == "already" else "",
    )


def item_cells(line: Signing) -> dict[str, Any]:
    """Return the cells of one line."""
    item, agreement = line.item, line.item.agreement
    return {
        "number": line.number,
        "project": f"{item.project.code} {item.project.name}",
        "sponsor": item.project.sponsor_name,
        "agreement": str(agreement.get_kind_display()) if agreement else "",
        "amount": Money(line.fen, line.currency) if line.fen is not None and line.currency else "",
        "counting": counting_said(line),
        "signatories": item.signatories,
        "seat_cards": item.seat_cards,
    }


def counting_said(line: Signing) -> str:
    """Return on screen what ``counting_words`` says on paper: in the reader's language."""
    word = str(GROUP_LABELS[line.group])
    if line.group != "already" or line.first is None:
        return word
    day = line.first.signed_on.isoformat()
    if line.first_at is None:
        return _("{word}（{day} 已首次签约）").format(word=word, day=day)
    return _("{word}（{day} 已首次签约，{at}）").format(word=word, day=day, at=line.first_at.title)


def total_pairs(totals: Sequence[Total]) -> list[tuple[str, Any]]:
    """Return the totals, each group by itself, each currency by itself."""
    return [(str(GROUP_LABELS[each.group]), _total(each)) for each in totals if each.count]


def _total(total: Total) -> str:
    sums = [format_money(fen, currency) for currency, fen in total.sums]
    said = _("{n} 个").format(n=total.count)
    unknown = total.without_amount
    return "，".join([said, *sums, *([_("{n} 个无确数").format(n=unknown)] if unknown else [])])


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("集中签约 {today}，共 {n} 场").format(today=today.isoformat(), n=total)
    told = _("{day} {title}：{n} 个项目，计入 {counted}，已计 {already}，单列 {apart}")
    return chat_lines(
        title,
        (told.format(day=each.cells["held"], title=each.cells["title"], n=each.cells["items"], **_counts(each))
         for each in rows),
    )  # fmt: skip


def _counts(row: Row) -> dict[str, Any]:
    return {group: row.cells[group] for group in ("counted", "already", "apart")}


def record_text(row: Ceremony, lines: Sequence[Signing]) -> str:
    """Return a ceremony as a chat message: totals first, then the list as far as there is room."""
    head = f"{row.held_on.isoformat()} {row.title}"
    totals = "；".join(f"{label} {text}" for label, text in total_pairs(totals_of(lines)))
    said = [f"{each.number}. {each.item.project.name} {sum_words(each)} {counting_words(each)}" for each in lines]
    return chat_lines(head, [*([totals] if totals else []), *(" ".join(line.split()) for line in said)])
