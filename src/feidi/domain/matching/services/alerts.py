"""新的匹配: an offer that is new or has changed stands high for an open need and was not in its last list. The officer
of the need is told by a to-do, at most one per need and day, and none while the last one is still open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import CandidateRow, Profile
from feidi.domain.matching.selectors.candidates import lists_of
from feidi.domain.matching.selectors.news import alert_words
from feidi.domain.matching.selectors.precision import FIRST
from feidi.domain.matching.selectors.ranking import asker_of, rank
from feidi.domain.matching.selectors.weights import weights_in_force
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo

PROFILE: Final = "matching.profile"
#: What changed since then is looked at: a day, and an hour more for a run that began late.
BACK: Final = timedelta(hours=25)
_NAMED: Final = 3


def alert_needs(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Put a to-do on the list of each officer whose need has a new or changed offer among the first ten.

    Returns how many were put there. Run again on the same day it adds nothing. ``progress`` may raise to stop.
    """
    fresh = changed_offers(outpost, now)
    if not fresh:
        return 0
    today = now.astimezone(SHANGHAI).date()
    needs = Profile.objects.filter(
        outpost=outpost, side=Side.NEED, state=ProfileState.OPEN, voided_at__isnull=True, expires_on__gte=today
    ).select_related("outpost__home", "place", "person", "officer")
    rows, weights, told = list(needs.order_by("pk")), weights_in_force(outpost).weights, 0
    for done, need in enumerate(rows):
        progress(done, len(rows))
        if _told_already(need, now):
            continue
        found = rank(asker_of(need), weights=weights, today=today, top=FIRST).found
        known = last_shown(need)
        new = [each.profile for each in found if each.profile.pk in fresh and each.profile.pk not in known]
        if new:
            _tell(actor, now, need, new)
            told += 1
    return told


def changed_offers(outpost: Outpost, now: datetime) -> frozenset[int]:
    """Return the live offers of an outpost that were entered or changed since yesterday, by the audit trail."""
    entries = AuditEntry.objects.filter(subject_kind=PROFILE, link__at__gte=now - BACK, link__at__lte=now)
    rows = Profile.objects.filter(
        outpost=outpost, side=Side.OFFER, state=ProfileState.OPEN, uid__in=entries.values("subject_uid")
    )
    return frozenset(rows.filter(voided_at__isnull=True).values_list("pk", flat=True))


def last_shown(need: Profile) -> frozenset[int]:
    """Return the offers that stood in the last list of a need; nothing where none was made."""
    last = lists_of(need).first()
    if last is None:
        return frozenset()
    return frozenset(CandidateRow.objects.filter(candidate_list=last).values_list("profile_id", flat=True))


def _told_already(need: Profile, now: datetime) -> bool:
    day = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Todo.objects.filter(subject_kind=PROFILE, subject_uid=need.uid, what__startswith=alert_words(need.number))
    still_open = Q(done_at__isnull=True, voided_at__isnull=True)
    return rows.filter(still_open | Q(created_at__gte=day)).exists()


def _tell(actor: Actor, now: datetime, need: Profile, offers: Sequence[Profile]) -> None:
    named = "、".join(each.number for each in offers[:_NAMED])
    what = _("{begin}：{offers} 共 {n} 条，请打开匹配页核对").format(
        begin=alert_words(need.number), offers=named, n=len(offers)
    )
    add_todo(
        actor=actor,
        now=now,
        subject=Subject(PROFILE, need.uid),
        what=what,
        assignee=need.officer,
        due_on=now.astimezone(SHANGHAI).date(),
    )
