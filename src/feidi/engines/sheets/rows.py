"""What a row under the header is: a record, or one of the things people also write into a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

from feidi.engines.sheets.folding import fold, fold_tight
from feidi.engines.sheets.grid import Raw, is_blank

_TOTAL = re.compile(
    r"^(?:本页|本表|本月|本年|本季度?|全年|年度|全部|累计|以上|截至.{0,12}|.{0,6})?"
    r"(?:合计|小计|总计|共计|总和|累计)(?:数|金额|项目|[::].*|\(.*\)|\d.*)?$|^(?:grand)?total(?:s)?:?$|^subtotal:?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^[\[(【*※]?(?:备注|注\d?|附注|说明|填表说明|填表人|填报人|制表人?|编制人?|审核人?|复核人?|审批人?|负责人|分管领导|主管领导|单位负责人|经办人|"
    r"联系人|联系电话|电话|填表单位|填报单位|填表日期|填报日期|填报时间|制表日期|制表时间|报送日期|日期|盖章|\(盖章\)|签字|签章|数据来源|资料来源|来源|"
    r"note|notes|source)\s*(?:\([^)]*\))?\s*[::]",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十\d]{1,3}[部类批])\s*\S"
)
_SAME_SHARE = 0.8
_KEY_COLUMNS = 2
_MAX_NOTE_CELLS = 8
#: From this many columns on, a row with a single filled cell is worth a word.
_WIDE = 4


class RowKind(StrEnum):
    """Kinds of rows below the header."""

    BLANK = "blank"
    DATA = "data"
    TOTAL = "total"
    TOTAL_DOUBTFUL = "total_doubtful"
    NOTE = "note"
    HEADER = "header"
    SECTION = "section"
    CONTINUATION = "continuation"
    NUMBER_ONLY = "number_only"
    SPARSE = "sparse"


class RowJudge:
    """Judges rows of one table. ``header`` is the text of each header row, to know it again."""

    def __init__(self, header: Sequence[Sequence[str]], key_columns: Sequence[int] = (0, 1)) -> None:
        self._headers = [[fold_tight(text) for text in row] for row in header]
        self._names = {text for row in self._headers for text in row if text}
        self._keys = tuple(key_columns)[:_KEY_COLUMNS]

    def judge(self, row: Sequence[Raw], *, had_record: bool) -> RowKind:
        """Name the kind of one row. ``had_record``: a record stands above (a continuation needs one)."""
        leading = list(islice(((i, value) for i, value in enumerate(row) if not is_blank(value)), 3))
        if not leading:
            return RowKind.BLANK
        at, first = leading[0]
        lead = fold_tight(first) if isinstance(first, str) else ""
        if lead in self._names and self._is_header(row, lead):
            return RowKind.HEADER
        special = _total(row, leading) or (self._remark(row, lead, at) if lead else None)
        if special is not None:
            return special
        if len(row) >= _WIDE and len(leading) == 1:
            return self._alone(first, lead, at)
        if had_record and self._keys and at > max(self._keys) and _only_texts(row):
            return RowKind.CONTINUATION
        return RowKind.DATA

    def _alone(self, value: Raw, lead: str, at: int) -> RowKind:
        """One filled cell in a wide table: a prepared serial number, a rule of signs, or perhaps a remark."""
        if at == 0 and (not lead or lead.isdecimal()):
            return RowKind.NUMBER_ONLY
        if lead and not any(char.isalnum() for char in lead):
            return RowKind.NOTE
        last_key = max(self._keys, default=0)
        return RowKind.CONTINUATION if isinstance(value, str) and at > last_key else RowKind.SPARSE

    def _remark(self, row: Sequence[Raw], lead: str, at: int) -> RowKind | None:
        if _NOTE.match(lead):
            return RowKind.NOTE if _is_note(row) else None
        alone = at <= 1 and len(row) > 1 and _SECTION.match(lead) and len(_filled(row)) == 1
        return RowKind.SECTION if alone else None

    def _is_header(self, row: Sequence[Raw], lead: str) -> bool:
        for header in self._headers:
            if lead not in header:
                continue
            named = [index for index, name in enumerate(header) if name]
            same = sum(1 for i in named if i < len(row) and fold_tight(str(row[i])) == header[i])
            if len(named) > 1 and same >= 2 and same >= _SAME_SHARE * len(named):  # noqa: PLR2004
                return True
        return False


def _filled(row: Sequence[Raw]) -> list[Raw]:
    return [value for value in row if not is_blank(value)]


def _only_texts(row: Sequence[Raw]) -> bool:
    return all(isinstance(value, str) for value in row)


def _is_note(row: Sequence[Raw]) -> bool:
    """A signature line: half its cells are "label: …"; a record fills its columns with values instead."""
    filled = _filled(row)
    labelled = sum(1 for value in filled if isinstance(value, str) and _NOTE.match(fold_tight(value)))
    return len(filled) <= _MAX_NOTE_CELLS and labelled * 2 >= len(filled)


def _total(row: Sequence[Raw], leading: Sequence[tuple[int, Raw]]) -> RowKind | None:
    for at, value in leading:
        if isinstance(value, str) and _TOTAL.match(fold_tight(value)):
            others = [item for other, item in enumerate(row) if other != at and not is_blank(item)]
            words = sum(1 for item in others if isinstance(item, str) and not _figure(item))
            return RowKind.TOTAL if words <= 1 + len(others) // 4 else RowKind.TOTAL_DOUBTFUL
    return None


def _figure(text: str) -> bool:
    return bool(re.match(r"^[-+]?[\d,.]+\s*[%‰]?[^\d]{0,4}$", fold(text))) or fold_tight(text) in {"-", "/", "—"}


def key_columns(names: Sequence[str]) -> tuple[int, ...]:
    """Return the columns that a record must fill: up to two among the leading serial number, code and name.

    >>> key_columns(["序号", "项目名称", "最新进展"]), key_columns(["城市", "电话"])
    ((0, 1), (0,))
    """
    known = [
        i for i, name in enumerate(names[:4]) if re.search(r"序号|编号|名称|姓名|^id$|name|code", name, re.IGNORECASE)
    ]
    return tuple(known[:_KEY_COLUMNS]) or (0,)
