"""Every code of this engine with its words: what it is, and what to do about it. ``CODES_EN`` has the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "costing.different_years": ("{label}：两边年份不同（{home} 与 {host}），差额不能当作同一时点的差距。", "找到同一年份的数字再下结论。"),
    "costing.different_baskets": ("{label}：两边统计口径不同（{home}；{host}）。", ""),
    "costing.different_units": ("{label}：两边计价周期不同（{home} 与 {host}），已换算（一年12个月、365天）。", ""),
    "costing.missing": ("{place}缺：{label}。", "查到后写进成本内容，或在测算里自报。"),
    "costing.not_said": ("测算需求没有给出：{label}。", "补上后再算；不知道就保持未知。"),
    "costing.low_confidence": ("{place}的{label}可信度低，来源未经核对。", "用前请向原单位核实。"),
    "costing.old": ("{place}的{label}是 {period} 的数字，距测算日已超过两年。", ""),
    "costing.wider_place": ("{place}没有自己的{label}，用的是上级地方（{figure_place}）的数字。", ""),
    "costing.other_figures": ("{place}的{label}另有 {n} 个数字，从 {low} 到 {high} {unit}。", ""),
    "costing.up_to": ("{place}另有 {n} 条政策只写“最高”，不计入合计。", ""),
    "costing.no_bound": ("{place}另有 {n} 条政策的金额没有上界，不计入合计。", ""),
    "costing.below_minimum": ("{kind}的年薪低于{place}的最低工资（{least} 元/年）。", "请核对年薪的单位。"),
    "costing.laboratory": ("需要湿实验室：写字楼和厂房租金都不是实验室的租金。", "请把实验室的报价填进自报租金。"),
    "costing.profile_empty": ("测算需求是空的，或不是“名: 值”的清单。", "可以写的项：{keys}。"),
    "costing.key_unknown": ("不认识“{name}”。", "可以写：{keys}。"),
    "costing.figure_unknown": ("不认识“{name}”这个数字。", "可以写：{keys}。"),
    "costing.not_quantity": ("“{value}”不是数量。", "写数字和单位（{units}），不知道写 未知。"),
    "costing.unit_missing": ("“{value}”没有写单位。", "可以写的单位：{units}。"),
    "costing.unit_wrong": ("“{value}”的单位“{unit}”在这里不能用。", "可以写的单位：{units}。"),
    "costing.negative": ("“{value}”小于零。", "写零或大于零的数。"),
    "costing.too_large": ("“{value}”大得不可能。", "请核对数字和单位。"),
    "costing.not_text": ("“{value}”不是一段不超过 {most} 字的文字。", ""),
    "costing.years": ("“{value}”不是年数。", "写 1 到 {most} 的整数。"),
    "costing.not_in_list": ("“{value}”不在可选的值里。", "可以写：{allowed}。"),
    "costing.not_yes_no": ("“{value}”不是 是、否 或 未知。", ""),
    "costing.people": ("人员要写成清单，最多 {most} 类。", "写成 people: [{{kind: 研发, count: 6, wage: 24万元/年}}]。"),
    "costing.group": ("每类人员要写 kind、count，和 wage 或 average。", "如 {{kind: 研发, count: 6, wage: 24万元/年}}。"),
    "costing.wage_twice": ("同一类人员既写了年薪又写了取平均工资。", "只留一个。"),
    "costing.not_count": ("“{value}”不是人数。", "写整数，如 6。"),
    "costing.shares": ("峰平谷三段要写全，合计 100%。", "如 {{peak: 30%, flat: 50%, valley: 20%}}。"),
    "costing.quotes": ("自报的数字要写成“代码: 值”的清单。", "如 quotes: {{plant_rent: {{home: 18元/㎡/月, host: 45元/㎡/月}}}}。"),
    "costing.place_unknown": ("内容里没有“{place}”这个地方。", "写行政区划代码（如 440604）或地方代码；现有：{places}。"),
    "costing.day_ahead": ("测算日 {as_of} 晚于今天。", "填今天或以前的一天。"),
    "costing.same_place": ("两边是同一个地方（{place}），没有可比的。", "换一个所在地。"),
    "costing.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
    "costing.profile_faulty": ("{file} 里的测算需求有问题，没有测算。", "按下面各条改正。"),
    "costing.content_faulty": ("成本内容有问题，不能据此测算。", "先用 feidi content check 查看并改正。"),
    "costing.item_unknown": ("{file} 第{line}行：不认识“{item}”这一项。", "可以写：{keys}。"),
    "costing.figure_unit": ("{file} 第{line}行：{item} 的单位“{unit}”不能用。", "可以写：{units}。"),
    "costing.value_shape": ("{file} 第{line}行：{item} 的数值没有写对。", "写 value: 数，或 lo: 数 和 hi: 数；没有查到写 value: null。"),
    "costing.value_order": ("{file} 第{line}行：{item} 的数值不能小于零，lo 不能大于 hi，百分数不能大于 100。", ""),
    "costing.unknown_unexplained": ("{file} 第{line}行：{item} 写了未知，没有说明找过哪里。", "写 note: {{zh: …, en: …}}。"),
    "costing.no_period": ("{file} 第{line}行：{item} 没有写是哪一天起的数字。", "写 since: 2025-07-01，有截止的再写 until。"),
    "costing.period_order": ("{file} 第{line}行：{item} 的 until 早于 since。", ""),
    "costing.no_basket": ("{file} 第{line}行：{item} 没有写口径。", "写 basket: {{zh: …, en: …}}，说明统计的是什么。"),
    "costing.no_source": ("{file} 第{line}行：{item} 没有写来源。", "写 source: 谁在哪里发布的。"),
    "costing.no_confidence": ("{file} 第{line}行：{item} 没有写可信度。", "写 confidence: high、medium 或 low。"),
}  # fmt: skip
CODES_EN: Final = {
    "costing.different_years": ("{label}: the two sides are of different years ({home} and {host}); this is not the gap at one time.", "Find figures of one year before you conclude."),
    "costing.different_baskets": ("{label}: the two sides measure different things ({home}; {host}).", ""),
    "costing.different_units": ("{label}: priced by different periods ({home} and {host}); converted at 12 months and 365 days a year.", ""),
    "costing.missing": ("{place} lacks: {label}.", "Write it into the cost content once found, or quote it in the comparison."),
    "costing.not_said": ("The profile does not say: {label}.", "Add it, or leave it unknown."),
    "costing.low_confidence": ("{place}: {label} is of low confidence, its source unchecked.", "Ask the publisher before you use it."),
    "costing.old": ("{place}: {label} is of {period}, more than two years before the day asked for.", ""),
    "costing.wider_place": ("{place} has no {label} of its own; the figure of {figure_place} above it is used.", ""),
    "costing.other_figures": ("{place}: {n} more figures of {label}, from {low} to {high} {unit}.", ""),
    "costing.up_to": ("{place}: {n} more policies only say “up to”; they are in no sum.", ""),
    "costing.no_bound": ("{place}: {n} more policies have no upper bound; they are in no sum.", ""),
    "costing.below_minimum": ("{kind}: the pay is below the minimum wage of {place} ({least} yuan a year).", "Check the unit of the pay."),
    "costing.laboratory": ("A wet laboratory is needed: office and plant rents are no laboratory rents.", "Quote the laboratory's rent."),
    "costing.profile_empty": ("The profile is empty or no list of names and values.", "Keys: {keys}."),
    "costing.key_unknown": ("“{name}” is not known.", "Keys: {keys}."),
    "costing.figure_unknown": ("The figure “{name}” is not known.", "Figures: {keys}."),
    "costing.not_quantity": ("“{value}” is no quantity.", "Write a number with its unit ({units}), or 未知 when not known."),
    "costing.unit_missing": ("“{value}” has no unit.", "Units: {units}."),
    "costing.unit_wrong": ("The unit “{unit}” of “{value}” does not fit here.", "Units: {units}."),
    "costing.negative": ("“{value}” is below zero.", "Write zero or more."),
    "costing.too_large": ("“{value}” is impossibly large.", "Check number and unit."),
    "costing.not_text": ("“{value}” is no text of at most {most} characters.", ""),
    "costing.years": ("“{value}” is no number of years.", "Write a whole number from 1 to {most}."),
    "costing.not_in_list": ("“{value}” is not one of the values.", "Values: {allowed}."),
    "costing.not_yes_no": ("“{value}” is neither yes, no nor unknown.", ""),
    "costing.people": ("People are a list of at most {most} kinds.", "people: [{{kind: R&D, count: 6, wage: 24万元/年}}]."),
    "costing.group": ("Each kind of people has kind, count, and wage or average.", "{{kind: R&D, count: 6, wage: 24万元/年}}."),
    "costing.wage_twice": ("One kind of people has both a wage and an average to take.", "Leave one."),
    "costing.not_count": ("“{value}” is no number of people.", "Write a whole number, as 6."),
    "costing.shares": ("Peak, flat and valley are all needed and make 100%.", "{{peak: 30%, flat: 50%, valley: 20%}}."),
    "costing.quotes": ("Quoted figures are a list of codes and values.", "quotes: {{plant_rent: {{home: 18元/㎡/月, host: 45元/㎡/月}}}}."),
    "costing.place_unknown": ("The content has no place “{place}”.", "Write a division code (as 440604) or a place code; there are: {places}."),
    "costing.day_ahead": ("The day {as_of} is after today.", "Write today or an earlier day."),
    "costing.same_place": ("Both sides are one place ({place}): nothing to compare.", "Choose another host."),
    "costing.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
    "costing.profile_faulty": ("The profile in {file} has problems; nothing was compared.", "Put the following right."),
    "costing.content_faulty": ("The cost content has problems; nothing is calculated from it.", "See feidi content check and put them right."),
    "costing.item_unknown": ("{file} line {line}: “{item}” is not known.", "Items: {keys}."),
    "costing.figure_unit": ("{file} line {line}: the unit “{unit}” does not fit {item}.", "Units: {units}."),
    "costing.value_shape": ("{file} line {line}: the value of {item} is not written right.", "value: a number, or lo and hi; value: null when it was not found."),
    "costing.value_order": ("{file} line {line}: {item} must not be below zero, lo not above hi, a share not above 100.", ""),
    "costing.unknown_unexplained": ("{file} line {line}: {item} is unknown, without a word on where one looked.", "note: {{zh: …, en: …}}."),
    "costing.no_period": ("{file} line {line}: {item} does not say from which day it is.", "since: 2025-07-01, and until where it ended."),
    "costing.period_order": ("{file} line {line}: until of {item} is before since.", ""),
    "costing.no_basket": ("{file} line {line}: {item} does not say what was measured.", "basket: {{zh: …, en: …}}."),
    "costing.no_source": ("{file} line {line}: {item} has no source.", "source: who published it where."),
    "costing.no_confidence": ("{file} line {line}: {item} has no confidence.", "confidence: high, medium or low."),
}  # fmt: skip


def parts_of(finding: Finding) -> tuple[str, str]:
    """Return what a finding says and how to fix it, in Chinese; ``label_zh`` fills ``{label}``."""
    params: Mapping[str, Scalar] = {
        **finding.params,
        **{name.removesuffix("_zh"): value for name, value in finding.params.items() if name.endswith("_zh")},
    }

    def filled(text: str) -> str:
        held = _HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), text.replace("{{", "\0").replace("}}", "\1"))
        return held.replace("\0", "{").replace("\1", "}")

    what, fix = CODES[finding.code]
    return filled(what), filled(fix)


def words_of(finding: Finding) -> str:
    """Return both parts as one line.

    >>> from feidi.engines.findings import Level
    >>> words_of(Finding(Level.PROBLEM, "costing.negative", {"value": "-3㎡"}))
    '“-3㎡”小于零。 写零或大于零的数。'
    """
    return " ".join(filter(None, parts_of(finding)))
