"""How figures, dates and clocks are read by officials: pure functions, values in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feidi.engines.money import Money, MoneyText
from feidi.kernel.money.display import format_money, format_money_text
from feidi.portals.ui import clock

NONE = "—"
_CENT = Decimal("0.01")

#: How the trail labels what a timed job did (``kernel.access.schedule_actor``).
_SCHEDULE: Final = "schedule:"


def number(value: Decimal | int) -> str:
    """Return a number with thousands separators and at most two decimals, without idle zeros: 1,234.5."""
    if isinstance(value, int):
        return f"{value:,}"
    rounded = Decimal(value).quantize(_CENT, rounding=ROUND_HALF_UP)
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


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
        return Reading(format_money(value.fen, value.currency), format_money(value.fen, value.currency, reading=False))
    if value.lo_fen is None and value.hi_fen is None:
        return Reading(value.text or NONE)
    origin = _("原文：%(text)s") % {"text": value.text} if value.text else ""
    return Reading(format_money_text(value), _join(format_money_text(value, reading=False), origin))


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


def read_actor(label: str) -> str:
    """Return who did it as a reader knows them; a timed job of the system by no name of its own."""
    return _("系统自动") if label.startswith(_SCHEDULE) else label


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
