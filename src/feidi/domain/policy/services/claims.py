"""Verbs of claims: begun here, filed on the official platform, followed as it is seen there. Nothing is applied for here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.access import CLAIM
from feidi.domain.policy.enums import CLAIM_STEPS, OPEN_CLAIMS, ClaimStatus
from feidi.domain.policy.models import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.claimants import Claimant, check_claimant, check_clause, lock_claimant
from feidi.domain.policy.services.payouts import await_payout, await_remainder, payout_ended
from feidi.engines.findings import refuse
from feidi.engines.rules.clauses import Clause
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.clock import Unit
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks, stop_clocks
from feidi.kernel.evidence.services import RequirementSpec
from feidi.kernel.evidence.services import require as require_evidence
from feidi.kernel.files.models import StoredFile
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

KIND = "policy.claim"
#: Purpose of the 材料清单 among the evidence of a claim.
MATERIALS = "policy_claim"
_SUBMIT, _FILED = "claim_submit", "claim_submitted"
_ENDED = (ClaimStatus.PAID, ClaimStatus.CLOSED, ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim to be prepared: whose, under which clause, on which platform under whose account.

    ``organization``  or ``person``; neither: the referrer named in the referral that it is ``about``
    ``about``         the project, person or referral that the clause is about; None: the claimant itself
    """

    organization: Organization | None
    clause: str
    platform: str = ""
    account_holder: str = ""
    about: Subject | None = None
    applied_fen: int | None = None
    note: str = ""
    person: Person | None = None

    @property
    def claimant(self) -> Claimant:
        """Whose it is."""
        return Claimant(self.organization, self.person, self.about)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen on the platform: which status, on which day, with which number, amount and paper.

    ``amount_fen``  applied for (submitted), approved, or paid this time, by the status
    """

    status: ClaimStatus
    seen_on: date
    acceptance_number: str = ""
    amount_fen: int | None = None
    document: StoredFile | None = None
    note: str = ""


def start_claim(*, actor: Actor, now: datetime, outpost: Outpost, new: NewClaim) -> PolicyClaim:
    """Begin a claim: its 材料清单 from the clause, and the clock to the end of the window.

    Refused: no permission, two claimants or none, an organization, person or referral the outpost does not know, no such
    clause, a subject of another kind than the clause is for, an open claim of the same kind.
    """
    require(actor, CLAIM, outpost_scope(outpost.pk))
    masked = check_claimant(actor, outpost, new.claimant)
    today = now.astimezone(SHANGHAI).date()
    library = library_of(outpost, on=today)
    clause = library.clause(new.clause)
    if clause is None:
        raise refuse("policy.clause_unknown", clause=new.clause)
    check_clause(actor, new.claimant, clause)
    with recorded(actor=actor, now=now) as unit:
        lock_claimant(new.claimant)
        _refuse_double(outpost, new, clause)
        claim = _drawn_up(outpost, new, clause, today)
        claim.masked, claim.policy_hash = masked, library.hash
        claim.recorded_by, claim.created_at = actor.label[:160], now
        claim.save()
        unit.created(claim, kind=KIND)
        _log(claim, "", Seen(ClaimStatus.DRAFT, today, note=new.note), actor, now)
        _list_materials(actor, now, claim, clause)
        _start_submission_clock(actor, now, claim, today)
    return claim


def record_claim_status(*, actor: Actor, now: datetime, claim: PolicyClaim, version: int, seen: Seen) -> PolicyClaim:
    """Note what was seen on the platform.

    Refused: no permission, changed since ``version``, taken back, a step that does not follow, submitted without number
    or receipt, approved or paid without an amount, more paid than was approved, 不再拨付 where nothing is left, closed,
    rejected or returned without what was said, a day ahead or before the last one noted.
    """
    require(actor, CLAIM, outpost_scope(claim.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _live(claim)
        if row.version != version:
            raise refuse("policy.claim_changed_meanwhile")
        _check_step(row, seen, now.astimezone(SHANGHAI).date())
        before, was = unit.before(row, KIND), row.status
        _put(row, seen)
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, reason=seen.note)
        _log(row, was, _noted(row, seen), actor, now)
        _turn_clocks(actor, now, row, seen)
    return row


def void_claim(*, actor: Actor, now: datetime, claim: PolicyClaim, reason: str) -> PolicyClaim:
    """Take back a claim that was entered in error. Refused: no permission, no reason, taken back before."""
    require(actor, CLAIM, outpost_scope(claim.outpost_id))
    if not reason.strip():
        raise refuse("policy.claim_reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _live(claim)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
        on = now.astimezone(SHANGHAI).date()
        payout_ended(actor=actor, now=now, claim=row, on=on)
        stop_all_clocks(actor=actor, now=now, subject=Subject(KIND, row.uid), on=on, reason=row.void_reason)
    return row


def _drawn_up(outpost: Outpost, new: NewClaim, clause: Clause, today: date) -> PolicyClaim:
    return PolicyClaim(
        outpost=outpost,
        organization=new.organization,
        person=new.person,
        about_kind=new.about.kind if new.about else "",
        about_uid=new.about.uid if new.about else "",
        place=clause.place,
        clause=clause.code,
        clause_title=clause.title[:160],
        platform=(new.platform.strip() or (clause.window.platform if clause.window else ""))[:120],
        account_holder=new.account_holder.strip()[:120],
        status_seen_on=today,
        window_ends_on=_window_end(clause),
        applied_fen=new.applied_fen,
        note=new.note.strip()[:300],
    )


def _refuse_double(outpost: Outpost, new: NewClaim, clause: Clause) -> None:
    same = PolicyClaim.objects.filter(
        outpost=outpost,
        organization=new.organization,
        person=new.person,
        clause=clause.code,
        about_uid=new.about.uid if new.about else "",
        status__in=OPEN_CLAIMS,
        voided_at__isnull=True,
    ).first()
    if same is not None:
        raise refuse("policy.claim_open", title=clause.title, status=str(ClaimStatus(same.status).label))


def _window_end(clause: Clause) -> date | None:
    ends = clause.window.end if clause.window else None
    return None if ends is None else date.fromordinal(ends)


def _list_materials(actor: Actor, now: datetime, claim: PolicyClaim, clause: Clause) -> None:
    kinds = [RequirementSpec(f"material_{at}", words[:80], words[:80]) for at, words in enumerate(clause.materials, 1)]
    require_evidence(actor=actor, now=now, subject=Subject(KIND, claim.uid), purpose=MATERIALS, kinds=kinds)


def _start_submission_clock(actor: Actor, now: datetime, claim: PolicyClaim, today: date) -> None:
    """The window's last day as a clock; one that ends today or has ended runs none."""
    ends = claim.window_ends_on
    if ends is None or ends <= today:
        return
    clock = ClockSpec(_SUBMIT, "申报截止", "Window closes", (ends - today).days, Unit.CALENDAR, _FILED)
    start_clock(
        actor=actor,
        now=now,
        subject=Subject(KIND, claim.uid),
        clock=clock,
        on=today,
        scope_outpost=claim.outpost_id,
    )


