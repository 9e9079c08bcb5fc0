"""The definition table: every figure that is shown, as data. Later work adds rows, never a second place for formulae.

Source: domain.md §9 (K01–K15). Conventions: a period is [from, to); the day of the event counts, not the day of entry;
a project counts once per stage, by its first entry; a ratio without denominator is "n/a", never 0 %; a cohort that has
not been observed for its whole window is "未满观察期"; opening positions (期初) and forced moves stay out of
conversions and are counted apart. Windows and limits are defaults of the software until the home confirms them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

#: count: projects; ratio: numerator over denominator; money: sums per currency beside a count; share: paid over
#: agreed money per currency; days: median and quartiles; average: so much per one of the denominator; cost: hundredths
#: of a yuan per one; net: what came in less what went out; score: a mean of marks.
Kind = Literal["count", "ratio", "money", "share", "days", "average", "cost", "net", "score"]
LINKED: Final = "本平台缺省，待本区确认"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What one figure means (口径).

    ``rows``: whose rows stand behind it. ``cohort`` names the stage whose first entry makes the cohort, with
    ``window_days`` of follow-up. ``lower_bound``: it may carry ≤ or ≥. ``subject``: the kind of these rows.
    ``hide_below``: not shown for fewer rows below the line, because it would say something of one of them.
    """

    code: str
    label: Words
    formula: Words
    unit: Words
    kind: Kind
    numerator: Words
    denominator: Words | None = None
    cohort: str = ""
    window_days: int | None = None
    lower_bound: bool = False
    source: str = LINKED
    subject: str = "pipeline.project"
    hide_below: int = 0


