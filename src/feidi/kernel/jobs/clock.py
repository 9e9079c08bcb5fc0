"""The one wall clock of the background processes: their loops are portals of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the present moment in the installation's time zone. For worker and scheduler loops only."""
    return datetime.now(ZoneInfo(settings.TIME_ZONE))  # noqa: TID251 - a loop has nobody to be told the time by
