"""Questions about trips. They are the outpost's own: the home side does not see where a leader goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS = {"title": "title", "kind": "kind", "starts": "starts_on", "ends": "ends_on"}


@dataclass(frozen=True, slots=True)
class TripFilter:
    """What the list shows. Empty means "any". ``show``: coming, past, no_result."""

    words: str = ""
    kind: str = ""
    show: str = ""
    today: date | None = None
    owner_id: int | None = None
    outpost_id: int | None = None
    project: str = ""


def list_trips(actor: Actor, wanted: TripFilter) -> QuerySet[Trip]:
    """Return the trips of the actor's outposts, latest first, with ``people``, ``stop_count`` and ``told`` counted."""
    live = Q(stops__voided_at__isnull=True)
    rows = visible_to(actor, Trip.objects.filter(_conditions(wanted), voided_at__isnull=True))
    return (
        rows.select_related("outpost", "owner")
        .annotate(
            people=Count("members", distinct=True),
            stop_count=Count("stops", filter=live, distinct=True),
            told=Count("stops", filter=live & ~Q(stops__result=""), distinct=True),
        )
        .order_by("-starts_on", "-id")
    )


def get_trip(actor: Actor, uid: str) -> Trip:
    """Return one that the actor may open, with people and stops; raises ``Trip.DoesNotExist`` for every other."""
    stops = TripStop.objects.filter(voided_at__isnull=True).select_related("project__outpost", "interaction")
    rows = visible_to(actor, Trip.objects.select_related("outpost__home", "owner"))
    return rows.prefetch_related(
        "members", Prefetch("stops", queryset=stops.order_by("on", "position", "id"), to_attr="itinerary")
    ).get(uid=uid)


def get_stop(actor: Actor, uid: str) -> TripStop:
    """Return one stop of a trip that the actor may open; raises ``TripStop.DoesNotExist`` for every other."""
    seen = visible_to(actor, Trip.objects.filter(voided_at__isnull=True))
    rows = TripStop.objects.filter(trip__in=seen, voided_at__isnull=True)
    return rows.select_related("trip__outpost", "project__outpost__home", "interaction").get(uid=uid)


def itinerary_of(trip: Trip) -> list[TripStop]:
    """Return the stops as ``get_trip`` has loaded them."""
    return list(getattr(trip, "itinerary", ()))


def by_day(stops: Sequence[TripStop]) -> list[tuple[date, list[TripStop]]]:
    """Return the stops day by day."""
    return [(on, list(group)) for on, group in groupby(stops, key=lambda stop: stop.on)]


def trips_of(actor: Actor, project: Project) -> QuerySet[TripStop]:
    """Return the stops about one project, which the caller has seen."""
    seen = visible_to(actor, Trip.objects.filter(voided_at__isnull=True))
    rows = TripStop.objects.filter(project=project, trip__in=seen, voided_at__isnull=True)
    return rows.select_related("trip").order_by("-on", "-id")


def _conditions(wanted: TripFilter) -> Q:
    asked = Q()
    if words := wanted.words.strip():
        inside = TripStop.objects.filter(Q(what__icontains=words) | Q(place__icontains=words), voided_at__isnull=True)
        asked &= Q(title__icontains=words) | Q(received_by__icontains=words) | Q(pk__in=inside.values("trip_id"))
    if wanted.today is not None:
        past = {"coming": Q(ends_on__gte=wanted.today), "past": Q(ends_on__lt=wanted.today)}
        past["no_result"] = Q(ends_on__lt=wanted.today, result="")
        asked &= past.get(wanted.show, Q())
    if wanted.project:
        stops = TripStop.objects.filter(project__uid=wanted.project, voided_at__isnull=True)
        asked &= Q(pk__in=stops.values("trip_id"))
    exact = {"kind": wanted.kind, "owner_id": wanted.owner_id, "outpost_id": wanted.outpost_id}
    return asked & Q(**{name: value for name, value in exact.items() if value})