def _check_step(row: PolicyClaim, seen: Seen, today: date) -> None:
    follows = CLAIM_STEPS[ClaimStatus(row.status)]
    if seen.status not in follows:
        known = "、".join(str(each.label) for each in follows) or "—"
        raise refuse(
            "policy.claim_step",
            status=str(ClaimStatus(row.status).label),
            to=str(seen.status.label),
            known=known,
        )
    if seen.seen_on > today:
        raise refuse("policy.claim_seen_ahead", seen_on=seen.seen_on.isoformat())
    if seen.seen_on < row.status_seen_on:
        raise refuse(
            "policy.claim_seen_backwards", seen_on=seen.seen_on.isoformat(), last=row.status_seen_on.isoformat()
        )
    _check_content(row, seen)


def _check_content(row: PolicyClaim, seen: Seen) -> None:
    match seen.status:
        case ClaimStatus.SUBMITTED if not (seen.acceptance_number.strip() or row.acceptance_number or seen.document):
            raise refuse("policy.claim_number_needed")
        case ClaimStatus.APPROVED | ClaimStatus.PAID if seen.amount_fen is None:
            raise refuse("policy.claim_amount_needed", what=str(seen.status.label))
        case ClaimStatus.PAID if (row.remaining_fen or 0) < (seen.amount_fen or 0):
            left = format_money(row.remaining_fen or 0, "CNY")
            raise refuse("policy.claim_paid_beyond", amount=format_money(seen.amount_fen or 0, "CNY"), left=left)
        case ClaimStatus.CLOSED if not row.remaining_fen:
            raise refuse("policy.claim_nothing_left")
        case ClaimStatus.RETURNED | ClaimStatus.REJECTED | ClaimStatus.WITHDRAWN | ClaimStatus.CLOSED if (
            not seen.note.strip()
        ):
            raise refuse("policy.claim_reason_needed")


