"""Needs and offers: entered once, never published unseen, changed with versions, taken back with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.matching.enums import Confidentiality, ProfileKind, ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_states import (
    close_profile,
    pause_profile,
    publish_profile,
    renew_profile,
    void_profile,
)
from feidi.domain.matching.services.profiles import NewProfile, add_profile, change_profile
from feidi.domain.parties.models import Organization
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import text_of
from tests.support.profiles import firm, in_days, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(error: pytest.ExceptionInfo[RefusedError]) -> str:
    """Return the code of a refusal."""
    return error.value.refusal.code


def test_numbers_run_by_side_outpost_and_year(world: World) -> None:
    numbers = [make_profile(world, side).number for side in (Side.NEED, Side.OFFER, Side.NEED)]
    rival = make_profile(world, Side.NEED, by="rival", outpost=world.rival).number

    assert [each.split("-", 1)[1] for each in numbers] == ["XQ-2026-0001", "GJ-2026-0001", "XQ-2026-0002"]
    assert rival.endswith("XQ-2026-0001")
    assert rival not in numbers


def test_entering_says_until_when_and_who_answers(world: World) -> None:
    profile = make_profile(world)

    assert profile.expires_on == in_days(world, 180)
    assert profile.officer == world.users["officer"]
    assert profile.state == ProfileState.OPEN


def test_the_same_text_of_the_same_owner_is_refused_with_what_stands(world: World) -> None:
    first = make_profile(world, owner="云溪窑科机械有限公司", masked_text="窑炉温度飘，想找人看看。")

    with pytest.raises(RefusedError) as error:
        make_profile(world, owner="云溪窑科机械有限公司", masked_text="窑炉 温度飘 想找人看看")
    other = make_profile(world, owner="云溪别家机械有限公司", masked_text="窑炉温度飘，想找人看看。")

    assert refused(error) == "matching.profile_known"
    assert first.number in text_of(error.value.refusal)
    assert other.pk
    assert Profile.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "matching.text_empty"),
        (" \n\t ", "matching.text_empty"),
        ("窑", "matching.text_short"),
        ("。。。！！，，", "matching.text_short"),
        ("窑炉温度飘\x00想找人看", "matching.text_control"),
        ("窑炉温度飘\u202e想找人看", "matching.text_control"),
        ("窑炉温度飘，想找人看😀", "matching.text_emoji"),
        ("窑" * 1_000_000, "matching.text_long"),
        ("窑" * 4001, "matching.text_long"),
    ],
)
def test_texts_that_nobody_can_read_are_refused(world: World, text: str, code: str) -> None:
    with pytest.raises(RefusedError) as error:
        make_profile(world, masked_text=text)

    assert refused(error) == code
    assert not Profile.objects.exists()


def test_four_thousand_characters_are_kept(world: World) -> None:
    assert len(make_profile(world, masked_text="窑炉" * 2000).masked_text) == 4000


def test_what_still_tells_the_owner_is_not_published(world: World) -> None:
    told = "云溪窑科机械有限公司的窑炉温度飘，联系 13912345678。"
    with pytest.raises(RefusedError) as error:
        make_profile(world, owner="云溪窑科机械有限公司", masked_text=told)
    draft = make_profile(world, owner="云溪窑科机械有限公司", masked_text=told, draft=True)
    with pytest.raises(RefusedError) as again:
        publish_profile(actor=world.actor("officer"), now=world.now, profile=draft, masked_seen=True)
    named = make_profile(
        world,
        owner="云溪敞开机械有限公司",
        masked_text="云溪敞开机械有限公司找窑炉。",
        confidentiality=Confidentiality.OPEN,
    )

    assert refused(error) == refused(again) == "matching.masked_tells"
    assert {each.params["value"] for each in error.value.refusal.reasons} == {"云溪窑科机械有限公司", "13912345678"}
    assert named.state == ProfileState.OPEN


def test_telephones_do_not_stay_in_the_full_text(world: World) -> None:
    profile = make_profile(world, full_text="二号线喷嘴堵，打13912345678找王工。")

    assert profile.full_text == "二号线喷嘴堵，打139****5678找王工。"


def test_unseen_means_a_draft_until_somebody_has_read_it(world: World) -> None:
    draft = make_profile(world, draft=True)
    officer = world.actor("officer")

    with pytest.raises(RefusedError) as error:
        publish_profile(actor=officer, now=world.now, profile=draft, masked_seen=False)
    published = publish_profile(actor=officer, now=world.now, profile=draft, masked_seen=True)
    with pytest.raises(RefusedError) as changed:
        change_profile(
            actor=officer, now=world.now, profile=published, version=published.version,
            values={"masked_text": "喷嘴堵塞，想找做过类似产线的团队。"},
        )  # fmt: skip

    assert draft.state == ProfileState.DRAFT
    assert refused(error) == refused(changed) == "matching.masked_unseen"
    assert published.state == ProfileState.OPEN


def test_two_savers_of_one_field_conflict_and_of_two_fields_do_not(world: World) -> None:
    profile = make_profile(world)
    officer, lead = world.actor("officer"), world.actor("lead")
    seen = profile.version

    def save(actor: Any, **values: Any) -> Profile:
        return change_profile(actor=actor, now=world.now, profile=profile, version=seen, values=values)

    save(lead, amount_hi_fen=50_000_000, currency="CNY")
    with pytest.raises(RefusedError) as error:
        save(officer, amount_hi_fen=80_000_000)
    kept = save(officer, source="电话")

    assert refused(error) == "matching.changed_meanwhile"
    assert error.value.refusal.params["who"] == lead.label
    assert (kept.amount_hi_fen, kept.source) == (50_000_000, "电话")
    assert kept.version == seen + 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": ProfileKind.PARK}, "matching.kind_not_needed"),
        ({"amount_lo_fen": 200, "amount_hi_fen": 100, "currency": "CNY"}, "matching.range_reversed"),
        ({"area_m2_lo": 5, "area_m2_hi": 4}, "matching.range_reversed"),
    ],
)
def test_what_contradicts_itself_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as error:
        make_profile(world, **given)

    assert refused(error) == code


def test_expiry_lies_ahead_and_not_far(world: World) -> None:
    for days, code in ((-1, "matching.expiry_past"), (1101, "matching.expiry_far")):
        with pytest.raises(RefusedError) as error:
            make_profile(world, expires_on=in_days(world, days))
        assert refused(error) == code

    assert make_profile(world, expires_on=in_days(world, 0)).expires_on == world.now.date()


def test_pausing_closing_renewing_and_taking_back_say_why(world: World) -> None:
    officer, now = world.actor("officer"), world.now
    profile = make_profile(world)
    paused = pause_profile(actor=officer, now=now, profile=profile)
    renewed = renew_profile(actor=officer, now=now, profile=paused, until=in_days(world, 30))
    with pytest.raises(RefusedError) as error:
        close_profile(actor=officer, now=now, profile=renewed, reason=" ")
    closed = close_profile(actor=officer, now=now, profile=renewed, reason="自行解决")
    with pytest.raises(RefusedError) as settled:
        pause_profile(actor=officer, now=now, profile=closed)
    gone = void_profile(actor=officer, now=now, profile=closed, reason="登记错了")

    assert paused.state == ProfileState.PAUSED
    assert renewed.expires_on == in_days(world, 30)
    assert (refused(error), refused(settled)) == ("matching.reason_needed", "matching.profile_closed")
    assert closed.closed_reason == "自行解决"
    assert (gone.voided_at, gone.void_reason) == (now, "登记错了")


def test_an_owner_of_another_outpost_is_refused_and_so_is_nobody(world: World) -> None:
    theirs = firm(world, "对手家的有限公司", outpost=world.rival, by="rival")
    with pytest.raises(RefusedError) as elsewhere:
        make_profile(world, organization=theirs)
    with pytest.raises(RefusedError) as nobody:
        add_profile(
            actor=world.actor("officer"), now=world.now, outpost=world.outpost,
            new=NewProfile(side=Side.NEED, kind=ProfileKind.TECHNOLOGY, title="窑炉", masked_text="窑炉温度飘，想找人看。"),
        )  # fmt: skip

    assert (refused(elsewhere), refused(nobody)) == ("matching.owner_elsewhere", "matching.owner_needed")


def test_a_firm_closes_its_own_and_no_others(world: World) -> None:
    own = make_profile(world, owner="滨海甲检测技术有限公司")
    assert own.organization == Organization.objects.get(name="滨海甲检测技术有限公司")
    other = make_profile(world)
    tenant, later = world.actor("tenant"), world.now + timedelta(days=1)

    closed = close_profile(actor=tenant, now=later, profile=own, reason="已解决")
    with pytest.raises(RefusedError) as error:
        close_profile(actor=tenant, now=later, profile=other, reason="已解决")

    assert closed.state == ProfileState.CLOSED
    assert refused(error) == "parties.not_permitted"
