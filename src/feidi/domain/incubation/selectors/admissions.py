"""Questions about applications of one's outposts, of one's own, and of one's seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.incubation.admission_access import in_office, judged_by, own_applications, seats_visible_to
from feidi.domain.incubation.admission_enums import OVER
from feidi.domain.incubation.models import Application, ReviewSeat
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS: Final = {
    "number": "number",
    "applicant": "applicant",
    "state": "state",
    "submitted": "submitted_on",
    "officer": "officer__display_name",
}
_JOINS: Final = ("outpost__home", "outpost__host", "officer", "organization", "project__outpost__home", "agreement")


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What the list shows. Empty means "any"; ``show``: open (default), over, all."""

    words: str = ""
    show: str = "open"
    state: str = ""
    officer_id: int | None = None
    outpost_id: int | None = None


def list_applications(actor: Actor, wanted: ApplicationFilter) -> QuerySet[Application]:
    """Return the applications the actor sees as outpost or home side, newest first, with what a list needs."""
    rows = in_office(actor, Application.objects.filter(_conditions(wanted), voided_at__isnull=True))
    return rows.select_related(*_JOINS).order_by("-id")


def get_application(actor: Actor, uid: str) -> Application:
    """Return one that the actor sees in office; raises ``Application.DoesNotExist`` for every other."""
    return in_office(actor, Application.objects.select_related(*_JOINS)).get(uid=uid)


def list_own_applications(actor: Actor) -> QuerySet[Application]:
    """Return the applications of the actor's own organizations, newest first."""
    rows = own_applications(actor, Application.objects.filter(voided_at__isnull=True))
    return rows.select_related(*_JOINS).order_by("-id")


def list_seats(actor: Actor) -> QuerySet[ReviewSeat]:
    """Return one's own seats of panels under way, the soonest due first."""
    rows = judged_by(actor, ReviewSeat.objects.all())
    return rows.select_related("review__application__outpost__home", "judge").order_by("review__due_on", "id")


def get_seat(actor: Actor, uid: str) -> ReviewSeat:
    """Return a seat that is the actor's own or of an application it works on; raises ``ReviewSeat.DoesNotExist``."""
    joins = ("review__application__outpost__home", "review__application__outpost__host", "judge")
    return seats_visible_to(actor, ReviewSeat.objects.select_related(*joins)).get(uid=uid)


def _conditions(wanted: ApplicationFilter) -> Q:
    asked = {"state": wanted.state, "officer_id": wanted.officer_id, "outpost_id": wanted.outpost_id}
    found = Q(**{name: value for name, value in asked.items() if value})
    if wanted.words:
        found &= Q(number__icontains=wanted.words) | Q(applicant__icontains=wanted.words)
    if wanted.show == "open" and not wanted.state:
        found &= ~Q(state__in=OVER)
    return found & Q(state__in=OVER) if wanted.show == "over" else found
