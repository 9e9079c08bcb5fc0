"""A blocked competitor gets nothing: by no name, number, project, merged row, list or search."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feidi.domain.matching.access import own_profiles
from feidi.domain.matching.enums import (
    Side,
)
from feidi.domain.matching.models import (
    Profile,
)
from feidi.domain.matching.selectors.profiles import get_profile
from feidi.domain.matching.selectors.reading import (
    BLOCKED,
    WHOLE,
    Reading,
    blocked_firms,
    meetable,
    readable_by,
    reading_of,
    readings_by,
)
from feidi.domain.matching.services.profile_blocks import unblock_organization
from feidi.domain.matching.services.profile_readings import (
    record_confidentiality_agreement,
)
from feidi.domain.matching.services.profile_states import void_profile
from feidi.domain.parties.enums import AliasKind, IdentifierScheme, RelationKind
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationRelation,
)
from feidi.domain.parties.services.merging import merge_organizations
from feidi.domain.pipeline.access import search_visible
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import ProjectParty
from feidi.engines.findings import RefusedError
from feidi.kernel.search.selectors import search
from tests.support.openings import RIVAL, block, introduce, of_competitor, send_list
from tests.support.profiles import firm, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world: World) -> World:
    """Two rival outposts; a competitor with an account and an offer of its own."""
    world.user("competitor", "tenant", organization=firm(world, RIVAL))
    return world


@pytest.fixture
def rival(world: World) -> Organization:
    """The competitor."""
    return Organization.objects.get(name=RIVAL)


@pytest.fixture
def need(world: World) -> Profile:
    """A need that must not come to the competitor's eyes."""
    return make_profile(world, masked_text="窑炉能耗问题：烧成带温度飘，想找人看。", full_text="一号窑烧成带温度飘。")


def test_a_blocked_competitor_reads_nothing_whatever_had_been_opened(
    world: World, need: Profile, rival: Organization
) -> None:
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    send_list(world, offer, need)
    introduce(world, need, offer, revealed=True)
    record = record_confidentiality_agreement(
        actor=world.actor("officer"), now=world.now, profile=need, organization=rival, signed_on=world.now.date()
    )
    open_before = of_competitor(world, need)
    block(world, need, rival)

    assert record.pk
    assert open_before == WHOLE
    assert of_competitor(world, need) == BLOCKED
    assert need not in readable_by(world.actor("competitor"), Profile.objects.all(), world.now.date())
    assert readings_by([rival.pk], [need], world.now.date()) == {need.pk: BLOCKED}
    assert meetable(need, [offer]) == {offer.pk: False}
    assert meetable(offer, [need]) == {need.pk: False}


@pytest.mark.parametrize("way", ["merged", "alias", "name", "number", "subsidiary", "continued", "project"])
def test_the_block_follows_the_firm_by_every_way(world: World, need: Profile, rival: Organization, way: str) -> None:
    now = world.now
    twin = firm(world, "云溪对家窑炉科技有限公司")
    offer = make_profile(world, Side.OFFER, organization=twin)
    send_list(world, offer, need)
    world.user("twin", "tenant", organization=twin)
    block(world, need, rival)
    open_before = reading_of(world.actor("twin"), need, now.date())

    if way == "merged":
        merge_organizations(actor=world.actor("lead"), now=now, kept=twin, gone=rival, reason="同一家")
    elif way == "alias":
        OrganizationAlias.objects.create(
            organization=rival, kind=AliasKind.FORMER, name=twin.name, name_folded=twin.name_folded
        )
    elif way == "name":
        Organization.objects.filter(pk=twin.pk).update(name_folded=rival.name_folded)
    elif way == "number":
        for each in (rival, twin):
            OrganizationIdentifier.objects.create(
                organization=each, scheme=IdentifierScheme.USCC, value="91440604MA4UXXXX0A"
            )
    elif way == "subsidiary":
        OrganizationRelation.objects.create(
            source=twin, target=rival, kind=RelationKind.SUBSIDIARY_OF, outpost=world.outpost
        )
    elif way == "continued":
        OrganizationRelation.objects.create(
            source=rival, target=twin, kind=RelationKind.CONTINUED_AS, outpost=world.outpost
        )
    else:
        project = world.lead(sponsor=RIVAL)
        ProjectParty.objects.create(project=project, organization=twin, role=PartyRole.HOME_ENTITY)

    assert open_before == Reading(masked=True)
    assert reading_of(world.actor("twin"), need, now.date()) == BLOCKED
    assert meetable(need, [offer]) == {offer.pk: False}


