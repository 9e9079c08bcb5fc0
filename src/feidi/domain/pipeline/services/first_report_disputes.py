"""Disputes between sister outposts of one home, and what the home side rules.

To raise a dispute reports one's own project to the home side; the other side is asked to answer, which reports
theirs. Until then the home side reads of the other only outpost, time and digest: enough to rule by.
"""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Place
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import DisputeState, FirstReportState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, Project
from feidi.domain.pipeline.selectors.first_report_rules import first_report_rules
from feidi.domain.pipeline.selectors.first_reports import EDIT, LIVE, RULE, collisions_of
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.first_reports import KIND, append, close, grant_window, locked, save
from feidi.domain.pipeline.services.submitting import send_submission
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind, actor_for_user
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.identity.models import User
from feidi.kernel.todos.services import add_todo

DISPUTE = "pipeline.dispute"


def raise_dispute(*, actor: Actor, now: datetime, claim: FirstReport, against: str, grounds: str) -> FirstReportDispute:
    """Dispute a sister outpost's claim (``against``: its uid, as the check named it) on stated grounds.

    Both claims stand still until the home side rules; own project is thereby reported, the other side and who rules get a to-do.
    Refused: no grounds, claim not live, ``against`` does not collide with it (so that nobody can fish for uids).
    """
    require_on(actor, EDIT, claim.project)
    if not grounds.strip():
        raise refuse("first_reports.grounds_needed")
    with recorded(actor=actor, now=now) as unit:
        own = locked(claim)
        if own.state not in LIVE or own.state == FirstReportState.DISPUTED:
            raise refuse("first_reports.state", state=str(FirstReportState(own.state).label))
        known = {each.claim for each in collisions_of(own.project) if each.claim}
        if against not in known:
            raise refuse("first_reports.no_collision")
        other = locked(FirstReport.objects.get(uid=against))
        if other.state == FirstReportState.DISPUTED:
            raise refuse("first_reports.state", state=str(FirstReportState(other.state).label))
        dispute = FirstReportDispute(
            home=own.home,
            left=own,
            right=other,
            raised_by=actor.label,
            raised_at=now,
            grounds=grounds.strip()[:500],
            created_at=now,
        )
        dispute.save()
        unit.created(dispute, kind=DISPUTE)
        for side in (own, other):
            before = unit.before(side, KIND)
            side.state = FirstReportState.DISPUTED
            save(side, unit, before, "disputed", grounds if side is own else "")
        if own.project.reported_at is None:
            _report(actor, now, own.project)
        _ask(unit, other, f"姊妹驻点对“{other.project.name}”提出首报争议，请答复")
        for ruler in _rulers(own.home, now):
            _ask(unit, own, f"“{own.project.name}”有首报争议，请裁定", ruler)
    return dispute


def answer_dispute(*, actor: Actor, now: datetime, dispute: FirstReportDispute, statement: str) -> FirstReportDispute:
    """State one's side as the other party; the project is thereby reported. Refused: not open, nothing said."""
    claim = _side_of(actor, dispute)
    if not statement.strip():
        raise refuse("first_reports.grounds_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _open(dispute)
        own = locked(claim)
        append(own, unit, "answered", statement.strip())
        unit.acted("answered", kind=DISPUTE, uid=row.uid, reason=statement.strip()[:500])
        if own.project.reported_at is None:
            _report(actor, now, own.project)
    return row


def withdraw_dispute(*, actor: Actor, now: datetime, dispute: FirstReportDispute, reason: str) -> FirstReportDispute:
    """Take one's own dispute back; both claims stand as before. Refused: raised by the other side, no reason."""
    require_on(actor, EDIT, dispute.left.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _open(dispute)
        before = unit.before(row, DISPUTE)
        row.state, row.version = DisputeState.WITHDRAWN, row.version + 1
        row.save(update_fields=["state", "version"])
        unit.changed(row, kind=DISPUTE, before=before, reason=reason)
        for side in (locked(row.left), locked(row.right)):
            held = unit.before(side, KIND)
            side.state = FirstReportState.GRANTED if side.window_to else FirstReportState.CHECKED
            save(side, unit, held, "restored", reason)
    return row


def rule_dispute(
    *,
    actor: Actor,
    now: datetime,
    dispute: FirstReportDispute,
    winner: FirstReport,
    rule: str,
    ruling: str,
    document: StoredFile | None = None,
) -> FirstReportDispute:
    """Rule for one side by a rule of content, with reasons; the other side's record stays, marked 未认定.

    The winner's window begins today unless one is running. Refused: not the home side, not open, unknown rule,
    no reasons, a winner who is no party.
    """
    require(actor, RULE, Scope(ScopeKind.HOME, dispute.home_id))
    rules = first_report_rules(dispute.home)
    if rules.ruling(rule) is None:
        raise refuse("first_reports.rule_unknown", rule=rule)
    if not ruling.strip():
        raise refuse("pipeline.reason_needed")
    if winner.pk not in {dispute.left_id, dispute.right_id}:
        raise refuse("first_reports.no_party")
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        row = _open(dispute)
        before = unit.before(row, DISPUTE)
        row.state, row.winner, row.rule, row.ruling = DisputeState.RULED, winner, rule, ruling.strip()[:500]
        row.ruled_by, row.ruled_at, row.document, row.version = actor.label, now, document, row.version + 1
        row.save()
        unit.changed(row, kind=DISPUTE, before=before, reason=ruling)
        for side in (locked(row.left), locked(row.right)):
            if side.pk != winner.pk:
                close(side, unit, FirstReportState.REFUSED, "ruled_out", ruling)
            elif side.window_to is not None and side.window_to >= today:
                held = unit.before(side, KIND)
                side.state = FirstReportState.GRANTED
                save(side, unit, held, "ruled_for", ruling)
            else:
                grant_window(side, unit, rules, ruling, "ruled_for")
            _ask(unit, side, f"“{side.project.name}”的首报争议已裁定，请查看")
    return row


def _side_of(actor: Actor, dispute: FirstReportDispute) -> FirstReport:
    require_on(actor, EDIT, dispute.right.project)
    return dispute.right


def _open(dispute: FirstReportDispute) -> FirstReportDispute:
    rows = FirstReportDispute.objects.select_for_update(of=("self",)).select_related("left", "right", "home")
    row = rows.get(pk=dispute.pk)
    if row.state != DisputeState.OPEN:
        raise refuse("first_reports.dispute_closed", state=str(DisputeState(row.state).label))
    return row


def _report(actor: Actor, now: datetime, project: Project) -> None:
    send_submission(actor=actor, now=now, outpost=project.outpost, projects=[project], reason="首报争议")


def _ask(unit: Unit, claim: FirstReport, what: str, whom: User | None = None) -> None:
    owner = whom or claim.project.owner
    today = unit.now.astimezone(SHANGHAI).date()
    add_todo(actor=unit.actor, now=unit.now, subject=subject_of(claim.project), what=what, assignee=owner, due_on=today)


def _rulers(home: Place, now: datetime) -> list[User]:
    """Return who may rule for a home today: asked by permission, never by a role's name."""
    users = User.objects.filter(memberships__home=home, is_active=True).distinct().order_by("id")
    here = Scope(ScopeKind.HOME, home.pk)
    return [user for user in users if actor_for_user(user, now).may(RULE, here)]
