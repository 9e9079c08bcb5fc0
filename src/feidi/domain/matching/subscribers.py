"""What matching does when parties change."""

from __future__ import annotations

from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_indexing import index_profiles
from feidi.domain.parties.events import OrganizationMerged
from feidi.kernel.events import listen


def profiles_change_hands(event: OrganizationMerged) -> None:
    """Who finds a profile as its own follows the organization that has it now."""
    index_profiles(Profile.objects.filter(organization__uid__in=[event.kept_uid, event.gone_uid]))


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(OrganizationMerged)(profiles_change_hands)
