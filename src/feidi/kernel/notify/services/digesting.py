"""The daily digest: one mail per person who wants it, and none where there is nothing new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.identity.models import User
from feidi.kernel.notify.digests import Part, registered_digests
from feidi.kernel.notify.selectors import list_subscribers, subscriptions_of
from feidi.kernel.notify.services.mails import send_mail
from feidi.kernel.notify.services.subscriptions import stop_token

_MOST_LINES: Final = 12


def send_digests(
    *, actor: Actor, now: datetime, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> int:
    """Write to each subscriber what is new, in their language; returns how many mails were written.

    Run again on the same day it writes nothing. What somebody may not see is asked as that person, so it is not told.
    """
    people, written = list_subscribers(), 0
    day = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    for done, user in enumerate(people):
        progress(done, len(people))
        with translation.override(user.language):
            text = digest_text(user, now)
            if not text:
                continue
            address = site_address(reverse("account:mail_stop", args=[stop_token(user)]))
            send_mail(
                actor=actor,
                now=now,
                to=user,
                subject=_("今日摘要 {day}").format(day=day),
                text=text + _("\n不想再收：{address}\n").format(address=address),
                headers={"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
                once=f"digest:{user.uid}:{day}",
            )
        written += 1
    return written


def digest_text(user: User, now: datetime) -> str:
    """Return the text of a person's digest without its foot; empty when nothing is new."""
    actor = actor_for_user(user, now)
    wanted = set(subscriptions_of(user).values_list("topic", flat=True))
    parts = [(each.label, each.part(actor, now)) for each in registered_digests() if each.topic in wanted]
    told = [_section(str(label), part) for label, part in parts if part is not None and part.lines]
    return "\n".join(told)


def _section(label: str, part: Part) -> str:
    lines = [f"- {each}" for each in part.lines[:_MOST_LINES]]
    left = len(part.lines) - len(lines)
    more = [_("- 另有 {n} 条").format(n=left)] if left > 0 else []
    return "\n".join([label, *lines, *more, site_address(part.path), ""])


def site_address(path: str) -> str:
    """Return the whole address of a page for who reads it outside the site."""
    return settings.FEIDI_URL.rstrip("/") + path
