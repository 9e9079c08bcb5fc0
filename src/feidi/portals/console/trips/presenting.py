"""From trips to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.liaison.selectors.trips import itinerary_of
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("title", gettext_lazy("行程"), sortable=True, lead=True),
    Column("kind", gettext_lazy("类型"), sortable=True),
    Column("starts", gettext_lazy("开始"), sortable=True),
    Column("ends", gettext_lazy("结束"), sortable=True),
    Column("people", gettext_lazy("人数"), numeric=True),
    Column("stops", gettext_lazy("站数"), numeric=True),
    Column("told", gettext_lazy("已写结果"), numeric=True),
    Column("owner", gettext_lazy("负责人")),
    Column("received_by", gettext_lazy("接待方"), shown=False),
    Column("approval", gettext_lazy("审批号"), shown=False),
    Column("guests", gettext_lazy("来宾人数"), numeric=True, shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
FIELDS = {
    "title": gettext_lazy("名称"),
    "kind": gettext_lazy("类型"),
    "starts_on": gettext_lazy("开始日期"),
    "ends_on": gettext_lazy("结束日期"),
    "leader": gettext_lazy("带队领导"),
    "owner": gettext_lazy("负责人"),
    "result": gettext_lazy("成效"),
    "approval_number": gettext_lazy("审批号"),
    "guests": gettext_lazy("来宾人数"),
}


def rows_of(trips: Sequence[Trip]) -> list[Row]:
    """Return trips (with their counts) as list rows."""
    return [_row(each) for each in trips]


def _row(row: Trip) -> Row:
    counted: Any = row
    return Row(
        cells={
            "title": row.title,
            "kind": TripKind(row.kind).label,
            "starts": row.starts_on,
            "ends": row.ends_on,
            "people": counted.people,
            "stops": counted.stop_count,
            "told": counted.told,
            "owner": str(row.owner) if row.owner else "",
            "received_by": row.received_by,
            "approval": row.approval_number,
            "guests": row.guests,
            "outpost": row.outpost.short_name,
        },
        url=reverse("console:trips:trip_view", args=[row.uid]),
        uid=row.uid,
    )


def badges_of(row: Trip, today: date) -> list[Badge]:
    """Return what kind of trip it is and how it stands on ``today``."""
    if row.voided_at:
        state = Badge(_("已撤回"), "quiet", title=row.void_reason)
    elif row.starts_on > today:
        state = Badge(_("将于 {day} 出发").format(day=row.starts_on.isoformat()), "info")
    elif row.ends_on >= today:
        state = Badge(_("进行中"), "ok")
    else:
        state = Badge(_("已结束"), "quiet") if row.result else Badge(_("已结束，没写成效"), "warn")
    return [Badge(TripKind(row.kind).label, "info"), state]


def pairs_of(row: Trip) -> list[tuple[str, Any]]:
    """Return what the page of one trip lists."""
    return [
        (_("起止"), f"{row.starts_on.isoformat()} — {row.ends_on.isoformat()}"),
        (_("带队领导"), row.leader),
        (_("接待方"), row.received_by),
        (_("负责人"), str(row.owner) if row.owner else ""),
        (_("交通"), row.transport),
        (_("住宿"), row.lodging),
        (_("审批号"), row.approval_number),
        (_("来宾人数"), row.guests),
        (_("驻点"), row.outpost.short_name),
    ]


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("出访与接待 {today}，共 {n} 次").format(today=today.isoformat(), n=total)
    return chat_lines(title, (f"{each.cells['starts']} {each.cells['title']}" for each in rows))


def record_text(row: Trip) -> str:
    """Return a trip's stops as a chat message, without any name of a person."""
    told = _("{title}（{first} 至 {last}）").format(title=row.title, first=row.starts_on, last=row.ends_on)
    return chat_lines(told, (_stop_line(stop) for stop in itinerary_of(row)))


def _stop_line(stop: TripStop) -> str:
    place = f"，{stop.place}" if stop.place else ""
    result = f"：{stop.result}" if stop.result else ""
    return f"{stop.on:%m-%d} {stop.at} {stop.what}{place}{result}".replace("  ", " ")
