"""What of matching is new for a person since yesterday: numbers and counts, never titles or names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from feidi.domain.matching.access import VIEW, VIEW_OWN, own_profiles
from feidi.domain.matching.models import CandidateList, Profile
from feidi.kernel.access import Actor
from feidi.kernel.notify.digests import Part
from feidi.kernel.todos.models import Todo

_BACK: Final = timedelta(hours=24)


def alert_words(number: str) -> str:
    """Return how every to-do that tells of a new offer for a need begins, whatever language the reader has."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("{number} 有新的供给可能合适").format(number=number)


def sees_alerts(actor: Actor) -> bool:
    """Tell whether needs of an outpost are the actor's work."""
    return actor.may(VIEW)


def sees_lists(actor: Actor) -> bool:
    """Tell whether the actor speaks for a firm to which lists are sent."""
    return actor.may(VIEW_OWN)


def new_offers_part(actor: Actor, now: datetime) -> Part | None:
    """Return the officer's needs for which a new offer stands high, by the to-dos that say so."""
    since = now - _BACK
    told = Todo.objects.filter(
        assignee_id=actor.user_id, subject_kind="matching.profile", done_at__isnull=True, voided_at__isnull=True
    )
    whats = list(told.filter(created_at__gte=since).values_list("subject_uid", "what"))
    needs = Profile.objects.filter(uid__in=[uid for uid, _what in whats], voided_at__isnull=True)
    numbers = dict(needs.values_list("uid", "number"))
    alerted = {numbers[uid] for uid, what in whats if uid in numbers and what.startswith(alert_words(numbers[uid]))}
    lines = [_("{number} 有新的供给可能合适").format(number=number) for number in sorted(alerted)]
    return Part(lines, reverse("console:todos:todo_list")) if lines else None


def new_lists_part(actor: Actor, now: datetime) -> Part | None:
    """Return the lists that were sent to the actor's own firm."""
    own = own_profiles(actor, Profile.objects.all())
    sent = CandidateList.objects.filter(profile__in=own.values("pk"), sent_at__gte=now - _BACK, voided_at__isnull=True)
    lines = [
        _("{number} 有新的候选名单，等您答复").format(number=number)
        for number in sent.order_by("pk").values_list("profile__number", flat=True)
    ]
    return Part(lines, reverse("workspace:candidates_list")) if lines else None
