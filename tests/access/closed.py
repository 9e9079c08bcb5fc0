"""A closed month of an outpost of the cast."""

from __future__ import annotations

from typing import Any

from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.services.closings import close_period
from tests.support.world import World


def closed_of(world: World) -> str:
    """Return the uid of the outpost's closed month, made on the first call."""
    row = ClosedPeriod.objects.filter(outpost=world.outpost).first()
    act: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now}
    return (row or close_period(outpost=world.outpost, period="2026-10", note="十月", **act)).uid
