"""What roadshow does when something happens elsewhere."""

from __future__ import annotations

from feidi.domain.roadshow.services.sealed import erase_of_person
from feidi.domain.talent.events import TalentErased
from feidi.kernel.audit.unit import current_unit
from feidi.kernel.events import listen


def registrations_follow_the_person(event: TalentErased) -> None:
    """Who had their data erased is erased from activities too."""
    unit = current_unit()
    erase_of_person(actor=unit.actor, now=unit.now, person_uid=event.person_uid)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(TalentErased)(registrations_follow_the_person)
