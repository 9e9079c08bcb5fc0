"""Reckoning how subjects stand under every clause, writing down what was gained and lost.

Standings follow from facts and content, so they are renewed as often as one likes and never audited.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.enums import ChangeCause, ChangeKind, Verdict
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.answers import Answer, Asked, answers_of, asked, kinds_for
from feidi.domain.policy.selectors.companions import companions_of, subjects_of
from feidi.domain.policy.selectors.facts import Known, facts_digest, facts_known_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.rules.facts import Facts
from feidi.engines.rules.outcome import evaluate
from feidi.kernel.subjects import Subject

#: Of so many answers one is asked again of the reference interpreter.
CHECKED_ONE_OF = 1000
_UPDATED = (
    "place", "verdict", "group", "lo_fen", "hi_fen", "up_to", "missing", "as_of", "policy_hash", "facts_hash",
    "evaluated_at",
)  # fmt: skip


@dataclass(slots=True)
class Renewed:
    """What a run did."""

    subjects: int = 0
    answers: int = 0
    unknown_subjects: int = 0
    gained: int = 0
    lost: int = 0
    unclear: int = 0
    checked: int = 0

    def add(self, other: Renewed) -> None:
        """Take another run's numbers in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def renew_standings(*, now: datetime, outpost: Outpost, subjects: Iterable[Subject]) -> Renewed:
    """Reckon the standings of some subjects of an outpost anew: their facts changed.

    Only organizations have standings; the standing of a project's firm is renewed with the firm.
    """
    uids = [each.uid for each in subjects if each.kind == ORGANIZATION]
    organizations = Organization.objects.filter(uid__in=uids, voided_at__isnull=True).prefetch_related("kinds")
    return renew_organizations(now=now, outpost=outpost, organizations=list(organizations))


def renew_organizations(*, now: datetime, outpost: Outpost, organizations: Sequence[Organization]) -> Renewed:
    """Reckon every clause for each organization, write standings and changes, in one transaction.

    An organization of which nothing is known gets none: nothing could be said of it. Refused, and nothing written:
    an answer that the reference interpreter does not confirm.
    """
    done = Renewed()
    as_of = now.astimezone(SHANGHAI).date()
    library = library_of(outpost, on=as_of)
    companions = companions_of(outpost, [each.uid for each in organizations])
    subjects = {each.uid: subjects_of(each.uid, companions.get(each.uid, ())) for each in organizations}
    all_known = facts_known_of(outpost, subjects, library.dictionary, as_of=as_of, known_at=now)
    with transaction.atomic():
        before = _standing(outpost, [each.uid for each in organizations])
        rows: list[ClauseStanding] = []
        for each in organizations:
            known = all_known[each.uid]
            if not known.facts:
                done.unknown_subjects += 1
                continue
            question = asked(library, kinds_for([kind.kind for kind in each.kinds.all()]), as_of=as_of)
            answers = answers_of(question, known.values)
            done.checked += _check(question, known.values, answers, each.uid)
            rows += [_row(outpost, each.uid, answer, known, question, now) for answer in answers]
            done.subjects += 1
        done.answers = len(rows)
        _write(rows, before, done, now)
    return done


def _standing(outpost: Outpost, uids: Collection[str]) -> dict[tuple[str, str], ClauseStanding]:
    held = ClauseStanding.objects.select_for_update().filter(
        outpost=outpost, subject_kind=ORGANIZATION, subject_uid__in=uids
    )
    return {(row.subject_uid, row.clause): row for row in held}


def _row(outpost: Outpost, uid: str, answer: Answer, known: Known, question: Asked, now: datetime) -> ClauseStanding:
    granted = answer.outcome.granted
    return ClauseStanding(
        outpost=outpost,
        subject_kind=ORGANIZATION,
        subject_uid=uid,
        place=answer.clause.place,
        clause=answer.clause.code,
        verdict=answer.outcome.verdict.value,
        group=answer.group.value,
        lo_fen=granted.lo_fen if granted else None,
        hi_fen=granted.hi_fen if granted else None,
        up_to=bool(granted and granted.up_to),
        missing=list(answer.outcome.missing),
        as_of=question.as_of,
        policy_hash=question.library.hash,
        facts_hash=facts_digest(known.values),
        evaluated_at=now,
    )


