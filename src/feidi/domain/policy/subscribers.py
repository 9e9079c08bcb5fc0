"""What policy does when parties change."""

from __future__ import annotations

from feidi.domain.parties.events import OrganizationMerged
from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.kernel.events import listen


def standings_lapse(event: OrganizationMerged) -> None:
    """Facts changed hands: what either stood for holds no longer. The next run reckons it anew."""
    uids = (event.kept_uid, event.gone_uid)
    ClauseStanding.objects.filter(subject_kind=ORGANIZATION, subject_uid__in=uids).delete()


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(OrganizationMerged)(standings_lapse)
