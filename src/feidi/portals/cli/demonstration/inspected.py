"""The twenty projects that came as far as an inspection, six of them cultivated, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import AgreementKind, ConditionCode, InteractionKind, Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.submitting import Period, send_submission
from feidi.kernel.access import Actor
from feidi.portals.cli.demonstration import sayings
from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.invented import Firm, person
from feidi.portals.cli.demonstration.landing import LongTale
from feidi.portals.cli.demonstration.papers import PaperText

CONTRACT, TENANCY = AgreementKind.CONTRACT, AgreementKind.TENANCY
FRAMEWORK, INTENT = AgreementKind.FRAMEWORK, AgreementKind.INTENT
_STARTED: Final = ("开工证明", "Proof of start")
_PRODUCING: Final = ("首张发票或首月参保", "First invoice or first insured month")
#: On these days before today the operator lead reported what stood at key, agreeing or signed.
_REPORTS: Final = (900, 610, 400, 180, 62)


@dataclass(frozen=True, slots=True)
class Plot:
    """One life: begun how many days ago, by whom, and what happens."""

    ago: int
    officer: str
    tell: Callable[[LongTale], None]


def landed_first(tale: LongTale) -> None:
    """Tell of the first verified landing: a slip returned and corrected, later an increment; producing."""
    _to_key(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "3000万元", occasion="云溪产业对接会（虚构）")
    tale.admit()
    tale.prepare_landing("研发留滨海，生产在云溪产业园，一期1500㎡，签约后一年内进设备")
    tale.register_home(after=60)
    tale.secure_site("1500㎡", after=40)
    tale.pay_in("500万元", title="银行转账凭证（模糊）", after=30)
    tale.visit_site(("陈晓", "何静"), after=20)
    tale.signals(insured_people=23, paid_in_capital=1000, invoice_months=5, people_met=19)
    tale.submit()
    tale.decide(returns="money", reason="回单看不清付款人，请换清晰件")
    tale.pay_in("500万元", after=4)
    tale.submit(after=1)
    tale.decide(by="verifier2")
    tale.prove("started", _STARTED, PaperText("设备进场清单", (("设备", "镀膜机等12台"),)), after=30)
    tale.move(Stage.STARTED, track=Track.HOME, after=1)
    tale.prove("producing", _PRODUCING, PaperText("首张销售发票", (("价税合计", "36.5万元"),)), after=120)
    tale.move(Stage.PRODUCING, track=Track.HOME, after=1)
    tale.until(260)
    tale.agreement(CONTRACT, "4500万元", occasion="增资扩产签约（虚构）", adds=True)
    tale.until(1)
    _monthly(tale)


def landed_second(tale: LongTale) -> None:
    """Tell of the second verified landing: equipment going in."""
    _to_key(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "1800万元")
    tale.admit()
    tale.prepare_landing("云溪产业园800㎡，先中试后量产")
    tale.register_home(after=90)
    tale.secure_site("800㎡", after=30)
    tale.pay_in("300万元")
    tale.visit_site(("陈晓", "周宁", "何静"))
    tale.signals(insured_people=9, paid_in_capital=300, invoice_months=2)
    tale.submit()
    tale.decide()
    tale.prove("started", _STARTED, PaperText("装修施工许可", (("面积", "800㎡"),)), after=25)
    tale.move(Stage.STARTED, track=Track.HOME, after=1)
    tale.until(12)
    _monthly(tale)


def landed_and_revoked(tale: LongTale) -> None:
    """Tell of a landing that was verified and revoked after the firm moved away."""
    _to_key(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "2200万元")
    tale.prepare_landing("云溪产业园600㎡装配线")
    tale.register_home(after=70)
    tale.secure_site("600㎡")
    tale.pay_in("200万元")
    tale.visit_site(("陈晓", "何静"))
    tale.signals(insured_people=6, paid_in_capital=200, invoice_months=1)
    tale.submit()
    tale.decide()
    tale.until(130)
    tale.lay(ConditionCode.RELOCATED, "租期届满后迁往客户所在城市", "market")
    tale.revoke("迁出：现场查看已人去楼空，企业书面确认迁出")


def waiting_for_verifier(tale: LongTale) -> None:
    """Tell of a case in the verifier's queue: nobody insured, an address that another firm gives as well."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "1200万元")
    tale.admit()
    tale.prepare_landing("云溪产业园300㎡，组装和检测")
    tale.register_home(after=60)
    tale.secure_site("300㎡")
    tale.pay_in("120万元")
    tale.until(12)
    tale.visit_site(("周宁", "何静"), after=0)
    tale.signals(insured_people=0, paid_in_capital=120, invoice_months=0, address=SHARED_ADDRESS)
    tale.submit(after=4)


