"""What a place of a form or a sentence of a paper may say: figures over periods, the year's task, days, list columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from feidi.engines.measures import DEFINITIONS, Period

#: week … all are counted back from the as-of date; ``term`` is the period for which something is issued.
PERIODS: Final[Mapping[str, str]] = {
    "week": "本周",
    "month": "本月",
    "quarter": "本季度",
    "year": "累计",
    "all": "历年累计",
    "term": "本期",
}
_GROUPS: Final[Mapping[str, str]] = {
    **PERIODS,
    "year": "本年累计",
    "all": "历年累计（截至）",
    "term": "本期（随出稿期间）",
}
#: Periods a paper may be issued for.
SPANS: Final = ("week", "month", "quarter", "year")
COUNTS: Final[Mapping[str, str]] = {
    "K01": "线索",
    "K08": "签约",
    "K14": "核实落地",
    "K08F": "框架意向协议",
    "K08T": "仅入驻协议",
}
#: Words of the five that are counted by a first day.
REACHED: Final[Mapping[str, str]] = {"registered": "注册", "started": "开工", "producing": "投产"}
RATIOS: Final = ("K02", "K03", "K04", "K05", "K06", "K07", "K10", "K13")
TASKED: Final = ("K01", "K08", "K14")
WAN: Final = "万元"
PACE: Final = "个百分点"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that may be printed. ``kind`` says how it is computed from ``code`` and ``period``."""

    id: str
    label: str
    kind: Literal["count", "reached", "standing", "ratio", "sum", "task", "done", "pace", "passed", "text"]
    code: str = ""
    period: str = ""
    unit: str = ""

    @property
    def group(self) -> str:
        """The heading under which it is offered."""
        if self.kind == "text":
            return "日期和文字"
        if self.kind in {"task", "done", "pace", "passed"}:
            return "年度任务"
        return "比率" if self.kind == "ratio" else _GROUPS.get(self.period, "截至当日")


def period_of(code: str, as_of: date, term: Period) -> Period:
    """Return the days of a period up to ``as_of`` (its end is the day after). Raises KeyError for an unknown code."""
    end = as_of + timedelta(days=1)
    if code == "term":
        return Period(term.start, end)
    return Period(start_of(code, as_of), end)


def start_of(code: str, as_of: date) -> date:
    """Return the first day of the week, month … that holds ``as_of``."""
    return {
        "week": as_of - timedelta(days=as_of.weekday()),
        "month": as_of.replace(day=1),
        "quarter": date(as_of.year, (as_of.month - 1) // 3 * 3 + 1, 1),
        "year": date(as_of.year, 1, 1),
        "all": date.min,
    }[code]


def span_words(code: str, as_of: date) -> str:
    """Return how a paper names its period: 本周, 11月, 第四季度, 2026年. Papers are Chinese whatever the reader's language."""
    quarter = "一二三四"[(as_of.month - 1) // 3]
    return {
        "week": "本周",
        "month": f"{as_of.year}年{as_of.month}月",
        "quarter": f"{as_of.year}年第{quarter}季度",
        "year": f"{as_of.year}年",
    }[code]


def _sources() -> dict[str, Source]:
    found: list[Source] = []
    for period, words in PERIODS.items():
        more = "新增" if period in {"week", "month", "quarter", "term"} else ""
        for code, noun in COUNTS.items():
            found.append(Source(f"{code}_{period}", f"{words}{more}{noun}", "count", code, period, "个"))
        found.append(Source(f"K08_{period}_sum", f"{words}{more}签约额（万元）", "sum", "K08", period, WAN))
        for word, noun in REACHED.items():
            found.append(Source(f"{word}_{period}", f"{words}{more}{noun}", "reached", word, period, "个"))
    found.append(Source("talking", "在谈", "standing", "talking", "", "个"))
    found.append(Source("K12", "超时限未开工", "standing", "K12", "", "个"))
    found += [Source(f"{code}_year", DEFINITIONS[code].label.zh, "ratio", code, "year", "%") for code in RATIOS]
    for code in TASKED:
        noun = COUNTS[code]
        found.append(Source(f"{code}_task", f"{noun}年度任务", "task", code, "year", "个"))
        found.append(Source(f"{code}_done", f"{noun}完成率", "done", code, "year", "%"))
        found.append(Source(f"{code}_pace", f"{noun}比序时进度快慢", "pace", code, "year", PACE))
    found.append(Source("passed", "序时进度", "passed", "", "year", "%"))
    for code, label in TEXTS.items():
        found.append(Source(code, label, "text"))
    return {each.id: each for each in found}


TEXTS: Final[Mapping[str, str]] = {
    "as_of": "截至日期（日期格式）",
    "day": "截至日期（文字）",
    "span": "期间（文字）",
    "outpost": "填报单位",
    "superior": "上级单位",
    "person": "填表人",
    "highlights": "工作亮点（文字）",
    "problems": "存在问题（文字）",
    "coordination": "需协调事项（文字）",
    "next_steps": "下一步计划（文字）",
}
#: Every source by its id.
SOURCES: Final[Mapping[str, Source]] = _sources()

#: Lists of projects: name → (label, the figure whose rows they are).
LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "talking": ("在谈项目", "talking"),
    "leads": ("本期新增线索", "K01_term"),
    "signed": ("本年签约项目", "K08_year"),
    "signed_term": ("本期签约项目", "K08_term"),
    "landed": ("本年核实落地项目", "K14_year"),
    "landed_term": ("本期核实落地项目", "K14_term"),
    "registered": ("本年注册项目", "registered_year"),
}
#: ``…_all`` names projects that were not yet reported, too.
ALL: Final = "_all"
COLUMNS: Final[Mapping[str, str]] = {
    "#": "序号",
    "name": "项目名称",
    "sponsor": "投资方/团队",
    "code": "项目编号",
    "industry": "产业领域",
    "stage": "阶段",
    "signed_on": "签约日期",
    "signed_wan": "签约金额（万元）",
    "home_entity": "落户企业",
    "verified_on": "核实落地日期",
    "owner": "责任人",
    "last_on": "最近洽谈日期",
    "progress": "最近进展",
    "problems": "存在问题",
    "coordination": "需协调事项",
    "next_step": "下一步计划",
}


def list_label(name: str) -> str:
    """Return what a list is called; raises KeyError for an unknown one."""
    label = LISTS[name.removesuffix(ALL)][0]
    return f"{label}（含未报送）" if name.endswith(ALL) else f"{label}（已报送）"


def source_label(code: str) -> str:
    """Return what a figure's code or ``list.column`` is called; the code itself when it is not known any more."""
    if code in SOURCES:
        return SOURCES[code].label
    name, _, column = code.rpartition(".")
    if name.removesuffix(ALL) in LISTS and column in COLUMNS:
        return f"{list_label(name)}：{COLUMNS[column]}"
    return code


def is_source(code: str) -> bool:
    """Tell whether there is such a figure, text or list column."""
    name, _, column = code.rpartition(".")
    return code in SOURCES or (name.removesuffix(ALL) in LISTS and column in COLUMNS)
