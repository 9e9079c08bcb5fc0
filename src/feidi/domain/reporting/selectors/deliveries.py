"""Questions about reports that were laid before the home side."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import VIEW, visible_to
from feidi.domain.reporting.models import Report, ReportDelivery
from feidi.kernel.access import Actor, ScopeKind


def list_deliveries(actor: Actor) -> QuerySet[ReportDelivery]:
    """Return the deliveries that the actor sees, as outpost or as home side, the latest first, with their receipts."""
    rows = visible_to(actor, ReportDelivery.objects.select_related("report", "outpost__home"))
    return rows.defer("report__body", "report__mismatches").prefetch_related("receipts").order_by("-id")


def get_delivery(actor: Actor, uid: str) -> ReportDelivery:
    """Return one with its files and receipts; raises DoesNotExist for one that is not to be seen."""
    rows = visible_to(actor, ReportDelivery.objects.select_related("report__outpost__home", "report__outpost__host"))
    kept = ("receipts", "report__files__file", "report__outpost__plaques")
    return rows.select_related("outpost").prefetch_related(*kept).get(uid=uid)


def find_delivery(report: Report) -> ReportDelivery | None:
    """Return how a report was laid before the home side; None while it was not."""
    return ReportDelivery.objects.filter(report=report).prefetch_related("receipts").first()


def later_delivery(delivery: ReportDelivery) -> ReportDelivery | None:
    """Return the delivery of the next revision, if that was delivered too."""
    return ReportDelivery.objects.filter(report__supersedes=delivery.report, report__voided_at__isnull=True).first()


def receiving_outposts(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts whose deliveries the actor sees."""
    own = Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    of_home = Outpost.objects.filter(home_id__in=actor.scopes(VIEW, ScopeKind.HOME))
    return (own | of_home).select_related("home").order_by("code")