_N: Final = Words("个", "")
_PERCENT: Final = Words("%", "%")
_DAYS: Final = Words("天", "days")
_JIANGMEN: Final = "参考外地做法（江门 2024），待本区确认"
_YULIN: Final = "参考外地做法（玉林 2008），待本区确认"
_SANMING: Final = "参考外地做法（三明 2006），待本区确认"
_TABLE: Final = (
    Definition(
        "K01",
        Words("线索数", "Leads"),
        Words("本期首次登记为线索的项目数", "Projects whose first lead date lies in the period"),
        _N,
        "count",
        Words("首次登记为线索的项目", "projects first registered as a lead"),
    ),
    Definition(
        "K02",
        Words("有效线索率", "Valid leads"),
        Words("本期线索中研判为“跟进”的 ÷ 已研判的", "Leads judged “follow” / leads judged, of the period's leads"),
        _PERCENT,
        "ratio",
        Words("研判为跟进的线索", "leads judged to be followed"),
        Words("已研判的线索", "leads judged"),
    ),
    Definition(
        "K03",
        Words("响应及时率", "Timely response"),
        Words(
            "本期线索中登记后1个工作日内首次联系的 ÷ 1个工作日时限已过的",
            "First contact within 1 working day / leads whose limit has passed",
        ),
        _PERCENT,
        "ratio",
        Words("按时联系的线索", "leads contacted in time"),
        Words("联系时限已过的线索", "leads whose limit has passed"),
        source=_JIANGMEN,
    ),
    Definition(
        "K04",
        Words("研判及时率", "Timely judging"),
        Words(
            "本期线索中登记后3天内（重大项目7天内）研判的 ÷ 时限已过的",
            "Judged within 3 days (7 when major) / leads whose limit has passed",
        ),
        _PERCENT,
        "ratio",
        Words("按时研判的线索", "leads judged in time"),
        Words("研判时限已过的线索", "leads whose limit has passed"),
        source=_JIANGMEN,
    ),
    Definition(
        "K05",
        Words("跟进及时率", "Timely follow-up"),
        Words(
            "期末在谈项目中最近14天内有进展记录的 ÷ 期末在谈项目",
            "Open projects with a note in the last 14 days / open projects, at the period's end",
        ),
        _PERCENT,
        "ratio",
        Words("14天内有进展的在谈项目", "open projects noted within 14 days"),
        Words("期末在谈项目", "open projects at the end"),
        source=_JIANGMEN,
    ),
    Definition(
        "K06",
        Words("洽谈→考察转化率", "Talks to inspection"),
        Words(
            "本期首次进入洽谈对接的项目中，到截至日进入过考察尽调的占比",
            "Of projects first negotiating in the period: ever inspected by the as-of date",
        ),
        _PERCENT,
        "ratio",
        Words("进入过考察的项目", "projects ever inspected"),
        Words("本期首次洽谈的项目", "projects first negotiating in the period"),
        cohort="negotiating",
        window_days=180,
        lower_bound=True,
    ),
    Definition(
        "K07",
        Words("考察→重点培育转化率", "Inspection to key"),
        Words(
            "本期首次进入考察尽调的项目中，到截至日进入过重点培育的占比",
            "Of projects first inspected in the period: ever key by the as-of date",
        ),
        _PERCENT,
        "ratio",
        Words("进入过重点培育的项目", "projects ever key"),
        Words("本期首次考察的项目", "projects first inspected in the period"),
        cohort="inspecting",
        window_days=180,
        lower_bound=True,
    ),
    Definition(
        "K08",
        Words("签约数、签约额", "Signings and sums"),
        Words(
            "本期首次签订投资合同的项目数；金额只计一次，增资只计增量，各币种分开",
            "Projects by first contract in the period; sums once, increments only, per currency",
        ),
        _N,
        "money",
        Words("首次签订投资合同的项目", "projects by first contract"),
        lower_bound=True,
        source=_SANMING,
    ),
    Definition(
        "K08F",
        Words("框架、意向协议数（单列）", "Framework and intent (apart)"),
        Words(
            "本期首次签订框架或意向协议的项目数，不计入签约数",
            "Projects by first framework or intent agreement in the period; not part of signings",
        ),
        _N,
        "count",
        Words("首次签订框架或意向协议的项目", "projects by first framework or intent"),
        source=_SANMING,
    ),
    Definition(
        "K08T",
        Words("仅入驻协议（单列）", "Tenancy only (apart)"),
        Words(
            "本期签订入驻协议、到截至日没有投资合同的项目数，不计入签约数",
            "Projects with a tenancy of the period and no contract by the as-of date; not part of signings",
        ),
        _N,
        "count",
        Words("仅签入驻协议的项目", "projects by tenancy alone"),
    ),
    Definition(
        "K09",
        Words("协议转合同率", "Agreements to contracts"),
        Words(
            "本期首次签框架或意向协议的项目中，到截至日签订投资合同的占比",
            "Of projects by framework or intent in the period: with a contract by the as-of date",
        ),
        _PERCENT,
        "ratio",
        Words("已转投资合同的项目", "projects with a contract"),
        Words("本期首次签框架或意向的项目", "projects by framework or intent in the period"),
        cohort="framework",
        window_days=365,
        lower_bound=True,
    ),
    Definition(
        "K10",
        Words("履约率", "Fulfilment"),
        Words(
            "截至期末签订投资合同的项目中，有任何落地进展的占比",
            "Of projects with a contract by the period's end: with any progress at home",
        ),
        _PERCENT,
        "ratio",
        Words("已有落地进展的合同项目", "contract projects with progress at home"),
        Words("已签投资合同的项目", "projects with a contract"),
        source=_YULIN,
    ),
    Definition(
        "K11R",
        Words("注册率", "Registered"),
        Words(
            "本期签投资合同的项目中，到截至日已注册落户的占比",
            "Of contracts of the period: registered by the as-of date",
        ),
        _PERCENT,
        "ratio",
        Words("已注册落户的项目", "projects registered"),
        Words("本期签投资合同的项目", "contracts of the period"),
        cohort="contract",
        window_days=365,
        lower_bound=True,
    ),
    Definition(
        "K11S",
        Words("开工率", "Started"),
        Words("本期签投资合同的项目中，到截至日已开工的占比", "Of contracts of the period: started by the as-of date"),
        _PERCENT,
        "ratio",
        Words("已开工的项目", "projects started"),
        Words("本期签投资合同的项目", "contracts of the period"),
        cohort="contract",
        window_days=365,
        lower_bound=True,
    ),
    Definition(
        "K11P",
        Words("投产率", "Producing"),
        Words(
            "本期签投资合同的项目中，到截至日已投产的占比", "Of contracts of the period: producing by the as-of date"
        ),
        _PERCENT,
        "ratio",
        Words("已投产的项目", "projects producing"),
        Words("本期签投资合同的项目", "contracts of the period"),
        cohort="contract",
        window_days=365,
        lower_bound=True,
    ),
    Definition(
        "K12",
        Words("超时限未开工", "Late starts"),
        Words(
            "已签投资合同、约定开工日已过、到截至日仍未开工的项目数",
            "Contract projects past the agreed start and not started by the as-of date",
        ),
        _N,
        "count",
        Words("超过约定开工日仍未开工的项目", "contract projects past the agreed start"),
    ),
    Definition(
        "K13",
        Words("资金到位率", "Money in place"),
        Words(
            "截至期末已采信的到位资金 ÷ 截至期末签订的投资合同金额，同币种相比",
            "Accepted paid-in money / contract sums up to the period's end, per currency",
        ),
        _PERCENT,
        "share",
        Words("已采信的到位资金", "accepted paid-in money"),
        Words("投资合同金额", "contract sums"),
        lower_bound=True,
        source=_YULIN,
    ),
    Definition(
        "K14",
        Words("核实落地数", "Verified landings"),
        Words(
            "本期首次核验通过、且期末未被撤销的项目数",
            "Projects first verified in the period and not revoked at its end",
        ),
        _N,
        "count",
        Words("核验通过且未撤销的项目", "projects verified and standing"),
    ),
    Definition(
        "K15",
        Words("落地周期", "Time to landing"),
        Words(
            "本期核验通过的项目，从首次洽谈到核验的天数：中位数（25%—75%分位）",
            "Days from first negotiating to verified, verified in the period: median (quartiles)",
        ),
        _DAYS,
        "days",
        Words("本期核验通过的项目", "projects verified in the period"),
    ),
)
DEFINITIONS: Final[Mapping[str, Definition]] = {each.code: each for each in _TABLE}

#: Figures of persons and their cases: of other rows than projects, so they are measured apart (``talents.py``).
_TALENTS: Final = (
    Definition(
        "K32",
        Words("人才服务按时办结率", "Talent cases delivered in time"),
        Words(
            "本期到期的事项中，在承诺工作日内办结的占比；等申请人的日子不计入；没有规定时限的单列",
            "Of cases due in the period: delivered within the working days promised, days of waiting for the applicant not counted; cases without a promise apart",
        ),
        _PERCENT,
        "ratio",
        Words("按时办结的人才服务", "cases delivered in time"),
        Words("本期到期的人才服务", "cases due in the period"),
        subject="talent.green_case",
    ),
    Definition(
        "K33",
        Words("引进人才数", "Talents introduced"),
        Words(
            "本期首次有已采信证据的不同人数，按裁定的类别分；在本地工作与在飞地工作分开计",
            "Distinct persons whose first accepted evidence lies in the period, by class as decided; working at home and at the host counted apart",
        ),
        Words("人", ""),
        "count",
        Words("有已采信证据的人才", "persons with accepted evidence"),
        subject="talent.talent",
    ),
)
TALENT_DEFINITIONS: Final[Mapping[str, Definition]] = {each.code: each for each in _TALENTS}
