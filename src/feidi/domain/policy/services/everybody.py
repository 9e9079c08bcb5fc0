"""Everybody an outpost knows under every clause: a background job that may be stopped and started again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.access import CHECK
from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.selectors.askable import askable_kinds, live_at
from feidi.domain.policy.selectors.drafts import is_reckoned
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.reckonings import JOB, OUTPOST
from feidi.domain.policy.services.standings import Renewed, renew_standings
from feidi.kernel.access import Actor, schedule_actor
from feidi.kernel.content.library import library
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.subjects import Subject

#: As whom the reckoning after a publication is asked for.
AFTER: Final = "policy.after_publication"
#: Subjects of one kind reckoned in one transaction.
CHUNK: Final = 100


def ask_everybody(*, actor: Actor, now: datetime, outpost: Outpost, title: str) -> Job:
    """Queue the reckoning of everybody an outpost knows. Refused: no permission."""
    require(actor, CHECK, outpost_scope(outpost.pk))
    subject = Subject(OUTPOST, outpost.uid)
    return enqueue(JOB, actor=actor, now=now, title=title, subject=subject, outpost=outpost.uid, since=now.isoformat())


def reckon_after_publication(*, now: datetime, files: Iterable[tuple[str, str]]) -> list[Job]:
    """Queue the reckoning of every outpost whose clauses or words of facts were published anew.

    The jobs belong to nobody: whoever publishes need not see what they find. They are written in the caller's
    transaction, so a publication is never left without its reckoning.
    """
    places = {place for place, path in files if is_reckoned(path)}
    if not places:
        return []
    actor = schedule_actor(AFTER)
    return [
        enqueue(
            JOB,
            actor=actor,
            now=now,
            title=f"{each.short_name}：政策发布后重新计算",
            subject=Subject(OUTPOST, each.uid),
            outpost=each.uid,
            since=now.isoformat(),
        )
        for each in _concerned(places)
    ]


def _concerned(places: set[str]) -> list[Outpost]:
    """Return the outposts between two published places of which one is, or inherits from, one of ``places``."""
    published = library()
    known = set(published.places())
    outposts = Outpost.objects.select_related("home", "host").order_by("pk")
    return [
        each
        for each in outposts
        if {each.home.code, each.host.code} <= known
        and places & {*published.lineage(each.home.code), *published.lineage(each.host.code)}
    ]


def evaluate_everybody(
    *,
    clock: Callable[[], datetime],
    outpost: Outpost,
    since: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Renewed:
    """Reckon every live organization that the outpost knows, its persons and its referrals, chunk by chunk.

    The standings of who lives no more lapse.

    What was reckoned at or after ``since`` by the policies of today (this run, before it was stopped) is left as it is,
    so that a run begun again goes on where it was. ``progress`` is called between chunks and may raise to stop.
    """
    done = Renewed()
    chunks, total = _chunks(outpost), 0
    everybody = sum(len(uids) for _kind, uids in chunks)
    for kind, uids in chunks:
        progress(total, everybody)
        policy_hash = library_of(outpost, on=clock().astimezone(SHANGHAI).date()).hash
        fresh = _reckoned(outpost, kind, uids, since, policy_hash)
        subjects = [Subject(kind, uid) for uid in uids if uid not in fresh]
        done.add(renew_standings(now=clock(), outpost=outpost, subjects=subjects, beside_too=False))
        total += len(uids)
    _let_lapse(outpost)
    progress(total, everybody)
    return done


def _everybody(outpost: Outpost) -> dict[str, QuerySet[Any]]:
    """Return the live subjects by kind, organizations first."""
    firms = Organization.objects.filter(links__outpost=outpost, voided_at__isnull=True)
    return {ORGANIZATION: firms, **{kind: live_at(kind, outpost) for kind in askable_kinds()}}


def _chunks(outpost: Outpost) -> list[tuple[str, list[str]]]:
    found = []
    for kind, rows in _everybody(outpost).items():
        uids = list(rows.order_by("pk").values_list("uid", flat=True))
        found += [(kind, uids[start : start + CHUNK]) for start in range(0, len(uids), CHUNK)]
    return found


def _reckoned(outpost: Outpost, kind: str, uids: list[str], since: datetime, policy_hash: str) -> set[str]:
    rows = ClauseStanding.objects.filter(
        outpost=outpost,
        subject_kind=kind,
        subject_uid__in=uids,
        evaluated_at__gte=since,
        policy_hash=policy_hash,
    )
    return set(rows.values_list("subject_uid", flat=True).distinct())


def _let_lapse(outpost: Outpost) -> None:
    for kind, rows in _everybody(outpost).items():
        held = ClauseStanding.objects.filter(outpost=outpost, subject_kind=kind)
        held.exclude(subject_uid__in=rows.order_by().values("uid")).delete()
