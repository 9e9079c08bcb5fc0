"""What flows between the two sides in the demonstration besides the tale's landings: contracts, investments, people.

All of it is invented. The kiln's contract has no side (its university is on no list of places): the lead says which way
it went. One funding waits to be judged, one entry went with the landing that was revoked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.matching.enums import Channel, OutcomeKind, ProfileKind, Side, TechnologyContractKind
from feidi.domain.matching.models import IntroductionOutcome, Profile
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, TechnologyContract, record_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.matching.services.outcome_evidence import Proof, decide_outcome, show_outcome
from feidi.domain.matching.services.profile_states import close_profile
from feidi.domain.matching.services.profiles import Facts, NewProfile, add_profile
from feidi.domain.parties.models import Place
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.reporting.enums import FlowDirection
from feidi.domain.reporting.selectors.flow_sources import OUTCOME
from feidi.domain.reporting.services.flows import NewFlow, enter_flow
from feidi.domain.reporting.services.wall import make_screen
from feidi.domain.talent.enums import GivenHow, Origin, PaperKind, Whereabouts
from feidi.domain.talent.services import arrivals
from feidi.domain.talent.services.consents import NewConsent
from feidi.domain.talent.services.talents import NewTalent, Work, register_talent
from feidi.engines.money import Money
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene

_WAN: Final = 1_000_000
_NOTE: Final = "（演示，虚构）"


@dataclass(frozen=True, slots=True)
class Deal:
    """Who needed what of whom, on which sides, how long ago it was concluded, for how many 万 (technology: of the sum)."""

    need: str
    needed_by: str
    offer: str
    offered_by: str
    to_home: bool
    days: int
    wan: int
    technology: int | None = None
    capital: bool = False
    currency: str = "CNY"


DEALS: Final = (
    Deal("釉面针孔要在线识别", "云溪苒窑建材有限公司", "釉面针孔视觉检测模块", "滨海霁衍视觉科技有限公司", to_home=True,
         days=205, wan=60, technology=45),
    Deal("靶材背板焊接要换工艺", "云溪籽榕镀膜有限公司", "靶材真空钎焊工艺包", "滨海栩辰靶材有限公司", to_home=True,
         days=75, wan=36),
    Deal("陶瓷基板要做翘曲控制", "滨海苒渝电子有限公司", "大板陶瓷翘曲控制工艺", "云溪岫釉陶瓷装备有限公司", to_home=False,
         days=130, wan=30, technology=18),
    Deal("液氮探头新厂要投资", "云溪皓彧传感有限公司", "投低温传感器扩产", "滨海澈川创业投资基金（演示）", to_home=True,
         days=95, wan=800, capital=True),
    Deal("检测卡中试要一笔天使轮", "滨海珩棠诊断有限公司", "投注册检验前的诊断项目", "云溪产业引导基金（演示）", to_home=False,
         days=160, wan=200, capital=True),
    Deal("海外认证要一笔过桥", "云溪砚澈诊断技术有限公司", "投跨境认证的器械", "滨海岳渝医疗投资（演示）", to_home=True,
         days=40, wan=50, capital=True, currency="HKD"),
)  # fmt: skip
#: Name, title, field, days ago they came to work at home.
CAME: Final = (
    ("沈砚", "釉料配方工程师", "陶瓷材料", 220),
    ("庄栖", "视觉算法工程师", "智能装备", 150),
    ("阮溪", "质量负责人", "生物医药", 65),
)


def load(scene: Scene) -> None:
    """Conclude the deals, let the people come, and let the lead say which way the kiln's contract went."""
    places = {each.code: each for each in Place.objects.filter(code__in=[scene.outpost.home.code, "binhai"])}
    for at, deal in enumerate(DEALS):
        _conclude(_Told(scene, deal, at), places)
    for at, told in enumerate(CAME):
        _come(scene, at, *told)
    _say_way(scene)
    make_screen(outpost=scene.outpost, label="展厅东墙（演示）", **_act(scene, 30, "lead", 9, 30))


@dataclass(frozen=True, slots=True)
class _Told:
    scene: Scene
    deal: Deal
    at: int

    def act(self, before: int, login: str = "officer", hour: int = 15) -> dict[str, Any]:
        """Who acts, and when: so many days before the deal was concluded."""
        return _act(self.scene, self.deal.days + before, login, hour, self.at)


