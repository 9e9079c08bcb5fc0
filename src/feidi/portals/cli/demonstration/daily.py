"""The daily work of the last weeks: matters handed down, departments asked, meetings, the counter. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from feidi.domain.liaison.enums import CoordinationWay, MeetingKind
from feidi.domain.liaison.models import Coordination, Decision, Instruction, Meeting, WalkIn
from feidi.domain.liaison.services.coordinations import (
    NewCoordination,
    ask_department,
    close_coordination,
    note_answer,
    open_coordination,
)
from feidi.domain.liaison.services.instructions import (
    NewInstruction,
    answer_instruction,
    close_instruction,
    give_instruction,
    urge_instruction,
)
from feidi.domain.liaison.services.meetings import (
    NewDecision,
    NewMeeting,
    call_meeting,
    decide,
    finish_decision,
    issue_minutes,
    record_meeting,
)
from feidi.domain.liaison.services.walk_ins import Visit, close_visit, register_visit
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.portals.cli.demonstration.agenda import Scene

_BUREAU: Final = "云溪区经济和科技促进局（演示）"
_PRESENT: Final = (
    {"name": "郑文", "unit": _BUREAU, "title": "科长"},
    {"name": "梁远", "unit": "招商联络处（演示）", "title": "负责人"},
    {"name": "陈晓", "unit": "招商联络处（演示）", "title": "招商专员"},
    {"name": "何静", "unit": "招商联络处（演示）", "title": "孵化经理"},
)
_VISITS: Final = (
    ("问人才公寓申请条件", "吴女士", "", "13900007001", "已发办事指南"),
    ("想租200平米中试场地，要有排水", "周先生", "滨海澄川材料有限公司", "13900007002", ""),
    ("问政策兑现什么时候开始申报", "", "滨海明澈检测技术有限公司", "", ""),
)


def tell_daily(scene: Scene) -> None:
    """Note the daily work of the last six weeks; it is played with everything else."""
    _instructions(scene)
    _coordinations(scene)
    _joint_meeting(scene)
    _weekly_meeting(scene)
    for nth in range(len(_VISITS)):
        scene.plan(scene.last_day, "officer", partial(_visit, scene, nth))


def _ago(scene: Scene, days: int) -> date:
    return scene.working(scene.today - timedelta(days=days))


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _known(scene: Scene, nth: int) -> Project:
    """Return the nth of the projects whose lives were told, as it stands now."""
    return scene.project([name for name in scene.tales if name in scene.projects][nth])


def _give(scene: Scene, days: int, paraphrase: str, *, due_in: int, owner: str) -> None:
    def act(actor: Actor, now: datetime) -> None:
        due = scene.today + timedelta(days=due_in)
        new = NewInstruction(_BUREAU, paraphrase, _day(now), max(due, _day(now)), scene.users[owner], plaque="liaison")
        give_instruction(actor=actor, now=now, outpost=scene.outpost, new=new)

    scene.plan(_ago(scene, days), "bureau", act)


def _instruction(paraphrase: str) -> Instruction:
    return Instruction.objects.select_related("outpost").get(paraphrase=paraphrase)


def _instructions(scene: Scene) -> None:
    """Tell of three matters: one open and urged, one answered, one closed."""
    waiting, answered, closed = (
        "梳理在谈的半导体材料项目，列出用地和用能需求（演示）",
        "汇总三季度外出招商情况，附下一步打算（演示）",
        "核对上半年签约项目的注册进度（演示）",
    )
    _give(scene, 9, waiting, due_in=2, owner="officer")
    _give(scene, 20, answered, due_in=-8, owner="officer2")
    _give(scene, 35, closed, due_in=-25, owner="officer")

    def urge(actor: Actor, now: datetime) -> None:
        urge_instruction(actor=actor, now=now, instruction=_instruction(waiting), note="本周会上要用，请先报初稿")

    def answer(actor: Actor, now: datetime) -> None:
        answer_instruction(actor=actor, now=now, instruction=_instruction(answered), answer="已汇总，外出4次、走访11家")

    def finish(actor: Actor, now: datetime) -> None:
        row = answer_instruction(
            actor=actor, now=now, instruction=_instruction(closed), answer="已核对，注册完成的占三分之二"
        )
        close_instruction(actor=actor, now=now, instruction=row)

    scene.plan(_ago(scene, 3), "bureau", urge)
    scene.plan(_ago(scene, 10), "officer2", answer)
    scene.plan(_ago(scene, 27), "lead", finish)


def _coordinations(scene: Scene) -> None:
    """Tell of a letter that waits, a call that was answered, and a draft."""

    def letter(actor: Actor, now: datetime) -> None:
        new = NewCoordination(
            "云州市生态环境局云溪分局（演示）",
            "该项目含清洗工序，请协助明确环评类别和办理时限。",
            due_on=scene.today + timedelta(days=4),
            owner=scene.users["officer"],
            project=_known(scene, 0),
        )
        row = open_coordination(actor=actor, now=now, outpost=scene.outpost, new=new)
        ask_department(
            actor=actor, now=now, coordination=row, asked_on=_day(now), letter_number=f"云滨函（演示）〔{now.year}〕8号"
        )

    def call(actor: Actor, now: datetime) -> None:
        new = NewCoordination(
            "云溪区市场监督管理局（演示）",
            "企业名称预核准能否加急。",
            way=CoordinationWay.PHONE,
            contact="登记窗口",
            owner=scene.users["officer2"],
            project=_known(scene, 1),
        )
        row = open_coordination(actor=actor, now=now, outpost=scene.outpost, new=new)
        ask_department(actor=actor, now=now, coordination=row, asked_on=_day(now))

    def answered(actor: Actor, now: datetime) -> None:
        row = Coordination.objects.get(way=CoordinationWay.PHONE)
        note_answer(
            actor=actor, now=now, coordination=row, answer="可以，材料齐全当天办结", answered_on=_day(now),
            receipt="演示0001",
        )  # fmt: skip
        close_coordination(actor=actor, now=now, coordination=row)

    def draft(actor: Actor, now: datetime) -> None:
        new = NewCoordination("前湾区供电局（演示）", "孵化区需增容100千伏安，请告知流程。", side="host")
        open_coordination(actor=actor, now=now, outpost=scene.outpost, new=new)

    scene.plan(_ago(scene, 7), "officer", letter)
    scene.plan(_ago(scene, 16), "officer2", call)
    scene.plan(_ago(scene, 14), "officer2", answered)
    scene.plan(_ago(scene, 2), "officer", draft)


def _joint_meeting(scene: Scene) -> None:
    """Tell of a meeting with the bureau: minutes issued, one decision done, one still to be done."""

    def hold(actor: Actor, now: datetime) -> None:
        first, second = _known(scene, 0), _known(scene, 2)
        new = NewMeeting(
            MeetingKind.JOINT,
            "第三次联席会议（演示）",
            _day(now),
            held_at="上午9时30分",
            place="多功能会议室",
            chair="郑文",
            agenda=[
                ("通报上月进展", None),
                (f"{first.name}落地要素保障", first),
                (f"{second.name}推进情况", second),
            ],
        )
        meeting = call_meeting(actor=actor, now=now, outpost=scene.outpost, new=new)
        _record(actor, now, meeting, "会议听取了联络处工作汇报，研究了两个项目。")
        third = meeting.agenda.get(position=3)
        due = scene.today + timedelta(days=5)
        for new_decision in (
            NewDecision(
                "联络处牵头，一周内列出环评、用电两张清单", "", scene.users["officer"], _day(now) + timedelta(days=7)
            ),
            NewDecision("下次会前补齐尽调材料", "", scene.users["officer2"], due, third),
        ):
            decide(actor=actor, now=now, meeting=meeting, new=new_decision)
        issue_minutes(actor=actor, now=now, meeting=meeting)

    def done(actor: Actor, now: datetime) -> None:
        row = Decision.objects.select_related("meeting__outpost").filter(meeting__kind=MeetingKind.JOINT).earliest("id")
        finish_decision(actor=actor, now=now, decision=row, result="清单已发经科局")

    scene.plan(_ago(scene, 18), "officer", hold)
    scene.plan(_ago(scene, 12), "officer", done)


def _weekly_meeting(scene: Scene) -> None:
    def hold(actor: Actor, now: datetime) -> None:
        new = NewMeeting(
            MeetingKind.WEEKLY, "周例会（演示）", _day(now), held_at="上午9时", place="商务洽谈区", chair="梁远",
            agenda=[("四张单子", None), ("本周来访接待", None)],
        )  # fmt: skip
        meeting = call_meeting(actor=actor, now=now, outpost=scene.outpost, new=new)
        _record(actor, now, meeting, "")
        new_decision = NewDecision(
            "超过14天没动的项目，本周内每人联系三家", "", scene.users["lead"], scene.today + timedelta(days=3)
        )
        decide(actor=actor, now=now, meeting=meeting, new=new_decision)

    scene.plan(_ago(scene, 4), "lead", hold)


def _record(actor: Actor, now: datetime, meeting: Meeting, summary: str) -> None:
    said = {item.pk: "与会人员讨论后原则同意，按议定事项办理。" for item in meeting.agenda.all()}
    people = [dict(each) for each in _PRESENT]
    record_meeting(
        actor=actor, now=now, meeting=meeting, present=people, summary=summary, discussions=said, keeper="陈晓"
    )


def _visit(scene: Scene, nth: int, actor: Actor, now: datetime) -> None:
    asked, visitor, unit, phone, result = _VISITS[nth]
    to = scene.users["manager"] if nth == 1 else None
    visit = Visit(f"{asked}（演示）", visitor, unit, phone, handed_to=to)
    row: WalkIn = register_visit(actor=actor, now=now, outpost=scene.outpost, visit=visit)
    if result:
        close_visit(actor=actor, now=now, walk_in=row, result=result)
