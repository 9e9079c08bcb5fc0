"""Promises and what came of them: a lease that ends, promises met and not, a share, clauses, targets, a township's round.

Played on the last evening, over what the lives before it have left. All of it invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import (
    AgreementKind,
    ClauseDecision,
    CommitmentKind,
    CommitmentSide,
    DiligenceResult,
    RecheckAnswer,
    TargetState,
)
from feidi.domain.pipeline.models import Agreement, LandingRecheck, Project
from feidi.domain.pipeline.selectors.rechecks import askable
from feidi.domain.pipeline.services.benefits import Settling, Sharing, add_benefit_term, settle
from feidi.domain.pipeline.services.clauses import decide_clause, set_clause_text
from feidi.domain.pipeline.services.commitments import Promised, Shown, add_commitment, decide_shown, show_met
from feidi.domain.pipeline.services.diligence import record_look
from feidi.domain.pipeline.services.rechecks import Answered, answer_round, confirm_recheck, open_round
from feidi.domain.pipeline.services.targets import Wanted, add_target, record_contact, start_talks
from feidi.domain.space.services import LeaseTerms, add_head_lease, warn_of_ends
from feidi.engines.money import Money, MoneyText
from feidi.kernel.access import schedule_actor
from feidi.portals.cli.demonstration.agenda import Scene

_TOWNSHIP: Final = "云溪镇（演示）"
_WAN: Final = 1_000_000
_CLAUSES: Final = (
    "第三条 甲方前两年免租，乙方应在签约后一年内将注册地迁至云溪区。第四条 乙方按季报送研发进展。",
    "第二条 场地按评估价收取租金，不设其他条件。",
)
_NODES: Final = (("半导体新材料", "溅射靶材"), ("半导体新材料", "低温传感器"), ("半导体新材料", "封装耗材"))
_NAMES: Final = ("前湾靶材", "鹏湾溅射", "滨海低温传感", "前湾微测", "鹏湾耗材", "滨海封测器材")


def load(scene: Scene) -> None:
    """Play it, after everything else is there."""
    now = datetime.combine(scene.last_day, time(18, 20), SHANGHAI)
    _lease(scene, now)
    live = Agreement.objects.filter(project__outpost=scene.outpost, voided_at__isnull=True)
    signed = live.select_related("project__outpost__home", "scan").order_by("-signed_on", "-id")
    contracts = list(signed.filter(kind=AgreementKind.CONTRACT)[:3])
    _promises(scene, now, contracts)
    _clauses(scene, now, contracts[:1] + list(signed.filter(kind=AgreementKind.TENANCY)[:1]))
    _looks(scene, now, [each.project for each in contracts[:2]])
    _targets(scene, now)
    _round(scene, now)


def _lease(scene: Scene, now: datetime) -> None:
    terms = LeaseTerms(
        "滨海产业园置业有限公司（演示）",
        "滨海市前湾区科创路1号3层（虚构）",
        date(2022, 1, 10),
        scene.today + timedelta(days=160),
        rent=Money(9_200_000, "CNY"),
        sublet=True,
        sublet_clause="可供入驻企业使用，不得转租第三方（演示）",
        note="演示数据",
    )
    add_head_lease(actor=scene.actors["lead"], now=now, outpost=scene.outpost, terms=terms)
    warn_of_ends(actor=schedule_actor("space.lease_warnings"), now=now)


def _promises(scene: Scene, now: datetime, contracts: list[Agreement]) -> None:
    officer, day = scene.actors["officer"], scene.last_day
    for number, agreement in enumerate(contracts):
        act: dict[str, Any] = {"actor": officer, "now": now}
        lo, hi = 2000 * _WAN, 3000 * _WAN
        amount = MoneyText("2000万-3000万元", lo, hi, "CNY")
        due = day + timedelta(days=(-40, 25, 300)[number])
        money = Promised(
            CommitmentSide.INVESTOR, CommitmentKind.INVESTMENT, "总投资2000万至3000万元", amount, due_on=due
        )
        invested = add_commitment(agreement=agreement, promised=money, **act)
        jobs = Promised(CommitmentSide.INVESTOR, CommitmentKind.JOBS, "用工30人", quantity=30, unit="人", due_on=due)
        add_commitment(agreement=agreement, promised=jobs, **act)
        site = Promised(CommitmentSide.HOME, CommitmentKind.SITE, "交付云溪产业园厂房（虚构）", due_on=due)
        delivered = add_commitment(agreement=agreement, promised=site, **act)
        if number < len(contracts) - 1:
            paid = Money((2100 * _WAN, 800 * _WAN)[number], "CNY")
            shown = Shown(record="银行回单（演示）", occurred_on=day - timedelta(days=50), amount=paid)
            item = show_met(commitment=invested, shown=shown, **act)
            reviewer = "manager" if agreement.project.owner != scene.users["manager"] else "lead"
            decide_shown(actor=scene.actors[reviewer], now=now, commitment=invested, item=item, accept=True)
        else:
            show_met(commitment=delivered, shown=Shown(record="交付照片说明（演示）", occurred_on=day), **act)
    for agreement in contracts[:1]:
        sharing = Sharing("落地项目形成的地方留成（演示）", "滨海市前湾区（虚构）", Fraction(3, 5))
        term = add_benefit_term(actor=officer, now=now, agreement=agreement, sharing=sharing)
        last = scene.today.year - 1
        year = Settling(
            date(last, 1, 1), date(last, 12, 31), Money(72 * _WAN, "CNY"), day, basis=Money(121 * _WAN + 37, "CNY")
        )
        settle(actor=officer, now=now, term=term, settling=year)


def _clauses(scene: Scene, now: datetime, agreements: list[Agreement]) -> None:
    officer = scene.actors["officer"]
    for agreement, text in zip(agreements, _CLAUSES, strict=False):
        hits = set_clause_text(actor=officer, now=now, agreement=agreement, text=text)
        for hit in hits[1:]:
            decide_clause(
                actor=officer, now=now, review=hit, decision=ClauseDecision.TO_AMEND, note="改为按评估价减让（演示）"
            )


def _looks(scene: Scene, now: datetime, projects: list[Project]) -> None:
    looks = (("enterprise_credit", 20), ("credit_china", 20), ("enforcement", 130))
    for project in projects:
        for item, days in looks:
            record_look(
                actor=scene.actors["officer"],
                now=now,
                project=project,
                item=item,
                checked_on=scene.last_day - timedelta(days=days),
                result=DiligenceResult.CLEAN,
                note="演示数据",
            )


def _targets(scene: Scene, now: datetime) -> None:
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": now}
    made = []
    for number, name in enumerate(_NAMES):
        chain, node = _NODES[number // 2]
        wanted = Wanted(
            f"{name}有限公司（虚构）",
            node,
            chain=chain,
            place_text="滨海市",
            why="云溪缺这一环节（演示）",
            source="演示名单",
        )
        first = replace(wanted, priority=1 + number % 3)
        owner = scene.users["officer"] if number % 3 else None
        made.append(add_target(outpost=scene.outpost, wanted=first, owner=owner, **act))
    day = scene.last_day - timedelta(days=9)
    record_contact(target=made[1], state=TargetState.CONTACTED, result="约下周来访", contacted_on=day, **act)
    record_contact(target=made[2], state=TargetState.DECLINED, result="近期不外迁产线", contacted_on=day, **act)
    talking = Project.objects.filter(outpost=scene.outpost, talks_stage="negotiating", voided_at__isnull=True).first()
    if talking is not None:
        start_talks(target=made[4], project=talking, **act)


def _round(scene: Scene, now: datetime) -> None:
    """Ask the township of the last year in which a landing was due, and let it answer."""
    due = LandingRecheck.objects.filter(case__project__outpost=scene.outpost, due_on__lte=scene.today).order_by(
        "-due_on"
    )
    year = due.values_list("due_on__year", flat=True).first() or scene.today.year
    rows = list(askable(scene.outpost, year))
    if not rows:
        return
    round_, token = open_round(
        actor=scene.actors["lead"], now=now, outpost=scene.outpost, year=year, township=_TOWNSHIP, rechecks=rows
    )
    said = {row.uid: Answered(RecheckAnswer.THERE, "演示数据") for row in rows if row.due_on <= scene.today}
    if said:
        answer_round(now=now, token=token, answers=said, answered_by="镇街联系人（演示）")
    for row in LandingRecheck.objects.filter(round=round_, uid__in=said).order_by("id")[:1]:
        confirm_recheck(
            actor=scene.actors["bureau"], now=now, recheck=row, answer=RecheckAnswer.THERE, note="现场查看（演示）"
        )
