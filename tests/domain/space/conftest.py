"""What every test of space has."""

from __future__ import annotations

import pytest

from feidi.domain.space.models import Unit
from tests.support.rooms import make_rooms
from tests.support.world import World


@pytest.fixture
def rooms(world: World) -> dict[str, Unit]:
    """The outpost's units by code."""
    return make_rooms(world)
