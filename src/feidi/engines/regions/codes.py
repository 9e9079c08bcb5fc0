"""Every reason this engine gives, with its words: what it is, and what to do about it. ``CODES_EN`` has the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "regions.matrix_faulty": ("地区×产业表有 {n} 处问题，没有计算。", "按下面各条改正。"),
    "regions.relatedness_faulty": ("产业关联表有 {n} 处问题，没有计算。", "按下面各条改正。"),
    "regions.flows_faulty": ("投入产出表有 {n} 处问题，没有计算。", "按下面各条改正。"),
    "regions.empty": ("表里没有数字。", "第一行写产业名，第一列写地区名，其余写数字。"),
    "regions.shape": ("数字有 {rows} 行 {columns} 列，名称是 {row_labels} 个和 {column_labels} 个。", "每个名称对应一行或一列。"),
    "regions.label_missing": ("第{at}列有数字，没有名称。", "补上名称，或删去这一列。"),
    "regions.row_label_missing": ("这一行有数字，没有名称。", "补上名称，或删去这一行。"),
    "regions.label_twice": ("“{label}”出现了两次。", "合并成一个，或改成不同的名称。"),
    "regions.row_longer": ("“{label}”这一行比表头多出单元格。", "核对逗号和表头。"),
    "regions.cell_missing": ("“{label}”的“{industry}”没有数字。", "确实为零就写 0；不知道的，请先向数据来源问清。"),
    "regions.not_number": ("“{label}”的“{industry}”写的是“{value}”，不是数字。", "只写数字，单位写在来源里。"),
    "regions.negative": ("“{label}”的“{industry}”是 {value}，小于零。", "请核对数据来源。"),
    "regions.out_of_range": ("“{label}”的“{industry}”是 {value}，超出可以计算的范围。", "换一个单位。"),
    "regions.all_zero": ("表里的数字全是零。", "请核对数据来源。"),
    "regions.more": ("另有 {n} 处同类问题没有逐条列出。", ""),
    "regions.region_zero": ("“{region}”的数字全是零，它的各项指标没有定义。", "请核对数据来源，或删去这一行。"),
    "regions.industry_zero": ("“{industry}”在各地都是零，它的区位熵没有定义，不计入任何合计。", ""),
    "regions.region_unknown": ("表里没有“{region}”这个地区。", "现有：{regions}。"),
    "regions.region_empty": ("“{region}”的数字全是零，无法比较。", "换一个地区，或补上数字。"),
    "regions.same_region": ("主办地和所在地是同一个地区（{region}）。", "换一个地区。"),
    "regions.weight_negative": ("权重“{part}”是 {value}，不是零或大于零的数。", "写零或大于零的数。"),
    "regions.weights_zero": ("权重全是零，没有可比的。", "至少留一项大于零。"),
    "regions.no_relatives": ("“{industry}”没有相关产业，它的关联密度没有定义。", "可以另给产业关联表（--relatedness）。"),
    "regions.not_related_given": ("产业关联表里没有“{industry}”。", "补上这一行和这一列；在此之前它的关联密度没有定义。"),
    "regions.not_in_links": ("投入产出表里没有“{industry}”。", "先把产业名称对应好；在此之前它的投入产出联系没有定义。"),
    "regions.links_unused": ("投入产出表里另有 {n} 个产业不在地区×产业表里。", ""),
    "regions.not_square": ("“{label}”只有行或只有列。", "产业关联表和投入产出表的行列要是同一组产业。"),
    "regions.no_outputs": ("投入产出表没有“总产出”这一行。", "最后一行写“总产出”，每个产业一个数。"),
    "regions.no_output": ("“{industry}”的总产出是零，它的投入系数没有定义。", ""),
    "regions.not_productive": ("投入系数的谱半径是 {radius}，不小于 1，列昂惕夫逆矩阵没有意义。", "核对总产出和中间投入的单位。"),
    "regions.complexity_undefined": ("复杂度没有定义：地区和产业连不成一个整体，或分不出高低。", "地区或产业多一些再算。"),
    "regions.link_undefined": ("“{home}”与“{host}”之间的投入产出联系没有定义。", ""),
    "regions.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
    "regions.total": ("表里有合计：{labels}，会把所有数字算两遍。", "删去合计的行和列。"),
    "regions.by_inputs": ("按投入算关联，要先给投入产出表。", "加 --links 文件。"),
    "regions.weight_words": ("“{text}”看不懂。", "写 部分=数，部分可以是：{parts}。"),
}  # fmt: skip
CODES_EN: Final = {
    "regions.matrix_faulty": ("The table of regions and industries has {n} problems; nothing was calculated.", "Put the following right."),
    "regions.relatedness_faulty": ("The table of relatedness has {n} problems; nothing was calculated.", "Put the following right."),
    "regions.flows_faulty": ("The input–output table has {n} problems; nothing was calculated.", "Put the following right."),
    "regions.empty": ("The table holds no figures.", "First row: industries; first column: regions; the rest: numbers."),
    "regions.shape": ("There are {rows} rows and {columns} columns of figures, {row_labels} and {column_labels} names.", "One name for each row and column."),
    "regions.label_missing": ("Column {at} has figures but no name.", "Name it, or delete the column."),
    "regions.row_label_missing": ("This row has figures but no name.", "Name it, or delete the row."),
    "regions.label_twice": ("“{label}” occurs twice.", "Merge the two, or name them differently."),
    "regions.row_longer": ("The row of “{label}” has more cells than there are heads.", "Check commas and heads."),
    "regions.cell_missing": ("“{label}”: no figure for “{industry}”.", "Write 0 if it is zero; if it is not known, ask the publisher first."),
    "regions.not_number": ("“{label}”: “{industry}” says “{value}”, which is no number.", "Write numbers only; the unit belongs to the source."),
    "regions.negative": ("“{label}”: “{industry}” is {value}, below zero.", "Check the source."),
    "regions.out_of_range": ("“{label}”: “{industry}” is {value}, outside what can be calculated with.", "Use another unit."),
    "regions.all_zero": ("All figures of the table are zero.", "Check the source."),
    "regions.more": ("{n} more of the same are not listed.", ""),
    "regions.region_zero": ("All figures of “{region}” are zero: its indices are undefined.", "Check the source, or delete the row."),
    "regions.industry_zero": ("“{industry}” is zero everywhere: its quotient is undefined and it is in no sum.", ""),
    "regions.region_unknown": ("The table has no region “{region}”.", "There are: {regions}."),
    "regions.region_empty": ("All figures of “{region}” are zero: nothing to compare.", "Choose another region, or fill in its figures."),
    "regions.same_region": ("Home and host are one region ({region}).", "Choose another region."),
    "regions.weight_negative": ("The weight “{part}” is {value}, no number from zero up.", "Write zero or more."),
    "regions.weights_zero": ("All weights are zero: nothing to rank by.", "Leave at least one above zero."),
    "regions.no_relatives": ("“{industry}” has no related industry: its density is undefined.", "A table of relatedness can be given (--relatedness)."),
    "regions.not_related_given": ("The table of relatedness has no “{industry}”.", "Add its row and column; until then its density is undefined."),
    "regions.not_in_links": ("The input–output table has no “{industry}”.", "Match the names first; until then its linkages are undefined."),
    "regions.links_unused": ("The input–output table has {n} more industries that the regions' table has not.", ""),
    "regions.not_square": ("“{label}” has only a row or only a column.", "Rows and columns are the same industries."),
    "regions.no_outputs": ("The input–output table has no row of total outputs.", "Last row “总产出”, one number for each industry."),
    "regions.no_output": ("The total output of “{industry}” is zero: its input coefficients are undefined.", ""),
    "regions.not_productive": ("The spectral radius of the coefficients is {radius}, not below 1: the Leontief inverse has no meaning.", "Check the units of outputs and inputs."),
    "regions.complexity_undefined": ("Complexity is undefined: regions and industries do not hang together, or cannot be told apart.", "Take more regions or industries."),
    "regions.link_undefined": ("The input–output linkage of “{home}” and “{host}” is undefined.", ""),
    "regions.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
    "regions.total": ("The table holds totals ({labels}), which would count everything twice.", "Delete rows and columns of totals."),
    "regions.by_inputs": ("Relatedness by inputs needs an input–output table.", "Add --links FILE."),
    "regions.weight_words": ("“{text}” is not understood.", "Write PART=NUMBER; parts: {parts}."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    >>> parts_of("regions.same_region", {"region": "云溪区"})
    ('主办地和所在地是同一个地区（云溪区）。', '换一个地区。')
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
