"""Who sees what people said.

An outpost's people (``feedback.view``) read answers, follow-ups and complaints. Its home (``feedback.view_home``) reads
numbers only, hidden where they are small. Who answered reads their own answer by their link, nobody else's.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.feedback.kinds import EDIT, VIEW, VIEW_HOME
from feidi.kernel.feedback.models import Answer, Ask, Complaint, FollowUp

M = TypeVar("M", bound=Model)


def _of_outposts(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    return rows.filter(scope_outpost__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def asks_visible_to(actor: Actor, rows: QuerySet[Ask]) -> QuerySet[Ask]:
    """Narrow to what was asked by the actor's outposts."""
    return _of_outposts(actor, rows)


def answers_visible_to(actor: Actor, rows: QuerySet[Answer]) -> QuerySet[Answer]:
    """Narrow to what was answered to the actor's outposts."""
    return _of_outposts(actor, rows)


def follow_ups_visible_to(actor: Actor, rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Narrow to follow-ups of the actor's outposts."""
    return _of_outposts(actor, rows)


def complaints_visible_to(actor: Actor, rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Narrow to complaints that the actor's outposts received."""
    return _of_outposts(actor, rows)


def can_view(actor: Actor, row: Ask | Answer | FollowUp | Complaint) -> bool:
    """Tell whether ``row`` is among those visible."""
    return row.scope_outpost in actor.scopes(VIEW, ScopeKind.OUTPOST)


def counted_for(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Narrow asks or answers to those that the actor may count: of the own outposts, and of the home's."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return rows.filter(Q(scope_outpost__in=actor.scopes(VIEW, ScopeKind.OUTPOST)) | Q(scope_home__in=homes))


def can_edit(actor: Actor, scope_outpost: int) -> bool:
    """Tell whether the actor works on the feedback of an outpost."""
    return actor.may(EDIT, Scope(ScopeKind.OUTPOST, scope_outpost))


def require_edit(actor: Actor, scope_outpost: int) -> None:
    """Refuse unless the actor works on the feedback of an outpost."""
    if not can_edit(actor, scope_outpost):
        raise refuse("feedback.not_permitted")
