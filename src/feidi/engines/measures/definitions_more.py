"""The definition table, second half: figures of other rows than projects in talks (K16–K31, K34–K40), and all of them.

Source: domain.md §9. The conventions are those of ``definitions``. ``subject`` says whose rows stand behind a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feidi.engines.measures.definitions import DEFINITIONS, LINKED, TALENT_DEFINITIONS, Definition, Kind, Words

_N: Final = Words("个", "")
_FIRMS: Final = Words("家", "")
_PERCENT: Final = Words("%", "%")
_DAYS: Final = Words("天", "days")
_NATIONAL_2018: Final = "国科发区〔2018〕300号，作对标，不作评级"
_GRADE_2025: Final = "工信部科〔2025〕131号，作对标，不作评级"
_ARTICLE: Final = "启用报道：每年至少3—5家企业孵化出成果，3—5年内落地；口径待双方确认"


def _row(
    code: str,
    subject: str,
    kind: Kind,
    unit: Words,
    label: tuple[str, str],
    formula: tuple[str, str],
    numerator: tuple[str, str],
    denominator: tuple[str, str] | None = None,
    *,
    source: str = LINKED,
    hide_below: int = 0,
    window_days: int | None = None,
    lower_bound: bool = False,
) -> Definition:
    below = Words(*denominator) if denominator else None
    return Definition(
        code, Words(*label), Words(*formula), unit, kind, Words(*numerator), below,
        window_days=window_days, lower_bound=lower_bound, source=source, subject=subject, hide_below=hide_below,
    )  # fmt: skip


_TENANTS: Final = ("在孵企业", "firms in incubation")
_MORE: Final = (
    _row(
        "K16", "incubation.tenant_outcome", "count", _FIRMS, ("年度孵化成果数", "Firms with results"),
        (
            "本期有已采信成果（产品、许可证、资质认证、融资、订单、专利授权）的项目数，一个项目一年只计一次",
            "Projects with an accepted result (product, licence, certificate, funding, order, patent) dated in the period; once each",
        ),
        ("有已采信成果的项目", "projects with an accepted result"), source=_ARTICLE,
    ),
    _row(
        "K17T", "pipeline.project", "ratio", _PERCENT, ("三年落地率", "Landed within three years"),
        (
            "本期首次入驻的项目中，三年内核验落地且未撤销的占比；未满三年不给",
            "Of projects admitted in the period: verified within three years and standing; none until three years have passed",
        ),
        ("三年内核实落地的项目", "verified within three years"), ("本期入驻的项目", "admitted in the period"),
        source=_ARTICLE, window_days=1096,
    ),
    _row(
        "K17F", "pipeline.project", "ratio", _PERCENT, ("五年落地率", "Landed within five years"),
        (
            "本期首次入驻的项目中，五年内核验落地且未撤销的占比；未满五年不给",
            "Of projects admitted in the period: verified within five years and standing; none until five years have passed",
        ),
        ("五年内核实落地的项目", "verified within five years"), ("本期入驻的项目", "admitted in the period"),
        source=_ARTICLE, window_days=1827,
    ),
    _row(
        "K18", "pipeline.landing_case", "ratio", _PERCENT, ("落地留存率", "Landings still there"),
        (
            "期末满12个月的核实落地中，复核确认仍在的占比；没有答复的不当作不在，比率写成下限（≥）",
            "Of landings verified at least 12 months before the end: confirmed as still there; no answer is not “gone”, the ratio is then a lower bound",
        ),
        ("复核确认仍在的", "confirmed as still there"), ("满12个月的核实落地", "landings of 12 months or more"),
        lower_bound=True,
    ),
    _row(
        "K19", "space.unit", "ratio", _PERCENT, ("空间使用率", "Use of space"),
        (
            "各租约（面积×本期天数）之和 ÷（可租面积×本期天数）；非可租区域不计",
            "Sum of area × days let in the period / lettable area × days; what is not lettable is left out",
        ),
        ("已用面积×天", "area × days let"), ("可租面积×天", "lettable area × days"),
    ),
    _row(
        "K20", "space.unit", "ratio", _PERCENT, ("入驻率（占用）", "Occupancy"),
        (
            "期末当天已租面积 ÷ 可租面积；只说明占用，不说明成效",
            "Area let on the last day / lettable area; says that space is taken, not that anything succeeds",
        ),
        ("当天已租面积（㎡）", "area let that day (m²)"), ("可租面积（㎡）", "lettable area (m²)"),
    ),
    _row(
        "K21", "space.unit", "average", _DAYS, ("平均空置天数", "Mean days vacant"),
        ("本期各单元空置天数之和 ÷ 单元数", "Vacant unit-days of the period / units"),
        ("空置天数", "vacant days"), ("单元", "units"),
    ),
    _row(
        "K22", "space.booking", "ratio", _PERCENT, ("会议、路演场地使用率", "Use of meeting rooms"),
        (
            "本期已预订且有人到场的小时数 ÷ 开放可订的小时数",
            "Hours booked and attended / hours that could be booked, in the period",
        ),
        ("到场的小时", "hours attended"), ("可订的小时", "bookable hours"),
    ),
    _row(
        "K22N", "space.booking", "ratio", _PERCENT, ("预订未到率", "No-shows"),
        ("本期未到场的预订 ÷ 已结束的预订", "Bookings to which nobody came / bookings that were over, in the period"),
        ("未到场的预订", "no-shows"), ("已结束的预订", "bookings that were over"),
    ),
    _row(
        "K23", "incubation.tenancy", "count", _FIRMS, ("在孵企业数", "Firms in incubation"),
        ("期末在驻的在孵企业，一家一次", "Firms in incubation at the end, each once"), _TENANTS,
    ),
    _row(
        "K23G", "incubation.tenancy", "count", _FIRMS, ("毕业企业数", "Graduates"),
        ("本期以毕业离驻的企业数", "Firms that graduated in the period"), ("毕业的企业", "firms that graduated"),
    ),
    _row(
        "K23R", "incubation.tenancy", "ratio", _PERCENT, ("毕业率", "Graduation rate"),
        (
            "本期毕业 ÷（期初在孵＋本期新入驻）；各地分母不同，此处如此",
            "Graduated in the period / (in incubation at the start + admitted in the period); rules differ elsewhere",
        ),
        ("毕业的企业", "firms that graduated"), ("期初在孵与本期新入驻", "there at the start or admitted"),
    ),
    _row(
        "K24", "incubation.tenancy", "ratio", _PERCENT, ("获投融资企业占比", "Firms funded from outside"),
        (
            "当年获得外部融资的在孵企业 ÷ 年末在孵企业；没填报的不当作没有，比率写成下限（≥）",
            "Firms with outside funding in the year / in incubation at its end; who has not said is not “none”, the ratio is then a lower bound",
        ),
        ("当年获投融资的企业", "firms funded in the year"), _TENANTS,
        source=_GRADE_2025 + "（20%）", lower_bound=True, hide_below=3,
    ),
    _row(
        "K25", "incubation.tenancy", "ratio", _PERCENT, ("高成长企业占比", "Fast growing firms"),
        (
            "营业收入或研发投入同比增长超过20%的在孵企业 ÷ 有两年可比数据的在孵企业",
            "Firms whose revenue or R&D spending grew by more than 20 % / firms with two comparable years",
        ),
        ("增长超过20%的企业", "firms that grew by more than 20 %"), ("两年可比的企业", "firms with two comparable years"),
        source=_GRADE_2025 + "（30%）", hide_below=3,
    ),
    _row(
        "K26", "incubation.receipt", "ratio", _PERCENT, ("非租金收入占比", "Income other than rent"),
        (
            "（本期收款－租金－物业费）÷ 本期收款；以登记的收款为准，押金不计",
            "(Receipts − rent − property fees) / receipts of the period; as recorded, deposits left out",
        ),
        ("租金物业以外的收款（元）", "receipts other than rent (yuan)"), ("收款（元）", "receipts (yuan)"),
        source=_GRADE_2025 + "（30%）",
    ),
    _row(
        "K27", "incubation.tenancy", "ratio", _PERCENT, ("有效知识产权企业占比", "Firms with intellectual property"),
        (
            "有有效知识产权的在孵企业 ÷ 在孵企业；没填报的不当作没有，比率写成下限（≥）",
            "Firms with valid intellectual property / firms in incubation; who has not said is not “none”, the ratio is then a lower bound",
        ),
        ("有有效知识产权的企业", "firms with intellectual property"), _TENANTS,
        source=_NATIONAL_2018 + "（30%）", lower_bound=True,
    ),
    _row(
        "K28", "incubation.tenancy", "average", _FIRMS, ("每千平方米在孵企业", "Firms per 1,000 m²"),
        ("期末在孵企业 ÷（孵化面积 ÷ 1000）；孵化面积即可租面积", "Firms in incubation / (incubation area / 1,000); the lettable area"),
        _TENANTS, ("孵化面积（千㎡）", "incubation area (1,000 m²)"), source=_NATIONAL_2018 + "（3家）",
    ),
    _row(
        "K29", "incubation.tenancy", "average", _FIRMS, ("每名导师对应在孵企业", "Firms per mentor"),
        ("期末在孵企业 ÷ 期末在任导师", "Firms in incubation / mentors, at the end"),
        _TENANTS, ("在任导师", "mentors"), source=_NATIONAL_2018 + "（10家以内；惠州5家以内）",
    ),
    _row(
        "K30", "pipeline.project", "average", _N, ("孵化产出密度", "Landings per 1,000 m²"),
        (
            "本期核实落地数 ÷（总面积 ÷ 1000）÷ 本期年数（天数÷365）",
            "Verified landings / (total area / 1,000) / years of the period (days / 365)",
        ),
        ("核实落地的项目", "verified landings"), ("千平方米·年", "1,000 m² × years"),
    ),
    _row(
        "K31", "reporting.cost", "cost", Words("元/个", "yuan each"), ("单位成本", "Cost per landing"),
        (
            "本期飞地运营成本 ÷ 本期核实落地数；没有落地的写“无数据”",
            "Running cost of the period / verified landings of the period; none without a landing",
        ),
        ("运营成本（元）", "running cost (yuan)"), ("核实落地的项目", "verified landings"),
    ),
    _row(
        "K34", "matching.candidate", "ratio", _PERCENT, ("撮合采纳率", "Matches accepted"),
        ("本期答复的候选中，愿意见的占比", "Of candidates answered in the period: accepted"),
        ("愿意见的候选", "candidates accepted"), ("已答复的候选", "candidates answered"),
    ),
    _row(
        "K34P", "matching.candidate", "ratio", _PERCENT, ("前十名准确率", "Precision at ten"),
        ("本期答复的、排在名单前十的候选中，愿意见的占比", "Of the first ten of lists, answered in the period: accepted"),
        ("前十名中愿意见的", "accepted among the first ten"), ("前十名中已答复的", "answered among the first ten"),
    ),
    _row(
        "K35", "matching.introduction", "ratio", _PERCENT, ("合作达成率", "Cooperation reached"),
        (
            "本期双方同意的对接中，到截至日有已采信合作（技术合同、联合研发、订单、投资、授信、引才、场地）的占比",
            "Of introductions agreed by both sides in the period: with accepted cooperation by the as-of date",
        ),
        ("已签合作的对接", "introductions with cooperation"), ("双方同意的对接", "introductions agreed by both"),
    ),
    _row(
        "K36C", "reporting.flow", "net", Words("元", "yuan"), ("要素流动：资本净流入", "Capital, net inflow"),
        ("本期流入本地的资本 － 流出的资本（已采信金额）；不与技术、人员相加", "Capital in − out, accepted money of the period; never added to other kinds"),
        ("流入（元）", "in (yuan)"), ("流出（元）", "out (yuan)"),
    ),
    _row(
        "K36T", "reporting.flow", "net", Words("项", ""), ("要素流动：技术净流入", "Technology, net inflow"),
        ("本期流入本地的技术合同数 － 流出的；金额另列；不与资本、人员相加", "Technology contracts in − out in the period; amounts beside; never added to other kinds"),
        ("流入（项）", "in"), ("流出（项）", "out"),
    ),
    _row(
        "K36P", "reporting.flow", "net", Words("人", ""), ("要素流动：人员净流入", "People, net inflow"),
        ("本期流入本地的人数 － 流出的；人月另列；不与资本、技术相加", "Persons in − out in the period; months beside; never added to other kinds"),
        ("流入（人）", "in"), ("流出（人）", "out"),
    ),
    _row(
        "K37", "policy.claim", "ratio", _PERCENT, ("政策兑现率", "Approved money that came"),
        ("本期核准的申报中，已到账金额 ÷ 核准金额", "Of claims approved in the period: amount paid / amount approved"),
        ("已到账（元）", "paid (yuan)"), ("核准金额（元）", "approved (yuan)"), lower_bound=True,
    ),
    _row(
        "K37A", "policy.claim", "ratio", _PERCENT, ("申报核准率", "Claims approved"),
        ("本期提交的申报中，到截至日核准的占比", "Of claims filed in the period: approved by the as-of date"),
        ("核准的申报", "claims approved"), ("提交的申报", "claims filed"),
    ),
    _row(
        "K37D", "policy.claim", "average", _DAYS, ("申报到账天数", "Days from filing to money"),
        ("本期到账的申报，从提交到到账的平均天数", "Mean days from filing to payment, of claims paid in the period"),
        ("天数之和", "sum of days"), ("到账的申报", "claims paid"),
    ),
    _row(
        "K38", "parties.organization", "ratio", _PERCENT, ("政策覆盖率", "Policy coverage"),
        (
            "已申报的企业 ÷ 体检判为符合的企业；差额即“应享未享”名单；只按最近一次体检",
            "Firms that applied / firms judged eligible; the rest is the list of what is missed; by the last check-up only",
        ),
        ("符合且已申报的企业", "eligible firms that applied"), ("判为符合的企业", "firms judged eligible"),
    ),
    _row(
        "K39", "feedback.answer", "score", Words("分", ""), ("满意度", "Satisfaction"),
        ("本期有效评分的平均分；不足5份不显示", "Mean score of the answers of the period; hidden below 5"),
        ("分数之和", "sum of scores"), ("评分份数", "answers"), hide_below=5,
    ),
    _row(
        "K39N", "feedback.answer", "score", Words("分", ""), ("净推荐值", "Net promoter score"),
        ("9—10分占比 － 0—6分占比；不足5份不显示", "Share of 9–10 less share of 0–6; hidden below 5"),
        ("9—10分减0—6分的份数", "promoters less detractors"), ("评分份数", "answers"), hide_below=5,
    ),
    _row(
        "K40", "pipeline.project", "ratio", _PERCENT, ("数据新鲜度：项目", "Freshness of projects"),
        (
            "期末在谈项目中，最近14天内有更新（进展、阶段、签约）的占比",
            "Of open projects at the end: updated (note, stage, signing) within 14 days",
        ),
        ("14天内有更新的在谈项目", "open projects updated within 14 days"), ("期末在谈项目", "open projects at the end"),
    ),
    _row(
        "K40F", "reporting.figure", "ratio", _PERCENT, ("数据新鲜度：指标", "Freshness of figures"),
        (
            "常看的指标中，来源数据日期在31天以内的占比",
            "Of the figures in daily use: those whose source data is at most 31 days old",
        ),
        ("来源数据31天以内的指标", "figures with data of 31 days"), ("常看的指标", "figures in daily use"),
    ),
)  # fmt: skip
MORE_DEFINITIONS: Final[Mapping[str, Definition]] = {each.code: each for each in _MORE}


def _in_order() -> dict[str, Definition]:
    every = {**DEFINITIONS, **TALENT_DEFINITIONS, **MORE_DEFINITIONS}
    mains = sorted({code[:3] for code in every})
    return {code: each for main in mains for code, each in every.items() if code[:3] == main}


#: Every figure, K01 to K40; one that is told in several numbers (K11, K17, K23 …) has a row for each.
INDICATORS: Final[Mapping[str, Definition]] = _in_order()
#: What belongs together on a page: group → its figures.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "pipeline": tuple(code for code in INDICATORS if code[:3] <= "K15"),
    "results": tuple(code for code in INDICATORS if code[:3] in {"K16", "K17", "K18", "K30", "K31"}),
    "space": tuple(code for code in INDICATORS if "K19" <= code[:3] <= "K22"),
    "firms": tuple(code for code in INDICATORS if "K23" <= code[:3] <= "K29"),
    "talents": ("K32", "K33"),
    "matching": tuple(code for code in INDICATORS if code[:3] in {"K34", "K35", "K36"}),
    "policy": tuple(code for code in INDICATORS if code[:3] in {"K37", "K38"}),
    "trust": tuple(code for code in INDICATORS if code[:3] in {"K39", "K40"}),
}


def expand(codes: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return the rows of the table that are meant: a code without a row of its own (K11) stands for all of its rows.

    >>> expand(["K11", "K14"])
    ('K11R', 'K11S', 'K11P', 'K14')

    Raises KeyError for what does not exist.
    """
    found: list[str] = []
    for code in codes:
        rows = [code] if code in INDICATORS else [each for each in INDICATORS if each[:3] == code]
        if not rows:
            raise KeyError(code)
        found += [each for each in rows if each not in found]
    return tuple(found)
