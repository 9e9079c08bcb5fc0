"""Who reads what of a profile: a blocked competitor nothing by any way, others only what was opened to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.matching.access import can_view, own_profiles, profiles_visible_to, visible_to
from feidi.domain.matching.enums import (
    Channel,
    Confidentiality,
    IntroductionState,
    ListState,
    Side,
    Viewed,
)
from feidi.domain.matching.models import (
    CandidateList,
    CandidateRow,
    ConfidentialityAgreement,
    Introduction,
    Profile,
    ProfileReading,
)
from feidi.domain.matching.selectors.profiles import get_profile
from feidi.domain.matching.selectors.reading import (
    BLOCKED,
    NOTHING,
    WHOLE,
    Reading,
    blocked_firms,
    meetable,
    readable_by,
    reading_of,
    readings_by,
    readings_of,
)
from feidi.domain.matching.services.profile_blocks import block_organization, unblock_organization
from feidi.domain.matching.services.profile_readings import (
    Sent,
    record_confidentiality_agreement,
    record_reading,
    record_sending,
    void_confidentiality_agreement,
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
from tests.support.profiles import firm, in_days, make_profile
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
RIVAL = "云溪对家陶瓷机械有限公司"


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


def send_list(world: World, to: Profile, shown: Profile) -> CandidateList:
    """Let a checked list for ``to`` leave, with ``shown`` picked."""
    moment = {"at": world.now}
    made = CandidateList.objects.create(
        outpost=to.outpost, profile=to, profile_version=to.version, weights={}, engine="test", searched=1,
        state=ListState.SENT, made_at=moment["at"], made_by="张", checked_at=moment["at"], checked_by="张",
        sent_at=moment["at"], sent_by="张", sent_to="王工", created_at=moment["at"],
    )  # fmt: skip
    CandidateRow.objects.create(
        candidate_list=made, position=1, profile=shown, profile_version=shown.version, score=0.5, parts={},
        certain=True, picked=True,
    )  # fmt: skip
    return made


def introduce(world: World, need: Profile, offer: Profile, *, revealed: bool = False) -> Introduction:
    """Bring two together; ``revealed``: both advisers have agreed and names are shown."""
    today = world.now.date()
    agreed = {"need_agreed_on": today, "offer_agreed_on": today, "revealed_on": today} if revealed else {}
    officer = world.users["officer"]
    return Introduction.objects.create(
        outpost=need.outpost, number=f"DJ-{need.pk}-{offer.pk}", need=need, offer=offer, channel=Channel.OFFICER,
        state=IntroductionState.REVEALED if revealed else IntroductionState.INTERESTED,
        need_officer=officer, offer_officer=officer, interested_on=today, recorded_by="张", created_at=world.now,
        **agreed,
    )  # fmt: skip


def of_competitor(world: World, profile: Profile) -> Reading:
    """Return what the competitor's person reads."""
    return reading_of(world.actor("competitor"), profile, world.now.date())


def block(world: World, profile: Profile, organization: Organization) -> None:
    """Put a firm on the block list."""
    block_organization(
        actor=world.actor("officer"), now=world.now, profile=profile, organization=organization, reason="竞争对手"
    )


def test_staff_and_owner_read_all_and_a_stranger_nothing(world: World, need: Profile) -> None:
    own = make_profile(world, owner="滨海甲检测技术有限公司")
    today = world.now.date()

    assert reading_of(world.actor("officer"), need, today) == WHOLE
    assert reading_of(world.actor("tenant"), own, today) == WHOLE
    for role in ("tenant", "rival", "bureau", "auditor", "admin"):
        assert reading_of(world.actor(role), need, today) == NOTHING
    assert [pk for pk, each in readings_of(world.actor("tenant"), [own, need], today).items() if each.anything] == [
        own.pk
    ]


def test_a_sent_list_opens_the_masked_text_and_no_more(world: World, need: Profile) -> None:
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    before = of_competitor(world, need)
    sent = send_list(world, offer, need)

    assert before == NOTHING
    assert of_competitor(world, need) == Reading(masked=True)
    assert list(readable_by(world.actor("competitor"), Profile.objects.order_by("id"), world.now.date())) == [
        need,
        offer,
    ]

    CandidateList.objects.filter(pk=sent.pk).update(state=ListState.CHECKED)
    assert of_competitor(world, need) == NOTHING


def test_names_and_full_text_come_with_both_advisers_yes(world: World, need: Profile) -> None:
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    meeting = introduce(world, need, offer)
    interested = of_competitor(world, need)
    meeting.need_agreed_on = meeting.offer_agreed_on = meeting.revealed_on = world.now.date()
    meeting.state = IntroductionState.REVEALED
    meeting.save()
    revealed = of_competitor(world, need)
    meeting.state, meeting.ended_reason = IntroductionState.ENDED, "谈不拢"
    meeting.save()

    assert interested == Reading(masked=True)
    assert revealed == WHOLE
    assert of_competitor(world, need) == Reading(identity=True)


