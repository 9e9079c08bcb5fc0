"""Clauses beside each other: exclusions that are one-sided, unknown or pointless; and what the day has done to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.clauses import Clause, ClauseSet, ValidityState
from feidi.engines.rules.combining import conflicts_of
from feidi.engines.rules.language.gathering import finding_at
from feidi.engines.rules.language.words import near


def lint_sets(clauses: ClauseSet) -> Iterator[Finding]:
    """Yield what is odd between clauses."""
    idle = _idle_caps(clauses)
    for clause in clauses.clauses.values():
        yield from _exclusions(clause, clauses, idle)
    yield from _groups(clauses, idle)


def _idle_caps(clauses: ClauseSet) -> frozenset[str]:
    """Return the shared caps under which no two clauses can be had together: nothing is ever added up below them."""
    under: dict[str, set[str]] = defaultdict(set)
    for clause in clauses.clauses.values():
        for name in clause.shared_caps:
            under[name].add(clause.code)
    conflicts = conflicts_of(clauses.clauses.values())
    return frozenset(name for name, codes in under.items() if all(codes - {code} <= conflicts[code] for code in codes))


def _exclusions(clause: Clause, clauses: ClauseSet, idle: frozenset[str]) -> Iterator[Finding]:
    for code in sorted(clause.excludes):
        other = clauses.clauses.get(code)
        if other is None:
            like = near(code, clauses.clauses) or "、".join(list(clauses.clauses)[:3])
            yield finding_at(clause, "rules.lint_excludes_unknown", code=code, near=like)
            continue
        if clause.code not in other.excludes:
            yield finding_at(clause, "rules.lint_excludes_one_sided", level=Level.NOTE, code=code)
        if clause.group and clause.group == other.group:
            yield finding_at(clause, "rules.lint_excludes_and_group", level=Level.NOTE, code=code, group=clause.group)
        for cap in sorted(idle & {*clause.shared_caps} & {*other.shared_caps}):
            yield finding_at(clause, "rules.lint_excludes_and_shared_cap", code=code, cap=cap)


def _groups(clauses: ClauseSet, idle: frozenset[str]) -> Iterator[Finding]:
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses.clauses.values():
        if clause.group:
            groups[clause.group].append(clause)
    for group, members in groups.items():
        if len(members) == 1:
            yield finding_at(members[0], "rules.lint_group_alone", level=Level.NOTE, group=group)
        for at, clause in enumerate(members):
            for other in members[:at]:
                for cap in sorted(idle & {*clause.shared_caps} & {*other.shared_caps}):
                    yield finding_at(clause, "rules.lint_group_with_shared_cap", code=other.code, group=group, cap=cap)


def lint_days(clause: Clause, as_of: date) -> Iterator[Finding]:
    """Yield what has run out at a day, and a window that lies outside of the validity."""
    day, term, window = as_of.toordinal(), clause.validity, clause.window
    if term.state is ValidityState.IN_FORCE and term.end is not None and term.end < day:
        yield _over(clause, "rules.lint_expired", term.end, as_of)
    if window is None:
        return
    if window.end is not None and window.end < day:
        yield _over(clause, "rules.lint_window_closed", window.end, as_of)
    starts_late = window.start is not None and term.end is not None and window.start > term.end
    ends_early = window.end is not None and term.start is not None and window.end < term.start
    if starts_late or ends_early:
        yield finding_at(clause, "rules.lint_window_after_validity")


def _over(clause: Clause, code: str, end: int, as_of: date) -> Finding:
    return finding_at(clause, code, level=Level.NOTE, day=str(date.fromordinal(end)), as_of=str(as_of))
