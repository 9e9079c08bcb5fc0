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
    "agendas.no_capacity": ("没有留出会面名额。", "如果可以见，请给出名额。"),
    "agendas.no_wishes": ("没有写想见谁。", "问清想见谁，至少一家。"),
    "agendas.outranked": ("想见的 {other}（第 {rank} 志愿）名额已满，留给了它排得更前的 {kept}。", "可以请 {other} 加一个名额，或补写志愿。"),
    "agendas.not_wanted": ("想见的各方都没有选它。", "补写志愿，或请对方再看。"),
    "agendas.others_closed": ("想见的各方没有名额。", "请对方给出名额，或补写志愿。"),
    "agendas.list_used_up": ("想见的都安排上了，还有空余名额。", ""),
    "agendas.nobody_named": ("没有人写想见它。", "可以主动推荐。"),
    "agendas.id_twice": ("“{id}”在同一边出现了两次。", "合并成一个。"),
    "agendas.id_unknown": ("“{id}”想见的“{other}”不在名单里。", "核对名称，或补进名单。"),
    "agendas.wish_twice": ("“{id}”把“{other}”写了两次。", "只留一次。"),
    "agendas.capacity_wrong": ("“{id}”的名额是 {value}，不是零或大于零的整数。", "写 0、1、2……"),
    "agendas.slots_wrong": ("时段数 {value} 不成立。", "写 1 或更大的整数。"),
    "agendas.shape": ("各组的行列数不一致。", "志愿和评分要一样大，每一方一个名额数。"),
    "agendas.file_unreadable": ("打不开 {file}：{why}。", "请检查路径和权限。"),
    "agendas.file_faulty": ("{file} 有 {n} 处问题，没有安排。", "按下面各条改正。"),
    "agendas.column_missing": ("没有“{column}”这一列。", "现有的列：{columns}。"),
    "agendas.cell_wrong": ("“{column}”写的是“{value}”，看不懂。", "写数字：志愿从 1 起，评分越大越靠前。"),
    "agendas.name_missing": ("这一行少了一方的名称。", "补上名称，或删去这一行。"),
    "agendas.pair_twice": ("“{first}”与“{second}”写了两行。", "只留一行。"),
    "agendas.empty": ("表里没有内容。", "每行写谁想见谁、第几志愿。"),
    "agendas.capacity_words": ("“{text}”看不懂。", "写 N，或 名称=N。"),
    "agendas.capacity_name": ("“{name}”不在表的这一边。", "核对名称；现有：{names}。"),
}  # fmt: skip
CODES_EN: Final = {
    "agendas.no_capacity": ("It has set no meetings aside.", "If it can meet anybody, say how many."),
    "agendas.no_wishes": ("It names nobody it wants to meet.", "Ask whom it wants to meet, at least one."),
    "agendas.outranked": ("{other}, its choice no. {rank}, is full and keeps {kept}, whom it ranks higher.", "Ask {other} for one more meeting, or add choices."),
    "agendas.not_wanted": ("None of those it wants has chosen it.", "Add choices, or ask them to look again."),
    "agendas.others_closed": ("Those it wants have no meetings to give.", "Ask them for some, or add choices."),
    "agendas.list_used_up": ("It meets everybody it named and has room left.", ""),
    "agendas.nobody_named": ("Nobody asked to meet it.", "Recommend it."),
    "agendas.id_twice": ("“{id}” occurs twice on one side.", "Merge the two."),
    "agendas.id_unknown": ("“{id}” wants “{other}”, who is not on the list.", "Check the name, or add it to the list."),
    "agendas.wish_twice": ("“{id}” names “{other}” twice.", "Leave one."),
    "agendas.capacity_wrong": ("“{id}”: {value} meetings is no whole number from zero up.", "Write 0, 1, 2 …"),
    "agendas.slots_wrong": ("{value} time slots cannot be.", "Write a whole number from 1 up."),
    "agendas.shape": ("Rows and columns do not fit each other.", "Wishes and scores of one size, one capacity for each party."),
    "agendas.file_unreadable": ("{file} cannot be opened: {why}.", "Check the path and the permissions."),
    "agendas.file_faulty": ("{file} has {n} problems; nothing was arranged.", "Put the following right."),
    "agendas.column_missing": ("There is no column “{column}”.", "Columns: {columns}."),
    "agendas.cell_wrong": ("“{column}” says “{value}”, which is not understood.", "Write a number: choices from 1, scores higher first."),
    "agendas.name_missing": ("This row lacks the name of one side.", "Name it, or delete the row."),
    "agendas.pair_twice": ("“{first}” and “{second}” have two rows.", "Leave one."),
    "agendas.empty": ("The table is empty.", "One row for each wish: who wants whom, and in which place."),
    "agendas.capacity_words": ("“{text}” is not understood.", "Write N, or NAME=N."),
    "agendas.capacity_name": ("“{name}” is not on this side of the table.", "Check the name; there are: {names}."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    >>> parts_of("agendas.id_twice", {"id": "甲"})[0]
    '“甲”在同一边出现了两次。'
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
