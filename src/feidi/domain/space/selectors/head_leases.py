"""Head leases: lists, the day that bounds every tenancy, how long is left, what they cost a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.space.access import head_leases_visible_to
from feidi.domain.space.enums import RentBasis
from feidi.domain.space.models import HeadLease
from feidi.engines.findings import Finding, Level
from feidi.engines.money import Money
from feidi.kernel.access import Actor

#: Months before the end at which the leads are warned, earliest first.
WARN_MONTHS = (12, 6, 3)
_MONTHS = 12


def list_head_leases(
    actor: Actor, *, outpost_id: int | None = None, current_on: date | None = None
) -> QuerySet[HeadLease]:
    """Return the leases that the actor may see, the last to end first; ``current_on`` leaves ended ones out."""
    rows = head_leases_visible_to(actor, HeadLease.objects.filter(voided_at__isnull=True))
    if outpost_id:
        rows = rows.filter(outpost_id=outpost_id)
    if current_on:
        rows = rows.filter(ends_on__gte=current_on)
    return rows.select_related("outpost__home", "document").order_by("-ends_on", "-id")


def get_head_lease(actor: Actor, uid: str) -> HeadLease:
    """Return one lease that the actor may see, voided ones too; raises ``HeadLease.DoesNotExist`` for every other."""
    rows = HeadLease.objects.select_related("outpost__home", "document")
    return head_leases_visible_to(actor, rows).get(uid=uid)


def find_bounding_lease(outpost: Outpost) -> HeadLease | None:
    """Return the lease that ends last: its last day bounds every tenancy of the outpost. None: none is recorded."""
    return HeadLease.objects.filter(outpost=outpost, voided_at__isnull=True).order_by("-ends_on", "-id").first()


def explain_tenancy_end(outpost: Outpost, term_to: date | None) -> Finding | None:
    """Return what speaks against a tenancy until ``term_to`` (included): a problem when it outlasts the head lease,
    a note when no lease or no term is known; None when it fits.
    """
    return explain_against(find_bounding_lease(outpost), term_to)


def explain_against(lease: HeadLease | None, term_to: date | None) -> Finding | None:
    """Return the same, against a lease that is at hand. Asks nothing."""
    if term_to is None:
        return Finding(Level.NOTE, "space.tenancy_term_unknown")
    if lease is None:
        return Finding(Level.NOTE, "space.no_head_lease", {"term_to": term_to.isoformat()})
    if term_to <= lease.ends_on:
        return None
    params = {"term_to": term_to.isoformat(), "ends_on": lease.ends_on.isoformat()}
    return Finding(Level.PROBLEM, "space.tenancy_outlasts_lease", params)


def months_before(day: date, months: int) -> date:
    """Return the day ``months`` before ``day``; the last of the month where the day does not exist there."""
    place = day.year * _MONTHS + day.month - 1 - months
    year, month = divmod(place, _MONTHS)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def warned_months(lease: HeadLease, today: date) -> int | None:
    """Return the nearest threshold (12, 6, 3 months) already reached on ``today``; None before the first."""
    reached = [months for months in WARN_MONTHS if today >= months_before(lease.ends_on, months)]
    return min(reached) if reached else None


@dataclass(frozen=True, slots=True)
class MonthlyRent:
    """What a lease costs a month: for the whole, and per m². None: not known (no rent, or no area)."""

    whole: Money | None
    per_m2: Money | None


def monthly_rent(lease: HeadLease) -> MonthlyRent:
    """Return the month's rent of a lease both ways, rounded half up to the fen."""
    if lease.rent_fen is None:
        return MonthlyRent(None, None)
    given = Money(lease.rent_fen, lease.currency)
    area = Fraction(lease.area_m2) if lease.area_m2 else None
    if lease.basis == RentBasis.PER_M2:
        return MonthlyRent(_times(given, area) if area else None, given)
    return MonthlyRent(given, _times(given, 1 / area) if area else None)


def _times(amount: Money, factor: Fraction) -> Money:
    return Money(floor(amount.fen * factor + Fraction(1, 2)), amount.currency)
