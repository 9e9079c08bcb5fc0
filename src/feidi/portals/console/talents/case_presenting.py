"""From green-channel cases to what the components draw. The one clock is read once per case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.talent.enums import CaseState, ItemState, PauseReason
from feidi.domain.talent.models import GreenCase, GreenItem, HandOff, Talent
from feidi.domain.talent.selectors.cases import item_reading, reading_of, with_clock
from feidi.domain.talent.selectors.clocks import ClockState, Reading
from feidi.kernel.calendar.working_days import almanac
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.talents.wording import clock_badge, clock_words, taken_note
from feidi.portals.ui.pieces import Badge, Column, Row, TimelineEntry, Tone

COLUMNS = [
    Column("number", gettext_lazy("回执号"), sortable=True, lead=True),
    Column("name", gettext_lazy("申请人")),
    Column("items", gettext_lazy("事项")),
    Column("state", gettext_lazy("状态"), sortable=True),
    Column("clock", gettext_lazy("时钟")),
    Column("due", gettext_lazy("到期日")),
    Column("opened", gettext_lazy("受理日期"), sortable=True),
    Column("delivered", gettext_lazy("办结日期"), sortable=True),
    Column("score", gettext_lazy("评分"), numeric=True),
]
TONES: dict[str, Tone] = {
    CaseState.OPEN: "info",
    CaseState.DELIVERED: "warn",
    CaseState.CONFIRMED: "ok",
    CaseState.WITHDRAWN: "quiet",
}
ITEM_TONES: dict[str, Tone] = {
    ItemState.WAITING: "quiet",
    ItemState.OPEN: "info",
    ItemState.HANDED: "info",
    ItemState.DONE: "ok",
    ItemState.REFUSED: "bad",
}


def rows_of(cases: Sequence[GreenCase], today: date) -> list[Row]:
    """Return cases (``with_clock``) as list rows."""
    known = almanac()
    return [_row(each, reading_of(each, today, known)) for each in cases]


def _row(case: GreenCase, reading: Reading) -> Row:
    over = case.state == CaseState.WITHDRAWN
    return Row(
        cells={
            "number": case.number,
            "name": case.talent.person.name,
            "items": "、".join(each.title for each in _ordered(case)),
            "state": CaseState(case.state).label,
            "clock": "" if over else clock_words(reading),
            "due": None if over else reading.due_on,
            "opened": case.opened_on,
            "delivered": case.delivered_on,
            "score": case.score,
        },
        url=reverse("console:talents:case_view", args=[case.uid]),
        uid=case.uid,
        badges=[clock_badge(reading)] if reading.state in {ClockState.LATE, ClockState.FINISHED_LATE} else [],
        tone="quiet" if over else "",
    )


def _ordered(case: GreenCase) -> list[GreenItem]:
    return sorted(case.items.all(), key=lambda each: each.position)


def cases_of(talent: Talent) -> list[GreenCase]:
    """Return the cases of a talent, newest first."""
    return list(with_clock(talent.cases.filter(voided_at__isnull=True)).order_by("-id"))


def badges_of(case: GreenCase, reading: Reading) -> list[Badge]:
    """Return where a case stands and its one clock."""
    state = Badge(CaseState(case.state).label, TONES[case.state])
    return [state] if case.state == CaseState.WITHDRAWN else [state, clock_badge(reading)]


def pairs_of(case: GreenCase, reading: Reading) -> list[tuple[str, Any]]:
    """Return what a case and its clock say."""
    promise = _("{n} 个工作日").format(n=case.promised) if case.promised else _("没有规定时限（待核实）")
    pairs: list[tuple[str, Any]] = [
        (_("回执号"), case.number),
        (_("受理日期"), case.opened_on),
        (_("承诺时限"), promise),
        (_("已用"), _("{n} 个工作日").format(n=reading.used)),
        (_("等申请人（不计入）"), _("{n} 个工作日").format(n=reading.waited)),
        (_("到期日"), reading.due_on or (_("时钟停止，恢复后重算") if case.promised else _("没有规定时限"))),
        (_("经办人"), case.officer.display_name),
    ]
    if case.delivered_on:
        pairs.append((_("办结日期"), case.delivered_on))
    if case.score:
        pairs += [(_("评分"), _("{n} 分").format(n=case.score)), (_("评语"), case.word)]
    return pairs


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item with its own clock, what it needs, what the departments said."""

    row: GreenItem
    badges: list[Badge]
    department: str
    documents: str
    promise: str
    hand_offs: list[HandOff]
    open: bool
    begun: bool


def items_of(case: GreenCase, today: date) -> list[ShownItem]:
    """Return the items in their order. One query beside those of ``with_clock``."""
    known = almanac()
    handed: dict[int, list[HandOff]] = {}
    for each in HandOff.objects.filter(item__case=case).select_related("receipt").order_by("handed_on", "id"):
        handed.setdefault(each.item_id, []).append(each)
    shown = []
    for item in _ordered(case):
        reading = item_reading(item, case, today, known)
        badges = [Badge(ItemState(item.state).label, ITEM_TONES[item.state])]
        if reading is not None and case.state != CaseState.WITHDRAWN:
            badges.append(clock_badge(reading))
        if item.child_enc:
            badges.append(Badge(_("含子女信息，已加密"), "mark", "lock"))
        shown.append(
            ShownItem(
                item,
                badges,
                item.department or _("待核实"),
                "、".join(item.documents) or _("以部门告知为准（待核实）"),
                _promise(item),
                handed.get(item.pk, []),
                open=item.state not in {ItemState.DONE, ItemState.REFUSED},
                begun=item.started_on is not None,
            )
        )
    return shown


def _promise(item: GreenItem) -> str:
    days = _("{n} 个工作日").format(n=item.promised) if item.promised else _("没有规定时限（待核实）")
    note = taken_note(item.taken_from)
    return f"{days}（{note}）" if note else days


def timeline_of(case: GreenCase) -> list[TimelineEntry]:
    """Return what happened to the clock, newest first."""
    entries = [TimelineEntry(case.opened_on, _("受理，时钟开始"), who=case.recorded_by, tone="info")]
    for each in sorted(case.pauses.all(), key=lambda pause: (pause.since, pause.pk)):
        entries.append(
            TimelineEntry(each.since, str(PauseReason(each.reason).label), each.note, each.by, "clock", "warn")
        )
        if each.until:
            entries.append(TimelineEntry(each.until, _("已补齐，时钟继续"), icon="clock", tone="info"))
    if case.delivered_on:
        entries.append(TimelineEntry(case.delivered_on, _("办结"), icon="check", tone="ok"))
    if case.confirmed_at:
        entries.append(TimelineEntry(case.confirmed_at.date(), _("本人确认"), case.word, icon="check", tone="ok"))
    entries.reverse()
    return entries


def list_text(rows: Iterable[Row], total: str) -> str:
    """Return the listed cases as lines for a chat message: numbers and clocks, nobody's name."""
    title = _("人才办理事项 {total}").format(total=total)
    return chat_lines(title, (f"{each.cells['number']} {each.cells['items']} {each.cells['clock']}" for each in rows))


def record_text(case: GreenCase, reading: Reading) -> str:
    """Return one case as lines for a chat message, without a name."""
    items = (f"{each.title}：{ItemState(each.state).label}" for each in _ordered(case))
    return chat_lines(f"{case.number} {clock_words(reading)}", items)
