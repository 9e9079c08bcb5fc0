"""The early-warning list: which tenants may be in trouble, each with its reason, the figure and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feidi.domain.incubation.enums import ReportState, SignalKind, TenancyKind
from feidi.domain.incubation.models import Milestone, PeriodReport, Tenancy, TenantVisit
from feidi.domain.incubation.selectors.ledger import balances_of
from feidi.domain.incubation.selectors.rules import Warnings, incubation_rules
from feidi.domain.parties.models import Fact
from feidi.domain.parties.selectors.facts import list_facts_of
from feidi.engines.findings import Finding, Level
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

ORGANIZATION = "parties.organization"
INSURED, CASH = "insured_staff", "cash_months"


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to look after a tenant; ``finding`` renders the words, ``since`` the day from which it holds."""

    kind: SignalKind
    finding: Finding
    since: date | None


def warnings_of(tenancies: Iterable[Tenancy], today: date, known_at: datetime) -> dict[int, tuple[Signal, ...]]:
    """Return the signals of each running tenancy that has any, by key, in a fixed number of queries.

    What is not known gives no signal of its own: a report that is missing does.
    """
    rows = {each.pk: each for each in tenancies if each.ended_on is None and each.voided_at is None}
    found: dict[int, list[Signal]] = {pk: [] for pk in rows}
    outposts = {each.outpost_id: each.outpost for each in rows.values()}
    rules = {pk: incubation_rules(outpost).warnings for pk, outpost in outposts.items()}
    limits = {pk: rules[row.outpost_id] for pk, row in rows.items()}
    for pk, signal in [
        *_reports(limits, today),
        *_rent(rows, limits, today),
        *_milestones(limits, today),
        *_facts(rows, limits, today, known_at),
        *_unseen(rows, limits, today),
    ]:
        found[pk].append(signal)
    return {pk: tuple(signals) for pk, signals in found.items() if signals}


def _reports(limits: dict[int, Warnings], today: date) -> list[tuple[int, Signal]]:
    open_states = [ReportState.ASKED, ReportState.RETURNED]
    late = PeriodReport.objects.filter(tenancy__in=limits, state__in=open_states, due_on__lt=today).order_by("due_on")
    found: dict[int, list[PeriodReport]] = {}
    for row in late:
        allowed = limits[row.tenancy_id].report_days
        if allowed is not None and (today - row.due_on).days > allowed:
            found.setdefault(row.tenancy_id, []).append(row)
    return [
        (pk, _signal(SignalKind.REPORT_MISSING, rows[0].due_on, n=len(rows), since=rows[0].due_on.isoformat()))
        for pk, rows in found.items()
    ]


def _rent(rows: dict[int, Tenancy], limits: dict[int, Warnings], today: date) -> list[tuple[int, Signal]]:
    found = []
    for pk, balances in balances_of(rows.values(), today).items():
        allowed = limits[pk].rent_days
        for each in balances:
            since = each.late_since
            if allowed is not None and since is not None and (today - since).days > allowed:
                amount = format_money(each.late_fen, each.currency)
                found.append((pk, _signal(SignalKind.RENT_LATE, since, amount=amount, since=since.isoformat())))
    return found


def _milestones(limits: dict[int, Warnings], today: date) -> list[tuple[int, Signal]]:
    late = Milestone.objects.filter(
        tenancy__in=limits, reached_on__isnull=True, voided_at__isnull=True, due_on__lt=today
    ).order_by("due_on")
    found = []
    for row in late:
        allowed = limits[row.tenancy_id].milestone_days
        if allowed is not None and (today - row.due_on).days > allowed:
            params = {"title": row.title, "since": row.due_on.isoformat()}
            found.append((row.tenancy_id, _signal(SignalKind.MILESTONE_LATE, row.due_on, **params)))
    return found


def _facts(
    rows: dict[int, Tenancy], limits: dict[int, Warnings], today: date, known_at: datetime
) -> list[tuple[int, Signal]]:
    subjects = {pk: Subject(ORGANIZATION, row.organization.uid) for pk, row in rows.items()}
    stated: dict[tuple[str, str, int], list[Fact]] = {}
    wanted = list_facts_of(subjects.values(), as_of=today, known_at=known_at).filter(fact__in=[INSURED, CASH])
    for fact in wanted:
        stated.setdefault((fact.subject_uid, fact.fact, fact.outpost_id or 0), []).append(fact)
    found = []
    for pk, row in rows.items():
        uid = row.organization.uid
        cash = stated.get((uid, CASH, row.outpost_id), [])
        least = limits[pk].cash_months
        if cash and least is not None and cash[0].number is not None and cash[0].number < least:
            params = {"months": cash[0].number, "least": least}
            found.append((pk, _signal(SignalKind.CASH_SHORT, cash[0].holds_from, **params)))
        insured = stated.get((uid, INSURED, row.outpost_id), [])
        if limits[pk].insured_falling and len(insured) > 1 and _falls(insured):
            params = {"now": insured[0].number or 0, "before": insured[1].number or 0}
            found.append((pk, _signal(SignalKind.INSURED_FALLING, insured[0].holds_from, **params)))
    return found


def _unseen(rows: dict[int, Tenancy], limits: dict[int, Warnings], today: date) -> list[tuple[int, Signal]]:
    seen: dict[int, date] = {}
    for pk, on in TenantVisit.objects.filter(tenancy__in=rows, voided_at__isnull=True).values_list(
        "tenancy_id", "visited_on"
    ):
        seen[pk] = max(on, seen.get(pk, on))
    found = []
    for pk, row in rows.items():
        allowed, last = limits[pk].unseen_days, seen.get(pk, row.starts_on)
        if allowed is not None and row.kind == TenancyKind.STARTUP and today - last > timedelta(days=allowed):
            signal = _signal(SignalKind.NOT_SEEN, last, days=(today - last).days, since=last.isoformat())
            found.append((pk, signal))
    return found


def _falls(insured: list[Fact]) -> bool:
    newest, before = insured[0].number, insured[1].number
    return newest is not None and before is not None and newest < before


def _signal(kind: SignalKind, day: date | None, /, **params: str | int) -> Signal:
    return Signal(kind, Finding(Level.PROBLEM, f"incubation.signal_{kind.value}", params), day)