def _put(row: PolicyClaim, seen: Seen) -> None:
    row.status, row.status_seen_on = seen.status, seen.seen_on
    row.acceptance_number = (seen.acceptance_number.strip() or row.acceptance_number)[:80]
    match seen.status:
        case ClaimStatus.SUBMITTED:
            row.submitted_on = row.submitted_on or seen.seen_on
            row.receipt = seen.document or row.receipt
            row.applied_fen = seen.amount_fen if seen.amount_fen is not None else row.applied_fen
        case ClaimStatus.APPROVED:
            row.approved_on, row.approved_fen = seen.seen_on, seen.amount_fen
        case ClaimStatus.PAID:
            # money may come in parts: what came this time is added
            row.paid_on, row.paid_fen = seen.seen_on, (row.paid_fen or 0) + (seen.amount_fen or 0)
        case _:
            pass


def _noted(row: PolicyClaim, seen: Seen) -> Seen:
    """Return the entry: what is closed is as much as was left."""
    return replace(seen, amount_fen=row.remaining_fen) if seen.status is ClaimStatus.CLOSED else seen


def _turn_clocks(actor: Actor, now: datetime, row: PolicyClaim, seen: Seen) -> None:
    subject = Subject(KIND, row.uid)
    if seen.status is ClaimStatus.SUBMITTED:
        stop_clocks(actor=actor, now=now, subject=subject, event=_FILED, on=seen.seen_on)
    elif seen.status is ClaimStatus.RETURNED:
        _start_submission_clock(actor, now, row, seen.seen_on)
    elif seen.status is ClaimStatus.APPROVED:
        await_payout(actor=actor, now=now, claim=row, on=seen.seen_on)
    elif seen.status in _ENDED:
        payout_ended(actor=actor, now=now, claim=row, on=seen.seen_on)
        stop_all_clocks(actor=actor, now=now, subject=subject, on=seen.seen_on)
        if row.is_partly_paid:
            await_remainder(actor=actor, now=now, claim=row, on=seen.seen_on)


def _log(claim: PolicyClaim, before: str, seen: Seen, actor: Actor, now: datetime) -> None:
    PolicyClaimEntry.objects.create(
        claim=claim,
        status_before=before,
        status=seen.status,
        seen_on=seen.seen_on,
        amount_fen=seen.amount_fen,
        document=seen.document,
        note=seen.note.strip()[:300],
        recorded_at=now,
        recorded_by=actor.label[:160],
    )


def _live(claim: PolicyClaim) -> PolicyClaim:
    rows = PolicyClaim.objects.select_for_update(of=("self",)).select_related(
        "organization", "person", "outpost__home", "outpost__host", "receipt"
    )
    row = rows.get(pk=claim.pk)
    if row.voided_at is not None:
        raise refuse("policy.claim_voided", reason=row.void_reason)
    return row
