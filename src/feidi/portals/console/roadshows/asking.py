"""What the pages of roadshows ask again and again: the way to a page, what the actor sees, what the actor may change."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.models import Roadshow, Round
from feidi.domain.roadshow.roadshow_access import EDIT, VIEW, VIEW_HOME, staff_sees
from feidi.domain.roadshow.selectors.roadshows import get_round, get_show
from feidi.kernel.access import Actor
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/roadshows/form.html"


def require_shows(actor: Actor) -> None:
    """Refuse unless the actor sees roadshows, as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def show_url(uid: str) -> str:
    """Return the page of one show."""
    return reverse("console:roadshows:show_view", args=[uid])


def round_url(uid: str) -> str:
    """Return the page of one round."""
    return reverse("console:roadshows:round_view", args=[uid])


def show_crumbs(show: Roadshow, *more: str) -> list[Crumb]:
    """Return the way to a page of a show."""
    first = Crumb(_("路演"), reverse("console:roadshows:show_list"))
    if not more:
        return [first, Crumb(show.number)]
    return [first, Crumb(show.number, show_url(show.uid)), *(Crumb(each) for each in more)]


def round_crumbs(row: Round, *more: str) -> list[Crumb]:
    """Return the way to a page of a round."""
    way = [
        Crumb(_("路演"), reverse("console:roadshows:show_list")),
        Crumb(row.roadshow.number, show_url(row.roadshow.uid)),
    ]
    if not more:
        return [*way, Crumb(row.name)]
    return [*way, Crumb(row.name, round_url(row.uid)), *(Crumb(each) for each in more)]


def staffed_show(request: FeidiRequest, uid: str) -> Roadshow:
    """Return a show of the actor's own outposts; raises Roadshow.DoesNotExist for every other."""
    row = get_show(request.actor, uid)
    if not staff_sees(request.actor, row.outpost_id):
        raise Roadshow.DoesNotExist
    return row


def editable_show(request: FeidiRequest, uid: str) -> Roadshow:
    """Return a show that the actor may change; others are refused or not found."""
    row = staffed_show(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def editable_round(request: FeidiRequest, uid: str) -> Round:
    """Return a round that the actor may change; others are refused or not found."""
    row = get_round(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.roadshow.outpost_id))
    return row


def may(actor: Actor, permission: str, outpost_id: int) -> bool:
    """Tell whether the actor holds a permission over an outpost."""
    return actor.may(permission, outpost_scope(outpost_id))
