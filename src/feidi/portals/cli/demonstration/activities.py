"""Activities of the demonstration: one that was, with who came and who met whom; one to come, full; one called off. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.enums import CheckInWay, PartnerSide, RegisteredBy
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.services.activities import Item, Plan, open_activity, plan_activity, put_programme
from feidi.domain.roadshow.services.check_ins import Scan, check_in, check_in_walk_in
from feidi.domain.roadshow.services.holding import cancel_activity, hold_activity
from feidi.domain.roadshow.services.meetings import note_meeting, note_own_meeting
from feidi.domain.roadshow.services.places import Place
from feidi.domain.roadshow.services.registrations import Registrant, cancel_by_link, register
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Unit
from feidi.domain.space.services.attending import finish_bookings
from feidi.domain.space.services.bookings import decide_booking
from feidi.kernel.access import ANONYMOUS, schedule_actor
from feidi.portals.cli.demonstration.agenda import Scene

_NOTE: Final = "（演示）"
_ROOM: Final = "ROAD"
#: Invented guests: name, organization where it is none of the tale's, title.
_GUESTS: Final = (
    ("方远", "", "总经理"), ("叶知秋", "", "研发总监"), ("陆鸣", "", "副总经理"), ("温岚", "", "市场总监"),
    ("韩砚", "滨海某检测公司（演示）", "工程师"), ("莫言川", "滨海某材料公司（演示）", "董事长"),
    ("苏晴", "云溪某陶瓷公司（演示）", "厂长"), ("罗安", "云溪某装备公司（演示）", "技术部长"),
    ("贺兰", "滨海某基金（演示）", "投资经理"), ("阮青", "滨海某高校（演示）", "副教授"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """One activity as it is told."""

    kind: str
    title_zh: str
    title_en: str
    about_zh: str
    day: date
    capacity: int
    side: PartnerSide
    partners: str = ""


def load(scene: Scene) -> None:
    """Play it after the rooms; all acts of the past lie before the last evening."""
    _past(scene)
    _coming(scene)
    _called_off(scene)


def _past(scene: Scene) -> None:
    day = scene.working(scene.last_day - timedelta(days=9))
    told = _Told(
        "matchmaking", f"检测装备与陶瓷产线对接会{_NOTE}", "Matchmaking: testing equipment and ceramics lines (invented)",
        "六家云溪企业带着产线上的检测难题来，滨海的检测团队当场看图纸、约试验。", day, 9, PartnerSide.BOTH, f"云溪区经科局{_NOTE}",
    )  # fmt: skip
    row = _planned(scene, told, now=_at(day - timedelta(days=12), 10))
    projects = _talked_to(scene, day)
    people = [_joined(row, number, projects, now=_at(day - timedelta(days=8), 9, number)) for number in range(10)]
    cancel_by_link(now=_at(day - timedelta(days=2), 11), registration=people[8])  # the one who waited moves up
    door: dict[str, Any] = {"actor": scene.actors["officer2"]}
    came = [people[at] for at in (0, 1, 2, 3, 5, 6, 9)]
    for minute, each in enumerate(came):
        now = _at(day, 13, 48 + minute)
        each = Registration.objects.select_related("activity__outpost__home").get(pk=each.pk)  # noqa: PLW2901 - moved up
        check_in(registration=each, now=now, scan=Scan(f"demo-{each.code}", CheckInWay.SCAN, "正门"), **door)
    walk_in = Registrant("闻笛（演示）", phone="13900009999", organization_name="云溪某窑炉公司（演示）", consent=True)
    check_in_walk_in(
        activity=row,
        now=_at(day, 14, 6),
        registrant=walk_in,
        scan=Scan("demo-walk-in", door="正门"),
        crowd=True,
        **door,
    )
    _met(scene, row, came, now=_at(day, 16, 40))
    finish_bookings(actor=schedule_actor("space.bookings"), now=_at(day, 17, 30))
    hold_activity(actor=scene.actors["officer"], now=_at(day, 17, 40), activity=row)


def _coming(scene: Scene) -> None:
    day = _working_after(scene, scene.today + timedelta(days=12))
    told = _Told(
        "salon", f"低温检测沙龙{_NOTE}", "Salon on testing at low temperatures (invented)",
        "三位一线工程师讲各自踩过的坑，留一半时间自由交流。", day, 5, PartnerSide.HOST,
    )  # fmt: skip
    row = _planned(scene, told, now=_at(scene.last_day, 18, 30))
    for number in range(8):
        _joined(row, number, [], now=_at(scene.last_day, 18, 31 + number))


def _called_off(scene: Scene) -> None:
    day = _working_after(scene, scene.today + timedelta(days=19))
    told = _Told(
        "entrepreneurs", f"两地企业家早餐会{_NOTE}", "Breakfast of entrepreneurs of both places (invented)",
        "每月一次，十二个人一张桌子。", day, 12, PartnerSide.BOTH, f"云溪区工商联{_NOTE}",
    )  # fmt: skip
    row = _planned(scene, told, now=_at(scene.last_day, 18, 40), room="")
    for number in range(3):
        _joined(row, number, [], now=_at(scene.last_day, 18, 41 + number))
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": _at(scene.last_day, 18, 50)}
    cancel_activity(activity=row, reason="与云溪代表团行程冲突，改到下月（演示）", **act)


def _planned(scene: Scene, told: _Told, *, now: datetime, room: str = _ROOM) -> Activity:
    """Plan an activity in the afternoon of its day, have its room confirmed, and open it."""
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": now}
    starts, ends = _at(told.day, 14), _at(told.day, 16, 30)
    unit = Unit.objects.select_related("outpost__home").get(outpost=scene.outpost, code=room) if room else None
    plan = Plan(
        told.kind, told.title_zh, starts, ends, Place(unit, "" if unit else f"云滨创新中心对面茶室{_NOTE}"),
        title_en=told.title_en, about_zh=told.about_zh, capacity=told.capacity, side=told.side, partners=told.partners,
    )  # fmt: skip
    row = plan_activity(outpost=scene.outpost, plan=plan, owner=scene.users["officer"], **act)
    if row.booking is not None and row.booking.state == BookingState.ASKED:
        decide_booking(actor=scene.actors["manager"], now=now, booking=row.booking, confirm=True)
    items = (
        Item(starts, "签到、茶叙"),
        Item(starts + timedelta(minutes=20), told.about_zh[:40], speaker="林博士（演示）", speaker_of="滨海某检测公司（演示）"),
        Item(starts + timedelta(minutes=90), "自由交流"),
    )  # fmt: skip
    put_programme(activity=row, items=items, **act)
    return open_activity(activity=row, **act)


def _joined(row: Activity, number: int, projects: list[Project], *, now: datetime) -> Registration:
    """Register the n-th guest; the first few are of firms of the tale, so that their coming is told to a project."""
    name, organization, title = _GUESTS[number]
    project = projects[number] if number < len(projects) else None
    named = organization or (project.sponsor_name if project else f"滨海某公司{number + 1}（演示）")
    needs = {"need": "产线在线检测（演示）", "people": "1"} if row.kind == "matchmaking" else {}
    who = Registrant(
        f"{name}（演示）",
        phone=f"1390000{(row.pk * 500 + number) % 10_000:04d}",
        title=title,
        organization_name=named,
        answers=needs,
        consent=True,
    )
    return register(actor=ANONYMOUS, now=now, activity=row, registrant=who, origin=RegisteredBy.PUBLIC)


def _met(scene: Scene, row: Activity, came: list[Registration], *, now: datetime) -> None:
    note_meeting(
        actor=scene.actors["officer"], now=now, activity=row, one=came[0].code, other=came[5].code, note="约两周后看样机"
    )  # fmt: skip
    own = Registration.objects.select_related("activity__outpost__home").get(pk=came[1].pk)
    note_own_meeting(now=now, registration=own, other=came[4].code, note="想借试验线")


def _talked_to(scene: Scene, day: date) -> list[Project]:
    """Return projects that were talked to since: coming to an activity before changes none of their clocks."""
    rows = Project.objects.filter(
        outpost=scene.outpost, voided_at__isnull=True, condition="", last_talk_on__gte=day
    ).exclude(talks_stage="lead")
    return list(rows.select_related("outpost").order_by("-last_talk_on", "id")[:4])


def _working_after(scene: Scene, day: date) -> date:
    while not scene.almanac.is_working(day):
        day += timedelta(days=1)
    return day


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI) + timedelta(minutes=minute)
