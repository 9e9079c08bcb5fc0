"""Tenancies: who is here on a day, with which units, on what terms."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from feidi.domain.incubation.access import tenancies_visible_to
from feidi.domain.incubation.models import Tenancy, TenancyTerm, TenancyUnit
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor


def list_tenancies(actor: Actor) -> QuerySet[Tenancy]:
    """Return the tenancies the actor sees, the latest first, with what a line of the list needs."""
    rows = tenancies_visible_to(actor, Tenancy.objects.filter(voided_at__isnull=True))
    units = TenancyUnit.objects.filter(voided_at__isnull=True).select_related("unit__zone").order_by("since")
    terms = TenancyTerm.objects.filter(voided_at__isnull=True).order_by("since")
    rows = rows.select_related("organization", "project", "outpost__home", "agreement")
    return rows.prefetch_related(Prefetch("units", units), Prefetch("terms", terms)).order_by("-starts_on", "-id")


def get_tenancy(*, actor: Actor, uid: str) -> Tenancy:
    """Return one tenancy that the actor may see, or refuse."""
    found = list_tenancies(actor).filter(uid=uid).first()
    if found is None:
        raise refuse("incubation.tenancy_unknown")
    return found


def here_on(rows: QuerySet[Tenancy], day: date) -> QuerySet[Tenancy]:
    """Narrow to tenancies that hold on ``day``."""
    return rows.filter(starts_on__lte=day).filter(Q(ended_on__isnull=True, ends_on__gte=day) | Q(ended_on__gte=day))


def ended_in(rows: QuerySet[Tenancy], first: date, last: date, how: str = "") -> QuerySet[Tenancy]:
    """Narrow to tenancies that ended within [first, last], in one way or in any."""
    rows = rows.filter(ended_on__gte=first, ended_on__lte=last)
    return rows.filter(ended_how=how) if how else rows


def term_on(tenancy: Tenancy, day: date) -> TenancyTerm | None:
    """Return the terms that hold on ``day``, of a tenancy that ``list_tenancies`` gave; None before the first."""
    return next((each for each in reversed(list(tenancy.terms.all())) if each.since <= day), None)


def units_on(tenancy: Tenancy, day: date) -> list[TenancyUnit]:
    """Return the units held on ``day``, of a tenancy that ``list_tenancies`` gave."""
    return [each for each in tenancy.units.all() if each.since <= day <= each.until]