def returned_by_verifier(tale: LongTale) -> None:
    """Tell of a case that came back: one bank slip without a readable amount."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "900万元")
    tale.prepare_landing("云溪产业园250㎡")
    tale.register_home(after=45)
    tale.secure_site("250㎡")
    tale.pay_in("80万元")
    tale.until(40)
    tale.visit_site(("周宁", "何静"), after=0)
    tale.signals(insured_people=4, paid_in_capital=80, address=SHARED_ADDRESS)
    tale.submit(after=3)
    tale.decide(returns="money", reason="回单金额与实缴80万元不一致，请附完整回单")
    tale.todo("补完整银行回单后重新提交核验", due_in=-2)


def signed_twice(tale: LongTale) -> None:
    """Tell of a framework of five hundred million apart, a contract that counts, a second ceremony that does not."""
    _to_key(tale)
    tale.agree_terms()
    tale.agreement(FRAMEWORK, "5亿元", occasion="滨海投资推介会（虚构）", after=10)
    tale.sign(CONTRACT, "6000万元", after=90)
    tale.prepare_landing("分两期，一期租赁厂房2000㎡")
    tale.until(150)
    tale.agreement(CONTRACT, "6000万元", occasion="年度集中签约活动（虚构）")
    tale.until(75)
    _monthly(tale)


def accelerating(tale: LongTale) -> None:
    """Tell of a signed project that grew into the acceleration zone."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "1500万元")
    tale.admit()
    tale.until(210)
    tale.move(Stage.ACCELERATING, track=Track.HOST)
    tale.until(6)
    _monthly(tale)


def licence_only(tale: LongTale) -> None:
    """Tell of the tenant of the demonstration: registered at home, of four papers only the licence handed in."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(CONTRACT, "700万元")
    tale.admit()
    tale.prepare_landing("云溪产业园200㎡，注册后半年内投用")
    tale.until(34)
    tale.register_home(after=0)
    _monthly(tale)


def tenancy_only(tale: LongTale) -> None:
    """Tell of a signing by tenancy agreement alone."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(TENANCY, "")
    tale.admit(tenancy=False)
    tale.until(2)
    _monthly(tale)


