"""What happened to the space, for the waiting list and for the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UnitFreed:
    """A unit that was held during [starts_at, ends_at) is free again as of ``at``. ``root_id``: its room."""

    root_id: int
    starts_at: datetime
    ends_at: datetime
    at: datetime


EVENTS = (UnitFreed,)
