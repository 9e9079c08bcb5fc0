"""What the pages of activities ask again and again: one that the actor sees, one they may change, one at whose door they stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.access import CHECK_IN, EDIT, VIEW, VIEW_HOME, registrations_visible_to, staff_sees
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activities import get_activity
from feidi.kernel.access import Actor
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"


def require_events(actor: Actor) -> None:
    """Refuse unless the actor sees activities, as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def activity_url(uid: str) -> str:
    """Return the page of one activity."""
    return reverse("console:events:activity_view", args=[uid])


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way to a page of activities."""
    return [Crumb(_("活动"), reverse("console:events:activity_list")), *more]


def crumbs_of(row: Activity, label: str) -> list[Crumb]:
    """Return the way to a page below one activity."""
    return crumbs(Crumb(row.title_zh, activity_url(row.uid)), Crumb(label))


def seen(request: FeidiRequest, uid: str) -> Activity:
    """Return one that the actor sees; raises ``Activity.DoesNotExist`` for every other."""
    row = get_activity(request.actor, uid)
    if row is None:
        raise Activity.DoesNotExist
    return row


def staffed(request: FeidiRequest, uid: str) -> Activity:
    """Return one of the actor's own outposts: who comes is nobody else's to see."""
    row = seen(request, uid)
    if not staff_sees(request.actor, row.outpost_id):
        raise Activity.DoesNotExist
    return row


def editable(request: FeidiRequest, uid: str) -> Activity:
    """Return one that the actor may change; others are refused or not found."""
    row = staffed(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def at_the_door(request: FeidiRequest, uid: str) -> Activity:
    """Return one at whose door the actor may stand."""
    row = staffed(request, uid)
    require(request.actor, CHECK_IN, outpost_scope(row.outpost_id))
    return row


def registrant(request: FeidiRequest, uid: str) -> Registration:
    """Return a registration of the actor's outposts; raises ``Registration.DoesNotExist`` for every other."""
    rows = registrations_visible_to(request.actor, Registration.objects.filter(voided_at__isnull=True))
    return rows.select_related(
        "activity__outpost__home", "activity__booking__unit", "organization", "person", "project"
    ).get(uid=uid)


def editable_registrant(request: FeidiRequest, uid: str) -> Registration:
    """Return a registration that the actor may change."""
    row = registrant(request, uid)
    require(request.actor, EDIT, outpost_scope(row.activity.outpost_id))
    return row
