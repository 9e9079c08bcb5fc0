"""Introductions of the demonstration, one at every step, and a matchmaking day next week. All of it is invented.

The ceramics kiln's goes the whole way: both said yes, names shown, met, tried on the line, a technology contract whose
registration was accepted by somebody who had no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.matching.enums import (
    Channel,
    NextDecision,
    OutcomeKind,
    Side,
    TechnologyContractKind,
    Verdict,
)
from feidi.domain.matching.models import CandidateRow, Introduction, Profile
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from feidi.domain.matching.services.days import NewDay, add_day, arrange_day
from feidi.domain.matching.services.introduction_meetings import Held, hold_meeting, plan_meeting
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, TechnologyContract, record_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    end_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.matching.services.outcome_evidence import Proof, decide_outcome, show_outcome
from feidi.domain.matching.services.profile_states import close_profile
from feidi.domain.matching.services.trials import Measured, NewTrial, plan_trial, record_trial_result
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
#: Need and offer (by the start of the title), the furthest step, who of both sides said yes, days later than the others.
STORIES: Final = (
    ("辊道窑烧成带温度飘", "窑炉烧成带温度场在线重建", "concluded", "桁岳瓷业 生产副总", "材料学院 课题组长", 0),
    ("百升级发酵罐排期", "50到500升发酵中试", "trying", "珩衡生物 工艺负责人", "霁澈中试 项目经理", 0),
    ("毫米波雷达模组找A轮", "投A轮智能硬件", "met", "瀚朔智能 创始人", "澈川基金 投资经理", 0),
    ("污泥含水高", "污泥低温干化制陶粒", "revealed", "翊屿环保 总工", "瀚蘅环境 总经理", 0),
    ("热泵想进滨海", "酒店公寓热水工程总包", "revealed", "栩蘅热泵 销售总监", "沐澈总包 采购经理", 1),
    ("体外诊断试剂盒", "投B轮体外诊断和器械", "revealed", "砚澈诊断 创始人", "岳渝医疗 合伙人", 0),
    ("体外诊断试剂盒", "跟投落户云溪的项目", "revealed", "砚澈诊断 创始人", "引导基金 项目经理", 0),
    ("采购氧化铝陶瓷基板", "氮化铝陶瓷基板", "agreed", "苒渝电子 采购经理", "籽朔新材料 创始人", 0),
    ("瓷砖色差还靠人眼挑", "瓷砖缺陷检测整机", "interested", "", "", 10),
    ("找做过风扇电机降噪", "小功率电机降噪", "ended", "", "", 4),
)
_STEPS: Final = ("interested", "agreed", "revealed", "met", "trying", "concluded")
#: Days before today on which each step was taken.
_DAYS: Final = {"interested": 17, "agreed": 15, "revealed": 14, "met": 10, "trying": 7, "concluded": 2}


@dataclass(frozen=True, slots=True)
class _Tale:
    """Who acts, and which moment each step has: the ``at``-th story, ``later`` by so many days."""

    scene: Scene
    at: int
    later: int

    def on(self, step: str, hour: int = 15) -> Act:
        """Return who writes a step down, and when."""
        day = self.scene.working(self.scene.today - timedelta(days=_DAYS[step] - self.later))
        return {"actor": self.scene.actors["officer"], "now": datetime.combine(day, time(hour, self.at), SHANGHAI)}


def load(scene: Scene) -> None:
    """Bring every pair as far as its story goes, and arrange the day on which the rest will meet."""
    forget_indexes()
    for at, (need, offer, far, yes_need, yes_offer, later) in enumerate(STORIES):
        pair = _profile(scene, Side.NEED, need), _profile(scene, Side.OFFER, offer)
        _tell(_Tale(scene, at, later), pair, far, {Side.NEED: yes_need, Side.OFFER: yes_offer})
    _matchmaking(scene)


def _profile(scene: Scene, side: Side, title: str) -> Profile:
    rows = Profile.objects.filter(outpost=scene.outpost, side=side, title__startswith=title)
    return rows.select_related("organization", "person", "officer", "outpost__home").get()


def _tell(tale: _Tale, pair: tuple[Profile, Profile], far: str, says: Mapping[Side, str]) -> None:
    need, offer = pair
    said = _said_yes(tale, need, offer) if far == "concluded" else None
    interest = Interest(Channel.LIST if said else Channel.OFFICER, candidate=said)
    row = express_interest(need=need, offer=offer, interest=interest, **tale.on("interested"))
    if far == "ended":
        end_introduction(introduction=row, reason="对方已另聘全职工程师（演示）", **tale.on("agreed"))
        return
    for step in _STEPS[1 : _STEPS.index(far) + 1]:
        if step == "agreed":
            for side, by in says.items():
                agree_to_introduction(introduction=row, side=side, by=f"{by}（演示，电话）", **tale.on(step))
        else:
            _TELLERS[step](tale, row)
        row.refresh_from_db()


def _said_yes(tale: _Tale, need: Profile, offer: Profile) -> CandidateRow:
    """Return the candidate of a list of that morning, checked, sent on paper and answered: 愿意见."""
    made = make_list(profile=need, **tale.on("interested", 11))
    wanted = made.rows.get(profile=offer)
    picks = {wanted.position: "带十二个测点去现场量过一条窑，愿意下周来"}
    act = tale.on("interested", 12)
    checked = check_list(candidates=made, version=made.version, picks=picks, **act)
    send_list(candidates=checked, version=checked.version, to="生产副总（演示）", on_paper=True, **act)
    answer = Answer(Verdict.ACCEPTED, note="下周就可以来")
    return answer_candidate(row=made.rows.get(profile=offer), answer=answer, **tale.on("interested", 14))


def _reveal(tale: _Tale, row: Introduction) -> None:
    reveal_identities(introduction=row, **tale.on("revealed"))


def _meet(tale: _Tale, row: Introduction) -> None:
    act = tale.on("met")
    meeting = plan_meeting(
        introduction=row,
        planned_for=act["now"],
        place="本驻点商务洽谈区（演示）",
        **{**act, "now": act["now"] - timedelta(days=1)},
    )
    held = Held(
        on=act["now"].date(),
        present=[row.need_agreed_by.split("（")[0], row.offer_agreed_by.split("（")[0]],
        result="对方看了样品和现场录像，愿意带设备来试一次；谁付费、怎样算解决，试之前写清。（演示）",
    )
    hold_meeting(meeting=meeting, held=held, **act)


def _try(tale: _Tale, row: Introduction) -> None:
    act = tale.on("trying")
    new = NewTrial(
        subject=f"{row.need.title}：现场试一次（演示）",
        sample="需求方提供样品一批、产线一条",
        protocol="先连续记录一个班，再装上设备连续记录一个班；同一块表读数，双方在场签字。",
        planned_on=act["now"].date(),
        place="需求方车间（演示）",
        payer="设备与人工由供给方承担，样品和停线由需求方承担",
    )
    plan_trial(introduction=row, new=new, **act)


def _conclude(tale: _Tale, row: Introduction) -> None:
    act = tale.on("concluded")
    measured = Measured(
        on=act["now"].date() - timedelta(days=2),
        measured="烧成带温度波动由 ±9 ℃ 降到 ±3 ℃，单位能耗降 6.5 %（一个班，演示数据）",
        next_decision=NextDecision.WIDEN,
    )
    record_trial_result(trial=row.trials.get(), result=measured, **act)
    contract = TechnologyContract(
        kind=TechnologyContractKind.DEVELOPMENT,
        technology=Money(60_000_000, "CNY"),
        registration_number="演示-2026-0001",
        registering_side=Side.OFFER,
        ownership="算法归供给方，现场数据归需求方，需求方在本厂永久使用（演示）",
        solved_when="烧成带温度波动连续三十天不超过 ±3 ℃（演示）",
    )
    new = NewOutcome(
        OutcomeKind.TECHNOLOGY_CONTRACT,
        act["now"].date(),
        Money(80_000_000, "CNY"),
        contract,
        "合同八十万元，其中设备二十万元不计入技术交易额（演示）",
    )
    outcome = record_outcome(introduction=row, new=new, **act)
    proof = Proof(None, "技术合同登记证明（演示，无附件）", act["now"].date(), Money(60_000_000, "CNY"))
    item = show_outcome(outcome=outcome, proof=proof, **act)
    later = act["now"] + timedelta(hours=1)
    decide_outcome(actor=tale.scene.actors["manager"], now=later, outcome=outcome, item=item, accept=True)
    done = {**act, "now": later + timedelta(minutes=10)}
    close_profile(profile=row.need, reason=f"对接 {row.number} 签了技术合同，窑炉温度的问题解决了（演示）", **done)


_TELLERS: Final[Mapping[str, Callable[[_Tale, Introduction], None]]] = {
    "revealed": _reveal,
    "met": _meet,
    "trying": _try,
    "concluded": _conclude,
}


def _matchmaking(scene: Scene) -> None:
    act: Act = {
        "actor": scene.actors["officer"],
        "now": datetime.combine(scene.last_day, time(16, 30), SHANGHAI),
    }
    new = NewDay(
        title="新材料与环保专场对接日（演示）",
        held_on=_next_week(scene),
        begins_at=time(14),
        slot_minutes=25,
        slots=4,
        tables=3,
        place="本驻点路演厅",
    )
    day = add_day(outpost=scene.outpost, new=new, **act)
    arrange_day(day=day, **act)


def _next_week(scene: Scene) -> date:
    day = scene.today + timedelta(days=7)
    while not scene.almanac.is_working(day):
        day += timedelta(days=1)
    return day
