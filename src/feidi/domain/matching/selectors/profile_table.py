"""Reading a workbook of needs and offers: each row as it would be entered, with what is wrong or was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import NEED_KINDS, Confidentiality, ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.masking import owner_by_name, propose_masked, without_contacts
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.selectors.wording import LONGEST, LONGEST_TITLE, clean_text, short_title
from feidi.domain.parties.models import Outpost, Place
from feidi.engines.findings import Finding, Level, RefusedError, Scalar, refuse
from feidi.engines.names import fold_name
from feidi.engines.sheets import Cell, Column, FieldSpec, Record, cell_date, cell_money, match_columns, read_workbook
from feidi.kernel.messages import text_of

#: Columns of the template: code, heading, other headings, an invented row for each side.
FIELDS: Final = (
    FieldSpec("side", "类别", ("需求或供给", "供需类别"), required=True),
    FieldSpec("kind", "种类", ("供需种类", "类型"), required=True),
    FieldSpec("owner", "单位", ("单位名称", "企业名称", "所有单位"), required=True),
    FieldSpec("uscc", "统一社会信用代码", ("信用代码",)),
    FieldSpec("title", "标题", ("名称", "成果名称", "需求名称")),
    FieldSpec("text", "完整文本", ("内容", "原话", "简介", "成果简介", "需求内容"), required=True),
    FieldSpec("masked", "脱敏文本", ("公开文本",)),
    FieldSpec("confidentiality", "保密要求", ("保密",)),
    FieldSpec("expires", "有效期至", ("有效期", "截止日期")),
    FieldSpec("amount", "金额", ("资金", "预算", "投资额度")),
    FieldSpec("place", "所在地", ("地区", "地点")),
    FieldSpec("source", "来源", ("资料来源",)),
)
HEADINGS: Final = tuple(each.label for each in FIELDS)
_SIDES: Final = {"需求": Side.NEED, "供给": Side.OFFER, "供应": Side.OFFER, "need": Side.NEED, "offer": Side.OFFER}
#: How kinds and demands of secrecy are written in a table: Chinese, whatever language the reader has chosen.
KIND_WORDS: Final = {
    "技术": ProfileKind.TECHNOLOGY,
    "人才": ProfileKind.TALENT,
    "中试": ProfileKind.PILOT,
    "资本": ProfileKind.CAPITAL,
    "渠道": ProfileKind.CHANNEL,
    "场地": ProfileKind.SPACE,
    "采购配套": ProfileKind.PROCUREMENT,
    "项目": ProfileKind.PROJECT,
    "实验室与设备": ProfileKind.EQUIPMENT,
    "金融产品": ProfileKind.FINANCE_PRODUCT,
    "服务商": ProfileKind.SERVICE,
    "厂房": ProfileKind.PLANT,
    "园区": ProfileKind.PARK,
    "用地": ProfileKind.LAND,
}
_SECRECY: Final = {
    "可公开单位名称": Confidentiality.OPEN,
    "公开": Confidentiality.OPEN,
    "只给脱敏文本": Confidentiality.MASKED,
    "脱敏": Confidentiality.MASKED,
    "签保密协议后给完整文本": Confidentiality.NDA,
    "保密协议": Confidentiality.NDA,
}
_TEXT, _MASKED, _HEAD = _("完整文本"), _("脱敏文本"), _("标题")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it would be entered. ``values``: plain, ready for ``ImportRow.values``; ``masked_given``: the table
    itself has the masked text. ``known``: the number of the profile that says the same already.
    """

    row: int
    values: Mapping[str, Any]
    findings: tuple[Finding, ...]
    known: str = ""

    @property
    def wrong(self) -> bool:
        """Tell whether the row cannot be taken."""
        return any(each.level is not Level.NOTE for each in self.findings)


def read_profile_table(outpost: Outpost, data: bytes, name: str, today: date) -> list[TableRow]:
    """Read the first table of an xlsx, xls or csv. Refused: unreadable, a needed column missing, no rows."""
    book = read_workbook(data, name=name)
    if book.fatal is not None:
        raise refuse("matching.import_unreadable", why=text_of(book.fatal))
    sheet = next((each for each in book.sheets if each.columns), None)
    mapping = match_columns(sheet.columns, FIELDS) if sheet else None
    needed = [each.label for each in FIELDS if each.required and not (mapping and mapping.column_of(each.code))]
    if sheet is None or mapping is None or needed:
        raise refuse("matching.import_no_columns", columns="、".join(needed))
    place = {column.index: at for at, column in enumerate(sheet.columns)}
    at = {match.field: (place[match.column.index], match.column) for match in mapping.matches}
    rows = list(_Reader(outpost, today).rows(sheet.iter_records(), at))
    if not rows:
        raise refuse("matching.import_empty")
    return rows


