"""Yearly re-verification: rows for each anniversary, rounds per township with a link, answers, confirmation."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import LandingState, RecheckAnswer
from feidi.domain.pipeline.models import LandingCase, LandingRecheck, RecheckRound
from feidi.domain.pipeline.selectors.rechecks import (
    RECHECK,
    anniversary,
    askable,
    name_of,
    recheck_rules,
    round_of_token,
    rows_of_round,
    token_digest,
)
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.unit import Unit

KIND, ROUND = "pipeline.recheck", "pipeline.recheck_round"
_TOKEN_BYTES = 32
#: A link takes so many submissions within so many minutes.
SUBMISSIONS, WITHIN_MINUTES = 20, 10


@dataclass(frozen=True, slots=True)
class Answered:
    """What a township says of one firm."""

    answer: RecheckAnswer
    note: str = ""


def plan_rechecks(*, unit: Unit, case: LandingCase) -> list[LandingRecheck]:
    """Write the yearly rows of a verified landing, due on its anniversaries; those already there stay."""
    if case.state != LandingState.VERIFIED or case.verified_on is None:
        return []
    known = set(case.rechecks.values_list("n", flat=True))
    made = []
    for n in range(1, recheck_rules(case.project.outpost).years + 1):
        if n not in known:
            row = LandingRecheck(case=case, n=n, due_on=anniversary(case.verified_on, n), created_at=unit.now)
            row.save()
            unit.created(row, kind=KIND)
            made.append(row)
    return made


def plan_missing(*, actor: Actor, now: datetime) -> int:
    """Write the yearly rows of landings verified before there were any; returns how many rows were made."""
    made = 0
    cases = LandingCase.objects.filter(
        state=LandingState.VERIFIED, rechecks__isnull=True, project__voided_at__isnull=True
    )
    for case in cases.select_related("project__outpost__home").order_by("id"):
        with recorded(actor=actor, now=now) as unit:
            made += len(plan_rechecks(unit=unit, case=case))
    return made


def open_round(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    year: int,
    township: str,
    rechecks: Sequence[LandingRecheck],
    contact: str = "",
    expires_on: date | None = None,
) -> tuple[RecheckRound, str]:
    """Ask one township about some firms; returns the round and the token of its link, which is not kept.

    Refused: no permission, no township, no firm, a firm of elsewhere or not due that year, a round of the same
    township and year still open, an expiry in the past.
    """
    _require(actor, outpost)
    today = now.astimezone(SHANGHAI).date()
    name = township.strip()[:80]
    if not name:
        raise refuse("pipeline.recheck_township_needed")
    if not rechecks:
        raise refuse("pipeline.recheck_nothing_to_ask")
    until = expires_on or today + timedelta(days=recheck_rules(outpost).link_days)
    if until < today:
        raise refuse("pipeline.recheck_expiry", value=until.isoformat())
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update().get(pk=outpost.pk)
        if RecheckRound.objects.filter(outpost=outpost, year=year, township=name, revoked_at__isnull=True).exists():
            raise refuse("pipeline.recheck_round_open", township=name, year=year)
        rows = list(askable(outpost, year).filter(pk__in=[each.pk for each in rechecks]))
        if len(rows) != len({each.pk for each in rechecks}):
            raise refuse("pipeline.recheck_other_outpost")
        round_ = RecheckRound(
            outpost=outpost,
            year=year,
            township=name,
            contact=contact.strip()[:80],
            token_sha256=token_digest(token),
            asked_by=actor.label[:160],
            expires_on=until,
            created_at=now,
        )
        round_.save()
        unit.created(round_, kind=ROUND)
        for row in rows:
            before = unit.before(row, KIND)
            row.round, row.version = round_, row.version + 1
            row.save(update_fields=["round", "version"])
            unit.changed(row, kind=KIND, before=before)
    return round_, token


def renew_link(
    *, actor: Actor, now: datetime, round_: RecheckRound, expires_on: date | None = None
) -> tuple[RecheckRound, str]:
    """Make a new link; the one before opens nothing any more. Refused: revoked, an expiry in the past."""
    _require(actor, round_.outpost)
    today = now.astimezone(SHANGHAI).date()
    until = expires_on or today + timedelta(days=recheck_rules(round_.outpost).link_days)
    if until < today:
        raise refuse("pipeline.recheck_expiry", value=until.isoformat())
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as unit:
        row = _open(round_)
        before = unit.before(row, ROUND)
        row.token_sha256, row.expires_on, row.version = token_digest(token), until, row.version + 1
        row.save(update_fields=["token_sha256", "expires_on", "version"])
        unit.changed(row, kind=ROUND, before=before, action="link_renewed")
    return row, token


def revoke_round(*, actor: Actor, now: datetime, round_: RecheckRound, reason: str) -> RecheckRound:
    """Close a round's link for good; answers given stay. Refused: no reason, revoked before."""
    _require(actor, round_.outpost)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _open(round_)
        before = unit.before(row, ROUND)
        row.revoked_at, row.version = now, row.version + 1
        row.save(update_fields=["revoked_at", "version"])
        unit.changed(row, kind=ROUND, before=before, reason=reason.strip(), action="revoked")
    return row


