"""Calendar feeds: a link is made, told once, and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.space.access import SPACE_EDIT
from feidi.domain.space.enums import FEED, FeedKind
from feidi.domain.space.models import CalendarFeed, Unit
from feidi.domain.space.selectors.calendars import token_digest
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User

_TOKEN_BYTES: Final = 24
_LABEL: Final = 160


def open_room_feed(*, actor: Actor, now: datetime, unit: Unit) -> tuple[CalendarFeed, str]:
    """Return a feed of a room and the token of its link, which is not kept. It says when the room is occupied, not by whom."""
    require(actor, SPACE_EDIT, outpost_scope(unit.outpost_id))
    return _open(actor, now, CalendarFeed(kind=FeedKind.ROOM, unit=unit))


def open_personal_feed(*, actor: Actor, now: datetime) -> tuple[CalendarFeed, str]:
    """Return a feed of one's own bookings and the token of its link, which is not kept. Refused: no account."""
    if actor.user_id is None:
        raise refuse("space.needs_a_person")
    return _open(actor, now, CalendarFeed(kind=FeedKind.PERSONAL, user=User.objects.get(pk=actor.user_id)))


def revoke_feed(*, actor: Actor, now: datetime, feed: CalendarFeed) -> CalendarFeed:
    """Close a link: it opens nothing any more. Refused: somebody else's, revoked before."""
    with recorded(actor=actor, now=now) as work:
        row = CalendarFeed.objects.select_for_update(of=("self",)).select_related("unit").get(pk=feed.pk)
        if row.unit is not None:
            require(actor, SPACE_EDIT, outpost_scope(row.unit.outpost_id))
        elif actor.user_id is None or row.user_id != actor.user_id:
            raise refuse("space.feed_of_another")
        if row.revoked_at is not None:
            raise refuse("space.feed_revoked")
        before = work.before(row, FEED)
        row.revoked_at, row.version = now, row.version + 1
        row.save(update_fields=["revoked_at", "version"])
        work.changed(row, kind=FEED, before=before, action="revoked")
    return row


def _open(actor: Actor, now: datetime, feed: CalendarFeed) -> tuple[CalendarFeed, str]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as work:
        feed.token_sha256, feed.created_at = token_digest(token), now
        feed.recorded_by = actor.label[:_LABEL]
        feed.save()
        work.created(feed, kind=FEED)
    return feed, token
