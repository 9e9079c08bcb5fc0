"""Talents of the demonstration: one in every situation that the green channel knows. All of it is invented.

苏叶 works at the outpost and was granted a class by the home side; one case of theirs was delivered late and says so,
another stands still because papers are awaited. Somebody's consent has run out; somebody's class waits for a ruling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.services.facts import Statement, push_facts
from feidi.domain.talent.enums import ContractKind, GivenHow, Origin, PaperKind, RequestKind, SalaryPer, Whereabouts
from feidi.domain.talent.models import GreenCase, Talent
from feidi.domain.talent.services.arrivals import Proof, decide_evidence, show_arrival, show_presence
from feidi.domain.talent.services.cases import NewCase, open_case, resume_case, tell_missing
from feidi.domain.talent.services.consents import (
    NewAgreement,
    NewConsent,
    add_processing_agreement,
    ask_about_data,
)
from feidi.domain.talent.services.contracts import NewContract, add_contract, record_presence, say_acceptance
from feidi.domain.talent.services.delivery import confirm_by_link, deliver_case
from feidi.domain.talent.services.items import NewHandOff, answer_hand_off, finish_item, hand_off
from feidi.domain.talent.services.positions import Band, NewPosition, open_position
from feidi.domain.talent.services.rulings import ask_ruling, decide_ruling
from feidi.domain.talent.services.talents import NewTalent, Work, link_account, register_talent
from feidi.engines.money import Money
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
#: Name, position, papers, field, where they work, education, days ago put on file, days ago the consent was given.
PEOPLE: Final = (
    ("苏叶", "研发负责人", Origin.MAINLAND, "半导体新材料", Whereabouts.HOST, "博士", 120, 120),
    ("简宁", "窑炉控制工程师", Origin.MAINLAND, "陶瓷装备", Whereabouts.HOME, "硕士", 100, 100),
    ("关朗", "临床注册总监", Origin.HMT, "生物医药", Whereabouts.HOME, "硕士", 80, 80),
    ("Iris Falk", "检测方法专家", Origin.FOREIGN, "生物医药", Whereabouts.HOST, "博士", 60, 60),
    ("柳漪", "环保工艺顾问", Origin.MAINLAND, "绿色环保", "", "本科", 30, 1110),
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """Who acts, so many days ago: always on a working day that has passed."""

    scene: Scene

    def __call__(self, days: int, login: str = "officer", hour: int = 10) -> Act:
        moment = datetime.combine(self.on(days), time(hour), SHANGHAI)
        return {"actor": self.scene.actors[login], "now": moment}

    def on(self, days: int) -> date:
        """Return the working day of so many days ago, or the next one."""
        return self.scene.working(self.scene.today - timedelta(days=days))


def load(scene: Scene, now: datetime) -> None:
    """Put five people on file and tell each one's story. Classes are asked and ruled on ``now``: a check-up is answered
    by the content that is published then.
    """
    at = _Moment(scene)
    _agreement(scene, at)
    firms = list(Organization.objects.filter(links__outpost=scene.outpost, voided_at__isnull=True).order_by("pk")[:3])
    talents = [_talent(scene, at, told, firms[n % len(firms)]) for n, told in enumerate(PEOPLE)]
    su, jian, guan, iris, liu = talents
    link_account(talent=su, user=scene.users["talent"], **at(118))
    _arrive(at, su, 110)
    _arrive(at, jian, 90)
    _arrive(at, guan, 70)
    _rule(scene, su, "YI", "学历证书、聘用合同；在驻点工作，经联席会议同意（演示）", now)
    _rule(scene, jian, "BING", "学历证书、聘用合同（演示）", now)
    question = "每周在云溪两天（演示）"
    ask_ruling(actor=scene.actors["officer"], now=now, talent=Talent.objects.get(pk=iris.pk), question=question)
    _cases(scene, at, su, jian, guan, iris)
    _contract(at, iris, firms[0])
    _positions(scene, at, firms)
    ask_about_data(talent=liu, kind=RequestKind.ERASURE, how=GivenHow.PAPER, **at(2))


def _agreement(scene: Scene, at: _Moment) -> None:
    new = NewAgreement(
        handler="云溪区人才工作办公室（演示）",
        processor="滨海飞地运营服务有限公司（演示）",
        purposes="办理人才服务、送裁定人才类别；只处理姓名、联系方式、证件号码和办理材料（演示）",
        signed_on=at.on(200),
        starts_on=at.on(200),
        ends_on=scene.today + timedelta(days=530),
    )
    add_processing_agreement(outpost=scene.outpost, new=new, **at(200))


def _talent(scene: Scene, at: _Moment, told: tuple[Any, ...], firm: Organization) -> Talent:
    name, title, origin, field, works_at, education, days, given = told
    kind = {Origin.MAINLAND: PaperKind.ID_CARD, Origin.HMT: PaperKind.HMT_PERMIT, Origin.FOREIGN: PaperKind.PASSPORT}
    number = f"{len(name)}{abs(days) * 7919 % 10**10:010d}"
    work = Work(field, firm, works_at, "本驻点加速区（演示）" if works_at == Whereabouts.HOST else "", works_at)
    new = NewTalent(name, origin, title, f"139{days * 104729 % 10**8:08d}", kind[origin], number, work)
    consent = NewConsent("service", GivenHow.RECORDED, scene.today - timedelta(days=given))
    act = at(days)
    talent = register_talent(outpost=scene.outpost, new=new, consent=consent, **act)
    push_facts(
        outpost=scene.outpost,
        subject=Subject("parties.person", talent.person.uid),
        statements=[Statement("education", education)],
        **act,
    )
    return talent


def _arrive(at: _Moment, talent: Talent, days: int) -> None:
    proof = Proof(None, "聘用合同（演示，无附件）", at.on(days))
    item = show_arrival(talent=talent, kind="employment", proof=proof, **at(days))
    decide_evidence(talent=talent, item=item, accept=True, **at(days, "manager", 15))


def _rule(scene: Scene, talent: Talent, code: str, basis: str, now: datetime) -> None:
    ruling = ask_ruling(actor=scene.actors["officer"], now=now, talent=Talent.objects.get(pk=talent.pk))
    decide_ruling(actor=scene.actors["bureau"], now=now, ruling=ruling, class_code=code, basis=basis)


def _cases(scene: Scene, at: _Moment, su: Talent, jian: Talent, guan: Talent, iris: Talent) -> None:
    late = _open(scene, at, su, 60, "settling", "medical")
    _through(at, late, 45, 31)
    _confirmed(at, late, 30, 2, "补过一次材料之后等了很久（演示）")
    kept = _open(scene, at, jian, 50, "housing")
    _through(at, kept, 46, 36)
    _confirmed(at, kept, 35, 5, "一次就办好（演示）")
    waiting = _open(scene, at, su, 12, "housing", "startup")
    tell_missing(case=waiting, missing=["无房声明", "商业计划书"], **at(9))
    waits_for_word = _open(scene, at, guan, 25, "medical")
    _through(at, waits_for_word, 22, 18)
    deliver_case(case=waits_for_word, **at(17))
    letter = _open(scene, at, iris, 4, "foreign_expert_letter", "entry")
    item = letter.items.get(position=0)
    hand_off(item=item, new=NewHandOff(item.department, "护照复印件、学历证明", at.on(3), "科技窗口"), **at(3))


def _open(scene: Scene, at: _Moment, talent: Talent, days: int, *services: str) -> GreenCase:
    new = NewCase(services, scene.users["officer"])
    return open_case(talent=Talent.objects.get(pk=talent.pk), new=new, **at(days))


def _through(at: _Moment, case: GreenCase, handed: int, done: int) -> None:
    """Tell once what is missing, bring every item to its department, and close it."""
    if case.items.count() > 1:
        tell_missing(case=case, missing=["落户申请表"], **at(handed + 12))
        resume_case(case=case, **at(handed + 8))
    for item in case.items.order_by("position"):
        new = NewHandOff(item.department, "、".join(item.documents), None, "窗口", f"演示-{item.pk:04d}")
        made = hand_off(item=item, new=new, **at(handed))
        answer_hand_off(handed=made, answer="已办好，窗口取件（演示）", **at(done, hour=9))
        finish_item(item=item, result="已办好（演示）", **at(done))


def _confirmed(at: _Moment, case: GreenCase, days: int, score: int, word: str) -> None:
    _case, token = deliver_case(case=case, **at(days))
    confirm_by_link(now=at(days - 1)["now"], token=token, score=score, word=word)


def _contract(at: _Moment, iris: Talent, home_unit: Organization) -> None:
    new = NewContract(
        home_unit,
        ContractKind.FLEXIBLE,
        at.on(60),
        at.on(60) + timedelta(days=730),
        Whereabouts.HOST,
        Whereabouts.ELSEWHERE,
        6,
        "演示",
    )
    contract = add_contract(talent=Talent.objects.get(pk=iris.pk), new=new, **at(58))
    for days, present, shown in ((58, 6, True), (28, 5, False)):
        month = record_presence(contract=contract, month=at.on(days), days=present, **at(2))
        item = show_presence(month=month, proof=Proof(None, "门禁记录（演示）", at.on(days)), **at(2))
        if shown:
            decide_evidence(talent=iris, item=item, accept=True, **at(1, "manager", 15))
    say_acceptance(contract=contract, clause="YX-TAL-01", answer="", basis="已问人才办，未答复（演示）", **at(1))
    say_acceptance(contract=contract, clause="YX-CLS-B", answer="no", basis="人才办电话：须全职在云溪（演示）", **at(1))


def _positions(scene: Scene, at: _Moment, firms: list[Organization]) -> None:
    band = Band(Money(2_500_000, "CNY"), Money(4_000_000, "CNY"), SalaryPer.MONTH)
    told = (
        NewPosition(firms[0], "窑炉燃烧控制工程师", "做过辊道窑温度场", "陶瓷装备", Whereabouts.HOME, band=band),
        NewPosition(firms[1], "体外诊断试剂研发", "三年以上", "生物医药", Whereabouts.HOST, wanted=2),
        NewPosition(firms[2], "环评与排污许可专员", "", "绿色环保", Whereabouts.HOME),
    )
    for days, new in zip((40, 20, 8), told, strict=True):
        open_position(outpost=scene.outpost, new=new, **at(days))
