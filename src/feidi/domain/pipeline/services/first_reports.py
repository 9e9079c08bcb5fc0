"""First reports 首报首谈: claimed when a lead is registered, checked, granted, renewed, lapsed, fulfilled.

Each step appends a ``FirstReportEntry``. Nothing here registers a project (see ``first_report_transfer``), so that
registering may call it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from feidi.domain.parties.access import require
from feidi.domain.parties.enums import ContactKind
from feidi.domain.parties.models import ContactPoint
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import FirstReportState, PartyRole
from feidi.domain.pipeline.models import FirstReport, FirstReportEntry, Project
from feidi.domain.pipeline.selectors.first_report_rules import (
    FirstReportRules,
    find_first_report_rules,
    first_report_rules,
)
from feidi.domain.pipeline.selectors.first_reports import EDIT, RULE, collisions_of, ends_on, find_live_claim
from feidi.domain.pipeline.services.first_report_reminders import reminders_done
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.audit.canonical import Json, digest
from feidi.kernel.files.models import StoredFile

KIND = "pipeline.first_report"
_REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is said with a claim: the reporting unit, how it came about, who referred, what proves it."""

    unit: str = ""
    referrer: str = ""
    how: str = ""
    evidence: StoredFile | None = None


def claim_first_report(
    *, actor: Actor, now: datetime, project: Project, claimed: Claimed | None = None, check: bool = True
) -> FirstReport:
    """Claim to have reported the project first; the time is the server's, the digest covers what was said.

    The check follows at once and, where content says so and nothing collides, the grant. ``check=False``: the
    caller (registering) has asked for the permission already. Refused: a live claim, a voided project.
    """
    if check:
        require_on(actor, EDIT, project)
    if project.voided_at is not None:
        raise refuse("pipeline.voided_already", reason=project.void_reason)
    given = claimed or Claimed()
    with recorded(actor=actor, now=now) as unit:
        # the lock lets only one of two claims at one moment see none before it
        Project.objects.select_for_update().get(pk=project.pk)
        known = find_live_claim(project)
        if known is not None:
            raise refuse("first_reports.claimed_already", by=known.reported_by, on=_day(known.reported_at).isoformat())
        claim = FirstReport(
            project=project,
            home=project.outpost.home,
            reported_at=now,
            reported_by_id_number=actor.user_id,
            reported_by=actor.label,
            unit=(given.unit or project.outpost.short_name).strip()[:120],
            referrer=given.referrer.strip()[:120],
            how=given.how.strip()[:_REASON_LENGTH],
            digest=digest_of(project, given),
            evidence=given.evidence,
            created_at=now,
        )
        claim.save()
        unit.created(claim, kind=KIND)
        append(claim, unit, "claimed", given.how)
        _check_now(claim, unit)
    return claim


def digest_of(project: Project, given: Claimed) -> str:
    """Return the SHA-256 of what was said: names, content, referrer, contacts by their keyed index (never in clear)."""
    people = [
        each.person
        for each in project.parties.filter(role=PartyRole.CONTACT, until__isnull=True).select_related("person")
        if each.person
    ]
    points = ContactPoint.objects.filter(person__in=people, kind=ContactKind.PHONE, voided_at__isnull=True)
    return digest(
        project.outpost.code,
        project.code,
        project.name,
        project.sponsor_name,
        project.one_line,
        given.referrer or project.referrer,
        given.unit,
        given.how,
        given.evidence.sha256 if given.evidence else "",
        sorted(person.name for person in people),
        sorted(points.values_list("blind_index", flat=True)),
    )


def check_first_report(*, actor: Actor, now: datetime, claim: FirstReport) -> FirstReport:
    """Compare once more with what sister outposts hold; a clean check grants where content says so."""
    require_on(actor, EDIT, claim.project)
    with recorded(actor=actor, now=now) as unit:
        row = locked(claim)
        if row.state not in {FirstReportState.CLAIMED, FirstReportState.CHECKED}:
            raise _wrong_state(row)
        _check_now(row, unit)
    return row


def grant_first_report(*, actor: Actor, now: datetime, claim: FirstReport, reason: str = "") -> FirstReport:
    """Grant the right by hand, over whatever the check found. Needs the home side's word (``first_report.rule``)."""
    require(actor, RULE, Scope(ScopeKind.HOME, claim.home_id))
    rules = first_report_rules(claim.home)
    with recorded(actor=actor, now=now) as unit:
        row = locked(claim)
        if row.state not in {FirstReportState.CLAIMED, FirstReportState.CHECKED}:
            raise _wrong_state(row)
        grant_window(row, unit, rules, reason)
    return row


def renew_first_report(*, actor: Actor, now: datetime, claim: FirstReport, reason: str) -> FirstReport:
    """Lengthen the window by what content allows; the reminder that it ends is done by that.

    Refused: not granted, too often, no reason, window over.
    """
    require_on(actor, EDIT, claim.project)
    rules = first_report_rules(claim.home)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = locked(claim)
        if row.state != FirstReportState.GRANTED or row.window_to is None:
            raise _wrong_state(row)
        if row.renewals >= rules.renewals_allowed:
            raise refuse("first_reports.renewed_enough", n=row.renewals, allowed=rules.renewals_allowed)
        if row.window_to < _day(now):
            raise refuse("first_reports.window_over", on=row.window_to.isoformat())
        before = unit.before(row, KIND)
        row.window_to += timedelta(days=rules.renewal_days)
        row.renewals += 1
        row.rule_sha256 = rules.sha256
        save(row, unit, before, "renewed", reason)
        # a right that ends for want of progress ends on the same day still
        reminders_done(actor=actor, now=now, project=row.project, but=ends_on(row, rules.progress_days))
    return row


