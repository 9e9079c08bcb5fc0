"""Who sees what of admission.

The outpost's people (``incubation.view``) see every application that was sent, and the drafts they began themselves. The
applicant sees its own by account (``incubation.view_own``), or without one by the code that only it holds. The home
side (``incubation.view_home``) sees what was sent to it for decision, and applications of projects that were reported.
A judge (``incubation.score``) sees seats of its own, and of an application what the phase opens, never its contact.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from feidi.domain.incubation.admission_enums import ApplicationState, Origin, SeatState
from feidi.domain.incubation.models import Application, ReviewSeat
from feidi.kernel.access import Actor, ScopeKind

Row = TypeVar("Row", bound=Model)
VIEW, EDIT, DECIDE, SCORE = "incubation.view", "incubation.edit", "incubation.decide", "incubation.score"
VIEW_HOME, VIEW_OWN = "incubation.view_home", "incubation.view_own"

_SENT = ~Q(submitted_on=None)
_TOLD = Q(sent_home_on__isnull=False) | Q(project__reported_at__isnull=False)


def applications_visible_to(actor: Actor, queryset: QuerySet[Application]) -> QuerySet[Application]:
    """Narrow to the applications the actor may open."""
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST)) & (_SENT | Q(origin=Origin.COUNTER))
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    if own:
        allowed |= Q(organization_id__in=own)
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    if homes:
        allowed |= Q(outpost__home_id__in=homes) & _SENT & _TOLD
    return queryset.filter(allowed)


def in_office(actor: Actor, queryset: QuerySet[Application]) -> QuerySet[Application]:
    """Narrow to what the actor sees as outpost or home side; an applicant's own page is the workspace."""
    allowed = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST)) & (_SENT | Q(origin=Origin.COUNTER))
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    if homes:
        allowed |= Q(outpost__home_id__in=homes) & _SENT & _TOLD
    return queryset.filter(allowed)


def can_view_application(actor: Actor, row: Application) -> bool:
    """Tell whether ``row`` is among those visible."""
    sent = row.submitted_on is not None
    if works_on(actor, row) and (sent or row.origin == Origin.COUNTER):
        return True
    if row.organization_id is not None and row.organization_id in actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION):
        return True
    told = row.sent_home_on is not None or (row.project is not None and row.project.reported_at is not None)
    return sent and told and row.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME)


def works_on(actor: Actor, row: Application, permission: str = VIEW) -> bool:
    """Tell whether the actor holds ``permission`` over the outpost of ``row``: notes and contact are for them alone."""
    return row.outpost_id in actor.scopes(permission, ScopeKind.OUTPOST)


def own_applications(actor: Actor, queryset: QuerySet[Application]) -> QuerySet[Application]:
    """Narrow to the applications of the organizations the actor is an account of."""
    return queryset.filter(organization_id__in=actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION))


def of_visible_applications(actor: Actor, queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows that hang on an application to those of applications the actor may open."""
    return queryset.filter(application__in=applications_visible_to(actor, Application.objects.all()))


def judged_by(actor: Actor, queryset: QuerySet[ReviewSeat]) -> QuerySet[ReviewSeat]:
    """Narrow to one's own seats, of outposts one judges for, while the application is under review; a recused one never."""
    return queryset.filter(
        judge_id=actor.user_id or 0,
        review__voided_at__isnull=True,
        review__application__outpost_id__in=actor.scopes(SCORE, ScopeKind.OUTPOST),
        review__application__state__in=[
            ApplicationState.REVIEWING,
            ApplicationState.JUDGED,
            ApplicationState.DECIDED,
        ],
    ).exclude(state=SeatState.RECUSED)


def seats_visible_to(actor: Actor, queryset: QuerySet[ReviewSeat]) -> QuerySet[ReviewSeat]:
    """Narrow to seats of applications the actor works on, and to its own."""
    staff = Q(review__application__outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    mine = judged_by(actor, ReviewSeat.objects.all()).values("pk")
    return queryset.filter(staff | Q(pk__in=mine))
