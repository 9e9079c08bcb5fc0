"""Amounts as officials read them: 1,200万元, 3.5亿元, ≥ 500万美元, 约100万元. Pure: value in, words out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from feidi.engines.money import FEN_PER_YUAN, MoneyText

NOT_STATED = "—"
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_CENT = Decimal("0.01")
_NAMES: Final = {
    "CNY": gettext_noop("元"),
    "USD": gettext_noop("美元"),
    "HKD": gettext_noop("港元"),
    "MOP": gettext_noop("澳门元"),
    "EUR": gettext_noop("欧元"),
    "GBP": gettext_noop("英镑"),
    "JPY": gettext_noop("日元"),
    "TWD": gettext_noop("新台币"),
}


def currency_name(currency: str | None) -> str:
    """Return how a currency is written after an amount: 元, 美元, the code of a rare one, or that it is not known."""
    if not currency:
        return _("（币种未知）")
    name = _NAMES.get(currency)
    return _(name) if name else f" {currency}"


def format_money(fen: int, currency: str | None, *, reading: bool = True) -> str:
    """Return an amount of ``fen`` hundredths.

    ``reading``: 万 or 亿 chosen for the eye, at most two decimals, rounded half up (English keeps whole units).
    Otherwise exact, in whole units: 12,345,678.90元.
    """
    units = Decimal(fen) / FEN_PER_YUAN
    if not reading:
        return f"{units:,.2f}".removesuffix(".00") + currency_name(currency)
    divisor, unit = _unit_of(units)
    shown = (units / divisor).quantize(_CENT, rounding=ROUND_HALF_UP)
    figures = f"{abs(shown):,.2f}".rstrip("0").rstrip(".")
    sign = "-" if shown < 0 else ""
    return f"{sign}{figures}{unit}{currency_name(currency)}"


def format_money_text(value: MoneyText, *, reading: bool = True) -> str:
    """Return an amount, a range, a bound (≥ ≤), 约 before what is approximate; without a figure the writer's words."""
    lo, hi, about = value.lo_fen, value.hi_fen, _("约") if value.approximate else ""

    def shown(fen: int) -> str:
        return format_money(fen, value.currency, reading=reading)

    if lo is not None and hi is not None:
        return f"{about}{shown(lo)}" if lo == hi else f"{about}{shown(lo)} – {shown(hi)}"
    if lo is not None:
        return f"{about}≥ {shown(lo)}"
    if hi is not None:
        return f"{about}≤ {shown(hi)}"
    return value.text or NOT_STATED


def _unit_of(units: Decimal) -> tuple[Decimal, str]:
    """Choose 亿, 万 or nothing *after* rounding, so that 9,999.9999万 reads 1亿 and not 10,000万."""
    if (get_language() or "zh").startswith("en"):
        return Decimal(1), ""
    if abs(units / _WAN).quantize(_CENT, rounding=ROUND_HALF_UP) >= _WAN:
        return _YI, "亿"
    if abs(units).quantize(_CENT, rounding=ROUND_HALF_UP) >= _WAN:
        return _WAN, "万"
    return Decimal(1), ""
