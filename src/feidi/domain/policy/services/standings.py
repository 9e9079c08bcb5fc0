"""Reckoning how subjects stand under every clause, writing down what was gained and lost.

Standings follow from facts and content, so they are renewed as often as one likes and never audited.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.enums import ChangeCause, ChangeKind, Verdict
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.answers import Answer, Asked, answers_of, asked, kinds_for
from feidi.domain.policy.selectors.companions import companions_of, subjects_of
from feidi.domain.policy.selectors.facts import facts_digest, facts_known_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.evaluators import Told, check_answers
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.subjects import Subject

_ANSWERED = (*("place", "verdict", "group", "lo_fen", "hi_fen", "up_to", "missing", "policy_hash", "facts_hash"),)
_UPDATED = (*_ANSWERED, "as_of", "evaluated_at")


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
        for kinds, group in _by_kinds(organizations).items():
            question = asked(library, kinds, as_of=as_of)
            known = {uid: all_known[uid] for uid in group if all_known[uid].facts}
            told = [Told(uid, each.values, answers_of(question, each.values)) for uid, each in known.items()]
            done.unknown_subjects += len(group) - len(told)
            done.subjects += len(told)
            done.checked += check_answers(question, told)
            for each in told:
                facts_hash = facts_digest(each.facts)
                rows += [_row(outpost, each.uid, answer, facts_hash, question, now) for answer in each.answers]
        done.answers = len(rows)
        _write(rows, before, done, now)
    return done


def _by_kinds(organizations: Sequence[Organization]) -> dict[frozenset[SubjectKind], list[str]]:
    """Return the uids of organizations by the clauses they are asked about."""
    found: dict[frozenset[SubjectKind], list[str]] = {}
    for each in organizations:
        found.setdefault(kinds_for([kind.kind for kind in each.kinds.all()]), []).append(each.uid)
    return found


def _standing(outpost: Outpost, uids: Collection[str]) -> dict[tuple[str, str], ClauseStanding]:
    held = ClauseStanding.objects.select_for_update().filter(
        outpost=outpost, subject_kind=ORGANIZATION, subject_uid__in=uids
    )
    return {(row.subject_uid, row.clause): row for row in held}


def _row(outpost: Outpost, uid: str, answer: Answer, facts_hash: str, question: Asked, now: datetime) -> ClauseStanding:
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
        facts_hash=facts_hash,
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
    same = [held.pk for row in rows if (held := before.get((row.subject_uid, row.clause))) and _is_same(held, row)]
    if same:
        ClauseStanding.objects.filter(pk__in=same).update(as_of=rows[0].as_of, evaluated_at=now)
    ClauseStanding.objects.bulk_create(
        [row for row in rows if not _is_same(before.get((row.subject_uid, row.clause)), row)],
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


def _is_same(held: ClauseStanding | None, row: ClauseStanding) -> bool:
    """Tell whether an answer is what stands there already, so that only its day is renewed."""
    return held is not None and all(getattr(held, name) == getattr(row, name) for name in _ANSWERED)


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
