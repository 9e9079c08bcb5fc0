"""Periodic reports: what is asked, what is known already, which are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from feidi.domain.incubation.access import of_visible_tenancies
from feidi.domain.incubation.enums import ReportState
from feidi.domain.incubation.models import PeriodReport
from feidi.domain.incubation.selectors.periods import ReportPeriod
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.rules.facts import FactDef
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a report: a word of the fact dictionary; ``yearly``: about the period's whole year."""

    fact: str
    definition: FactDef
    yearly: bool


def questions_of(report: PeriodReport) -> list[Question]:
    """Return what a report asks, by the content in force on its last day. A word the dictionary lacks is left out."""
    outpost = report.tenancy.outpost
    rules = incubation_rules(outpost)
    dictionary = library_of(outpost, on=report.period_to).dictionary
    asked = [(each, False) for each in rules.questions]
    if period_from(report).closes_year:
        asked += [(each, True) for each in rules.yearly]
    return [Question(fact, dictionary[fact], yearly) for fact, yearly in asked if fact in dictionary]


def prefill_of(report: PeriodReport) -> dict[str, str]:
    """Return what the tenant need only look over: its own last accepted answers, where the question is the same."""
    if report.answers:
        return dict(report.answers)
    before = last_accepted(report)
    return {} if before is None else {fact: str(given) for fact, given in before.answers.items() if given}


def last_accepted(report: PeriodReport) -> PeriodReport | None:
    """Return the tenancy's last accepted report before this one, None when there is none."""
    earlier = PeriodReport.objects.filter(
        tenancy=report.tenancy_id, state=ReportState.ACCEPTED, period_to__lt=report.period_from
    )
    return earlier.order_by("-period_to").first()


def list_reports(actor: Actor) -> QuerySet[PeriodReport]:
    """Return the reports the actor sees, the last due first."""
    rows = of_visible_tenancies(actor, PeriodReport.objects.all())
    return rows.select_related("tenancy__organization", "tenancy__outpost__home").order_by("-due_on", "-id")


def late_reports(rows: QuerySet[PeriodReport], today: date) -> QuerySet[PeriodReport]:
    """Narrow to reports that are due and not handed in, the oldest first."""
    return rows.filter(due_on__lt=today, state__in=[ReportState.ASKED, ReportState.RETURNED]).order_by("due_on", "id")


def period_from(report: PeriodReport) -> ReportPeriod:
    """Return a report's period as a value."""
    return ReportPeriod(report.period_from, report.period_to, report.due_on)
