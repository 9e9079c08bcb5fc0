"""Asking for digests, and no longer wanting them. Nobody is subscribed by somebody else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.core import signing

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.identity.models import User
from feidi.kernel.notify.access import SUBSCRIPTION, require_self
from feidi.kernel.notify.digests import find_digest
from feidi.kernel.notify.models import Subscription
from feidi.kernel.notify.selectors import subscriptions_of
from feidi.kernel.subjects import new_uid

_SALT: Final = "feidi.notify.stop"


def choose_topics(*, actor: Actor, now: datetime, user: User, topics: Collection[str]) -> list[Subscription]:
    """Let exactly ``topics`` come by mail. Refused: another's account, an unknown topic, an account without address."""
    require_self(actor, user)
    for each in topics:
        if find_digest(each) is None:
            raise refuse("notify.unknown_topic", value=each[:40])
    if topics and not user.email:
        raise refuse("notify.no_address", name=str(user))
    with recorded(actor=actor, now=now) as unit:
        User.objects.select_for_update().get(pk=user.pk)  # two windows of one person: one waits
        standing = {each.topic: each for each in subscriptions_of(user)}
        for topic, row in standing.items():
            if topic not in topics:
                _end(unit, row, now)
        for topic in sorted(set(topics) - standing.keys()):
            row = Subscription.objects.create(uid=new_uid(), user=user, topic=topic, created_at=now)
            unit.created(row, kind=SUBSCRIPTION)
    return list(subscriptions_of(user))


def stop_token(user: User) -> str:
    """Return what stands in the link at the foot of a digest; it opens nothing but ``stop_all``."""
    return signing.dumps(user.uid, salt=_SALT)


def user_of_token(token: str) -> User:
    """Return whose link it is. Refused: a link that nobody here has written."""
    try:
        return User.objects.get(uid=signing.loads(token, salt=_SALT))
    except (signing.BadSignature, User.DoesNotExist):
        raise refuse("notify.link_unknown") from None


def stop_all(*, actor: Actor, now: datetime, token: str) -> int:
    """End every digest of who holds the link, signed in or not; returns how many ended. Again is harmless."""
    user = user_of_token(token)
    with recorded(actor=actor, now=now) as unit:
        rows = list(subscriptions_of(user).select_for_update())
        for row in rows:
            _end(unit, row, now)
    return len(rows)


def _end(unit: Unit, row: Subscription, now: datetime) -> None:
    before = unit.before(row, SUBSCRIPTION)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    unit.changed(row, kind=SUBSCRIPTION, before=before, action="ended")
