"""Asking the rules: what every clause says of one subject on one day, grouped as people read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Lock

from typing_extensions import override

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.policy.enums import Group
from feidi.domain.policy.selectors.library import PolicyLibrary
from feidi.engines.rules.clauses import Clause, ClauseSet, Decision, SubjectKind, Validity, WindowState
from feidi.engines.rules.facts import Facts
from feidi.engines.rules.near import NearMiss, near_misses
from feidi.engines.rules.prepared import Prepared
from feidi.engines.rules.results import Outcome, Verdict

#: Clauses of these kinds are asked of a firm: what it is, and what its project is.
_FIRM = frozenset({SubjectKind.ORGANIZATION, SubjectKind.PROJECT})
_TEAM = frozenset({SubjectKind.TEAM})
_IN_FORCE_GROUPS = {
    Decision.APPROVAL: Group.APPLICABLE,
    Decision.AUTOMATIC: Group.AUTOMATIC,
    Decision.REVIEW: Group.CONTESTED,
    Decision.CASE_BY_CASE: Group.CONTESTED,
}
_APART = {
    Validity.DRAFT: Group.UNCONFIRMED,
    Validity.UNCONFIRMED: Group.UNCONFIRMED,
    Validity.NOT_YET: Group.NOT_YET,
    Validity.EXPIRED: Group.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One clause with what it says and where it stands. ``near``: the one condition that fails, when it is just one."""

    clause: Clause
    outcome: Outcome
    group: Group
    near: NearMiss | None = None


def kinds_for(organization_kinds: Collection[str]) -> frozenset[SubjectKind]:
    """Return which clauses are asked of an organization: those for firms and projects, of a team also those for teams."""
    return _FIRM | _TEAM if OrganizationKind.TEAM in organization_kinds else _FIRM


def clauses_for(library: PolicyLibrary, kinds: frozenset[SubjectKind]) -> ClauseSet:
    """Return the clauses that are for subjects of these kinds, with all shared caps."""
    chosen = {code: each for code, each in library.clauses.clauses.items() if each.subject in kinds}
    return ClauseSet(chosen, library.clauses.shared_caps)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prepared question: the clauses for some kinds of subjects on a day. One thread at a time puts it (``turn``)."""

    library: PolicyLibrary
    clauses: ClauseSet
    prepared: Prepared
    as_of: date
    turn: Lock = field(default_factory=Lock, compare=False)


class _Held:
    """Carries the library past the cache, which looks at its digest alone."""

    def __init__(self, library: PolicyLibrary) -> None:
        self.library = library

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.library.files == self.library.files

    @override
    def __hash__(self) -> int:
        return hash(self.library.hash)


def asked(library: PolicyLibrary, kinds: frozenset[SubjectKind], *, as_of: date) -> Asked:
    """Return the prepared question; kept per process, because preparing costs more than asking."""
    return _asked(_Held(library), kinds, as_of)


@lru_cache(maxsize=24)
def _asked(held: _Held, kinds: frozenset[SubjectKind], as_of: date) -> Asked:
    clauses = clauses_for(held.library, kinds)
    return Asked(held.library, clauses, Prepared(clauses, held.library.dictionary, as_of=as_of), as_of)


def outcomes_of(question: Asked, facts: Facts) -> tuple[Outcome, ...]:
    """Return what every clause of the question says of these facts."""
    with question.turn:
        return question.prepared.evaluate_all(facts)


def answers_of(question: Asked, facts: Facts) -> list[Answer]:
    """Return every clause with its outcome and group, in the order of groups, then of the clauses."""
    outcomes = outcomes_of(question, facts)
    failed = [each.clause for each in outcomes if each.verdict is Verdict.NOT_ELIGIBLE]
    near = {each.clause: each for each in near_misses_of(question, facts, failed)}
    found = [
        Answer(
            question.clauses.clauses[each.clause],
            each,
            group_of(each, near=each.clause in near),
            near.get(each.clause),
        )
        for each in outcomes
    ]
    return sorted(found, key=lambda each: list(Group).index(each.group))


def near_misses_of(question: Asked, facts: Facts, failed: Iterable[str]) -> Iterable[NearMiss]:
    """Return of the clauses that failed those of which exactly one condition does, and which."""
    clauses = ClauseSet({code: question.clauses.clauses[code] for code in failed}, question.clauses.shared_caps)
    return near_misses(clauses, facts, question.library.dictionary, as_of=question.as_of)


def group_of(outcome: Outcome, *, near: bool) -> Group:
    """Return where a clause stands: whether it is in force comes first, then the verdict, then the window and who decides."""
    if outcome.validity in _APART:
        return _APART[outcome.validity]
    if outcome.verdict is Verdict.UNKNOWN:
        return Group.UNKNOWN
    if outcome.verdict is Verdict.NOT_ELIGIBLE:
        return Group.NEAR if near else Group.NOT_ELIGIBLE
    if outcome.window in {WindowState.NOT_YET, WindowState.CLOSED}:
        return Group.OUT_OF_WINDOW
    return _IN_FORCE_GROUPS[outcome.decision]
