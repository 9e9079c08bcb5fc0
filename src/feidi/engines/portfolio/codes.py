"""Every reason this engine gives (and its command), with its words: what it is, and what to do about it.

``CODES_EN`` has the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "portfolio.needs_chance": ("在 {n} 个里至少落地 {least} 个、把握 {confidence}，每个的落地概率都要到 {needed}；现在平均 {mean}。", "先把这几个的把握提上去，再报目标。"),
    "portfolio.needs_more": ("按现在的平均落地概率 {mean}，还要再加 {more} 个。", "补充候选项目，并放宽个数。"),
    "portfolio.needs_number": ("其他限制不变，个数放宽到 {number} 个才够。", "把个数上限从 {at_most} 放宽到 {number}。"),
    "portfolio.needs_area": ("其他限制不变，面积至少要 {area} ㎡，还差 {more} ㎡。", "增加面积，或换占地小的项目。"),
    "portfolio.needs_budget": ("其他限制不变，资金至少要 {budget} {currency}，还差 {more} {currency}。", "增加资金，或换花费小的项目。"),
    "portfolio.limits_together": ("任何一项限制单独放宽都不够，几项一起放宽才够。", "先放宽最紧的两项再算。"),
    "portfolio.none_would": ("全部 {n} 个候选一起培育，至少落地 {least} 个的概率也只有 {probability}。", "补充候选项目，或降低目标。"),
    "portfolio.few_allowed": ("最多选 {n} 个，不可能至少落地 {least} 个。", "放宽个数，或降低目标。"),
    "portfolio.low_end": ("概率取低端时，至少落地 {least} 个的概率只有 {lo}，低于 {confidence}。", "对外承诺时用低端。"),
    "portfolio.few_cases": ("{n} 个候选的落地概率来自不到 {cases} 个案例，区间很宽：{ids}。", "用时带上区间。"),
    "portfolio.no_range": ("{n} 个候选的落地概率没有区间：{ids}。", "问清估计的上下限，或给出案例数。"),
    "portfolio.not_proved": ("在时限内没有证明这是最好的选法。", "减少候选，或加一条个数上限。"),
    "portfolio.no_candidates": ("没有可以选的候选。", "先补齐缺的事实。"),
    "portfolio.id_twice": ("候选“{id}”出现了两次。", "合并成一个。"),
    "portfolio.chance_wrong": ("{id} 的落地概率 {value} 不在 0 到 1 之间。", "写 0 到 1 的数或百分数；不知道就留空。"),
    "portfolio.range_wrong": ("{id} 的概率区间 {lo} 到 {hi} 没有包住 {value}。", "核对三个数。"),
    "portfolio.cases_wrong": ("{successes} 次落地、{cases} 个案例不成立。", "案例数大于零，落地数不多于案例数。"),
    "portfolio.level_wrong": ("区间的把握 {level} 不在 0 到 1 之间。", "例如 0.9。"),
    "portfolio.negative": ("{id} 的{what}是 {value}，小于零。", "请核对。"),
    "portfolio.limit_negative": ("{what}的限制是 {value}，小于零。", "写零或大于零的数。"),
    "portfolio.least_wrong": ("至少落地 {value} 个不成立。", "写 1 或更大的整数。"),
    "portfolio.confidence_wrong": ("把握 {value} 不在 0 到 1 之间。", "例如 0.9。"),
    "portfolio.budget_currency": ("资金限制没有币种。", "写明币种，例如 CNY。"),
    "portfolio.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
    "portfolio.file_faulty": ("{file} 有 {n} 处问题，没有计算。", "按下面各条改正。"),
    "portfolio.column_missing": ("没有“{column}”这一列。", "现有的列：{columns}。"),
    "portfolio.cell_wrong": ("“{column}”写的是“{value}”，看不懂。", "写数字，或留空表示不知道。"),
    "portfolio.id_missing": ("这一行没有候选的名称。", "补上名称，或删去这一行。"),
    "portfolio.sector_words": ("“{text}”看不懂。", "写 行业=个数。"),
    "portfolio.budget_words": ("“{text}”不是一笔确定的金额。", "例如 300万元。"),
}  # fmt: skip
CODES_EN: Final = {
    "portfolio.needs_chance": ("For at least {least} of {n} to land with {confidence}, each needs a chance of {needed}; now the mean is {mean}.", "Raise these chances before the aim is promised."),
    "portfolio.needs_more": ("At the present mean chance {mean}, {more} more are needed.", "Find more candidates, and allow more."),
    "portfolio.needs_number": ("With the other limits as they are, {number} would do.", "Allow {number} instead of {at_most}."),
    "portfolio.needs_area": ("With the other limits as they are, {area} ㎡ are needed, {more} ㎡ more.", "Find more space, or candidates that take less."),
    "portfolio.needs_budget": ("With the other limits as they are, {budget} {currency} are needed, {more} {currency} more.", "Find more money, or candidates that cost less."),
    "portfolio.limits_together": ("No single limit widened would do, several together would.", "Widen the two tightest and try again."),
    "portfolio.none_would": ("Even all {n} candidates together reach only {probability} for at least {least}.", "Find more candidates, or aim lower."),
    "portfolio.few_allowed": ("At most {n} are chosen: at least {least} can never land.", "Allow more, or aim lower."),
    "portfolio.low_end": ("With the chances at their low end at least {least} land with {lo} only, below {confidence}.", "Promise by the low end."),
    "portfolio.few_cases": ("The chances of {n} candidates come from fewer than {cases} cases and are wide: {ids}.", "Show them with their range."),
    "portfolio.no_range": ("The chances of {n} candidates have no range: {ids}.", "Ask how low and high they could be, or for cases."),
    "portfolio.not_proved": ("Within the time allowed this was not proved to be the best.", "Fewer candidates, or a limit on their number."),
    "portfolio.no_candidates": ("There is no candidate to choose.", "Fill in the missing facts first."),
    "portfolio.id_twice": ("The candidate “{id}” occurs twice.", "Merge the two."),
    "portfolio.chance_wrong": ("{id}: the chance {value} is not between 0 and 1.", "Write 0 to 1 or a percentage; leave it empty when not known."),
    "portfolio.range_wrong": ("{id}: the range {lo} to {hi} does not hold {value}.", "Check the three."),
    "portfolio.cases_wrong": ("{successes} landings in {cases} cases cannot be.", "Cases above zero, landings no more than cases."),
    "portfolio.level_wrong": ("The level {level} of the range is not between 0 and 1.", "For example 0.9."),
    "portfolio.negative": ("{id}: {what} is {value}, below zero.", "Check it."),
    "portfolio.limit_negative": ("The limit on {what} is {value}, below zero.", "Write zero or more."),
    "portfolio.least_wrong": ("At least {value} landings cannot be.", "Write a whole number from 1 up."),
    "portfolio.confidence_wrong": ("The confidence {value} is not between 0 and 1.", "For example 0.9."),
    "portfolio.budget_currency": ("The budget has no currency.", "Name it, as CNY."),
    "portfolio.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
    "portfolio.file_faulty": ("{file} has {n} problems; nothing was calculated.", "Put the following right."),
    "portfolio.column_missing": ("There is no column “{column}”.", "Columns: {columns}."),
    "portfolio.cell_wrong": ("“{column}” says “{value}”, which is not understood.", "Write a number, or nothing when it is not known."),
    "portfolio.id_missing": ("This row has no candidate's name.", "Name it, or delete the row."),
    "portfolio.sector_words": ("“{text}” is not understood.", "Write SECTOR=NUMBER."),
    "portfolio.budget_words": ("“{text}” is no exact amount.", "For example “300万元”."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    >>> parts_of("portfolio.few_allowed", {"n": 2, "least": 3})[0]
    '最多选 2 个，不可能至少落地 3 个。'
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
