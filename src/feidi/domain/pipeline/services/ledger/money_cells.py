"""Amounts as cells of a ledger: a number in the column's unit when exact, else words that read back the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from feidi.engines.sheets import parse_money

CURRENCY_WORDS = {
    "CNY": "人民币", "USD": "美元", "HKD": "港元", "MOP": "澳门元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "AUD": "澳元",
    "CAD": "加元", "SGD": "新加坡元", "CHF": "瑞士法郎", "TWD": "新台币", "KRW": "韩元", "DEM": "德国马克",
}  # fmt: skip
_FEN_PER_WAN = 1_000_000
_SCALES = {"万元": _FEN_PER_WAN, "元": 100, "亿元": 10_000 * _FEN_PER_WAN, "千元": 100_000}
#: A double holds so many digits for certain.
_DIGITS = 10**15


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a project keeps it: bounds in hundredths, currency (empty: not known), the text."""

    lo_fen: int | None
    hi_fen: int | None
    currency: str
    approximate: bool
    text: str


def common_currency(amounts: Iterable[Amount]) -> str | None:
    """Return the one currency of all amounts ("" when none of them has one), None when they differ."""
    found = {each.currency for each in amounts}
    return found.pop() if len(found) == 1 else ("" if not found else None)


def money_cell(amount: Amount, unit: str | None, currency: str | None) -> str | float | None:
    """Return the cell of an amount under a header with ``unit``, beside a 币种 cell that says ``currency`` (None: blank)."""
    if amount.lo_fen is None and amount.hi_fen is None:
        return amount.text or None
    scale = _SCALES.get(unit or "")
    exact = amount.lo_fen == amount.hi_fen and not amount.approximate
    if exact and scale and currency is not None and currency == amount.currency and abs(amount.lo_fen or 0) < _DIGITS:
        number = Decimal(amount.lo_fen or 0) / scale
        return int(number) if number == number.to_integral_value() else float(number)
    hint = unit[:-1] if unit and unit.endswith("元") else unit
    again, _findings = parse_money(amount.text, unit_hint=hint, currency_hint=currency or None)
    if (again.lo_fen, again.hi_fen, again.approximate, again.currency or "") == (
        amount.lo_fen, amount.hi_fen, amount.approximate, amount.currency,
    ):  # fmt: skip
        return amount.text
    return in_words(amount)


def in_words(amount: Amount) -> str:
    """Write an amount out: 约1000至3000万美元. Every part is one that the sheets engine reads.

    >>> in_words(Amount(120_000_000, 120_000_000, "USD", False, "")), in_words(Amount(None, 5_000_000, "", False, ""))
    ('120万美元', '不超过5万')
    """
    word = CURRENCY_WORDS.get(amount.currency, amount.currency)
    about = "约" if amount.approximate else ""
    low, high = (_wan(each) if each is not None else "" for each in (amount.lo_fen, amount.hi_fen))
    if low == high:
        return f"{about}{low}万{word}"
    if low and high:
        return f"{about}{low}万至{high}万{word}"
    return f"不低于{low}万{word}" if low else f"不超过{high}万{word}"


def _wan(fen: int) -> str:
    return format((Decimal(fen) / _FEN_PER_WAN).normalize(), "f")
