"""The later half of a life: agreements with scans, the host track, landing evidence, verification, revocation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from feidi.domain.pipeline.enums import AgreementKind, InteractionKind, SigningMethod, Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.agreements import NewAgreement, SigningFacts, add_agreement
from feidi.domain.pipeline.services.landing import (
    Paper,
    decide_item,
    hand_in,
    open_case,
    return_landing,
    revoke_landing,
    state_signals,
    submit_landing,
    verify_landing,
)
from feidi.domain.pipeline.services.registering import set_home_entity
from feidi.engines.sheets import parse_money
from feidi.kernel.access import Actor
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.services import RequirementSpec, require, submit_item
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.portals.cli.demonstration import sayings
from feidi.portals.cli.demonstration.papers import PaperText, set_paper
from feidi.portals.cli.demonstration.tale import LEAD, Tale

VERIFIER: Final = "verifier"
_LABELS: Final = {
    AgreementKind.CONTRACT: "投资合同",
    AgreementKind.TENANCY: "入驻协议",
    AgreementKind.FRAMEWORK: "战略合作框架协议",
    AgreementKind.INTENT: "投资意向书",
}
PARK: Final = "云溪区云溪产业园（虚构）"


class LongTale(Tale):
    """A tale that reaches the signing, the host track, or a landing."""

    def inspect(self, source: str, *, visitors: str, **more: Any) -> None:
        """Register, judge, talk and visit: up to ``inspecting``."""
        random = self.scene.random
        self.register(source=source, **more)
        self.talk(*sayings.saying(random), after=1)
        self.update(sayings.key_facts(random), after=1)
        self.move(Stage.SCREENING, after=1)
        self.wait(random.randrange(2, 4))
        self.update({"screening_verdict": "跟进", "judged_follow": True, "feedback_sent_on": self.day, "major": False})
        self.move(Stage.NEGOTIATING)
        for _ in range(random.randrange(1, 3)):
            self.talk(*sayings.saying(random), after=random.randrange(8, 16))
        self.visit(visitors, after=random.randrange(8, 14))
        self.move(Stage.INSPECTING, after=1)

    def visit(self, visitors: str, *, out: bool = True, after: int = 0) -> None:
        """Record a visit that names people of both sides."""
        random = self.scene.random
        host = self.scene.users[self.officer].display_name
        kind = InteractionKind.VISIT_OUT if out else InteractionKind.VISIT_IN
        self.talk(kind, random.choice(sayings.VISITS), people=f"{visitors}；{host}、何静", after=after)

    def assess(self, *, after: int = 20) -> None:
        """Write the assessment and enter ``assessing``."""
        words = (
            "主体：核心团队稳定，有两轮融资。前景：国内替代需求明确。技术：样机通过第三方测试。"
            "要素：需厂房及用电增容。效益：三年内达产。环境：无工艺废水。政策诉求：设备补贴咨询。"
        )
        self.update({"assessment": words}, after=after)
        self.move(Stage.ASSESSING, after=1)

    def cultivate(self, *, after: int = 14) -> None:
        """Bring the project before the committee and take it into cultivation."""
        self.opine("committee_minutes", note=f"联席会议纪要（演示）{self.day:%Y-%m}：同意列入重点培育", after=after)
        self.move(Stage.KEY, after=2)

    def agree_terms(self, *, after: int = 25) -> None:
        """Collect draft and opinions, enter ``agreeing``."""
        self.opine(
            "draft_agreement", "legal_opinion", "finance_opinion", "fair_competition_opinion",
            note="无不同意见（演示）", after=after,
        )  # fmt: skip
        self.move(Stage.AGREEING, after=1)

    def agreement(
        self, kind: AgreementKind, amount: str, *, occasion: str = "", adds: bool = False, after: int = 0
    ) -> None:
        """Enter an agreement with its scan."""
        self.wait(after) if after else None
        day, firm = self.day, self.firm

        def enter(actor: Actor, now: datetime, row: Project) -> None:
            lines = [("甲方", "云溪区经科局（演示）"), ("乙方", firm.sponsor), ("项目", firm.project)]
            lines += [("金额", amount or "无"), ("签订日期", day.isoformat()), ("份数", "一式四份")]
            scan = self.file(actor, now, row, PaperText(_LABELS[kind], tuple(lines)))
            read = parse_money(amount)[0] if amount else None
            new = NewAgreement(
                kind=kind, signed_on=day, investor=firm.sponsor, scan=scan, amount=read, occasion=occasion,
                title=f"{firm.project}{_LABELS[kind]}", adds_capital=adds, signing=_signing(day, firm.sponsor),
            )  # fmt: skip
            add_agreement(actor=actor, now=now, project=row, new=new)

        self.act(enter)

    def sign(self, kind: AgreementKind, amount: str, *, occasion: str = "", after: int = 20) -> None:
        """Sign for the first time and enter ``signed``."""
        self.agreement(kind, amount, occasion=occasion, after=after)
        self.move(Stage.SIGNED)

    def admit(self, *, tenancy: bool = True, after: int = 3) -> None:
        """Move in: tenancy agreement, ``admitted``, a month later ``incubating``."""
        if tenancy:
            self.agreement(AgreementKind.TENANCY, "", after=after)
        self.move(Stage.ADMITTED, track=Track.HOST, by="manager", after=0 if tenancy else after)
        self.move(Stage.INCUBATING, track=Track.HOST, by="manager", after=28)

    def prepare_landing(self, plan: str, *, after: int = 2) -> None:
        """Write the landing plan and open the home track."""
        self.update({"landing_plan": plan}, after=after)
        self.move(Stage.PREPARING, track=Track.HOME)

    def hand(self, kind: str, paper: PaperText, *, after: int = 0, **more: Any) -> None:
        """Hand in one item of landing evidence."""

        def give(actor: Actor, now: datetime, row: Project) -> None:
            case = open_case(actor=actor, now=now, project=row)
            requirement = EvidenceRequirement.objects.get(subject_uid=row.uid, purpose="landing", kind=kind)
            returned = EvidenceItem.objects.filter(requirement=requirement, state="returned").order_by("-id").first()
            given = Paper(file=self.file(actor, now, row, paper), occurred_on=day, replaces=returned, **more)
            hand_in(actor=actor, now=now, case=case, requirement=requirement, paper=given)

        self.wait(after) if after else None
        day = self.day
        self.act(give)

    def register_home(self, *, after: int = 30) -> None:
        """Found the home entity, hand in its licence, enter ``registered``."""
        name, code = self.firm.home_name, self.home_code()
        self.act(
            lambda actor, now, row: set_home_entity(actor=actor, now=now, project=row, name=name, uscc=code),
            after=after,
        )
        lines = (
            ("名称", name),
            ("统一社会信用代码", code),
            ("住所", self.address()),
            ("成立日期", self.day.isoformat()),
        )
        self.hand("licence", PaperText("营业执照", lines, "licence"))
        self.move(Stage.REGISTERED, track=Track.HOME, after=1)

    def secure_site(self, area: str, *, after: int = 15) -> None:
        """Hand in the lease and enter ``site``."""
        lines = (
            ("出租方", f"{PARK}运营公司"),
            ("承租方", self.firm.home_name),
            ("面积", area),
            ("地址", self.address()),
        )
        self.hand("site", PaperText("厂房租赁合同", lines), after=after)
        self.opine("site_area", note=area)
        self.move(Stage.SITE, track=Track.HOME, after=1)

    def pay_in(self, amount: str, *, title: str = "银行转账凭证", after: int = 15) -> None:
        """Hand in a bank slip."""
        lines = (("收款人", self.firm.home_name), ("金额", amount), ("用途", "投资款"), ("付款人", self.firm.sponsor))
        self.hand("money", PaperText(title, lines), amount=parse_money(amount)[0].exact, after=after)

    def visit_site(self, people: tuple[str, ...], *, after: int = 10) -> None:
        """Hand in the record of a visit with its photograph."""
        self.wait(after)
        shade = self.scene.random.randrange(12)
        lines = (("日期", self.day.isoformat()), ("查看人", "、".join(people)))
        photo = PaperText("现场照片", lines, "photo", people=len(people), shade=shade)
        self.hand("site_visit", photo, people=people, record=f"设备已进场，现场人员与名单一致（{len(people)} 人查看）")

    def signals(self, **stated: Any) -> None:
        """State the signals beside the evidence; the address is the home entity's."""
        values: Mapping[str, Any] = {"address": self.address(), **stated}
        self._on_case(lambda actor, now, case: state_signals(actor=actor, now=now, case=case, signals=values))

    def submit(self, *, after: int = 2) -> None:
        """Submit the case; this reports the project."""
        self._on_case(lambda actor, now, case: submit_landing(actor=actor, now=now, case=case), after=after)

    def decide(self, *, returns: str = "", reason: str = "", by: str = VERIFIER, after: int = 5) -> None:
        """Accept what waits; return the item of kind ``returns`` and with it the case."""

        def decide(actor: Actor, now: datetime, case: LandingCase) -> None:
            waiting = EvidenceItem.objects.filter(
                requirement__subject_uid=case.project.uid, requirement__purpose="landing", state="submitted"
            ).select_related("requirement").order_by("id")  # fmt: skip
            for item in waiting:
                accept = item.requirement.kind != returns
                decide_item(actor=actor, now=now, case=case, item=item, accept=accept, reason="" if accept else reason)
            if returns:
                return_landing(actor=actor, now=now, case=case, reason=reason)
            else:
                verify_landing(actor=actor, now=now, case=case)

        self._on_case(decide, by=by, after=after)

    def revoke(self, reason: str, *, by: str = VERIFIER, after: int = 10) -> None:
        """Take the verified landing back."""
        self._on_case(
            lambda actor, now, case: revoke_landing(actor=actor, now=now, case=case, reason=reason), by=by, after=after
        )

    def prove(self, kind: str, label: tuple[str, str], paper: PaperText, *, after: int = 0) -> None:
        """Hand in what a later stage of the home track asks for (start, first invoice)."""

        def give(actor: Actor, now: datetime, row: Project) -> None:
            spec = RequirementSpec(kind, *label)
            needed = require(actor=actor, now=now, subject=subject_of(row), purpose="stage", kinds=[spec])[0]
            submit_item(actor=actor, now=now, requirement=needed, file=self.file(actor, now, row, paper))

        self.act(give, after=after)

    def file(self, actor: Actor, now: datetime, row: Project, paper: PaperText) -> StoredFile:
        """Set a paper and keep it as an upload of the project."""
        return store_upload(
            actor=actor, now=now, subject=subject_of(row), name=paper.name, chunks=[set_paper(paper, now)]
        )

    def address(self) -> str:
        """Return the home entity's address in the invented park."""
        return f"{PARK}{1 + len(self.firm.brand + self.firm.trade) % 4}栋{self.firm.phone[-3:]}"

    def home_code(self) -> str:
        """Return the home entity's credit code, another than the sponsor's."""
        from feidi.portals.cli.demonstration.invented import credit_code  # noqa: PLC0415 - beside its only use

        return credit_code(self.scene.random)

    def _on_case(self, what: Any, *, by: str = "", after: int = 0) -> None:
        def on_case(actor: Actor, now: datetime, row: Project) -> None:
            case = LandingCase.objects.select_related("project__outpost__home").get(
                pk=row.landing_cases.exclude(state="revoked").order_by("-id").values("pk")[:1]
            )
            what(actor, now, case)

        self.act(on_case, by=by, after=after)


def _signing(day: date, sponsor: str) -> SigningFacts:
    return SigningFacts(
        method=SigningMethod.PAPER,
        signatory="法定代表人或其授权人（演示）",
        authorised=True,
        originals=4,
        originals_held_by="云溪区经科局（演示）",
        originals_shelf=f"{day.year}-招商-{day:%m%d}",
        cross_page_seal=True,
        party_seals=(("云溪区经科局（演示）", day), (sponsor, day - timedelta(days=1))),
    )


__all__ = ["LEAD", "LongTale"]
