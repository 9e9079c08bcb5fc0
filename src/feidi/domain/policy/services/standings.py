"""Reckoning how subjects stand under every clause, writing down what was gained and lost.

Standings follow from facts and content, so they are renewed as often as one likes and never audited.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.enums import ChangeCause, ChangeKind, Verdict
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.answers import Answer, Asked, answers_of, asked
from feidi.domain.policy.selectors.askable import beside
from feidi.domain.policy.selectors.checkups import needed
from feidi.domain.policy.selectors.facts import Known, facts_digest, facts_known_of
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.whose import Whose, whose_of
from feidi.domain.policy.services.evaluators import Told, check_answers
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.subjects import Subject

_ANSWERED = (*("place", "verdict", "group", "lo_fen", "hi_fen", "up_to", "missing", "policy_hash", "facts_hash"),)
_UPDATED = (*_ANSWERED, "as_of", "evaluated_at")
#: One answer among those of an outpost: kind and uid of the subject, code of the clause.
_Place = tuple[str, str, str]


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


def renew_standings(
    *, now: datetime, outpost: Outpost, subjects: Iterable[Subject], beside_too: bool = True
) -> Renewed:
    """Reckon every clause anew for some subjects of an outpost, write standings and changes, in one transaction.

    ``beside_too``: also for those that take facts from them (the people of a firm, the referral of a project). The
    standing of a project's firm is renewed with the firm. A subject of which nothing is known gets none: nothing could
    be said of it. Refused, and nothing written: an answer that the reference interpreter does not confirm.
    """
    wanted = list(subjects)
    wanted += beside(outpost, wanted) if beside_too else []
    whose = whose_of(outpost, dict.fromkeys(wanted))
    return _renew(now, outpost, whose) if whose else Renewed()


def _renew(now: datetime, outpost: Outpost, whose: Sequence[Whose]) -> Renewed:
    done = Renewed()
    as_of = now.astimezone(SHANGHAI).date()
    library = library_of(outpost, on=as_of)
    sources = {each.subject: each.sources for each in whose}
    all_known = facts_known_of(outpost, sources, library.dictionary, as_of=as_of, known_at=now)
    with transaction.atomic():
        before = _standing(outpost, sources)
        rows: list[ClauseStanding] = []
        for kinds, group in _by_clauses(whose).items():
            question = asked(library, kinds, as_of=as_of)
            known = {each.subject: _read(all_known[each.subject], each, question) for each in group}
            told = {
                subject: Told(subject.uid, each.values, answers_of(question, each.values))
                for subject, each in known.items()
                if each.facts
            }
            done.unknown_subjects += len(group) - len(told)
            done.subjects += len(told)
            done.checked += check_answers(question, list(told.values()))
            for subject, each in told.items():
                facts_hash = facts_digest(each.facts)
                rows += [_row(outpost, subject, answer, facts_hash, question, now) for answer in each.answers]
        done.answers = len(rows)
        _write(rows, before, done, now)
    return done


def _read(known: Known, whose: Whose, question: Asked) -> Known:
    return known if whose.is_firm else needed(known, question)


def _by_clauses(whose: Iterable[Whose]) -> dict[frozenset[SubjectKind], list[Whose]]:
    """Return subjects by the clauses they are asked."""
    found: dict[frozenset[SubjectKind], list[Whose]] = {}
    for each in whose:
        found.setdefault(each.kinds, []).append(each)
    return found


def _standing(outpost: Outpost, subjects: Collection[Subject]) -> dict[_Place, ClauseStanding]:
    held = ClauseStanding.objects.select_for_update().filter(
        outpost=outpost,
        subject_kind__in={each.kind for each in subjects},
        subject_uid__in=[each.uid for each in subjects],
    )
    return {_place(row): row for row in held}


def _place(row: ClauseStanding) -> _Place:
    return row.subject_kind, row.subject_uid, row.clause


def _row(
    outpost: Outpost, subject: Subject, answer: Answer, facts_hash: str, question: Asked, now: datetime
) -> ClauseStanding:
    granted = answer.outcome.granted
    return ClauseStanding(
        outpost=outpost,
        subject_kind=subject.kind,
        subject_uid=subject.uid,
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
    before: Mapping[_Place, ClauseStanding],
    done: Renewed,
    now: datetime,
) -> None:
    changes = [change for row in rows if (change := _change(before.get(_place(row)), row, now))]
    for change in changes:
        name = {ChangeKind.GAINED: "gained", ChangeKind.LOST: "lost", ChangeKind.UNCLEAR: "unclear"}[
            ChangeKind(change.kind)
        ]
        setattr(done, name, getattr(done, name) + 1)
    same = [held.pk for row in rows if (held := before.get(_place(row))) and _is_same(held, row)]
    if same:
        ClauseStanding.objects.filter(pk__in=same).update(as_of=rows[0].as_of, evaluated_at=now)
    ClauseStanding.objects.bulk_create(
        [row for row in rows if not _is_same(before.get(_place(row)), row)],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["outpost", "subject_kind", "subject_uid", "clause"],
        update_fields=_UPDATED,
    )
    kept = {_place(row) for row in rows}
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
    """A clause that is no longer there, or a subject of which nothing is known any more."""
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
