"""Who leaves hands their applications over with everything else: listed, passed, on the paper, given back."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.incubation.services.reassigning import applications_held
from feidi.domain.liaison.services.handing_over import hand_over_work, holdings_of
from tests.support.admission import accepted_of, draft_of

pytestmark = pytest.mark.django_db


def test_applications_under_way_go_to_the_colleague(world: Any) -> None:
    row = accepted_of(world)
    draft_of(world)
    officer, lead = world.users["officer"], world.users["lead"]
    held = holdings_of(world.outpost, officer, world.now.date())
    assert [each.label for each in held.by_kind["applications"]] == [f"{row.number} 砚澈微流控"]
    handed = hand_over_work(
        actor=world.actor("lead"), now=world.now, outpost=world.outpost, leaver=officer, taker=lead, reason="离职"
    )
    row.refresh_from_db()
    assert row.officer == lead
    assert not applications_held(world.outpost, officer).exists()
    assert handed.items.get(kind="applications").subject_uid == row.uid
