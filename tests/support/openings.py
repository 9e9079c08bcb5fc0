"""What opens a profile to somebody, and what closes it: lists sent, introductions, blocks. For tests."""

from __future__ import annotations

from feidi.domain.matching.enums import (
    Channel,
    IntroductionState,
    ListState,
)
from feidi.domain.matching.models import (
    CandidateList,
    CandidateRow,
    Introduction,
    Profile,
)
from feidi.domain.matching.selectors.reading import (
    Reading,
    reading_of,
)
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.domain.parties.models import (
    Organization,
)
from tests.support.world import World

RIVAL = "云溪对家陶瓷机械有限公司"


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