def lapse_due(*, actor: Actor, now: datetime) -> list[FirstReport]:
    """Let every right lapse whose window is over or whose project has not moved within the interval.

    Run daily. A claim of a place without rules is left alone. Returns what lapsed.
    """
    today, lapsed = _day(now), []
    rows = FirstReport.objects.filter(state=FirstReportState.GRANTED, voided_at__isnull=True)
    for claim in rows.select_related("home", "project").order_by("id"):
        rules = find_first_report_rules(claim.home)
        until = ends_on(claim, rules.progress_days) if rules else None
        if rules is None or until is None or until >= today:
            continue
        over = claim.window_to is not None and claim.window_to < today
        reason = (
            f"首谈期到 {claim.window_to} 届满，没有续期"
            if over
            else f"自 {until - timedelta(days=rules.progress_days)} 起超过 {rules.progress_days} 天没有推进记录"
        )
        with recorded(actor=actor, now=now) as unit:
            row = locked(claim)
            if row.state == FirstReportState.GRANTED:
                close(row, unit, FirstReportState.LAPSED, "lapsed", reason)
                lapsed.append(row)
    return lapsed


def fulfil_first_report(*, unit: Unit, project: Project, reason: str) -> FirstReport | None:
    """Close the live right of a project that has signed; None when it has none. Within the caller's unit."""
    claim = find_live_claim(project)
    if claim is None or claim.state == FirstReportState.DISPUTED:
        return None
    row = locked(claim)
    close(row, unit, FirstReportState.FULFILLED, "fulfilled", reason)
    return row


def confirm_ledger_claims(
    *, actor: Actor, now: datetime, projects: Sequence[Project], evidence: StoredFile, note: str = ""
) -> list[FirstReport]:
    """Turn what the ledger says (首报单位, 首报时间) into claims, all with one piece of evidence.

    The time of report is now: the ledger's date is kept as what was said, and may be weighed in a dispute.
    """
    made = []
    with recorded(actor=actor, now=now):
        for project in projects:
            on = project.first_report_on.isoformat() if project.first_report_on else "日期未填"
            how = f"台账填报：{project.first_report_unit or '单位未填'}，{on}。{note}"
            claimed = Claimed(project.first_report_unit, project.referrer, how, evidence)
            made.append(claim_first_report(actor=actor, now=now, project=project, claimed=claimed))
    return made


def locked(claim: FirstReport) -> FirstReport:
    """Return the claim as it stands now, locked. To be called inside the transaction."""
    rows = FirstReport.objects.select_for_update(of=("self",)).select_related("home", "project__outpost__home")
    return rows.get(pk=claim.pk)


def grant_window(row: FirstReport, unit: Unit, rules: FirstReportRules, reason: str, action: str = "granted") -> None:
    """Open the window from today under the rules given, inside the caller's unit."""
    before = unit.before(row, KIND)
    row.state = FirstReportState.GRANTED
    row.window_from = _day(unit.now)
    row.window_to = row.window_from + timedelta(days=rules.window_days)
    row.rule_sha256 = rules.sha256
    save(row, unit, before, action, reason)


def close(row: FirstReport, unit: Unit, state: FirstReportState, action: str, reason: str) -> None:
    """End a claim in ``state``; the record stays."""
    before = unit.before(row, KIND)
    row.state, row.closed_reason = state, reason[:_REASON_LENGTH]
    save(row, unit, before, action, reason)
    reminders_done(actor=unit.actor, now=unit.now, project=row.project)


def save(row: FirstReport, unit: Unit, before: Mapping[str, Json], action: str, reason: str) -> None:
    """Save a changed claim with its entry in record and trail."""
    row.version += 1
    row.save()
    unit.changed(row, kind=KIND, before=before, reason=reason, action=action)
    append(row, unit, action, reason)


def append(row: FirstReport, unit: Unit, action: str, reason: str) -> None:
    """Append one line to what happened to the claim."""
    FirstReportEntry.objects.create(
        first_report=row, at=unit.now, by=unit.actor.label, action=action, window_to=row.window_to, reason=reason[:500]
    )


def _check_now(row: FirstReport, unit: Unit) -> None:
    found = collisions_of(row.project)
    before = unit.before(row, KIND)
    row.checked = [{**asdict(each), "since": each.since.isoformat(), "reasons": list(each.reasons)} for each in found]
    row.state = FirstReportState.CHECKED
    save(row, unit, before, "checked", "、".join(sorted({each.outpost for each in found})))
    rules = find_first_report_rules(row.home)
    if rules is not None and rules.granted_by_check and not found:
        grant_window(row, unit, rules, "")


def _wrong_state(row: FirstReport) -> Exception:
    return refuse("first_reports.state", state=str(FirstReportState(row.state).label))


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
