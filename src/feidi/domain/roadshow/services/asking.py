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
from feidi.kernel.sealing import unseal
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


def _respondent(row: Registration) -> Respondent:
    mail = unseal(row.mail_enc, context=context_of(row, "mail")) if row.mail_enc else ""
    key = f"parties.person:{row.person.uid}" if row.person else mail or f"{REGISTRATION}:{row.uid}"
    return Respondent(key, row.name, mail)
