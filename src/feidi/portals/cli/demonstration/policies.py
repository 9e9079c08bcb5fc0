"""Policies of the demonstration: facts of three firms and a person, who gained and lost, two stamps, two drafts; the claims
of two firms, of a person and of a referrer. All invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Organization, Person
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.enums import ClaimStatus, IssuerAnswer
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.askable import list_askable
from feidi.domain.policy.selectors.catalogue import find_clause
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services import claims
from feidi.domain.policy.services.everybody import evaluate_everybody
from feidi.domain.policy.services.facts import Origin, Statement, state_policy_facts
from feidi.domain.policy.services.verifications import Asked, stamp_clause
from feidi.kernel.content.models import ContentProposal
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import approve_proposal, propose_content, published_text
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.papers import PaperText, set_paper

_PLACE: Final = "yunxi"
_WAN: Final = 1_000_000
_ORIGIN: Final = Origin(
    FactSource.DOCUMENT, "企业提供的上年度审计报告和证书（演示）", confirmed_by="云溪区经科局（演示）"
)
#: The tenant: research spending is not known yet, one scientist too few. The producing firm: two grants exclude each
#: other. The third: falls into the gap between two tiers, and a reward that competition law questions.
_KNOWN: Final[tuple[dict[str, Any], ...]] = (
    {
        "titles": ["tech_sme"],
        "revenue": "3000万元",
        "established_on": "2021-04-12",
        "science_staff": "5人",
        "employees": "48人",
        "qianwan_leased_area": "200㎡",
        "qianwan_vouchers_given": "31家",
        "rd_centre_level": "无",
        "equipment_investment_year": "0元",
    },
    {
        "titles": ["high_tech", "specialised_sme", "little_giant"],
        "yunxi_sme_received": "20万元",
        "rd_spend": "900万元",
        "revenue": "1.2亿元",
        "established_on": "2018-09-03",
    },
    {
        "titles": ["high_tech"],
        "established_on": "2019-06-18",
        "yunxi_contribution": "300万元",
        "equipment_investment_year": "3200万元",
        "pilot_cost_year": "200万元",
        "qianwan_pilot_pool_used": "1500万元",
    },
)
#: What turned out since: one scientist left (a clause is lost), the research centre was recognised (one is gained).
_SINCE: Final[tuple[dict[str, Any], ...]] = ({"science_staff": "4人"}, {"rd_centre_level": "省级"}, {})
_TERM: Final = "    申领期限: {自: 条件达成日, 在: 1年, 内: true}\n"
_LIST: Final = (_TERM, f"{_TERM}    材料: [引荐登记表, 项目到账证明]\n")
_GAP: Final = ('区间: "[1000万元, 3000万元)"', '区间: "[1000万元, 3500万元)"')


def load(scene: Scene, now: datetime, sponsors: Sequence[str]) -> None:
    """Play it after everything else is there. ``sponsors``: the tenant, the producing firm, the third."""
    if "rd_spend" not in library_of(scene.outpost, on=_day(scene, 40)).dictionary:
        return  # loaded for a day before the invented policies hold
    rows = {each.name: each for each in Organization.objects.filter(name__in=sponsors)}
    firms = [rows[name] for name in sponsors]
    _facts(scene, _at(scene, 40), firms, _KNOWN)
    _stamp(scene, _at(scene, 33), "YX-REF-01", "云溪区人才工作办公室 周科（演示）")
    _stamp(scene, _at(scene, 21), "YX-RD-01", "云溪区经科局科技科 王科（演示）")
    _facts(scene, _at(scene, 9), firms, _SINCE)
    _paid_in_part(scene, firms[0])
    _returned(scene, firms[1])
    _of_a_person(scene, firms[1])
    _of_a_referrer(scene)
    _publish(scene, now)
    evaluate_everybody(clock=lambda: now, outpost=scene.outpost, since=now)


def _day(scene: Scene, ago: int) -> date:
    return scene.working(scene.today - timedelta(days=ago))


def _at(scene: Scene, ago: int) -> datetime:
    return datetime.combine(_day(scene, ago), time(15, 30), SHANGHAI)


def _facts(scene: Scene, now: datetime, firms: Sequence[Organization], known: Sequence[dict[str, Any]]) -> None:
    last_year = scene.today.year - 1
    for firm, facts in zip(firms, known, strict=True):
        state_policy_facts(
            actor=scene.actors["officer"],
            now=now,
            outpost=scene.outpost,
            subject=Subject("parties.organization", firm.uid),
            statements=[Statement(fact, value, year=last_year) for fact, value in facts.items()],
            origin=_ORIGIN,
        )


def _stamp(scene: Scene, now: datetime, code: str, whom: str) -> None:
    entry = find_clause(_PLACE, code, on=now.date())
    if entry is not None:
        asked = Asked(IssuerAnswer.AS_WRITTEN, whom, now.date())
        stamp_clause(actor=scene.actors["officer"], now=now, entry=entry, asked=asked)


def _publish(scene: Scene, now: datetime) -> None:
    """One change published by two persons, and one that mends the gap and waits for its second person."""
    note = "材料清单按2026年申报指南补上（演示）"
    listed = _propose(scene, _at(scene, 4), "policies/people.yaml", _LIST, note)
    # content is published when the demonstration is loaded, so its second version cannot be older
    approve_proposal(actor=scene.actors["bureau"], now=now, proposal=listed)
    note = "补上设备更新补助3000万元至3500万元的空档（演示）"
    _propose(scene, _at(scene, 3), "policies/innovation.yaml", _GAP, note)


def _propose(scene: Scene, now: datetime, path: str, change: tuple[str, str], note: str) -> ContentProposal:
    text = published_text(_PLACE, path)
    return propose_content(
        actor=scene.actors["lead"],
        now=now,
        place=_PLACE,
        path=path,
        body=text.replace(*change),
        base_sha256=digest_of(text),
        note=note,
    )


def _paid_in_part(scene: Scene, firm: Organization) -> None:
    """The tenant's rent subsidy: filed with a receipt, approved, half of it paid."""
    claim = _start(scene, 26, firm, "QW-RENT-01", fen=480 * 10_000, holder="王启（演示）")
    receipt = _receipt(scene, 24, claim, "QW2026-0317")
    _see(scene, 24, claim, claims.Seen(ClaimStatus.SUBMITTED, _day(scene, 24), "QW2026-0317", document=receipt))
    _see(scene, 12, claim, claims.Seen(ClaimStatus.APPROVED, _day(scene, 12), amount_fen=480 * 10_000))
    note = "第一笔，余款说明年一季度拨付（演示）"
    _see(scene, 4, claim, claims.Seen(ClaimStatus.PAID, _day(scene, 4), amount_fen=240 * 10_000, note=note))


