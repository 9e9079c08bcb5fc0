"""Invented policies for tests: one file of clauses that between them stand in every group of a check-up."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import link_organization
from feidi.kernel.content.models import ContentRevision
from tests.support.world import World

PATH = "policies/test-checkup.yaml"
POLICY = """
valid_from: 2024-01-01
source: 演示：测试用的虚构政策
document: {title: 云溪区测试扶持办法（演示）, number: 云演〔2025〕1号, issued: 2025-01-01, issuer: 云溪区测试办, url: null, grade: A}
clauses:
  - 代码: T-RATE
    名称: 研发费用补助
    name_en: R&D subsidy
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: 2025-01-01, 至: 2027-12-31, 说明: null}
    依据: {条: 第一条, 原文: "按研发费用的5%给予补助，最高30万元", 所见: 全文}
    待遇: 研发费用补助
    条件: {全部: [研发费用 >= 300万元, 成立日期 满 1年]}
    金额: {封顶: {金额: {比例: {基数: 研发费用, 率: 5%}}, 上限: 30万元, 每: 企业}}
    受理: {自: 2026-11-01, 至: 2026-12-10, 平台: 演示平台}
    互斥: [T-TITLE]
    公平竞争: []
    适用飞地企业: 是
    材料: [营业执照, 研发费用专项审计报告]
  - 代码: T-TITLE
    名称: 称号奖励
    对象: 企业
    方式: 免申即享
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第二条, 原文: "对高新技术企业奖励10万元", 所见: 全文}
    条件: 企业称号 含 高新技术企业
    金额: 10万元
    公平竞争: []
  - 代码: T-REVIEW
    名称: 创新平台资助
    对象: 企业
    方式: 评审
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第三条, 原文: "最高资助50万元", 所见: 全文}
    条件: 职工总数 >= 5人
    金额: 50万元
    最高: true
    公平竞争: []
  - 代码: T-SIZE
    名称: 规模奖励
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第四条, 原文: "职工不少于50人的独立法人", 所见: 全文}
    条件: {全部: [独立法人, 职工总数 >= 50人]}
    金额: 20万元
    公平竞争: []
  - 代码: T-CLOSED
    名称: 上半年补助
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第五条, 原文: "上半年受理", 所见: 全文}
    条件: 职工总数 >= 5人
    金额: 1万元
    受理: {自: 2026-03-01, 至: 2026-06-30, 平台: 演示平台}
    公平竞争: []
  - 代码: T-FAIR
    名称: 落户奖励
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第六条, 原文: "在本区纳税的奖励", 所见: 节选}
    条件: 职工总数 >= 5人
    金额: 100万元
    公平竞争: [本地纳税]
  - 代码: T-UNKNOWN-TERM
    名称: 有效期不明的补助
    对象: 企业
    方式: 核准
    效力: {状态: 待核实, 自: null, 至: null, 说明: 原文未见有效期}
    可信度: C
    依据: {条: 第七条, 原文: "补助3万元", 所见: 节选}
    条件: 职工总数 >= 5人
    金额: 3万元
    公平竞争: []
  - 代码: T-DRAFT
    名称: 征求意见的奖励
    对象: 企业
    方式: 核准
    效力: {状态: 草案, 自: null, 至: null, 说明: 征求意见稿}
    依据: {条: 第八条, 原文: "奖励5万元", 所见: 全文}
    条件: 职工总数 >= 5人
    金额: 5万元
    公平竞争: []
  - 代码: T-OLD
    名称: 已过期的奖励
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: 2020-01-01, 至: 2024-12-31, 说明: null}
    依据: {条: 第九条, 原文: "奖励2万元", 所见: 全文}
    条件: 职工总数 >= 5人
    金额: 2万元
    公平竞争: []
  - 代码: T-JUDGED
    名称: 突出贡献奖励
    对象: 企业
    方式: 一事一议
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第十条, 原文: "作出突出贡献的", 所见: 全文}
    条件: {人工核定: 作出突出贡献}
    金额: {未见: 原文未载明金额}
    公平竞争: []
  - 代码: T-PERSON
    名称: 人员补贴
    对象: 人员
    方式: 核准
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第十一条, 原文: "硕士补贴1万元", 所见: 全文}
    条件: 学历 不低于 硕士
    金额: 1万元
    公平竞争: []
"""

#: Clauses about persons and about referrals, with papers and a window.
WITH_PERSONS = (
    POLICY
    + """    材料: [学位证书]
    受理: {自: 2026-11-01, 至: 2026-12-20, 平台: 人才演示平台}
  - 代码: T-REFERRAL
    名称: 引荐奖励
    对象: 引荐
    方式: 核准
    效力: {状态: 有效, 自: null, 至: null, 说明: null}
    依据: {条: 第十二条, 原文: "引荐奖励2万元", 所见: 全文}
    条件: {人工核定: 引荐的项目已落地}
    金额: 2万元
    公平竞争: []
"""
)


def publish(world: World, text: str, *, at: datetime | None = None, path: str = PATH) -> ContentRevision:
    """Publish a policy file of the outpost's home; the one before is superseded."""
    place, moment = world.outpost.home.code, at or world.now
    ContentRevision.objects.filter(place=place, path=path, superseded_at=None).update(superseded_at=moment)
    return ContentRevision.objects.create(
        place=place,
        path=path,
        body=text,
        sha256=sha256(text.encode()).hexdigest(),
        valid_from=None,
        proposed_by="甲",
        approved_by="乙",
        published_at=moment,
    )


def firm(world: World, name: str = "云溪乙制造有限公司", **more: object) -> Organization:
    """Add an organization that the outpost knows."""
    made = Organization.objects.create(name=name, name_folded=name, created_at=world.now, **more)
    link_organization(outpost=world.outpost, organization=made, now=world.now)
    return made
