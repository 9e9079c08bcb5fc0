"""Every reason this engine gives, with its words: what it is, and what to do about it. ``CODES_EN`` has the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "resonance.factor_sector": ("行业：投资方投 {investor}，项目做 {project}。", ""),
    "resonance.factor_stage": ("轮次：投资方投 {investor}，项目在 {project}。", ""),
    "resonance.factor_ticket": ("金额：单笔 {investor}，项目要 {project}。", ""),
    "resonance.factor_region": ("地域与返投：剩余资金的 {bound} 须投向 {investor}，项目可计入 {project}。", ""),
    "resonance.factor_window": ("时间：投资方 {investor}，项目 {project}。", ""),
    "resonance.lift_sector": ("投资方没有列出 {missing}。", "问投资方是否也看这些方向，或从共有的方向谈起。"),
    "resonance.lift_stage": ("最近的轮次是 {nearest}。", "项目到这一轮时再谈，或问能否提前、延后一轮。"),
    "resonance.lift_ticket_rest": ("单笔上限之外还差 {rest}。", "找一家合投补上。"),
    "resonance.lift_ticket_least": ("投资方单笔不低于 {least}。", "核对项目的资金需求，或合并几期。"),
    "resonance.lift_region": ("在 {places} 落地才计入返投。", "问项目是否愿意在那里设主体。"),
    "resonance.lift_window": ("投资方的时间是 {window}。", "把用款时间移进去。"),
    "resonance.weight_negative": ("权重“{factor}”是 {value}，不是零或大于零的数。", "写零或大于零的数。"),
    "resonance.weights_zero": ("权重全是零，没有可比的。", "至少留一项大于零。"),
    "resonance.stage_unknown": ("{id} 的轮次“{stage}”不在清单里。", "可以写：{stages}。"),
    "resonance.stages_empty": ("轮次清单是空的，或有重复。", "按先后列出各轮，每轮一次。"),
    "resonance.sector_negative": ("{id} 的行业“{sector}”权重是 {value}，不是零或大于零的数。", "写零或大于零的数。"),
    "resonance.amount_wrong": ("{id} 的金额从 {lo} 到 {hi}（分）不成范围。", "写整数分，下限不大于上限，不小于零；要的钱大于零。"),
    "resonance.bound_wrong": ("{id} 的返投比例 {value} 不在 0 到 1 之间。", "写 0 到 1 的数；不知道就留空。"),
    "resonance.window_order": ("{id} 的时间 {start} 到 {end} 前后颠倒。", "核对两个日期。"),
    "resonance.nothing_left": ("基金没有剩余可投的资金，谈不上返投比例。", "核对基金的剩余资金。"),
    "resonance.reinvestment_wrong": ("返投的倍数和金额不能小于零。", "核对这几个数。"),
}  # fmt: skip
CODES_EN: Final = {
    "resonance.factor_sector": ("Sector: the investor invests in {investor}, the project is in {project}.", ""),
    "resonance.factor_stage": ("Round: the investor joins {investor}, the project is at {project}.", ""),
    "resonance.factor_ticket": ("Amount: one cheque is {investor}, the project asks {project}.", ""),
    "resonance.factor_region": ("Region and reinvestment: {bound} of the money left must go to {investor}; the project counts for {project}.", ""),
    "resonance.factor_window": ("Time: investor {investor}, project {project}.", ""),
    "resonance.lift_sector": ("The investor does not list {missing}.", "Ask whether it looks at these too, or begin with what both have."),
    "resonance.lift_stage": ("The nearest round is {nearest}.", "Talk when the project is there, or ask about one round earlier or later."),
    "resonance.lift_ticket_rest": ("Beyond the largest cheque {rest} is lacking.", "Find a co-investor."),
    "resonance.lift_ticket_least": ("The investor's smallest cheque is {least}.", "Check what the project needs, or join two rounds."),
    "resonance.lift_region": ("Only landing in {places} counts as reinvestment.", "Ask whether the project would set up an entity there."),
    "resonance.lift_window": ("The investor's time is {window}.", "Move the need for money into it."),
    "resonance.weight_negative": ("The weight “{factor}” is {value}, no number from zero up.", "Write zero or more."),
    "resonance.weights_zero": ("All weights are zero: nothing to rank by.", "Leave at least one above zero."),
    "resonance.stage_unknown": ("{id}: the round “{stage}” is not on the list.", "Rounds: {stages}."),
    "resonance.stages_empty": ("The list of rounds is empty or repeats one.", "List the rounds in order, each once."),
    "resonance.sector_negative": ("{id}: the sector “{sector}” weighs {value}, no number from zero up.", "Write zero or more."),
    "resonance.amount_wrong": ("{id}: {lo} to {hi} (hundredths) is no range of money.", "Whole hundredths, from not above to, not below zero; what is asked is above zero."),
    "resonance.bound_wrong": ("{id}: the reinvestment share {value} is not between 0 and 1.", "Write 0 to 1; leave it empty when not known."),
    "resonance.window_order": ("{id}: {start} to {end} is the wrong way round.", "Check both days."),
    "resonance.nothing_left": ("The fund has no money left: there is no share of it.", "Check what is left."),
    "resonance.reinvestment_wrong": ("Multiple and amounts of reinvestment cannot be below zero.", "Check the figures."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    >>> parts_of("resonance.lift_stage", {"nearest": "a"})[0]
    '最近的轮次是 a。'
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
