"""Activities as lists and by name; what the public may read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.roadshow.access import activities_visible_to
from feidi.domain.roadshow.enums import ActivityState, Audience, RegisteredBy, RegistrationState
from feidi.domain.roadshow.models import Activity, CheckIn, Registration
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor

#: What the public sees: planned and told, and for a while what is over or was cancelled.
TOLD: Final = (ActivityState.OPEN, ActivityState.CLOSED, ActivityState.HELD, ActivityState.CANCELLED)
_STILL_SHOWN: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Places:
    """How full an activity is. ``free`` None: not limited. ``came`` counts entries at the door."""

    capacity: int | None
    registered: int
    waiting: int
    came: int

    @property
    def free(self) -> int | None:
        """Places that nobody has; never below zero (who walks in may stand)."""
        return None if self.capacity is None else max(self.capacity - self.registered, 0)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came of whom: ``registered`` beforehand (waiters and cancelled left out), ``came`` of those, ``walked_in``.

    The rate of no-shows is ``(registered - came) / registered``; None where nobody was registered.
    """

    registered: int
    came: int
    walked_in: int
    waiting: int
    cancelled: int

    @property
    def missed(self) -> int:
        """The numerator."""
        return self.registered - self.came

    @property
    def no_show_percent(self) -> float | None:
        """Return the rate in percent with one digit."""
        return None if not self.registered else round(100 * self.missed / self.registered, 1)


def list_activities(actor: Actor) -> QuerySet[Activity]:
    """Return the activities that the actor sees, with their counts, newest first."""
    return with_counts(activities_visible_to(actor, Activity.objects.filter(voided_at__isnull=True))).order_by(
        "-starts_at", "-pk"
    )


def with_counts(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return activities with ``registered``, ``waiting`` and ``came``, and whatever their pages name."""
    came = CheckIn.objects.filter(registration=OuterRef("registrations__pk"), voided_at__isnull=True)
    return rows.select_related("outpost__home", "outpost__host", "owner", "booking__unit").annotate(
        registered=Count("registrations", filter=Q(registrations__state=RegistrationState.REGISTERED)),
        waiting=Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING)),
        came=Count("registrations", filter=Exists(came)),
    )


def get_activity(actor: Actor, uid: str) -> Activity | None:
    """Return an activity that the actor sees, None when there is none."""
    return list_activities(actor).filter(uid=uid).first()


def list_public(outpost: Outpost, now: datetime) -> list[Activity]:
    """Return what the public may read of an outpost's activities: coming first by date, then those lately over.

    Only activities open to everybody; never a draft; cancelled ones are shown as such until their day.
    """
    rows = Activity.objects.filter(
        outpost=outpost,
        voided_at__isnull=True,
        audience=Audience.PUBLIC,
        state__in=TOLD,
        ends_at__gte=now - _STILL_SHOWN,
    ).exclude(state=ActivityState.CANCELLED, ends_at__lt=now)
    found = list(with_counts(rows).order_by("starts_at", "pk"))
    coming = [each for each in found if each.ends_at >= now]
    over = [each for each in found if each.ends_at < now]
    return [*coming, *reversed(over)]


def public_activity(uid: str, invitation: str = "") -> Activity:
    """Return an activity for a visitor. Refused alike: none, a draft, taken back, by invitation and without its word."""
    row = with_counts(Activity.objects.filter(uid=uid, voided_at__isnull=True, state__in=TOLD)).first()
    if row is None or (row.audience == Audience.INVITATION and invitation != row.invitation):
        raise refuse("roadshow.activity_unknown")
    return row


def places_of(activity: Activity) -> Places:
    """Return how full an activity is now. One query."""
    row: Any = with_counts(Activity.objects.filter(pk=activity.pk)).get()
    return Places(row.capacity, row.registered, row.waiting, row.came)


def attendance_of(activity: Activity) -> Attendance:
    """Return who came of whom. One query; the rows behind each number are the registrations with that state."""
    return attendance(Registration.objects.filter(activity=activity))


def attendance(rows: QuerySet[Registration]) -> Attendance:
    """Return who came of these registrations. One query."""
    came = Exists(CheckIn.objects.filter(registration=OuterRef("pk"), voided_at__isnull=True))
    before = Q(state=RegistrationState.REGISTERED) & ~Q(origin=RegisteredBy.WALK_IN)
    counted = rows.filter(voided_at__isnull=True).aggregate(
        registered=Count("pk", filter=before),
        came=Count("pk", filter=before & Q(came)),
        walked_in=Count("pk", filter=Q(origin=RegisteredBy.WALK_IN)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        cancelled=Count("pk", filter=Q(state=RegistrationState.CANCELLED)),
    )
    return Attendance(**counted)