def moved_out(tale: LongTale) -> None:
    """Tell of a tenant that left."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.sign(TENANCY, "")
    tale.admit(tenancy=False)
    tale.until(240)
    tale.move(Stage.LEFT, track=Track.HOST, by="manager", reason="租期届满不再续租")


def agreeing_now(tale: LongTale) -> None:
    """Tell of terms under discussion, with a letter of intent apart."""
    _to_assessed(tale)
    tale.agree_terms()
    tale.agreement(INTENT, "2000万元", after=8)
    tale.until(4)
    tale.talk(InteractionKind.MEETING, "逐条核对投资强度和履约条款，剩付款节点未定", next_step="下周交换修改稿")
    tale.todo("与对方法务核对付款节点", due_in=3)


def agreeing_late(tale: LongTale) -> None:
    """Tell of terms that nobody has touched for six weeks."""
    _to_assessed(tale)
    tale.until(46)
    tale.agree_terms(after=0)
    tale.talk(InteractionKind.CALL, "对方法务在改稿，约定两周内回复")


def cultivated_now(tale: LongTale) -> None:
    """Tell of a project in cultivation."""
    _to_assessed(tale)
    tale.until(50)
    tale.cultivate(after=0)
    tale.until(8)
    tale.visit("李博士等3人", out=False)
    tale.todo("请园区给出两处厂房的报价", due_in=0)
    tale.todo("确认下月联席会议议题", by="lead", due_in=6)


def cultivated_and_lost(tale: LongTale) -> None:
    """Tell of a cultivated project that went elsewhere."""
    _to_key(tale)
    tale.talk(*sayings.saying(tale.scene.random), after=30)
    tale.lay(ConditionCode.LOST, "综合测算后选择成本更低的地区", "cost", after=60)


def panel_overdue(tale: LongTale) -> None:
    """Tell of an assessment that waits for a panel too long, its sheet promised and not delivered."""
    tale.inspect("高校推荐", visitors="王教授、刘工")
    tale.until(32)
    tale.move(Stage.ASSESSING, promises=(tale.promise("assessing_sheet", days=12),))


def sheet_promised(tale: LongTale) -> None:
    """Tell of an assessment entered with the sheet promised for later (待补)."""
    tale.inspect("投资机构推荐", visitors="赵总、黄工")
    tale.until(7)
    tale.move(Stage.ASSESSING, promises=(tale.promise("assessing_sheet", days=10),))


def inspected_lately(tale: LongTale) -> None:
    """Tell of a fresh inspection, its follow-up soon due."""
    tale.inspect("行业展会", visitors="陈博士等2人")
    tale.until(11)
    tale.talk(InteractionKind.MESSAGE, "发来设备清单和环评咨询问题", next_step="请环保专家看工艺")


def inspected_long_ago(tale: LongTale) -> None:
    """Tell of an inspection nobody followed up; a second visit was written down late."""
    tale.inspect("以商招商", visitors="徐总、孙经理")
    tale.talk(*sayings.saying(tale.scene.random), after=12)


def inspected_and_lost(tale: LongTale) -> None:
    """Tell of a project lost to another place after the inspection."""
    tale.inspect("路演活动", visitors="吴博士、马工")
    tale.lay(ConditionCode.LOST, "客户要求贴近总装厂，选择了外地", "competitor_place", after=40)


def back_dated(tale: LongTale) -> None:
    """Tell of an assessment written down three weeks late, with the reason; then paused."""
    tale.inspect("自主开发", visitors="朱教授等4人")
    happened = tale.scene.working(tale.day + timedelta(days=4))
    tale.update({"assessment": "主体和技术可行，资金待落实"}, after=25)
    tale.move(Stage.ASSESSING, occurred_on=happened, reason="评估会当日系统未录，补登")
    tale.lay(ConditionCode.PAUSED, "等待投资人决定", "waiting_investor", review_in=45, after=12)


PLOTS: Final = (
    Plot(1500, "officer", landed_first),
    Plot(1080, "officer", landed_second),
    Plot(1290, "officer", landed_and_revoked),
    Plot(560, "officer2", waiting_for_verifier),
    Plot(500, "officer2", returned_by_verifier),
    Plot(880, "officer", signed_twice),
    Plot(960, "officer2", accelerating),
    Plot(410, "officer", licence_only),
    Plot(640, "officer2", tenancy_only),
    Plot(1190, "officer", moved_out),
    Plot(190, "officer", agreeing_now),
    Plot(230, "officer2", agreeing_late),
    Plot(260, "officer", cultivated_now),
    Plot(720, "officer2", cultivated_and_lost),
    Plot(150, "officer", panel_overdue),
    Plot(120, "officer", sheet_promised),
    Plot(75, "officer2", inspected_lately),
    Plot(165, "officer2", inspected_long_ago),
    Plot(330, "officer", inspected_and_lost),
    Plot(290, "officer", back_dated),
)
SHARED_ADDRESS: Final = "云溪区云溪产业园（虚构）2栋406"


def tell_inspected(scene: Scene, firms: list[Firm]) -> None:
    """Note the lives of the inspected projects, and the days on which they were reported."""
    shared = firm_of(waiting_for_verifier, firms).phone
    for plot, firm in zip(PLOTS, firms, strict=True):
        # the firm that waits for the verifier shares its telephone with another: a warning, no gate
        known = replace(firm, phone=shared) if plot.tell is inspected_long_ago else firm
        tale = LongTale(scene, known, starts=scene.today - timedelta(days=plot.ago), officer=plot.officer)
        plot.tell(tale)
    for ago in _REPORTS:
        scene.plan(scene.working(scene.today - timedelta(days=ago)), "lead", lambda a, n: _report(scene, a, n))


def firm_of(tell: Callable[[LongTale], None], firms: list[Firm]) -> Firm:
    """Return the firm whose life ``tell`` tells."""
    return firms[[each.tell for each in PLOTS].index(tell)]


def _report(scene: Scene, actor: Actor, now: datetime) -> None:
    late = (Stage.KEY, Stage.AGREEING, Stage.SIGNED)
    rows = list(
        Project.objects.filter(outpost=scene.outpost, talks_stage__in=late, reported_at__isnull=True).order_by("id")
    )
    if rows:
        until = now.astimezone(SHANGHAI).date()
        send_submission(
            actor=actor, now=now, outpost=scene.outpost, projects=rows, reason=f"{until.year}年{until.month}月报送",
            period=Period(since=until.replace(day=1), until=until),
        )  # fmt: skip


def _to_assessed(tale: LongTale) -> None:
    random = tale.scene.random
    visitors = f"{tale.firm.contact}、{person(random)}"
    tale.inspect(sayings.source(random), visitors=visitors, referrer=random.choice(sayings.REFERRERS))
    tale.assess()


def _to_key(tale: LongTale) -> None:
    _to_assessed(tale)
    tale.cultivate()


def _monthly(tale: LongTale) -> None:
    tale.talk(InteractionKind.NOTE, "月度进展：研发按计划推进，本月新增客户送样两家")
