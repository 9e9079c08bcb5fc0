"""Who holds a unit, in as much as somebody may know: the words of every refusal, grid and plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.apps import apps
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Occupation, Unit
from feidi.engines.findings import Finding, Level
from feidi.engines.slots import Interval
from feidi.kernel.access import Actor
from feidi.kernel.subjects import kind_of

#: So many of what stands in the way are named; the number of all is always told.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Holder:
    """An occupation as somebody may see it. ``row`` None and ``who`` empty: only that it is occupied."""

    occupation: Occupation
    row: Model | None
    who: str


def live_within(roots: Iterable[int], span: Interval) -> QuerySet[Occupation]:
    """Return live occupations of these rooms and their parts that touch ``span``, by beginning."""
    rows = Occupation.objects.filter(root_id__in=list(roots), freed_at__isnull=True)
    return rows.filter(starts_at__lt=span.end, ends_at__gt=span.start).order_by("starts_at", "id")


def live_in_rooms(roots: Iterable[int], span: Interval) -> QuerySet[Occupation]:
    """Return the same as ``live_within``, for many rooms at once: it never looks at what is long to come or long past.

    No two live rows of a unit overlap, so of those that began before ``span`` only the last can still be there.
    """
    rooms = list(roots)
    begins = Q(root_id__in=rooms, starts_at__gte=span.start, starts_at__lt=span.end)
    rows = Occupation.objects.filter(_running(rooms, span.start) | begins, freed_at__isnull=True)
    return rows.order_by("starts_at", "id")


def running_at(roots: Iterable[int], at: datetime) -> QuerySet[Occupation]:
    """Return live occupations of these rooms and their parts that began before a moment and end after it."""
    return Occupation.objects.filter(_running(list(roots), at), freed_at__isnull=True)


def _running(rooms: Sequence[int], at: datetime) -> Q:
    earlier = Occupation.objects.filter(unit=OuterRef("pk"), freed_at__isnull=True, starts_at__lt=at)
    units = Unit.objects.filter(Q(pk__in=rooms) | Q(parent_id__in=rooms))
    last = units.annotate(last=Subquery(earlier.order_by("-starts_at").values("pk")[:1])).values_list("last", flat=True)
    return Q(pk__in=[each for each in last if each is not None], ends_at__gt=at)


def in_the_way(unit: Unit, span: Interval, *, but: Occupation | None = None) -> QuerySet[Occupation]:
    """Return what keeps ``unit`` from being held during ``span``: itself, its room, or (of a room) any of its parts.

    The same as the database refuses, and as ``slots.clash`` says. ``but``: the occupation that is being moved.
    """
    rows = live_within([unit.root_id], span)
    if unit.pk != unit.root_id:
        rows = rows.filter(Q(unit_id=unit.pk) | Q(unit_id=F("root_id")))
    return rows.exclude(pk=but.pk) if but is not None else rows


def holders_of(actor: Actor, occupations: Sequence[Occupation]) -> list[Holder]:
    """Return who holds each, as far as the actor may see the row it is held for. One query per kind of row."""
    uids: dict[str, set[str]] = defaultdict(set)
    for each in occupations:
        uids[each.subject_kind].add(each.subject_uid)
    known: dict[tuple[str, str], tuple[Model, str]] = {}
    for kind, wanted in uids.items():
        subject = kind_of(kind)
        rows = apps.get_model(subject.model)._default_manager.filter(uid__in=wanted)
        for row in subject.visible_to(actor, _with_names(kind, rows)):
            known[kind, row.uid] = (row, subject.label(row))
    found = []
    for each in occupations:
        row, who = known.get((each.subject_kind, each.subject_uid), (None, ""))
        found.append(Holder(each, row, who))
    return found


def findings_of(actor: Actor, occupations: Sequence[Occupation]) -> list[Finding]:
    """Return one problem for each occupation in the way: who and from when to when, or only that it is occupied."""
    found = []
    for each in holders_of(actor, occupations[:_NAMED]):
        if each.who:
            span = spoken_span(each.occupation.starts_at, each.occupation.ends_at)
            reason = str(OccupationReason(each.occupation.reason).label)
            found.append(Finding(Level.PROBLEM, "space.taken_by", {"who": each.who, "span": span, "reason": reason}))
        else:
            found.append(Finding(Level.PROBLEM, "space.taken"))
    return found


def spoken_span(starts_at: datetime, ends_at: datetime) -> str:
    """Return an interval as people write it: ``11-23 09:00–10:00``, whole days as days, the year where it changes.

    >>> from datetime import timedelta
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
    >>> spoken_span(nine, nine + timedelta(hours=1))
    '2026-11-23 09:00–10:00'
    >>> spoken_span(nine.replace(hour=0), nine.replace(hour=0) + timedelta(days=2))
    '2026-11-23 至 2026-11-24'
    """
    start, end = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    last = date.fromordinal(end.date().toordinal() - 1)
    if (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0):
        return _("{first} 至 {last}").format(first=start.date().isoformat(), last=last.isoformat())
    if start.date() == end.date():
        return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}"
    if (end.hour, end.minute) == (0, 0) and last == start.date():
        return f"{start:%Y-%m-%d %H:%M}–24:00"
    return f"{start:%Y-%m-%d %H:%M}–{end:%Y-%m-%d %H:%M}"


def _with_names(kind: str, rows: QuerySet[Model]) -> QuerySet[Model]:
    """Fetch with a booking what its label says and no more, so that a grid of a day asks once and reads little."""
    if kind != "space.booking":
        return rows
    names = ("organization__name", "organizer__display_name")
    return rows.select_related("organization", "organizer").only("uid", "purpose", "state", "outpost", *names)
