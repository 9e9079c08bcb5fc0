"""The desk tells of new offers for one's needs, and of lists with which something is to be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Side
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.alerts import alert_needs
from feidi.domain.matching.services.candidates import make_list
from feidi.kernel.access import schedule_actor
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


def desk(world: World, login: str) -> str:
    client = Client()
    client.force_login(world.users[login])
    return client.get(reverse("console:home")).content.decode()


def test_a_new_offer_stands_on_the_officers_desk_and_on_nobody_elses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    need = make_profile(world, Side.NEED)
    assert "有新的供给可能合适" not in desk(world, "officer")
    offer = make_profile(world, Side.OFFER)
    alert_needs(actor=schedule_actor("matching.daily_alerts"), now=world.now, outpost=world.outpost)
    page = desk(world, "officer")
    assert f"{need.number} 有新的供给可能合适" in page
    assert offer.number in page
    assert reverse("console:candidates:profile_match", args=[need.uid]) in page
    make_list(actor=world.actor("officer"), now=world.now, profile=need)
    assert "待核对 1" in desk(world, "officer")
    for login in ("rival", "bureau", "lead"):
        assert need.number not in desk(world, login), login
