"""Two people merge the same two at once, or register the same firm at once: one wins, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.parties.models import Organization, OrganizationIdentifier, OrganizationMerge
from feidi.domain.parties.services.merging import merge_organizations, undo_merge
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from tests.support import databases
from tests.support.together import together
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "91110000600037341L"


@pytest.fixture
def world(transactional_db: None, now: Any) -> World:
    """The invented pair of places, committed, so that other connections see it."""
    return databases.made() or make_world(now)


def test_of_two_merges_of_one_pair_one_wins_and_so_of_two_undos(world: World) -> None:
    lead, now = world.actor("lead"), world.now
    one, two = (
        find_or_add_organization(actor=lead, now=now, outpost=world.outpost, name=name)
        for name in ("滨海云检测技术有限公司", "云检测")
    )
    world.lead("一期", one.name)
    world.lead("二期", two.name)

    def merge(number: int) -> OrganizationMerge:
        kept, gone = (one, two) if number % 2 else (two, one)
        return merge_organizations(actor=lead, now=now, kept=kept, gone=gone, reason="同一家")

    answers = together(6, merge)
    won = [each for each in answers if isinstance(each, OrganizationMerge)]
    lost = {each.refusal.code for each in answers if isinstance(each, RefusedError)}
    assert (len(won), lost) == (1, {"parties.merge_voided"}), answers
    assert Organization.objects.filter(pk__in=[one.pk, two.pk], voided_at__isnull=True).count() == 1
    assert verify().faults == ()

    backs = together(4, lambda _number: undo_merge(actor=lead, now=now, merge=won[0]))
    assert sum(isinstance(each, OrganizationMerge) for each in backs) == 1, backs
    assert {each.refusal.code for each in backs if isinstance(each, RefusedError)} == {"parties.merge_undone"}
    assert Organization.objects.filter(pk__in=[one.pk, two.pk], voided_at__isnull=True).count() == 2
    assert verify().faults == ()


def test_one_firm_registered_by_many_at_once_is_one_row(world: World) -> None:
    def register(number: int) -> Organization:
        by, outpost = ("rival", world.rival) if number % 2 else ("officer", world.outpost)
        written = "滨海甲检测技术有限公司 " if number % 3 else "滨海甲检测技术（有限）公司"
        return find_or_add_organization(
            actor=world.actor(by), now=world.now, outpost=outpost, name="新" + written, uscc=CODE
        )

    answers = together(8, register)
    assert {each.pk for each in answers if isinstance(each, Organization)}, answers
    assert not [each for each in answers if isinstance(each, Exception)], answers
    assert Organization.objects.filter(name__startswith="新").count() == 1
    assert OrganizationIdentifier.objects.filter(value=CODE).count() == 1
    assert verify().faults == ()
