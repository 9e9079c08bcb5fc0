"""Every reason this engine gives (and its command), with its words: what it is, and what to look at.

``CODES_EN`` has the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "names.same_name": ("名称相同。", ""),
    "names.same_brand": ("字号相同：{brand}。", ""),
    "names.same_words": ("字号和行业用语连起来相同：{words}。", ""),
    "names.abbreviation": ("“{short}”像是“{long}”的简称或略有不同的写法。", "请对照全称确认。"),
    "names.short_name": ("行业用语一详一略：“{more}”与“{less}”。", ""),
    "names.trade_differs": ("行业用语不同：{ours}、{theirs}。", "可能是同一集团的两家单位，请核对。"),
    "names.place_left_out": ("一方没有写地名“{place}”。", ""),
    "names.place_written_differently": ("地名写法不同：{ours}、{theirs}。", ""),
    "names.place_differs": ("地名不同：{ours}、{theirs}。", "可能是两地的两家单位，请核对。"),
    "names.legal_form_left_out": ("一方没有写“{form}”。", ""),
    "names.legal_form_alike": ("组织形式写法不同，含义相同：{ours}、{theirs}。", ""),
    "names.legal_form_differs": ("组织形式不同：{ours}、{theirs}。", "可能改制过，请核对统一社会信用代码。"),
    "names.branch_of": ("一方是分支机构：{branch}。", "分支机构与总部有关联，但不是同一单位。"),
    "names.other_branch": ("是两个不同的分支机构：{ours}、{theirs}。", ""),
    "names.old_name": ("与曾用名或别名“{name}”相符。", ""),
    "names.traditional": ("一方用了繁体字。", ""),
    "names.full_width": ("一方用了全角字母、数字或括号。", ""),
    "names.some_characters": ("只有几个字相同。", ""),
    "names.column_missing": ("{file} 里没有“{column}”这一列。", "现有的列：{columns}。"),
    "names.column_twice": ("{file} 里有 {count} 列都叫“{column}”，不知道用哪一列。", "请把列名改成不同的，再重来。"),
    "names.column_empty": ("{file} 的“{column}”这一列没有内容。", "请确认列名，或检查文件。"),
    "names.file_missing": ("没有这个文件：{file}。", "请检查路径和文件名。"),
    "names.file_is_folder": ("{file} 是文件夹，不是文件。", "请写到文件名为止。"),
    "names.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
}
CODES_EN: Final = {
    "names.same_name": ("The names are the same.", ""),
    "names.same_brand": ("Same brand: {brand}.", ""),
    "names.same_words": ("Brand and trade together are the same: {words}.", ""),
    "names.abbreviation": ("“{short}” looks like a short form or variant of “{long}”.", "Compare the full names."),
    "names.short_name": ("One says more of the trade: “{more}” and “{less}”.", ""),
    "names.trade_differs": ("Different trades: {ours}, {theirs}.", "Perhaps two firms of one group: check."),
    "names.place_left_out": ("One of them leaves out the place “{place}”.", ""),
    "names.place_written_differently": ("The place is written differently: {ours}, {theirs}.", ""),
    "names.place_differs": ("Different places: {ours}, {theirs}.", "Perhaps two firms in two places: check."),
    "names.legal_form_left_out": ("One of them leaves out “{form}”.", ""),
    "names.legal_form_alike": ("Legal forms written differently, meaning the same: {ours}, {theirs}.", ""),
    "names.legal_form_differs": (
        "Different legal forms: {ours}, {theirs}.",
        "Perhaps converted since: check the credit code.",
    ),
    "names.branch_of": ("One of them is a branch: {branch}.", "A branch is related to its main body, not the same."),
    "names.other_branch": ("Two different branches: {ours}, {theirs}.", ""),
    "names.old_name": ("Fits the former or other name “{name}”.", ""),
    "names.traditional": ("One of them is in traditional characters.", ""),
    "names.full_width": ("One of them has full-width letters, digits or brackets.", ""),
    "names.some_characters": ("They only share some characters.", ""),
    "names.column_missing": ("{file} has no column “{column}”.", "Its columns: {columns}."),
    "names.column_twice": (
        "{file} has {count} columns “{column}”: which one is meant is not known.",
        "Give the columns different names.",
    ),
    "names.column_empty": ("The column “{column}” of {file} is empty.", "Check the column's name, or the file."),
    "names.file_missing": ("There is no file {file}.", "Check the path and the name."),
    "names.file_is_folder": ("{file} is a folder, not a file.", "Write the name of a file."),
    "names.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
}


def words_of(code: str, params: Mapping[str, Scalar]) -> str:
    """Return the Chinese words of a code.

    >>> words_of("names.branch_of", {"branch": "云溪分公司"})
    '一方是分支机构：云溪分公司。 分支机构与总部有关联，但不是同一单位。'
    """
    return " ".join(_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code] if each)
