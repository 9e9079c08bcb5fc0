"""What space does when a unit becomes free, and when content of the space is published."""

from __future__ import annotations

from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.space.events import UnitFreed
from feidi.domain.space.selectors.premises import SPACE
from feidi.domain.space.services.syncing import sync_units
from feidi.domain.space.services.waiting import move_up
from feidi.kernel.access import schedule_actor
from feidi.kernel.content.events import ContentPublished
from feidi.kernel.events import listen


def premises_follow_content(event: ContentPublished) -> None:
    """Another plan, other rooms: in the same transaction that publishes them."""
    if any(path in {SPACE, ENCLAVE} for _place, path in event.files):
        sync_units(actor=schedule_actor("space.content"), now=event.at)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(UnitFreed)(move_up)
    listen(ContentPublished)(premises_follow_content)
