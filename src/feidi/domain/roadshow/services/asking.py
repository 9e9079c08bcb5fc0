"""Asking those who came how it was, and those who did not why: once each, where the kind of activity asks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.roadshow.kinds import ACTIVITY, REGISTRATION
from feidi.domain.roadshow.models import Registration
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import context_of
from feidi.kernel.access import Actor
from feidi.kernel.feedback.services.asking import Respondent, Whose, ask
from feidi.kernel.sealing import UnreadableError, unseal
from feidi.kernel.subjects import Subject

#: Occasions of content.
CAME: Final = "event"
ABSENT: Final = "absent"


def ask_registrant(*, actor: Actor, now: datetime, registration_uid: str, occasion: str) -> bool:
    """Ask one registrant on an occasion; whoever left no mail address is asked by a link that staff hand over.

    Returns whether there is a question: not where the kind, or the place, asks nothing, nor of whoever was erased.
    """
    rows = Registration.objects.select_related("activity__outpost__home", "activity__owner", "person")
    row = rows.get(uid=registration_uid)
    activity = row.activity
    kind = activity_rules(activity.outpost).kind(activity.kind)
    if kind is None or occasion not in kind.occasions or row.erased_at is not None:
        return False
    asked = ask(
        actor=actor,
        now=now,
        subject=Subject(ACTIVITY, activity.uid),
        occasion=occasion,
        about=activity.title_zh,
        to=_respondent(row),
        whose=Whose(activity.outpost_id, activity.outpost.home_id, activity.outpost.home.code),
        owner=activity.owner,
    )
    return asked is not None


def keys_of(row: Registration) -> list[str]:
    """Return under which names a registrant may have been asked, the one that is used now first.

    To be called while the address is still there; one that cannot be opened was asked under none.
    """
    person = f"parties.person:{row.person.uid}" if row.person else ""
    return [each for each in (person, _mail(row), f"{REGISTRATION}:{row.uid}") if each]


def _respondent(row: Registration) -> Respondent:
    return Respondent(keys_of(row)[0], row.name, _mail(row))


def _mail(row: Registration) -> str:
    if not row.mail_enc:
        return ""
    try:
        return unseal(row.mail_enc, context=context_of(row, "mail"))
    except UnreadableError:
        return ""
