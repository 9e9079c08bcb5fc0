"""A blocked competitor walks every address that there is around a need, and finds no word of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.services.merging import merge_organizations
from tests.support.openings import RIVAL, block, introduce, send_list
from tests.support.profiles import firm, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
TELLS = ("窑炉能耗问题", "一号窑烧成带", "云溪失主瓷业有限公司")


@pytest.fixture
def need(world: World) -> Profile:
    """A need of which the competitor had been sent the masked text before the owner thought of it."""
    world.user("competitor", "tenant", organization=firm(world, RIVAL))
    return make_profile(
        world, owner=TELLS[2], title="窑炉能耗问题", masked_text="窑炉能耗问题：温度飘，想找人看。", full_text="一号窑烧成带温度飘。"
    )  # fmt: skip


def addresses(need: Profile, *lists: str) -> list[str]:
    """Return every address that leads to the need, its lists, or any list of needs."""
    staff = ("profile_view", "profile_edit", "sheet_fill", "sheet_download", "block_add", "reading_add")
    return [
        *(reverse(f"console:profiles:{name}", args=[need.uid]) for name in staff),
        *(reverse(f"workspace:{name}", args=[need.uid]) for name in ("profile_view", "profile_answer")),
        *(reverse("workspace:candidates_view", args=[each]) for each in lists),
        *(reverse(f"workspace:{name}") for name in ("profile_list", "candidates_list", "home")),
        *(reverse(f"console:profiles:{name}") for name in ("profile_list", "profile_export")),
        *(f"{reverse('console:search:search_view')}?q={words}" for words in ("窑炉能耗", need.number, "烧成带")),
        reverse("console:candidates:profile_match", args=[need.uid]),
        reverse("console:parties:organization_view", args=[need.organization.uid if need.organization else ""]),
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_no_address_tells_a_blocked_firm_of_it(
    world: World, need: Profile, at: Callable[[str], Client], merged: bool
) -> None:  # fmt: skip
    offer = make_profile(world, Side.OFFER, owner=RIVAL)
    sent = send_list(world, offer, need)
    introduce(world, need, offer, revealed=True)
    competitor = at("competitor")
    sent.rows.update(note="专员：一号窑烧成带那家")
    competitor.post(reverse("workspace:candidates_open", args=[sent.uid]))
    before = competitor.get(reverse("workspace:candidates_view", args=[sent.uid])).content.decode()
    assert "窑炉能耗问题" in before, "the list had been opened to it"

    twin = firm(world, "云溪对家另一写法有限公司")
    block(world, need, twin if merged else firm(world, RIVAL))
    if merged:
        merge_organizations(
            actor=world.actor("lead"), now=world.now, kept=firm(world, RIVAL), gone=twin, reason="同一家"
        )
    for address in addresses(need, sent.uid):
        page = competitor.get(address)
        told = page.content.decode(errors="replace") if page.status_code == 200 else ""
        assert not [word for word in TELLS if word in told], address
    for name in ("profile_void", "profile_publish", "profile_close"):
        answer = competitor.post(reverse(f"console:profiles:{name}", args=[need.uid]), {"reason": "x"})
        assert answer.status_code == 404, name
    need.refresh_from_db()
    assert (need.state, need.voided_at) == ("open", None)
