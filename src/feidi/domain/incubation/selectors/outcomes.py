"""Results of incubation and which of them count: K16, the year's goal, and who is on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from feidi.domain.incubation.access import outcomes_visible_to
from feidi.domain.incubation.models import TenantOutcome
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor
from feidi.kernel.evidence.selectors import count_accepted_of_many
from feidi.kernel.subjects import Subject

KIND = "incubation.tenant_outcome"


@dataclass(frozen=True, slots=True)
class YearOfResults:
    """K16 of one calendar year: whose results were accepted, whose still wait for their evidence, and the aim.

    ``counted`` and ``under_way`` hold one entry per project (or organization without one): a project counts once a year
    however many results it has. ``low``…``high`` is the aim.
    """

    year: int
    counted: dict[str, tuple[TenantOutcome, ...]]
    under_way: dict[str, tuple[TenantOutcome, ...]]
    low: int
    high: int


def list_outcomes(actor: Actor) -> QuerySet[TenantOutcome]:
    """Return the results the actor sees, newest first, with what their lines need."""
    rows = outcomes_visible_to(actor, TenantOutcome.objects.filter(voided_at__isnull=True))
    return rows.select_related("organization", "project", "tenancy", "outpost__home").order_by("-dated_on", "-id")


def accepted_among(outcomes: Iterable[TenantOutcome]) -> frozenset[int]:
    """Return which results count: not taken back, with at least one accepted piece of evidence. One query."""
    subjects = {each.pk: Subject(KIND, each.uid) for each in outcomes if each.voided_at is None}
    accepted = count_accepted_of_many(subjects.values())
    return frozenset(pk for pk, subject in subjects.items() if sum(accepted[subject].values()))


def results_of_year(actor: Actor, outpost: Outpost, year: int) -> YearOfResults:
    """Return K16 of a year for an outpost, over the results the actor sees (three queries)."""
    rules = incubation_rules(outpost)
    rows = list(
        list_outcomes(actor).filter(
            Q(outpost=outpost), dated_on__gte=date(year, 1, 1), dated_on__lt=date(year + 1, 1, 1)
        )
    )
    good = accepted_among(rows)
    counted: dict[str, list[TenantOutcome]] = {}
    waiting: dict[str, list[TenantOutcome]] = {}
    for row in rows:
        (counted if row.pk in good else waiting).setdefault(_whose(row), []).append(row)
    under_way = {whose: tuple(each) for whose, each in waiting.items() if whose not in counted}
    return YearOfResults(year, {w: tuple(e) for w, e in counted.items()}, under_way, *rules.aim)


def _whose(row: TenantOutcome) -> str:
    """A project, or an organization that has none here."""
    return f"project:{row.project_id}" if row.project_id is not None else f"organization:{row.organization_id}"