def _write(
    rows: list[ClauseStanding],
    before: Mapping[tuple[str, str], ClauseStanding],
    done: Renewed,
    now: datetime,
) -> None:
    changes = [change for row in rows if (change := _change(before.get((row.subject_uid, row.clause)), row, now))]
    for change in changes:
        name = {ChangeKind.GAINED: "gained", ChangeKind.LOST: "lost", ChangeKind.UNCLEAR: "unclear"}[
            ChangeKind(change.kind)
        ]
        setattr(done, name, getattr(done, name) + 1)
    ClauseStanding.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["outpost", "subject_kind", "subject_uid", "clause"],
        update_fields=_UPDATED,
    )
    kept = {(row.subject_uid, row.clause) for row in rows}
    gone = [row.pk for key, row in before.items() if key not in kept]
    changes += [_gone(row, now) for key, row in before.items() if key not in kept and row.verdict == Verdict.ELIGIBLE]
    ClauseStanding.objects.filter(pk__in=gone).delete()
    StandingChange.objects.bulk_create(changes, batch_size=500)


def _change(before: ClauseStanding | None, row: ClauseStanding, now: datetime) -> StandingChange | None:
    """Return what was gained, lost or became unclear; the first answer ever is no change."""
    if before is None or before.verdict == row.verdict:
        return None
    if row.verdict == Verdict.ELIGIBLE:
        kind = ChangeKind.GAINED
    elif before.verdict == Verdict.ELIGIBLE:
        kind = ChangeKind.LOST if row.verdict == Verdict.NOT_ELIGIBLE else ChangeKind.UNCLEAR
    else:
        return None
    return _noted(row, kind, _cause(before, row), Verdict(before.verdict), Verdict(row.verdict), now)


def _gone(before: ClauseStanding, now: datetime) -> StandingChange:
    """A clause that is no longer there, or a firm of which nothing is known any more."""
    return _noted(before, ChangeKind.LOST, ChangeCause.CONTENT, Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, now)


def _noted(
    row: ClauseStanding, kind: ChangeKind, cause: ChangeCause, before: Verdict, after: Verdict, now: datetime
) -> StandingChange:
    return StandingChange(
        outpost_id=row.outpost_id,
        subject_kind=row.subject_kind,
        subject_uid=row.subject_uid,
        place=row.place,
        clause=row.clause,
        kind=kind,
        cause=cause,
        before=before,
        after=after,
        as_of=row.as_of,
        policy_hash=row.policy_hash,
        changed_at=now,
    )


def _cause(before: ClauseStanding, row: ClauseStanding) -> ChangeCause:
    content, facts = before.policy_hash != row.policy_hash, before.facts_hash != row.facts_hash
    if content and facts:
        return ChangeCause.BOTH
    if content:
        return ChangeCause.CONTENT
    return ChangeCause.FACTS if facts else ChangeCause.DAY


def _check(question: Asked, facts: Facts, answers: Sequence[Answer], uid: str) -> int:
    """Ask one answer of ``CHECKED_ONE_OF`` again of the reference interpreter. Refused: they differ."""
    checked = 0
    for answer in answers:
        if not _is_drawn(uid, answer.clause.code, question.library.hash):
            continue
        checked += 1
        again = evaluate(answer.clause, facts, question.library.dictionary, as_of=question.as_of)
        if again != answer.outcome:
            params = {
                "clause": answer.clause.code,
                "subject": uid,
                "fast": str(answer.outcome),
                "reference": str(again),
            }
            raise refuse(
                "policy.evaluators_differ", Finding(Level.PROBLEM, "policy.evaluators_differ", params), **params
            )
    return checked


def _is_drawn(uid: str, clause: str, policy_hash: str) -> bool:
    drawn = sha256(f"{uid}:{clause}:{policy_hash}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") % CHECKED_ONE_OF == 0
