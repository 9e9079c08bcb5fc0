"""The only place that reads the wall clock for pages. Everything below takes ``now`` as an argument."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

#: Business dates are dates in Shanghai, whatever the server's own zone.
BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def business_date(moment: datetime) -> date:
    """Return the Shanghai calendar date of an aware moment."""
    return moment.astimezone(BUSINESS_ZONE).date()


def business_today() -> date:
    """Return today's date in Shanghai."""
    return business_date(now())


def taken_by(who: object, moment: datetime) -> str:
    """Return what stands on a paper that somebody takes: the name, and the hour in Shanghai.

    >>> from datetime import UTC
    >>> taken_by("梁远", datetime(2026, 11, 30, 23, 8, tzinfo=UTC))
    '梁远 2026-12-01 07:08'
    """
    return f"{who} {moment.astimezone(BUSINESS_ZONE):%Y-%m-%d %H:%M}"
