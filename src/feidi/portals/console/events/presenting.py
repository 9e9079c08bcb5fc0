"""From activities and their people to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.enums import ActivityState, Audience, RegisteredBy, RegistrationState
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activity_rules import activity_rules, read_questions
from feidi.domain.roadshow.selectors.answers import words_of
from feidi.domain.roadshow.selectors.presenting import kind_words, place_words, rules_of
from feidi.domain.space.selectors.holding import spoken_span
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.rooms.forms import WEEKDAYS
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("when", gettext_lazy("时间"), sortable=True),
    Column("title", gettext_lazy("活动"), sortable=True, lead=True),
    Column("kind", gettext_lazy("种类")),
    Column("number", gettext_lazy("编号"), sortable=True, shown=False),
    Column("where", gettext_lazy("地点")),
    Column("state", gettext_lazy("状态"), sortable=True),
    Column("registered", gettext_lazy("已报名"), numeric=True, sortable=True),
    Column("capacity", gettext_lazy("名额"), numeric=True),
    Column("waiting", gettext_lazy("候补"), numeric=True),
    Column("came", gettext_lazy("到场"), numeric=True, sortable=True),
    Column("owner", gettext_lazy("负责人"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
SORTS = {
    "number": "number",
    "title": "title_zh",
    "when": "starts_at",
    "state": "state",
    "registered": "registered",
    "came": "came",
}
PEOPLE = [
    Column("position", gettext_lazy("序号"), numeric=True, sortable=True),
    Column("name", gettext_lazy("姓名"), sortable=True, lead=True),
    Column("organization", gettext_lazy("单位"), sortable=True),
    Column("title", gettext_lazy("职务")),
    Column("state", gettext_lazy("状态"), sortable=True),
    Column("came", gettext_lazy("到场")),
    Column("phone", gettext_lazy("手机")),
    Column("mail", gettext_lazy("邮箱"), shown=False),
    Column("code", gettext_lazy("票号")),
    Column("origin", gettext_lazy("来自"), shown=False),
    Column("registered", gettext_lazy("报名时间"), shown=False),
]
PEOPLE_SORTS = {
    "position": "position",
    "name": "name",
    "organization": "organization_name",
    "state": "state",
}
_TONES: dict[str, Any] = {
    ActivityState.DRAFT: "quiet",
    ActivityState.OPEN: "ok",
    ActivityState.CLOSED: "info",
    ActivityState.HELD: "mark",
    ActivityState.CANCELLED: "bad",
}


def rows_of(activities: Sequence[Activity]) -> list[Row]:
    """Return activities (with their counts) as list rows."""
    rules = rules_of(activities)
    return [
        Row(
            cells={
                "number": each.number,
                "title": each.title_zh,
                "kind": kind_words(each, rules[each.outpost_id]),
                "when": when_words(each),
                "where": place_words(each),
                "state": str(ActivityState(each.state).label),
                "registered": each.registered,  # type: ignore[attr-defined]
                "capacity": each.capacity if each.capacity is not None else _("不限"),
                "waiting": each.waiting,  # type: ignore[attr-defined]
                "came": each.came,  # type: ignore[attr-defined]
                "owner": each.owner.display_name,
                "outpost": each.outpost.short_name,
            },
            url=reverse("console:events:activity_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.state in {ActivityState.CANCELLED, ActivityState.DRAFT} else "",
        )
        for each in activities
    ]


def when_words(row: Activity) -> str:
    """Return its time with the day of the week."""
    day = WEEKDAYS[row.starts_at.astimezone(SHANGHAI).weekday()]
    return f"{spoken_span(row.starts_at, row.ends_at)} {day}"


def list_text(rows: Sequence[Row], total: str) -> str:
    """Return the list for a chat message."""
    lines = (f"{each.cells['when']} {each.cells['title']} {each.cells['where']}" for each in rows)
    return chat_lines(_("活动 {total}").format(total=total), lines)


def badges_of(row: Activity) -> list[Badge]:
    """Return the marks of an activity's head."""
    found = [Badge(str(ActivityState(row.state).label), _TONES[row.state]), Badge(kind_words(row), "quiet")]
    if row.audience == Audience.INVITATION:
        found.append(Badge(_("凭邀请"), "info", "lock"))
    return found


def pairs_of(row: Activity) -> list[tuple[str, Any]]:
    """Return what is public of an activity, in pairs."""
    return [
        (_("时间"), when_words(row)),
        (_("地点"), place_words(row)),
        (_("名额"), row.capacity if row.capacity is not None else _("不限")),
        (_("报名开始"), row.opens_at),
        (_("报名截止"), row.closes_at),
        (_("面向"), row.get_side_display() if row.side else _("未说明")),
        (_("合办、协办"), row.partners),
        (_("负责人"), row.owner.display_name),
        (_("介绍"), row.about_zh),
        (_("取消原因"), row.cancelled_reason),
    ]


def people_rows(rows: Sequence[Registration]) -> list[Row]:
    """Return registrants (with ``entries``) as list rows; contacts are masked."""
    return [
        Row(
            cells={
                "position": each.position,
                "name": each.name,
                "organization": each.organization.name if each.organization else each.organization_name,
                "title": each.title,
                "state": str(RegistrationState(each.state).label),
                "came": came_words(each),
                "phone": each.phone_hint,
                "mail": each.mail_hint,
                "code": each.code,
                "origin": str(RegisteredBy(each.origin).label),
                "registered": each.registered_at,
            },
            url=reverse("console:events:registration_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.state == RegistrationState.CANCELLED else "",
        )
        for each in rows
    ]


def came_words(row: Registration) -> str:
    """Return when and where somebody came in; "" when they did not."""
    entries = list(row.entries)  # type: ignore[attr-defined]
    if not entries:
        return ""
    when = entries[0].scanned_at.astimezone(SHANGHAI)
    return f"{when:%m-%d %H:%M} {entries[0].door}".strip()


def answers_of(row: Registration) -> list[tuple[str, str]]:
    """Return the questions of the form with what was answered."""
    language = get_language()
    return [
        (each.label.in_language(language), words_of(each, row.answers.get(each.code), language))
        for each in read_questions(row.activity.questions)
    ]


def kinds_of(outposts: Any) -> list[tuple[str, str]]:
    """Return the kinds of activities that these outposts' homes have, each once."""
    found: dict[str, str] = {}
    for outpost in outposts:
        for kind in activity_rules(outpost).kinds:
            found.setdefault(kind.code, kind.label.in_language(get_language()))
    return list(found.items())
