"""Questions about visits, inquiries and the media ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from feidi.domain.showcase.access import inquiries_visible_to, media_visible_to, visits_visible_to
from feidi.domain.showcase.enums import InquiryState
from feidi.domain.showcase.models import HallVisit, Inquiry, MediaReport
from feidi.kernel.access import Actor

VISIT_SORTS: Final = {"when": "starts_at", "delegation": "delegation"}
INQUIRY_SORTS: Final = {"due": "due_on", "when": "created_at"}
MEDIA_SORTS: Final = {"on": "reported_on", "medium": "medium", "title": "title"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Empty means "any"."""

    words: str = ""
    state: str = ""
    kind: str = ""
    outpost_id: int | None = None


def list_visits(actor: Actor, wanted: Filter, now: datetime) -> QuerySet[HallVisit]:
    """Return visits with how many people are on the list; ``state`` coming: those that are not over, soonest first."""
    rows = visits_visible_to(actor, HallVisit.objects.filter(voided_at__isnull=True))
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    if wanted.words.strip():
        rows = rows.filter(delegation__icontains=wanted.words.strip())
    if wanted.state == "coming":
        rows = rows.filter(ends_at__gte=now, state__in=["asked", "confirmed"])
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    order = "starts_at" if wanted.state == "coming" else "-starts_at"
    return rows.select_related("outpost", "guide").annotate(listed=Count("visitors")).order_by(order, "-id")


def get_visit(actor: Actor, uid: str) -> HallVisit:
    """Return one that the actor may open; raises ``HallVisit.DoesNotExist`` for every other."""
    rows = HallVisit.objects.select_related("outpost__home", "guide")
    return visits_visible_to(actor, rows).get(uid=uid)


def list_inquiries(actor: Actor, wanted: Filter) -> QuerySet[Inquiry]:
    """Return inquiries; those that wait first by their day, the others newest first."""
    rows = inquiries_visible_to(actor, Inquiry.objects.all())
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if words := wanted.words.strip():
        rows = rows.filter(Q(text__icontains=words) | Q(unit__icontains=words))
    order = ("due_on", "id") if wanted.state == InquiryState.OPEN else ("-id",)
    return rows.select_related("outpost").order_by(*order)


def get_inquiry(actor: Actor, uid: str) -> Inquiry:
    """Return one that the actor may open; raises ``Inquiry.DoesNotExist`` for every other."""
    return inquiries_visible_to(actor, Inquiry.objects.select_related("outpost__home")).get(uid=uid)


def list_media_reports(actor: Actor, wanted: Filter) -> QuerySet[MediaReport]:
    """Return the media ledger, newest first."""
    rows = media_visible_to(actor, MediaReport.objects.filter(voided_at__isnull=True))
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    if words := wanted.words.strip():
        rows = rows.filter(Q(title__icontains=words) | Q(medium__icontains=words))
    if wanted.kind:
        rows = rows.filter(plaque__code=wanted.kind)
    return rows.select_related("outpost", "plaque", "screenshot").order_by("-reported_on", "-id")


def get_media_report(actor: Actor, uid: str) -> MediaReport:
    """Return one that the actor may open; raises ``MediaReport.DoesNotExist`` for every other."""
    return media_visible_to(actor, MediaReport.objects.select_related("outpost__home", "plaque", "screenshot")).get(
        uid=uid
    )