class _Reader:
    """Reads rows against what the outpost has already; asks the database once for all of them."""

    def __init__(self, outpost: Outpost, today: date) -> None:
        self._outpost, self._today = outpost, today
        self._days = matching_rules(outpost).valid_days
        self._places = {fold_name(each.name_zh): each.code for each in Place.objects.all()}
        self._standing: dict[tuple[str, str, str], str] = {}
        live = Profile.objects.filter(outpost=outpost, voided_at__isnull=True, organization__isnull=False)
        for each in live.exclude(state="closed").select_related("organization"):
            owner = each.organization.name_folded if each.organization else ""
            for text in (each.full_text, each.masked_text):
                if text:
                    self._standing[owner, each.side, fold_name(text)] = each.number

    def rows(self, records: Iterable[Record], at: Mapping[str, tuple[int, Column]]) -> Iterator[TableRow]:
        """Yield every record that holds anything. ``at``: field → place in the record, and the column."""
        money = at["amount"][1] if "amount" in at else None
        for record in records:
            cells = {field: record.values[place] for field, (place, _column) in at.items()}
            if any(not cell.blank for cell in cells.values()):
                yield self._row(record.row, cells, money)

    def _row(self, number: int, cells: Mapping[str, Cell], money: Column | None) -> TableRow:
        found: list[Finding] = []

        def tell(code: str, level: Level = Level.PROBLEM, **params: Scalar) -> None:
            found.append(Finding(level, code, params, row=number))

        words = {field: cell.text.strip() for field, cell in cells.items()}
        side, kind = self._kinds(words, tell)
        owner = words.get("owner", "")
        if not fold_name(owner):
            tell("matching.row_owner")
        values: dict[str, Any] = {
            "side": side,
            "kind": kind,
            "owner": owner[:160],
            "uscc": words.get("uscc", ""),
            "source": words.get("source", "")[:160],
            "confidentiality": _SECRECY.get(words.get("confidentiality", ""), Confidentiality.MASKED),
            "expires_on": self._expiry(cells.get("expires"), tell),
            "place": self._places.get(fold_name(words.get("place", "")), ""),
            **_amount(cells.get("amount"), money, tell),
            **self._texts(words, owner, tell),
        }
        if known := self._known(owner, side, values, number):
            tell("matching.row_known", Level.NOTE, number=known)
        return TableRow(number, values, tuple(found), known)

    def _kinds(self, words: Mapping[str, str], tell: Any) -> tuple[str, str]:
        side = _SIDES.get(words.get("side", "").lower())
        kind = KIND_WORDS.get(words.get("kind", ""))
        if side is None:
            tell("matching.row_side", value=words.get("side", ""))
        if kind is None:
            tell("matching.row_kind", value=words.get("kind", ""), known="、".join(KIND_WORDS))
        elif side is Side.NEED and kind not in NEED_KINDS:
            tell("matching.kind_not_needed", kind=words.get("kind", ""))
        return side or "", kind or ""

    def _expiry(self, cell: Cell | None, tell: Any) -> str:
        usual = self._today + timedelta(days=self._days)
        if cell is None or cell.blank:
            return usual.isoformat()
        read, _findings = cell_date(cell)
        if read.date is None or read.date < self._today:
            tell("matching.row_date", Level.NOTE, value=cell.text[:40])
            return usual.isoformat()
        return read.date.isoformat()

    def _texts(self, words: Mapping[str, str], owner: str, tell: Any) -> dict[str, Any]:
        """Return the texts as they would be kept; what nobody can read is a finding on the row."""
        text, masked = words.get("text", ""), words.get("masked", "")
        given = bool(masked)
        try:
            text = clean_text(text, str(_TEXT))
            if not given:
                masked = propose_masked(text, owner_by_name(self._outpost, owner), self._today).text
                tell("matching.row_masked", Level.NOTE)
            masked = clean_text(masked, str(_MASKED))
            title = clean_text(
                words.get("title", "") or short_title(masked), str(_HEAD), longest=LONGEST_TITLE, least=2
            )
        except RefusedError as error:
            tell(error.refusal.code, **error.refusal.params)
            title = words.get("title", "")[:LONGEST_TITLE]
        text = without_contacts(text[:LONGEST])
        return {"title": title, "full_text": text, "masked_text": masked[:LONGEST], "masked_given": given}

    def _known(self, owner: str, side: str, values: Mapping[str, Any], number: int) -> str:
        """Return what says the same already: a profile's number, or the row of this table above."""
        key = (fold_name(owner), side, fold_name(values["full_text"]))
        known = self._standing.get(key, "")
        self._standing.setdefault(key, f"第 {number} 行")
        return known


def _amount(cell: Cell | None, column: Column | None, tell: Any) -> dict[str, Any]:
    """Return the columns of an amount; one that is not clear stays unknown, and says so."""
    if cell is None or column is None or cell.blank:
        return {}
    amount, findings = cell_money(cell, column, currency_hint="CNY")
    unclear = amount.lo_fen is None and amount.hi_fen is None
    if unclear or any(each.level is not Level.NOTE for each in findings):
        tell("matching.row_amount", Level.NOTE, value=cell.text[:40])
        return {}
    return {"amount_lo_fen": amount.lo_fen, "amount_hi_fen": amount.hi_fen, "currency": amount.currency or ""}