def answer_round(*, now: datetime, token: str, answers: Mapping[str, Answered], answered_by: str = "") -> int:
    """Take a township's answers (uid of the row → answer), by whoever holds the link; returns how many were new.

    Recorded as anonymous under the round's label. Only firms of this round are taken; one that the home side has
    confirmed is refused; an answer may be changed until then. Refused: a closed link, nothing answered, too often.
    """
    if not answers:
        round_of_token(token, now)
        raise refuse("pipeline.recheck_no_answer")
    round_ = round_of_token(token, now)
    actor = Actor(kind=ActorKind.ANONYMOUS, label=f"镇街复核：{round_.township} {round_.year}")
    changed = 0
    with recorded(actor=actor, now=now) as unit:
        RecheckRound.objects.select_for_update().get(pk=round_.pk)
        _refuse_too_often(round_, now)
        for row in rows_of_round(round_).filter(uid__in=answers).select_for_update(of=("self",)):
            given = answers[row.uid]
            note = given.note.strip()[:300]
            if (row.answer, row.answer_note) == (given.answer, note):
                continue
            if row.confirmed:
                raise refuse("pipeline.recheck_already_confirmed", name=name_of(row.case), n=row.n)
            before = unit.before(row, KIND)
            row.answer, row.answer_note = given.answer, note
            row.answered_by, row.answered_at, row.version = answered_by.strip()[:80], now, row.version + 1
            row.save(update_fields=["answer", "answer_note", "answered_by", "answered_at", "version"])
            unit.changed(row, kind=KIND, before=before, action="answered")
            changed += 1
        unit.acted("answers_received", kind=ROUND, uid=round_.uid, n=changed)
    return changed


def confirm_recheck(
    *, actor: Actor, now: datetime, recheck: LandingRecheck, answer: RecheckAnswer, note: str = ""
) -> LandingRecheck:
    """Say for the home side whether a landing is still there. Gone does not revoke: that is a decision of its own.

    Refused: not of the home side, a landing no longer verified, before it is due.
    """
    require(actor, RECHECK, Scope(ScopeKind.HOME, recheck.case.project.outpost.home_id))
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        rows = LandingRecheck.objects.select_for_update(of=("self",)).select_related("case__project__outpost__home")
        row = rows.get(pk=recheck.pk)
        if row.case.state != LandingState.VERIFIED:
            raise refuse("pipeline.recheck_not_verified", state=str(LandingState(row.case.state).label))
        if row.due_on.year > today.year:
            raise refuse("pipeline.recheck_not_due", n=row.n, due_on=row.due_on.isoformat())
        before = unit.before(row, KIND)
        row.confirmed, row.confirm_note, row.confirmed_on = answer, note.strip()[:300], today
        row.confirmed_by, row.version = actor.label[:160], row.version + 1
        row.save(update_fields=["confirmed", "confirm_note", "confirmed_on", "confirmed_by", "version"])
        unit.changed(row, kind=KIND, before=before, action="confirmed")
    return row


def _require(actor: Actor, outpost: Outpost) -> None:
    require(actor, RECHECK, outpost_scope(outpost.pk), Scope(ScopeKind.HOME, outpost.home_id))


def _open(round_: RecheckRound) -> RecheckRound:
    row = RecheckRound.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=round_.pk)
    if row.revoked_at is not None:
        raise refuse("pipeline.recheck_round_revoked")
    return row


def _refuse_too_often(round_: RecheckRound, now: datetime) -> None:
    """Refuse when this link sent too much lately. Counted in the trail, so that all processes count together."""
    since = now - timedelta(minutes=WITHIN_MINUTES)
    sent = AuditEntry.objects.filter(
        subject_kind=ROUND, subject_uid=round_.uid, action="answers_received", link__at__gte=since
    )
    if sent.count() >= SUBMISSIONS:
        raise refuse("pipeline.recheck_too_often", minutes=WITHIN_MINUTES)
