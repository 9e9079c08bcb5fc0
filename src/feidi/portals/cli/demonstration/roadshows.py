"""Roadshows of the demonstration: one sealed, with a harsh judge whom the internal page tells; one being prepared. Invented.

The judges of the sealed one came by link; 顾言, 柏年 and 闻笛 are asked to declare for the one that is prepared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import PartyRole, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Round
from feidi.domain.roadshow.roadshow_access import judge_by_link
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.services.dealing import deal_round
from feidi.domain.roadshow.services.interests import Interested, show_interest
from feidi.domain.roadshow.services.judges import NewJudge, ask_judge
from feidi.domain.roadshow.services.letters import clear_letter
from feidi.domain.roadshow.services.phases import step_round
from feidi.domain.roadshow.services.recusing import declare_interests
from feidi.domain.roadshow.services.result_papers import print_result
from feidi.domain.roadshow.services.scoring import Saving, save_sheet
from feidi.domain.roadshow.services.sealing import seal_round
from feidi.domain.roadshow.services.shows import ShowPlan, add_entries, add_round, plan_show
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
_EARLY: Final = (Stage.SCREENING, Stage.NEGOTIATING, Stage.INSPECTING, Stage.ASSESSING)
#: Name, unit in words, trades, points taken off every project: the fourth is harsh.
_PANEL: Final = (
    ("程一鸣", "滨海理工学院（虚构）", ("生物医药",), 0.0),
    ("白露", "云溪产业协会（虚构）", ("半导体新材料",), -1.0),
    ("高扬", "云溪制造协会（虚构）", ("绿色环保",), 1.0),
    ("严守正", "退休检测专家（虚构）", ("生物医药", "绿色环保"), 13.0),
    ("秦川", "滨海创业导师（虚构）", ("半导体新材料",), -1.5),
)
_ENTRIES: Final = 8
_WORTH: Final = (88.0, 86.5, 85.0, 83.5, 81.0, 79.5, 77.0, 74.0)
#: What chance adds or takes, in turn: nobody scores like a rule.
_CHANCE: Final = (0.5, -1.0, 1.0, 0.0, -0.5, 1.5, -1.5)
_PARTS: Final = {"innovation": 40, "value": 30, "feasibility": 20, "presentation": 10}


def load(scene: Scene) -> None:
    """Hold one three weeks ago, plan another for the week after next."""
    projects = list(
        Project.objects.filter(
            outpost=scene.outpost, voided_at__isnull=True, condition="", talks_stage__in=_EARLY
        ).select_related("outpost__home")
    )
    projects.sort(key=lambda each: (_EARLY.index(Stage(each.talks_stage)) * -1, each.code))
    _held(scene, projects[:_ENTRIES])
    _prepared(scene, projects[_ENTRIES : _ENTRIES + 6])


def _at(scene: Scene, days: int, hour: int, login: str = "officer") -> Act:
    day = scene.working(scene.today - timedelta(days=days))
    return {"actor": scene.actors[login], "now": datetime.combine(min(day, scene.last_day), time(hour), SHANGHAI)}


def _held(scene: Scene, projects: Sequence[Project]) -> None:
    before, day = _at(scene, 26, 10), _at(scene, 21, 14)
    plan = ShowPlan("秋季项目路演（演示）", day["now"].date(), "Autumn roadshow (demonstration)")
    show = plan_show(outpost=scene.outpost, plan=plan, owner=scene.users["officer"], **before)
    round_ = add_round(show=show, format_code="first_8_7", name="初赛（演示）", advance=3, **before)
    entries = add_entries(round_=round_, projects=projects, **before)
    sponsor = Organization.objects.filter(
        project_roles__project=projects[1], project_roles__role=PartyRole.SPONSOR, project_roles__until__isnull=True
    ).first()
    for at, (name, works_as, trades, _off) in enumerate(_PANEL):
        # the second one turns out to work for a firm that presents
        works_for = sponsor if at == 1 else None
        ask_judge(show=show, new=NewJudge(name, works_for=works_for, works_as=works_as, trades=trades), **before)
    _declare(show.judges.order_by("id"), entries, before)
    step_round(round_=round_, to=RoundPhase.DECLARING, **before)
    deal_round(round_=round_, **before)
    for phase in (RoundPhase.READING, RoundPhase.SCORING):
        step_round(round_=round_, to=phase, **before)
    _score(round_, day)
    step_round(round_=round_, to=RoundPhase.CLOSED, **day)
    seal = seal_round(round_=round_, **_at(scene, 21, 17, "lead"))
    print_result(seal=seal, **_at(scene, 21, 17))
    _told(scene, entries)


def _declare(judges: Any, entries: Sequence[Entry], act: Act) -> None:
    """One says a tie; the others that there is none."""
    for at, judge in enumerate(judges.select_related("roadshow__outpost")):
        interests = {entries[4]: "曾任该团队的技术顾问（演示）"} if at == 2 else {}  # noqa: PLR2004 - 高扬
        declare_interests(judge=judge, interests=interests, **act)


def _score(round_: Round, act: Act) -> None:
    off = {name: points for name, _unit, _trades, points in _PANEL}
    seats = Assignment.objects.filter(entry__round=round_, voided_at__isnull=True).select_related(
        "judge__roadshow__outpost", "entry__project", "entry__round"
    )
    for at, seat in enumerate(seats.order_by("entry__position", "judge_id")):
        total = _WORTH[seat.entry.position - 1] - off[seat.judge.name] + _CHANCE[at % len(_CHANCE)]
        points = {code: f"{total * most / 100:.1f}" for code, most in _PARTS.items()}
        saving = Saving(
            points, f"demonstration-{at}", 0, "讲得清，客户要再访几家（演示）" if at % 3 == 0 else "", lock=True
        )
        save_sheet(actor=judge_by_link(seat.judge), now=act["now"], judge=seat.judge, entry=seat.entry, saving=saving)


def _told(scene: Scene, entries: Sequence[Entry]) -> None:
    """Two letters were cleared; two investors said something."""
    act = _at(scene, 19, 11)
    rows = Entry.objects.select_related("project", "round__roadshow__outpost__home").filter(
        pk__in=[each.pk for each in entries]
    )
    first, second, *_rest = rows.order_by("position")
    for entry in (first, second):
        clear_letter(entry=entry, words="技术讲得清楚；建议再走访两三家客户，把报价写明（演示）。", **act)
    fund = Organization.objects.filter(
        kinds__kind=OrganizationKind.FUND, links__outpost=scene.outpost, voided_at__isnull=True
    ).first()
    named = fund.name if fund else "云溪科创基金（虚构）"
    ticket = Money(50_000_000, "CNY")
    show_interest(
        entry=first, said_by=Interested(named, organization=fund, ticket=ticket, note="想看中试线（演示）"), **act
    )
    show_interest(entry=second, said_by=Interested("滨海天使投资人联盟（虚构）", note="先要财务数据（演示）"), **act)


def _prepared(scene: Scene, projects: Sequence[Project]) -> None:
    act = _at(scene, 2, 16)
    held_on = scene.today + timedelta(days=12)
    show = plan_show(
        outpost=scene.outpost,
        plan=ShowPlan("冬季项目路演（演示，筹备中）", held_on),
        owner=scene.users["officer"],
        **act,
    )
    round_ = add_round(show=show, format_code="first_8_7", name="初赛（演示）", **act)
    add_entries(round_=round_, projects=projects, **act)
    for login in ("judge", "judge2", "judge3"):
        ask_judge(show=show, new=NewJudge(user=scene.users[login], trades=("生物医药",)), **act)
    ask_judge(show=show, new=NewJudge("贺兰", works_as="滨海设计院（虚构）"), **act)
    step_round(round_=round_, to=RoundPhase.DECLARING, **act)
    declared = Judge.objects.select_related("roadshow__outpost").get(roadshow=show, user=scene.users["judge3"])
    declare_interests(judge=declared, interests={}, **act)
