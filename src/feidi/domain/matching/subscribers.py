"""What matching does when parties change, when a position is opened or closed, and after a roadshow."""

from __future__ import annotations

from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.position_drafts import draft_from_position, settle_position
from feidi.domain.matching.services.profile_indexing import index_profiles
from feidi.domain.matching.services.show_follow_ups import follow_interest, weigh_chances
from feidi.domain.parties.events import OrganizationMerged
from feidi.domain.roadshow.roadshow_events import InterestShown, RoadshowSealed
from feidi.domain.talent.events import PositionClosed, PositionOpened
from feidi.kernel.events import listen


def profiles_change_hands(event: OrganizationMerged) -> None:
    """Who finds a profile as its own follows the organization that has it now."""
    index_profiles(Profile.objects.filter(organization__uid__in=[event.kept_uid, event.gone_uid]))


def interest_is_followed(event: InterestShown) -> None:
    """An interest shown on stage becomes a to-do of the project's owner; the pair's page shows it as evidence."""
    follow_interest(interest_uid=event.interest_uid, project_uid=event.project_uid)


def chances_are_weighed(event: RoadshowSealed) -> None:
    """A sealed result is to be weighed in 遴选, by a person."""
    weigh_chances(seal_uid=event.seal_uid)


def position_is_a_need(event: PositionOpened) -> None:
    """A firm that looks for somebody needs somebody: a draft for the officer to read and publish."""
    draft_from_position(position_uid=event.position_uid)


def need_is_settled(event: PositionClosed) -> None:
    """Nobody is looked for any more."""
    settle_position(position_uid=event.position_uid)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(OrganizationMerged)(profiles_change_hands)
    listen(InterestShown)(interest_is_followed)
    listen(RoadshowSealed)(chances_are_weighed)
    listen(PositionOpened)(position_is_a_need)
    listen(PositionClosed)(need_is_settled)