def _act(scene: Scene, days: int, login: str, hour: int, minute: int) -> dict[str, Any]:
    day = scene.working(scene.today - timedelta(days=days))
    return {"actor": scene.actors[login], "now": datetime.combine(day, time(hour, minute), SHANGHAI)}


def _conclude(told: _Told, places: dict[str, Place]) -> None:
    deal, home = told.deal, told.scene.outpost.home.code
    here, there = (home, "binhai") if deal.to_home else ("binhai", home)
    need = _profile(told, Side.NEED, deal.need, deal.needed_by, places[here])
    offer = _profile(told, Side.OFFER, deal.offer, deal.offered_by, places[there])
    row = express_interest(need=need, offer=offer, interest=Interest(Channel.OFFICER), **told.act(24))
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by=f"双方负责人{_NOTE}", **told.act(20))
    row = reveal_identities(introduction=row, **told.act(18))
    on = told.act(0)["now"].date()
    outcome = record_outcome(introduction=row, new=_outcome(deal, on), **told.act(0))
    record = f"到账凭证{_NOTE}" if deal.capital else f"技术合同登记证明{_NOTE}"
    item = show_outcome(outcome=outcome, proof=Proof(None, record, on), **told.act(0))
    decide_outcome(outcome=outcome, item=item, accept=True, **told.act(0, "manager", 16))
    for profile in (need, offer):
        close_profile(profile=profile, reason=f"对接 {row.number} 已达成{_NOTE}", **told.act(0, hour=17))


def _profile(told: _Told, side: Side, title: str, owner: str, place: Place) -> Profile:
    act = told.act(30, hour=10)
    new = NewProfile(
        side=side,
        kind=ProfileKind.CAPITAL if told.deal.capital else ProfileKind.TECHNOLOGY,
        title=title,
        masked_text=f"{title}，细节见面再谈{_NOTE}。",
        organization=find_or_add_organization(outpost=told.scene.outpost, name=owner, **act),
        officer=told.scene.users["officer"],
        masked_seen=True,
        facts=Facts(place=place),
    )
    return add_profile(outpost=told.scene.outpost, new=new, **act)


def _outcome(deal: Deal, on: date) -> NewOutcome:
    amount = Money(deal.wan * _WAN, deal.currency)
    if deal.capital:
        return NewOutcome(OutcomeKind.INVESTMENT, on, amount, note=_NOTE)
    share = Money(deal.technology * _WAN, "CNY") if deal.technology is not None else None
    contract = TechnologyContract(
        TechnologyContractKind.DEVELOPMENT, share, f"演示-{on.year}-{deal.days:04d}" if share else "", Side.OFFER
    )
    return NewOutcome(OutcomeKind.TECHNOLOGY_CONTRACT, on, amount, contract, _NOTE)


def _come(scene: Scene, at: int, name: str, title: str, field: str, days: int) -> None:
    """Put somebody on file who came to work at home, with accepted evidence."""
    act = _act(scene, days, "officer", 11, at)
    work = Work(field, None, Whereabouts.HOME, "", Whereabouts.HOME)
    number = f"440000{1985 + at}0101{at:04d}"
    new = NewTalent(name, Origin.MAINLAND, title, f"1390000{days:04d}", PaperKind.ID_CARD, number, work)
    consent = NewConsent("service", GivenHow.RECORDED, act["now"].date())
    talent = register_talent(outpost=scene.outpost, new=new, consent=consent, **act)
    proof = arrivals.Proof(None, f"聘用合同{_NOTE}", act["now"].date())
    item = arrivals.show_arrival(talent=talent, kind="employment", proof=proof, **act)
    arrivals.decide_evidence(talent=talent, item=item, accept=True, **_act(scene, days, "manager", 15, at))


def _say_way(scene: Scene) -> None:
    kilns = IntroductionOutcome.objects.filter(introduction__need__title__startswith="辊道窑").get()
    act: dict[str, Any] = {
        "actor": scene.actors["lead"],
        "now": datetime.combine(scene.last_day, time(17, 20), SHANGHAI),
    }
    enter_flow(source=Subject(OUTCOME, kilns.uid), new=NewFlow(FlowDirection.HOST_TO_HOME), **act)
