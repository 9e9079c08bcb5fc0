"""Which years have statistics."""

from __future__ import annotations

import pytest

from feidi.domain.incubation.selectors.statistics import statistics_of
from feidi.engines.findings import RefusedError
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [1999, 2027, 9999])
def test_a_year_that_has_not_begun_has_no_statistics(world: World, year: int) -> None:
    with pytest.raises(RefusedError) as error:
        statistics_of(world.actor("manager"), world.outpost, year, known_at=world.now)
    assert error.value.refusal.code == "incubation.year_out_of_range"