def test_the_full_text_waits_for_the_agreement_where_one_is_asked_for(world: World, rival: Organization) -> None:
    need = make_profile(world, confidentiality=Confidentiality.NDA, full_text="一号窑的配方在这里。")
    introduce(world, need, make_profile(world, Side.OFFER, owner=RIVAL), revealed=True)
    officer, now, today = world.actor("officer"), world.now, world.now.date()
    without = of_competitor(world, need)
    signed = record_confidentiality_agreement(
        actor=officer, now=now, profile=need, organization=rival, signed_on=today, until=in_days(world, 30)
    )
    within = of_competitor(world, need)
    over = reading_of(world.actor("competitor"), need, in_days(world, 31))
    void_confidentiality_agreement(actor=officer, now=now, agreement=signed, reason="签错了")

    assert without == Reading(masked=True, identity=True)
    assert within == WHOLE
    assert over == without == of_competitor(world, need)


def test_an_open_name_is_shown_with_the_masked_text(world: World) -> None:
    need = make_profile(world, confidentiality=Confidentiality.OPEN)
    send_list(world, make_profile(world, Side.OFFER, owner=RIVAL), need)

    assert of_competitor(world, need) == Reading(masked=True, identity=True)


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


def test_only_who_owns_a_project_owns_its_profiles(world: World, rival: Organization) -> None:
    project = world.lead()
    need = make_profile(world, project=project)
    ProjectParty.objects.create(project=project, organization=rival, role=PartyRole.INVESTOR)
    competitor, tenant = world.actor("competitor"), world.actor("tenant")

    assert need in own_profiles(tenant, Profile.objects.all())
    assert need not in own_profiles(competitor, Profile.objects.all())


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


def test_drafts_and_what_was_taken_back_are_read_by_nobody_else(world: World) -> None:
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    draft, taken = make_profile(world, draft=True), make_profile(world)
    for each in (draft, taken):
        send_list(world, offer, each)
    taken = void_profile(actor=world.actor("officer"), now=world.now, profile=taken, reason="登记错了")

    assert of_competitor(world, draft) == of_competitor(world, taken) == NOTHING


def test_who_read_is_noted_once_and_only_what_was_open(world: World, need: Profile, rival: Organization) -> None:
    officer, competitor, now = world.actor("officer"), world.actor("competitor"), world.now
    with pytest.raises(RefusedError) as closed:
        record_reading(actor=competitor, now=now, profile=need, what=Viewed.MASKED, organization=rival)
    send_list(world, make_profile(world, Side.OFFER, owner=RIVAL), need)
    with pytest.raises(RefusedError) as too_much:
        record_reading(actor=competitor, now=now, profile=need, what=Viewed.FULL, organization=rival)
    for _again in range(2):
        record_reading(actor=competitor, now=now, profile=need, what=Viewed.MASKED, organization=rival)
    record_sending(
        actor=officer,
        now=now,
        profile=need,
        what=Viewed.MASKED,
        sent=Sent(organization=rival, reader="李工（微信图片）"),
    )
    staff = record_reading(actor=officer, now=now, profile=need, what=Viewed.FULL)
    block(world, need, rival)
    with pytest.raises(RefusedError) as blocked:
        record_sending(actor=officer, now=now, profile=need, what=Viewed.MASKED, sent=Sent(rival, "李工"))

    codes = [each.value.refusal.code for each in (closed, too_much, blocked)]
    assert codes == ["matching.reading_not_open", "matching.reading_not_open", "matching.reading_blocked"]
    assert staff is None
    assert sorted(ProfileReading.objects.values_list("reader", "what", "on_paper", "of_version")) == sorted(
        [(competitor.label, "masked", False, 1), ("李工（微信图片）", "masked", True, 1)]
    )


def test_an_agreement_has_days_in_order_and_stands_once(world: World, need: Profile, rival: Organization) -> None:
    officer, now, today = world.actor("officer"), world.now, world.now.date()

    def sign(**days: Any) -> str:
        try:
            record_confidentiality_agreement(actor=officer, now=now, profile=need, organization=rival, **days)
        except RefusedError as error:
            return error.refusal.code
        return ""

    assert sign(signed_on=in_days(world, 1)) == "matching.agreement_future"
    assert sign(signed_on=today, until=in_days(world, -1)) == "matching.agreement_ends"
    assert sign(signed_on=today) == ""
    assert sign(signed_on=today) == "matching.agreement_twice"
    assert ConfidentialityAgreement.objects.count() == 1


def test_visible_to_and_can_view_agree(world: World, need: Profile) -> None:
    for role in world.users:
        actor = world.actor(role)
        assert (need in visible_to(actor, Profile.objects.all())) == can_view(actor, need)
        seen = need in profiles_visible_to(actor, Profile.objects.all())
        assert seen == (reading_of(actor, need, world.now.date()) == WHOLE)


def test_reading_many_costs_as_many_questions_as_reading_one(world: World, rival: Organization) -> None:
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    needs = [make_profile(world) for _each in range(3)]
    for each in needs:
        send_list(world, offer, each)
    block(world, needs[0], rival)
    block(world, needs[1], rival)
    competitor, today = world.actor("competitor"), world.now.date()

    one = queries_of(lambda: readings_of(competitor, needs[:1], today))
    three = queries_of(lambda: readings_of(competitor, needs, today))

    assert len(one) == len(three)
