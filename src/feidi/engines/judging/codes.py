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
    "judging.too_few_to_trim": ("“{project}”只有 {judges} 位评委的分数，去最高去最低至少要 {needed} 位。", "请补齐评委，或改用平均分的书面规则。"),
    "judging.too_few_judges": ("“{project}”有 {judges} 位评委的分数，书面规则要 {needed} 位。", "请补齐评委后再算。"),
    "judging.twice": ("评委“{judge}”给“{project}”打了两次分。", "一位评委对一个项目只有一份分数，只留一份。"),
    "judging.unequal_reads": ("各项目的评委人数不同：最少 {least} 位，最多 {most} 位。", "按书面规则，每个项目由同样多的评委打分。"),
    "judging.tie_left": ("{projects} 同分，书面的并列规则分不出先后，名次并列。", "由评委会当场议定，写进结果单。"),
    "judging.part_missing": ("“{project}”缺“{part}”的分数，不能按它分并列。", "补上这一项，或改并列规则。"),
    "judging.tie_rule_unknown": ("不认识并列规则“{rule}”。", "可以写：{known}。"),
    "judging.no_scores": ("没有分数。", "先打分。"),
    "judging.one_judge": ("只有一位评委，分不出评委的宽严。", "至少两位评委读过同样的项目。"),
    "judging.not_connected": ("评委和项目分成了互不相干的 {groups} 摊：{parts}。", "各摊之间没有共同评过的项目，宽严无从比较；下一轮分配时让评委交叉。"),
    "judging.overlap_low": ("评委共同评过的项目太少：按至少共评 {overlap} 个项目相连，分成 {groups} 摊：{parts}。", "不作校正；下一轮分配时让评委多交叉。"),
    "judging.no_freedom": ("分数只有 {scores} 个，要估的数有 {unknowns} 个，没有余地说把握有多大。", "每个项目至少两位评委、评委交叉时再校正。"),
    "judging.raised": ("书面规则第 {official} 名，校正后第 {corrected} 名：读它的评委整体偏严（{judges}），校正加 {shift} 分。", ""),
    "judging.lowered": ("书面规则第 {official} 名，校正后第 {corrected} 名：读它的评委整体偏宽（{judges}），校正减 {shift} 分。", ""),
    "judging.moved_by_others": ("书面规则第 {official} 名，校正后第 {corrected} 名：它自己的分数几乎没有变，是别的项目上下移动了。", ""),
    "judging.within_doubt": ("这一校正在误差之内（±{doubt} 分），不足为凭。", ""),
    "judging.no_overlap_dealt": ("照这样分配，评委之间没有足够的共同项目，之后不能校正宽严。", "增加每个项目的评委数，或减少回避。"),
    "judging.reads_short": ("“{project}”只能分到 {got} 位评委，规则要 {needed} 位；其余都要回避。", "增加评委。"),
    "judging.deal_reads": ("每个项目要 {value} 位评委，这个数不成立。", "写 1 或更大的整数。"),
    "judging.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
    "judging.file_faulty": ("{file} 有 {n} 处问题，没有计算。", "按下面各条改正。"),
    "judging.column_missing": ("没有“{column}”这一列。", "现有的列：{columns}。"),
    "judging.cell_wrong": ("“{column}”写的是“{value}”，不是分数。", "写数字，如 88.5。"),
    "judging.name_missing": ("这一行少了项目或评委的名称。", "补上名称，或删去这一行。"),
    "judging.out_of_range": ("“{column}”是 {value}，不在 0 到 {most} 之间。", "核对这一个分数。"),
    "judging.empty": ("表里没有分数。", "每行写一位评委给一个项目的分数。"),
    "judging.line_twice": ("“{judge}”给“{project}”的分数在第 {first} 行已经有了。", "一位评委对一个项目只有一份分数，只留一行。"),
    "judging.score_and_parts": ("既有总分列，又有分项列 {columns}。", "只留一种：总分，或各分项（总分为其和）。"),
}  # fmt: skip
CODES_EN: Final = {
    "judging.too_few_to_trim": ("“{project}” has the scores of {judges} judges; dropping the highest and lowest needs at least {needed}.", "Complete the panel, or use a written rule with the mean."),
    "judging.too_few_judges": ("“{project}” has the scores of {judges} judges; the written rule asks for {needed}.", "Complete the panel first."),
    "judging.twice": ("Judge “{judge}” has scored “{project}” twice.", "One judge has one score for one project: keep one."),
    "judging.unequal_reads": ("The projects have unequal numbers of judges: {least} at least, {most} at most.", "By the written rule every project is scored by equally many."),
    "judging.tie_left": ("{projects} are equal and the written rule for ties does not part them; they share the rank.", "The panel settles it on the spot and writes it on the result sheet."),
    "judging.part_missing": ("“{project}” lacks a score for “{part}”, which the rule for ties needs.", "Add it, or change the rule for ties."),
    "judging.tie_rule_unknown": ("The rule for ties “{rule}” is not known.", "There are: {known}."),
    "judging.no_scores": ("There are no scores.", "Score first."),
    "judging.one_judge": ("There is only one judge; harsh and lenient cannot be told apart.", "At least two judges must have read the same projects."),
    "judging.not_connected": ("Judges and projects fall into {groups} separate lots: {parts}.", "No project was scored across the lots, so harshness cannot be compared; let judges cross over next time."),
    "judging.overlap_low": ("Judges share too few projects: joined by at least {overlap} shared projects they fall into {groups} lots: {parts}.", "No correction; let judges cross over more next time."),
    "judging.no_freedom": ("There are {scores} scores for {unknowns} unknowns; how sure it would be cannot be said.", "Correct when every project has two judges or more and they cross over."),
    "judging.raised": ("No. {official} by the written rule, no. {corrected} corrected: its judges are harsh on the whole ({judges}); {shift} points are added.", ""),
    "judging.lowered": ("No. {official} by the written rule, no. {corrected} corrected: its judges are lenient on the whole ({judges}); {shift} points are taken off.", ""),
    "judging.moved_by_others": ("No. {official} by the written rule, no. {corrected} corrected: its own score hardly changed, others moved.", ""),
    "judging.within_doubt": ("This correction is within its error (±{doubt} points) and proves nothing.", ""),
    "judging.no_overlap_dealt": ("Dealt like this the judges share too few projects for a correction later.", "More judges for each project, or fewer recusals."),
    "judging.reads_short": ("“{project}” gets {got} judges only, the rule asks for {needed}; all others must stand aside.", "Add judges."),
    "judging.deal_reads": ("{value} judges for each project cannot be.", "Write a whole number from 1 up."),
    "judging.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
    "judging.file_faulty": ("{file} has {n} problems; nothing was reckoned.", "Put the following right."),
    "judging.column_missing": ("There is no column “{column}”.", "Columns: {columns}."),
    "judging.cell_wrong": ("“{column}” says “{value}”, which is no score.", "Write a number, as 88.5."),
    "judging.name_missing": ("This row lacks the project or the judge.", "Name it, or delete the row."),
    "judging.out_of_range": ("“{column}” is {value}, which is not between 0 and {most}.", "Check this score."),
    "judging.empty": ("The table has no scores.", "One row for each score of a judge for a project."),
    "judging.line_twice": ("“{judge}” has a score for “{project}” in row {first} already.", "One judge has one score for one project: keep one row."),
    "judging.score_and_parts": ("There is a column of totals and there are columns of parts: {columns}.", "Keep one kind: the total, or the parts that add up to it."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    >>> parts_of("judging.no_scores", {})[1]
    '先打分。'
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
