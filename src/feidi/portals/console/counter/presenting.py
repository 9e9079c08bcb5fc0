"""From the register's entries to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.models import WalkIn
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.clock import BUSINESS_ZONE
from feidi.portals.ui.pieces import Column, Row

COLUMNS = [
    Column("asked", gettext_lazy("来问什么"), lead=True),
    Column("came", gettext_lazy("来访时间"), sortable=True),
    Column("visitor", gettext_lazy("来访人")),
    Column("unit", gettext_lazy("单位"), sortable=True),
    Column("first", gettext_lazy("首问负责人")),
    Column("handed", gettext_lazy("转给")),
    Column("result", gettext_lazy("办理结果")),
    Column("closed", gettext_lazy("办结时间"), sortable=True, shown=False),
    Column("phone", gettext_lazy("电话"), shown=False),
    Column("project", gettext_lazy("关联项目"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
#: Fields whose change a history names.
FIELDS = {
    "handed_to": gettext_lazy("转给"),
    "handed_to_text": gettext_lazy("转给"),
    "closed_at": gettext_lazy("办结"),
    "project": gettext_lazy("关联项目"),
}


def handed(row: WalkIn) -> str:
    """Return to whom an entry went."""
    return row.handed_to.display_name if row.handed_to else row.handed_to_text


def moment(when: Any) -> str:
    """Return a moment in the installation's time, to the minute; empty for none."""
    return f"{when.astimezone(BUSINESS_ZONE):%Y-%m-%d %H:%M}" if when else ""


def rows_of(rows: Iterable[WalkIn]) -> list[Row]:
    """Return entries as list rows; phones only as their ends."""
    return [
        Row(
            cells={
                "asked": each.asked,
                "came": moment(each.came_at),
                "visitor": each.visitor,
                "unit": each.unit,
                "first": each.first.display_name,
                "handed": handed(each),
                "result": each.result or _("未办结"),
                "closed": moment(each.closed_at),
                "phone": each.phone_hint,
                "project": each.project.name if each.project else "",
                "outpost": each.outpost.short_name,
            },
            url=reverse("console:counter:visit_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in rows
    ]


def pairs_of(row: WalkIn) -> list[tuple[str, Any]]:
    """Return what the page of one entry lists."""
    return [
        (_("来访时间"), row.came_at),
        (_("来访人"), row.visitor),
        (_("单位"), row.unit),
        (_("电话"), row.phone_hint),
        (_("首问负责人"), row.first.display_name),
        (_("转给"), handed(row)),
        (_("办结时间"), row.closed_at),
        (_("办理结果"), row.result),
        (_("驻点"), row.outpost.short_name),
    ]


def list_text(rows: Sequence[WalkIn], total: str, today: date) -> str:
    """Return the register as a chat message: no phones, no names of visitors."""
    title = _("来访登记 {today}，共 {n} 条").format(today=today.isoformat(), n=total)
    told = (f"{each.asked}（{each.result or handed(each) or _('未办结')}）" for each in rows)
    return chat_lines(title, told)