def test_the_merged_row_s_own_people_stay_blocked_the_other_way_round(
    world: World, need: Profile, rival: Organization
) -> None:
    twin = firm(world, "云溪对家窑炉科技有限公司")
    send_list(world, make_profile(world, Side.OFFER, organization=twin), need)
    block(world, need, twin)
    merge_organizations(actor=world.actor("lead"), now=world.now, kept=rival, gone=twin, reason="同一家")

    assert of_competitor(world, need) == BLOCKED


def test_a_blocked_firm_s_project_is_blocked_and_the_firm_as_party_of_the_owner_s_project(
    world: World, rival: Organization
) -> None:
    project = world.lead()
    need = make_profile(world, project=project)
    offer = make_profile(world, Side.OFFER, project=world.lead("另一个", RIVAL))
    block(world, need, rival)
    ProjectParty.objects.create(project=project, organization=rival, role=PartyRole.TEAM)

    assert meetable(need, [offer]) == {offer.pk: False}
    assert of_competitor(world, need) == BLOCKED
    assert need not in own_profiles(world.actor("competitor"), Profile.objects.all())
    with pytest.raises(Profile.DoesNotExist):
        get_profile(world.actor("competitor"), need.uid)


def test_search_finds_nothing_for_who_is_blocked_nor_for_anybody_else(
    world: World, need: Profile, rival: Organization
) -> None:
    send_list(world, make_profile(world, Side.OFFER, owner=RIVAL), need)

    def found(role: str, words: str) -> set[str]:
        rows = search(words, visible=search_visible(world.actor(role))).rows
        return {each.uid for each in rows if each.kind == "matching.profile"}

    for words in ("窑炉能耗", need.number, "烧成带"):
        assert found("officer", words) == {need.uid}
        for role in ("competitor", "tenant", "rival", "bureau", "auditor"):
            assert found(role, words) == set()
    own = make_profile(world, owner="滨海甲检测技术有限公司", masked_text="低温探头想找封装厂。")
    assert found("tenant", "低温探头") == {own.uid}
    void_profile(actor=world.actor("officer"), now=world.now, profile=own, reason="登记错了")
    assert found("officer", "低温探头") == set()
    block(world, need, rival)
    assert found("competitor", "窑炉能耗") == set()


def test_the_owner_is_not_blocked_by_any_row_of_it(world: World, need: Profile) -> None:
    owner = need.organization
    assert owner is not None
    twin = firm(world, "云溪另一写法有限公司")
    OrganizationAlias.objects.create(
        organization=owner, kind=AliasKind.AS_WRITTEN, name=twin.name, name_folded=twin.name_folded
    )

    for each in (owner, twin):
        with pytest.raises(RefusedError) as error:
            block(world, need, each)
        assert error.value.refusal.code == "matching.block_owner"
    assert blocked_firms([need]) == {need.pk: frozenset()}


def test_a_lifted_block_is_kept_and_no_longer_holds(world: World, need: Profile, rival: Organization) -> None:
    send_list(world, make_profile(world, Side.OFFER, owner=RIVAL), need)
    block(world, need, rival)
    with pytest.raises(RefusedError) as twice:
        block(world, need, rival)
    officer, later = world.actor("officer"), world.now + timedelta(hours=1)
    unblock_organization(actor=officer, now=later, profile=need, organization=rival, reason="双方已说明")
    with pytest.raises(RefusedError) as gone:
        unblock_organization(actor=officer, now=later, profile=need, organization=rival, reason="再来")

    assert of_competitor(world, need) == Reading(masked=True)
    assert [(each.by, each.lifted_by) for each in need.blocks.all()] == [(officer.label, officer.label)]
    assert (twice.value.refusal.code, gone.value.refusal.code) == ("matching.block_twice", "matching.block_none")
