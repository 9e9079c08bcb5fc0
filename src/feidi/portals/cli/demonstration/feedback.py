"""What people said in the demonstration: enough to be shown, too few to be shown, bad scores, complaints. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.selectors.feedback import whose_of
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.kernel.feedback.enums import Channel, Ruling, Via
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.services.answering import Given, answer_ask, close_follow_up
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.feedback.services.complaints import (
    NewComplaint,
    answer_complaint,
    close_complaint,
    receive_complaint,
    void_complaint,
)
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
_NOTE: Final = "演示"
#: Satisfaction, recommending, days ago, words: what visitors said.
_VISITS: Final = (
    (5, 10, 150, "讲解清楚，数据当场给看"),
    (4, 9, 143, ""),
    (5, 9, 131, "想再看一次中试车间"),
    (4, 8, 118, ""),
    (3, 7, 112, "停车难找"),
    (5, 10, 96, ""),
    (4, 9, 88, "希望有英文材料"),
    (2, 3, 74, "等了四十分钟没有人接"),
    (5, 9, 61, ""),
    (4, 8, 55, ""),
    (5, 10, 41, "当天就收到一页答复"),
    (4, 7, 33, ""),
    (5, 9, 19, ""),
    (1, 2, 2, "约好的人不在，白跑一趟"),
)
#: Reason, impression, days ago: who did not come.
_ABSENT: Final = (("time", 4, 40), ("far", 3, 40), ("forgot", 4, 39), ("topic", 3, 38), ("decided", 2, 37))
#: Too few to be shown.
_EVENTS: Final = ((5, 9, 26), (4, 8, 26), (5, 10, 25))


def load(scene: Scene) -> None:
    """Let visitors, guests and tenants answer, follow up what was bad, and enter three complaints."""
    projects = list(Project.objects.filter(outpost=scene.outpost, voided_at__isnull=True).order_by("id")[:40])
    _said(scene, "visit", projects[: len(_VISITS)], [(Given(a, b, words=w), days) for a, b, days, w in _VISITS])
    _said(scene, "event", projects[14:17], [(Given(a, b), days) for a, b, days in _EVENTS])
    _said(scene, "absent", projects[18:23], [(Given(n, None, reason), days) for reason, n, days in _ABSENT])
    for n, waiting in enumerate(Ask.objects.filter(scope_outpost=scene.outpost.pk, answer=None).order_by("id")):
        if n % 2 == 0:
            given = Given(5 - n % 3, 10 - n % 4, words="" if n % 4 else f"办得快（{_NOTE}）")
            answer_ask(asked=waiting, given=given, via=Via.LINK, **_act(scene, 1, hour=16))
    _complaints(scene)


def _said(scene: Scene, occasion: str, projects: list[Project], told: list[tuple[Given, int]]) -> None:
    for project, (given, days) in zip(projects, told, strict=False):
        act = _act(scene, days)
        asked = ask(
            subject=Subject("pipeline.project", project.uid),
            occasion=occasion,
            about=f"{project.name}（{_NOTE}）",
            to=Respondent(f"{occasion}:{project.uid}", f"来客{project.pk}（{_NOTE}）"),
            whose=whose_of(scene.outpost),
            owner=scene.users["officer"],
            **act,
        )
        if asked is None:
            continue
        answer, _new = answer_ask(asked=asked, given=given, via=Via.LINK, **act)
        if hasattr(answer, "follow_up") and days > 10:  # noqa: PLR2004 - the latest one still waits
            done = f"电话致歉，另约时间由负责人接待（{_NOTE}）"
            close_follow_up(follow_up=answer.follow_up, done=done, **_act(scene, days - 2))


def _complaints(scene: Scene) -> None:
    whose, owner = whose_of(scene.outpost), scene.users["officer"]

    def came(days: int, channel: Channel, topic: str, title: str, words: str, name: str = "") -> Any:
        told = f"{words}（{_NOTE}）"
        new = NewComplaint(_day(scene, days), channel, topic, title, told, owner, name, "")
        return receive_complaint(whose=whose, new=new, **_act(scene, days))

    first = came(70, Channel.PHONE, "space", "会议室空调不冷", "报修两次没有人来", "来电人甲")
    answer_complaint(
        complaint=first, ruling=Ruling.UPHELD, reply=f"压缩机已更换，当日电话告知（{_NOTE}）", **_act(scene, 66)
    )
    close_complaint(complaint=first, lesson=f"报修当天回话（{_NOTE}）", **_act(scene, 65))
    second = came(30, Channel.WECHAT, "service", "材料补了三次", "每次说的都不一样")
    answer_complaint(complaint=second, ruling=Ruling.PARTLY, reply=f"已改为一次性告知（{_NOTE}）", **_act(scene, 24))
    came(4, Channel.VISIT, "money", "押金退得慢", "退租两个月还没有收到", "来访人乙")
    wrong = came(3, Channel.PHONE, "other", "打错电话", "找的是另一个园区")
    void_complaint(complaint=wrong, reason=f"打错电话，不是对本驻点的投诉（{_NOTE}）", **_act(scene, 2))


def _day(scene: Scene, days: int) -> date:
    return scene.working(scene.today - timedelta(days=days))


def _act(scene: Scene, days: int, *, hour: int = 15) -> Act:
    return {"actor": scene.actors["officer"], "now": datetime.combine(_day(scene, days), time(hour), SHANGHAI)}
