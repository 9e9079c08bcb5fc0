"""How figures, dates and clocks are read by officials: pure functions, values in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from feidi.engines.money import FEN_PER_YUAN, Money, MoneyText
from feidi.portals.ui import clock

NONE = "—"
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_CENT = Decimal("0.01")


def number(value: Decimal | int) -> str:
    """Return a number with thousands separators and at most two decimals, without idle zeros: 1,234.5."""
    rounded = Decimal(value).quantize(_CENT, rounding=ROUND_HALF_UP)
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _unit_of(units: Decimal) -> tuple[Decimal, str]:
    """Choose 亿, 万 or nothing *after* rounding, so that 9,999.9999万 reads 1亿 and not 10,000万."""
    if get_language() == "en":
        return Decimal(1), ""
    if abs(units / _WAN).quantize(_CENT, rounding=ROUND_HALF_UP) >= _WAN:
        return _YI, "亿"
    if abs(units) >= _WAN:
        return _WAN, "万"
    return Decimal(1), ""


def currency_name(currency: str | None) -> str:
    """Return how a currency is written after an amount (元, 美元, …); unknown says so."""
    names = {
        "CNY": _("元"),
        "USD": _("美元"),
        "HKD": _("港元"),
        "MOP": _("澳门元"),
        "EUR": _("欧元"),
        "GBP": _("英镑"),
        "JPY": _("日元"),
        "TWD": _("新台币"),
    }
    if currency is None:
        return _("（币种未知）")
    return names.get(currency, f" {currency}")


def money_short(fen: int, currency: str | None) -> str:
    """Return an amount for reading: 1,234.5万元, 1.2亿元, 800元; ``fen`` in hundredths."""
    units = Decimal(fen) / FEN_PER_YUAN
    divisor, unit = _unit_of(units)
    return f"{number(units / divisor)}{unit}{currency_name(currency)}"


def money_exact(fen: int, currency: str | None) -> str:
    """Return the exact amount in whole units, two decimals where there are any: 12,345,678.90元."""
    units = Decimal(fen) / FEN_PER_YUAN
    text = f"{units:,.2f}"
    return f"{text.removesuffix('.00')}{currency_name(currency)}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is shown, and what the pointer resting on it shows."""

    text: str
    title: str = ""


def read_money(value: Money | MoneyText | None) -> Reading:
    """Return an amount, a bound (≤ ≥), a range or the writer's own words, with the exact figures as title."""
    if value is None:
        return Reading(NONE)
    if isinstance(value, Money):
        return Reading(money_short(value.fen, value.currency), money_exact(value.fen, value.currency))
    return _read_money_text(value)


def _read_money_text(value: MoneyText) -> Reading:
    lo, hi, currency = value.lo_fen, value.hi_fen, value.currency
    about = _("约") if value.approximate else ""
    origin = _("原文：%(text)s") % {"text": value.text} if value.text else ""
    if lo is None and hi is None:
        return Reading(value.text or NONE)
    if lo is None or hi is None:
        sign, fen = ("≤ ", hi) if lo is None else ("≥ ", lo)
        exact = money_exact(fen or 0, currency)
        return Reading(f"{about}{sign}{money_short(fen or 0, currency)}", _join(f"{sign}{exact}", origin))
    if lo == hi:
        return Reading(f"{about}{money_short(lo, currency)}", _join(money_exact(lo, currency), origin))
    both = f"{money_short(lo, currency)} – {money_short(hi, currency)}"
    return Reading(f"{about}{both}", _join(f"{money_exact(lo, currency)} – {money_exact(hi, currency)}", origin))


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def read_date(value: date | datetime | None) -> str:
    """Return 2026-11-23, or 2026-11-23 09:05 for a moment (Shanghai time); — for none."""
    if value is None:
        return NONE
    if isinstance(value, datetime):
        local = value.astimezone(clock.BUSINESS_ZONE) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M}"
    return value.isoformat()


def read_day(value: date, today: date) -> str:
    """Return how long ago or ahead a day is; only for timelines."""
    days = (today - value).days
    if days == 0:
        return _("今天")
    if days > 0:
        return _("昨天") if days == 1 else ngettext("%(n)d 天前", "%(n)d 天前", days) % {"n": days}
    return _("明天") if days == -1 else ngettext("%(n)d 天后", "%(n)d 天后", -days) % {"n": -days}


def read_count(total: int, *, exact: bool) -> str:
    """Return 1,234, or 1,000+ when counting stopped there."""
    return f"{total:,}" if exact else f"{total:,}+"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock as words and a tone (ok | soon | late | waiting | done | none)."""

    text: str
    tone: str


def read_clock(
    *,
    today: date,
    due_on: date | None = None,
    days_left: int | None = None,
    waiting_since: date | None = None,
    stopped: bool = False,
    soon: int = 3,
) -> ClockReading:
    """Return a clock's words.

    ``waiting_since`` is for the government side: 待反馈 · 第 n 天, counted from 1, never 逾期.
    ``days_left`` (working days, negative when late) wins over the calendar days to ``due_on``.
    """
    if stopped:
        return ClockReading(_("已完成"), "done")
    if waiting_since is not None:
        return ClockReading(_("待反馈 · 第 %(n)d 天") % {"n": (today - waiting_since).days + 1}, "waiting")
    if days_left is None:
        if due_on is None:
            return ClockReading(_("未设时限"), "none")
        days_left = (due_on - today).days
    if days_left < 0:
        return ClockReading(_("逾期 %(n)d 天") % {"n": -days_left}, "late")
    if days_left == 0:
        return ClockReading(_("今天到期"), "soon")
    text = ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", days_left) % {"n": days_left}
    return ClockReading(text, "soon" if days_left <= soon else "ok")
