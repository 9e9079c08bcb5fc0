"""Questions about standings: who stands where under a clause, what was gained and lost."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Max, QuerySet

from feidi.domain.policy.access import changes_visible_to, standings_visible_to
from feidi.domain.policy.enums import Group
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject


def list_standings(
    actor: Actor, *, clause: str, group: str = "", outpost_id: int | None = None
) -> QuerySet[ClauseStanding]:
    """Return how the subjects of the actor's outposts stand under one clause, the largest sure amount first."""
    rows = standings_visible_to(actor, ClauseStanding.objects.filter(clause=clause))
    if group:
        rows = rows.filter(group=group)
    if outpost_id:
        rows = rows.filter(outpost_id=outpost_id)
    return rows.select_related("outpost__home", "outpost__host").order_by("-lo_fen", "subject_uid")


def standings_of(actor: Actor, subject: Subject) -> QuerySet[ClauseStanding]:
    """Return how one subject stands under every clause."""
    rows = ClauseStanding.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid)
    return standings_visible_to(actor, rows).select_related("outpost").order_by("clause")


def count_by_group(actor: Actor, clauses: Collection[str] | None = None) -> dict[str, dict[str, int]]:
    """Return clause → group → how many subjects of the actor's outposts stand there. One query."""
    rows = standings_visible_to(actor, ClauseStanding.objects.all())
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    found: dict[str, dict[str, int]] = {}
    for clause, group, n in rows.values_list("clause", "group").annotate(n=Count("pk")).order_by("clause", "group"):
        found.setdefault(clause, {each.value: 0 for each in Group})[group] = n
    return found


def list_changes(actor: Actor, *, clause: str = "", outpost_id: int | None = None) -> QuerySet[StandingChange]:
    """Return what was gained and lost, the newest first."""
    rows = changes_visible_to(actor, StandingChange.objects.all())
    if clause:
        rows = rows.filter(clause=clause)
    if outpost_id:
        rows = rows.filter(outpost_id=outpost_id)
    return rows.select_related("outpost").order_by("-changed_at", "-id")


def policies_used(actor: Actor) -> dict[int, set[str]]:
    """Return outpost → the digests of the policies its standings were reckoned with (one, unless a run was stopped)."""
    rows = standings_visible_to(actor, ClauseStanding.objects.all())
    found: dict[int, set[str]] = {}
    for outpost, digest in rows.values_list("outpost_id", "policy_hash").distinct():
        found.setdefault(outpost, set()).add(digest)
    return found


def last_evaluated(actor: Actor) -> QuerySet[ClauseStanding]:
    """Return per outpost when its standings were last reckoned: rows of ``outpost_id`` and ``at``."""
    rows = standings_visible_to(actor, ClauseStanding.objects.all())
    return rows.values("outpost_id").annotate(at=Max("evaluated_at")).order_by("outpost_id")  # type: ignore[return-value]
