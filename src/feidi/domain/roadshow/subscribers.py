"""What roadshow does when something happens elsewhere."""

from __future__ import annotations

from feidi.domain.roadshow.events import ActivityAttended, ActivityMissed
from feidi.domain.roadshow.services.asking import ABSENT, CAME, ask_registrant
from feidi.domain.roadshow.services.sealed import erase_of_person
from feidi.domain.talent.events import TalentErased
from feidi.kernel.audit.unit import current_unit
from feidi.kernel.events import listen


def registrations_follow_the_person(event: TalentErased) -> None:
    """Who had their data erased is erased from activities too."""
    unit = current_unit()
    erase_of_person(actor=unit.actor, now=unit.now, person_uid=event.person_uid)


def opinions_follow_who_came(event: ActivityAttended) -> None:
    """Who came is asked how it was."""
    _ask(event.registration_uid, CAME)


def opinions_follow_who_did_not_come(event: ActivityMissed) -> None:
    """Who did not come is asked why."""
    _ask(event.registration_uid, ABSENT)


def _ask(registration_uid: str, occasion: str) -> None:
    unit = current_unit()
    ask_registrant(actor=unit.actor, now=unit.now, registration_uid=registration_uid, occasion=occasion)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(TalentErased)(registrations_follow_the_person)
    listen(ActivityAttended)(opinions_follow_who_came)
    listen(ActivityMissed)(opinions_follow_who_did_not_come)