def _returned(scene: Scene, firm: Organization) -> None:
    claim = _start(scene, 18, firm, "YX-RD-01", fen=90 * _WAN, holder="财务部（演示）")
    _see(scene, 16, claim, claims.Seen(ClaimStatus.SUBMITTED, _day(scene, 16), "YXHQT-2026-1108"))
    note = "研发费用辅助账缺第三季度，补齐后重新提交（演示）"
    _see(scene, 5, claim, claims.Seen(ClaimStatus.RETURNED, _day(scene, 5), note=note))


def _of_a_person(scene: Scene, firm: Organization) -> None:
    """The housing allowance of one of the producing firm's people: filed, approved, the money not there yet."""
    person = (
        Person.objects.filter(organization=firm, outpost=scene.outpost, voided_at__isnull=True).order_by("pk").first()
    )
    if person is None:
        return
    state_policy_facts(
        actor=scene.actors["officer"],
        now=_at(scene, 30),
        outpost=scene.outpost,
        subject=Subject("parties.person", person.uid),
        statements=[
            Statement("education", "硕士"),
            Statement("yunxi_housing_since", f"{scene.today.year - 1}-09-01"),
        ],
        origin=_ORIGIN,
    )
    new = claims.NewClaim(None, "YX-TAL-01", account_holder="本人（演示）", person=person, note="演示数据")
    claim = _begin(scene, 22, new)
    _see(scene, 20, claim, claims.Seen(ClaimStatus.SUBMITTED, _day(scene, 20), "YXRC-2026-0052"))
    _see(scene, 8, claim, claims.Seen(ClaimStatus.APPROVED, _day(scene, 8), amount_fen=2 * _WAN))


def _of_a_referrer(scene: Scene) -> None:
    """The reward of whoever is named in the oldest first report: its papers are being collected."""
    referral = list_askable(scene.actors["officer"], "pipeline.first_report", outpost_id=scene.outpost.pk).first()
    if referral is not None:
        about = Subject("pipeline.first_report", referral.uid)
        _begin(scene, 6, claims.NewClaim(None, "YX-REF-01", about=about, note="演示数据"))


def _start(scene: Scene, ago: int, firm: Organization, clause: str, *, fen: int, holder: str) -> PolicyClaim:
    return _begin(scene, ago, claims.NewClaim(firm, clause, account_holder=holder, applied_fen=fen, note="演示数据"))


def _begin(scene: Scene, ago: int, new: claims.NewClaim) -> PolicyClaim:
    return claims.start_claim(actor=scene.actors["officer"], now=_at(scene, ago), outpost=scene.outpost, new=new)


def _see(scene: Scene, ago: int, claim: PolicyClaim, seen: claims.Seen) -> None:
    claim.refresh_from_db()
    officer, now = scene.actors["officer"], _at(scene, ago)
    claims.record_claim_status(actor=officer, now=now, claim=claim, version=claim.version, seen=seen)


def _receipt(scene: Scene, ago: int, claim: PolicyClaim, number: str) -> StoredFile:
    """Return the receipt of the platform."""
    lines = (("平台", claim.platform), ("受理号", number), ("事项", claim.clause_title))
    paper, now = PaperText("受理回执", lines), _at(scene, ago)
    return store_upload(
        actor=scene.actors["officer"],
        now=now,
        subject=Subject(claims.KIND, claim.uid),
        name=paper.name,
        chunks=[set_paper(paper, now)],
    )
