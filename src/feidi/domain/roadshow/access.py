"""Who sees which activity and its people: ``can_view_*`` beside ``*_visible_to``; a test holds them equal.

The outpost's people (``event.view`` over the outpost) see all of it. The home side (``event.view_home``) sees activities
that are no drafts, with their counts; never who comes. A registrant sees the own ticket, by its token.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.models import Activity, ActivityMeeting, CheckIn, ProgrammeItem, Registration
from feidi.kernel.access import Actor, ScopeKind

VIEW, EDIT, CHECK_IN, VIEW_HOME = "event.view", "event.edit", "event.check_in", "event.view_home"
UNMASK = "contact.unmask"


def _outposts(actor: Actor) -> frozenset[int]:
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def staff_sees(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor works with activities of an outpost, people included."""
    return outpost_id in _outposts(actor)


def activities_visible_to(actor: Actor, rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Narrow to activities of the actor's outposts, and of the actor's home those that are no drafts."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    told = Q(outpost__home_id__in=homes) & ~Q(state=ActivityState.DRAFT)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | told)


def can_view_activity(actor: Actor, activity: Activity) -> bool:
    """Tell whether ``activity`` is among those visible."""
    if staff_sees(actor, activity.outpost_id):
        return True
    told = activity.state != ActivityState.DRAFT
    return told and activity.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME)


def programme_visible_to(actor: Actor, rows: QuerySet[ProgrammeItem]) -> QuerySet[ProgrammeItem]:
    """Narrow as activities: a programme is public words."""
    return rows.filter(activity__in=activities_visible_to(actor, Activity.objects.all()).values("pk"))


def registrations_visible_to(actor: Actor, rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Narrow to registrants of activities of the actor's own outposts; the home side reads counts only."""
    return rows.filter(activity__outpost_id__in=_outposts(actor))


def can_view_registration(actor: Actor, registration: Registration) -> bool:
    """Tell whether ``registration`` is among those visible."""
    return staff_sees(actor, registration.activity.outpost_id)


def check_ins_visible_to(actor: Actor, rows: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    """Narrow as registrations."""
    return rows.filter(activity__outpost_id__in=_outposts(actor))


def meetings_visible_to(actor: Actor, rows: QuerySet[ActivityMeeting]) -> QuerySet[ActivityMeeting]:
    """Narrow as registrations."""
    return rows.filter(activity__outpost_id__in=_outposts(actor))


def outposts_to_edit(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts at which the actor may plan activities."""
    ids = actor.scopes(EDIT, ScopeKind.OUTPOST)
    return Outpost.objects.filter(pk__in=ids).select_related("home", "host").order_by("code")


def may_edit(actor: Actor, activity: Activity) -> bool:
    """Tell whether the actor may change an activity and who comes."""
    return actor.may(EDIT, outpost_scope(activity.outpost_id))


def may_check_in(actor: Actor, activity: Activity) -> bool:
    """Tell whether the actor may stand at the door."""
    return actor.may(CHECK_IN, outpost_scope(activity.outpost_id))
