"""What policy does when parties or published content change."""

from __future__ import annotations

from feidi.domain.parties.events import OrganizationMerged
from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.kernel.content.events import ContentPublished
from feidi.kernel.events import listen


def standings_lapse(event: OrganizationMerged) -> None:
    """Facts changed hands: what either stood for holds no longer. The next run reckons it anew."""
    uids = (event.kept_uid, event.gone_uid)
    ClauseStanding.objects.filter(subject_kind=ORGANIZATION, subject_uid__in=uids).delete()


def standings_are_reckoned_anew(event: ContentPublished) -> None:
    """Another text, another answer: every outpost that the places concern is reckoned at once, as a job."""
    from feidi.domain.policy.services.everybody import reckon_after_publication  # noqa: PLC0415 - the rules load slowly

    reckon_after_publication(now=event.at, files=event.files)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(OrganizationMerged)(standings_lapse)
    listen(ContentPublished)(standings_are_reckoned_anew)
