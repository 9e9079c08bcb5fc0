"""Activities and their people as a list asks for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.access import activities_visible_to
from feidi.domain.roadshow.enums import ActivityState, RegisteredBy, RegistrationState
from feidi.domain.roadshow.models import Activity, CheckIn, Registration
from feidi.domain.roadshow.selectors.activities import Attendance, attendance, list_activities
from feidi.domain.roadshow.selectors.tickets import fold_code
from feidi.kernel.access import Actor
from feidi.kernel.sealing import blind_index

_MONTHS = 6
#: Digits of a telephone number that everybody sees; so many and more are taken for a whole one.
_TAIL, _WHOLE = 4, 6


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What the list shows. Empty means "any"; ``show``: coming (default of the page), past, all; ``month``: 2026-11, which
    takes the place of ``show``.
    """

    words: str = ""
    kind: str = ""
    state: str = ""
    show: str = "coming"
    month: str = ""
    outpost_id: int | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFilter:
    """Which registrants. ``came``: came, missed, walk_in."""

    words: str = ""
    state: str = ""
    came: str = ""


def filtered(actor: Actor, wanted: ActivityFilter, now: datetime) -> QuerySet[Activity]:
    """Return the activities asked for: coming ones the next first, others the latest first."""
    rows = list_activities(actor)
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    if first := _first_of(wanted.month):
        rows = rows.filter(starts_at__gte=first, starts_at__lt=_next_month(first)).order_by("starts_at", "pk")
    elif wanted.show == "coming":
        rows = rows.filter(ends_at__gte=midnight).order_by("starts_at", "pk")
    elif wanted.show == "past":
        rows = rows.filter(ends_at__lt=midnight)
    if words := wanted.words.strip():
        rows = rows.filter(Q(title_zh__icontains=words) | Q(title_en__icontains=words) | Q(number__icontains=words))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    return rows


def months_of(actor: Actor, now: datetime) -> list[tuple[str, int]]:
    """Return (2026-11, how many) for the month before, this one and the four to come. One query."""
    here = now.astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    firsts = [(here - timedelta(days=1)).replace(day=1)]
    while len(firsts) < _MONTHS:
        firsts.append(_next_month(firsts[-1]))
    rows = activities_visible_to(actor, Activity.objects.filter(voided_at__isnull=True))
    starts = rows.filter(starts_at__gte=firsts[0], starts_at__lt=_next_month(firsts[-1])).values_list(
        "starts_at", flat=True
    )
    counted = Counter(f"{each.astimezone(SHANGHAI):%Y-%m}" for each in starts)
    return [(name, counted[name]) for name in (f"{each:%Y-%m}" for each in firsts)]


def totals_of(actor: Actor, wanted: ActivityFilter, now: datetime) -> Attendance:
    """Return who came of whom over the activities asked for that were held. Two queries."""
    held = filtered(actor, wanted, now).filter(state=ActivityState.HELD).order_by().values("pk")
    return attendance(Registration.objects.filter(activity__in=held))


def list_registrations(activity: Activity, wanted: RegistrationFilter) -> QuerySet[Registration]:
    """Return registrants in order of position, with their live entries (``entries``)."""
    rows = Registration.objects.filter(activity=activity, voided_at__isnull=True)
    if words := wanted.words.strip():
        named = (
            Q(name__icontains=words) | Q(organization_name__icontains=words) | Q(organization__name__icontains=words)
        )
        rows = rows.filter(named | Q(code=fold_code(words)))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    came = Exists(CheckIn.objects.filter(registration=OuterRef("pk"), voided_at__isnull=True))
    if wanted.came == "came":
        rows = rows.filter(came)
    elif wanted.came == "missed":
        rows = rows.filter(~came, state=RegistrationState.REGISTERED).exclude(origin=RegisteredBy.WALK_IN)
    elif wanted.came == "walk_in":
        rows = rows.filter(origin=RegisteredBy.WALK_IN)
    return with_entries(rows).order_by("position")


def with_entries(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Return registrants with whom the outpost knows them as, and their live entries (``entries``)."""
    live = CheckIn.objects.filter(voided_at__isnull=True).order_by("pk")
    return rows.select_related("organization", "activity").prefetch_related(
        Prefetch("check_ins", queryset=live, to_attr="entries")
    )


def _first_of(month: str) -> datetime | None:
    try:
        return datetime.strptime(month, "%Y-%m").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def _next_month(first: datetime) -> datetime:
    return (first + timedelta(days=32)).replace(day=1)


def found_at_door(activity: Activity, typed: str) -> list[Registration]:
    """Return whom a ticket number, or the last four digits or more of a telephone number, names; cancelled ones last.

    A whole telephone number is asked by its index, four digits by what everybody sees of it.
    """
    rows = with_entries(Registration.objects.filter(activity=activity, voided_at__isnull=True))
    folded = fold_code(typed)
    if not folded:
        return []
    by_code = list(rows.filter(code=folded))
    if by_code or not folded.isdigit() or len(folded) < _TAIL:
        return by_code
    whole = Q(phone_index=blind_index(folded)) if len(folded) > _WHOLE else Q(phone_hint__endswith=folded[-_TAIL:])
    return sorted(rows.filter(whole), key=lambda each: (each.state == RegistrationState.CANCELLED, each.position))
