"""What space does when a unit becomes free."""

from __future__ import annotations

from feidi.domain.space.events import UnitFreed
from feidi.domain.space.services.waiting import move_up
from feidi.kernel.events import listen


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(UnitFreed)(move_up)
