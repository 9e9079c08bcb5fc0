"""Who reads what of a profile: the outpost and the owner all of it, others only what was opened to them."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.matching.access import can_view, own_profiles, profiles_visible_to, visible_to
from feidi.domain.matching.enums import (
    Confidentiality,
    IntroductionState,
    ListState,
    Side,
    Viewed,
)
from feidi.domain.matching.models import (
    CandidateList,
    ConfidentialityAgreement,
    Profile,
    ProfileReading,
)
from feidi.domain.matching.selectors.reading import (
    NOTHING,
    WHOLE,
    Reading,
    readable_by,
    reading_of,
    readings_of,
)
from feidi.domain.matching.services.profile_readings import (
    Sent,
    record_confidentiality_agreement,
    record_reading,
    record_sending,
    void_confidentiality_agreement,
)
from feidi.domain.matching.services.profile_states import void_profile
from feidi.domain.parties.models import (
    Organization,
)
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import ProjectParty
from feidi.engines.findings import RefusedError
from tests.support.openings import RIVAL, block, introduce, of_competitor, send_list
from tests.support.profiles import firm, in_days, make_profile
from tests.support.queries import queries_of
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


def test_only_who_owns_a_project_owns_its_profiles(world: World, rival: Organization) -> None:
    project = world.lead()
    need = make_profile(world, project=project)
    ProjectParty.objects.create(project=project, organization=rival, role=PartyRole.INVESTOR)
    competitor, tenant = world.actor("competitor"), world.actor("tenant")

    assert need in own_profiles(tenant, Profile.objects.all())
    assert need not in own_profiles(competitor, Profile.objects.all())


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
