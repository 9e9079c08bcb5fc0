"""还有效吗: who has a need or an offer says in one tap that it still holds; whoever has been silent for long is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from feidi.domain.matching.access import require_owner_or_office
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import unconfirmed_since
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.services.profile_changing import changed_profile
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos


def confirm_profile(*, actor: Actor, now: datetime, profile: Profile) -> Profile:
    """Say that a profile still holds today; the question about it, if it was asked, is settled.

    By the outpost's people, or by whose it is. Again on the same day nothing changes. Refused: closed, taken back,
    expired (renew it, and say until when).
    """
    require_owner_or_office(actor, profile)
    today = now.astimezone(SHANGHAI).date()
    if profile.confirmed_on == today:
        return profile
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        if row.expires_on < today:
            raise refuse("matching.expiry_past", on=row.expires_on.isoformat(), today=today.isoformat())
        row.confirmed_on = today
        settle_questions(actor=actor, now=now, profile=row)
    return row


def settle_questions(*, actor: Actor, now: datetime, profile: Profile) -> None:
    """Mark the open questions about a profile as answered."""
    asked = Todo.objects.filter(
        subject_kind=KIND, subject_uid=profile.uid, what__startswith=question_words(profile.number)
    )
    settle_todos(actor=actor, now=now, todos=asked)


def ask_whether_valid(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Ask the officer of each open profile that nobody has confirmed for as long as content says.

    A question names the day since when, so it comes once per silence: run again, or late, it adds nothing. Returns how
    many were asked. ``progress`` may raise to stop.
    """
    days = matching_rules(outpost).confirm_days
    if days is None:
        return 0
    today = now.astimezone(SHANGHAI).date()
    rows, told = list(unconfirmed_since(outpost, today - timedelta(days=days), today)), 0
    for done, row in enumerate(rows):
        progress(done, len(rows))
        told += _ask(actor, now, row, days)
    return told


def question_words(number: str) -> str:
    """Return how every question about a profile begins, whatever language the reader has: it is found by that."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("{number} 还有效吗").format(number=number)


def _ask(actor: Actor, now: datetime, row: Profile, days: int) -> int:
    since: date = row.confirmed_on or row.created_at.astimezone(SHANGHAI).date()
    what = _("{question}：自 {since} 起 {days} 天没人确认。问一句，再点“仍然有效”或“了结”").format(
        question=question_words(row.number), since=since.isoformat(), days=days
    )
    subject = Subject(KIND, row.uid)
    if Todo.objects.filter(subject_kind=KIND, subject_uid=row.uid, what=what).exists():
        return 0
    add_todo(actor=actor, now=now, subject=subject, what=what, assignee=row.officer)
    return 1
