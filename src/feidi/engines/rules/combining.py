"""The best combination of what one subject can have: exact, with the runner-up, what is given up and why.

Only what may be summed is combined, and of that only what is had by right (核准, 免申即享) and whose window is not
closed. 评审 and 一事一议 stand beside it as possible: nobody can say that they will be granted. Everything else is
left out, each with its reason. Components of the graph of conflicts and shared caps are solved apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feidi.engines.rules.admissible import Component
from feidi.engines.rules.ceilings import Ceiling
from feidi.engines.rules.clauses import Clause, ClauseSet, Validity, WindowState
from feidi.engines.rules.outcome import is_by_right
from feidi.engines.rules.paying import Cap, Payable, bits
from feidi.engines.rules.results import Granted, Outcome, Verdict


class LeftOut(StrEnum):
    """Why a clause is not considered for the combination; the first that applies."""

    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"  # 待核实
    DRAFT = "draft"
    UNCONFIRMED = "unconfirmed"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    FAIR_COMPETITION = "fair_competition"
    WINDOW_CLOSED = "window_closed"
    NO_MONEY = "no_money"
    UNSTATED = "unstated"
    UP_TO = "up_to"
    NOT_EXACT = "not_exact"
    NOTHING = "nothing"  # the amount is 0


_VALIDITY = {
    Validity.DRAFT: LeftOut.DRAFT,
    Validity.UNCONFIRMED: LeftOut.UNCONFIRMED,
    Validity.NOT_YET: LeftOut.NOT_YET,
    Validity.EXPIRED: LeftOut.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """An admissible set: its codes in order, what it comes to, and the caps that hold it below its plain sum."""

    clauses: tuple[str, ...]
    total_fen: int
    sum_fen: int
    bound_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A clause that the best combination does without.

    ``fen``        its own amount
    ``excluded_by`` the chosen clauses it cannot be had with      ``caps`` the shared caps that are used up without it
    ``instead_fen`` the most that can be had with it: what insisting on it costs is the difference to the best
    """

    clause: str
    fen: int
    excluded_by: tuple[str, ...]
    caps: tuple[str, ...]
    instead_fen: int


@dataclass(frozen=True, slots=True)
class Possible:
    """A clause of 评审 or 一事一议 that one may apply for, what it could come to, and the chosen clauses it excludes."""

    clause: str
    granted: Granted | None
    excluded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """The answer. ``runner_up`` is the best set with a clause that the best gives up; None when nothing is given up."""

    best: Selection
    runner_up: Selection | None
    given_up: tuple[GivenUp, ...]
    possible: tuple[Possible, ...]
    left_out: Mapping[str, LeftOut]


def combine(clauses: ClauseSet, outcomes: Sequence[Outcome]) -> Combination:
    """Combine the outcomes of one subject. ``clauses`` holds every clause that an outcome names."""
    left_out: dict[str, LeftOut] = {}
    amounts: dict[str, int] = {}
    possible: dict[str, Granted | None] = {}
    for outcome in sorted(outcomes, key=lambda each: each.clause):
        reason = why_left_out(outcome)
        if reason is not None:
            left_out[outcome.clause] = reason
        elif not is_by_right(outcome):
            possible[outcome.clause] = outcome.granted
        elif outcome.granted is not None:
            amounts[outcome.clause] = outcome.granted.lo_fen
    conflicts = conflicts_of([clauses.clauses[code] for code in (*amounts, *possible)])
    components = components_of(clauses, amounts, conflicts)
    chosen = [component.best() for component in components]
    best = _selection(components, chosen)
    given_up, runner_up = _alternatives(components, chosen, conflicts)
    extras = tuple(Possible(code, granted, _among(conflicts[code], best.clauses)) for code, granted in possible.items())
    return Combination(best, runner_up, given_up, extras, left_out)


def why_left_out(outcome: Outcome) -> LeftOut | None:
    """Return why an outcome is not considered; None when it can be combined, or (评审, 一事一议) applied for."""
    if outcome.verdict is not Verdict.ELIGIBLE:
        return LeftOut.UNKNOWN if outcome.verdict is Verdict.UNKNOWN else LeftOut.NOT_ELIGIBLE
    if outcome.validity is not Validity.IN_FORCE:
        return _VALIDITY[outcome.validity]
    if outcome.fair_competition:
        return LeftOut.FAIR_COMPETITION
    if outcome.window is WindowState.CLOSED:
        return LeftOut.WINDOW_CLOSED
    return _why_no_sum(outcome.granted) if is_by_right(outcome) else None


def _why_no_sum(granted: Granted | None) -> LeftOut | None:
    if granted is None:
        return LeftOut.NO_MONEY
    reasons = (
        (bool(granted.unstated), LeftOut.UNSTATED),
        (granted.up_to, LeftOut.UP_TO),
        (granted.fen is None, LeftOut.NOT_EXACT),
        (granted.fen == 0, LeftOut.NOTHING),
    )
    return next((reason for applies, reason in reasons if applies), None)


def conflicts_of(clauses: Iterable[Clause]) -> dict[str, set[str]]:
    """Return for each clause those it cannot be had with: exclusions hold both ways, of a group one."""
    listed = {clause.code: clause for clause in clauses}
    conflicts: dict[str, set[str]] = {code: set() for code in listed}
    groups: dict[str, set[str]] = defaultdict(set)
    for code, clause in listed.items():
        if clause.group:
            groups[clause.group].add(code)
        for other in clause.excludes & listed.keys() - {code}:
            conflicts[code].add(other)
            conflicts[other].add(code)
    for members in groups.values():
        for code in members:
            conflicts[code] |= members - {code}
    return conflicts


def components_of(clauses: ClauseSet, amounts: Mapping[str, int], conflicts: Mapping[str, set[str]]) -> list[Component]:
    """Return the components of the graph of conflicts and shared caps, in the order of their codes."""
    under: dict[str, set[str]] = defaultdict(set)
    for code in amounts:
        for name in clauses.clauses[code].shared_caps:
            if name in clauses.shared_caps:
                under[name].add(code)
    near = {code: conflicts[code] & amounts.keys() for code in amounts}
    for members in under.values():
        for code in members:
            near[code] = near[code] | members
    return [_component(clauses, amounts, conflicts, under, members) for members in _connected(near)]


def _connected(near: Mapping[str, set[str]]) -> list[list[str]]:
    found, seen = [], set()
    for first in sorted(near):
        if first in seen:
            continue
        members, waiting = set(), [first]
        while waiting:
            code = waiting.pop()
            if code not in members:
                members.add(code)
                waiting.extend(near[code])
        seen |= members
        found.append(sorted(members))
    return found


def _component(
    clauses: ClauseSet, amounts: Mapping[str, int], conflicts: Mapping[str, set[str]],
    under: Mapping[str, set[str]], members: list[str],
) -> Component:  # fmt: skip
    # the largest first: bounds take their clauses in this order
    listed = sorted(members, key=lambda code: (-amounts[code], code))
    number = {code: place for place, code in enumerate(listed)}

    def mask(codes: Iterable[str]) -> int:
        return sum(1 << number[code] for code in codes if code in number)

    caps = tuple(Cap(name, clauses.shared_caps[name].fen, mask(codes)) for name, codes in under.items() if mask(codes))
    payable = Payable(tuple(amounts[code] for code in listed), caps)
    excluded = tuple(mask(conflicts[code]) for code in listed)
    return Component(tuple(listed), excluded, payable, Ceiling(payable.amounts, excluded, caps))


def _selection(components: Sequence[Component], chosen: Sequence[int]) -> Selection:
    pairs = list(zip(components, chosen, strict=True))
    return Selection(
        clauses=tuple(sorted(code for component, mask in pairs for code in component.named(mask))),
        total_fen=sum(component.payable.of(mask) for component, mask in pairs),
        sum_fen=sum(component.payable.uncapped(mask) for component, mask in pairs),
        bound_by=tuple(sorted(name for component, mask in pairs for name in component.payable.bound_by(mask))),
    )


def _alternatives(
    components: Sequence[Component], chosen: Sequence[int], conflicts: Mapping[str, set[str]]
) -> tuple[tuple[GivenUp, ...], Selection | None]:
    """Return every clause given up with the best set that holds it, and of those sets the best."""
    best, given_up, instead = _selection(components, chosen), [], []
    for place, component in enumerate(components):
        mine, left = chosen[place], component.whole & ~chosen[place]
        totals = {number: component.most_with(number, mine) for number in bits(left)}
        beside = best.total_fen - component.payable.of(mine)
        for number, total in totals.items():
            excluding = _among(conflicts[component.codes[number]], best.clauses)
            given_up.append(_given_up(component, number, mine, beside + total, excluding))
        if totals:
            most = max(totals.values())
            some = sum(1 << number for number, total in totals.items() if total == most)
            other = [*chosen[:place], component.best_of(most, some), *chosen[place + 1 :]]
            instead.append(_selection(components, other))
    return tuple(sorted(given_up, key=lambda each: each.clause)), min(instead, key=_rank, default=None)


def _given_up(
    component: Component, number: int, chosen: int, instead_fen: int, excluded_by: tuple[str, ...]
) -> GivenUp:
    caps = () if excluded_by else component.payable.full(chosen, number)
    return GivenUp(component.codes[number], component.payable.amounts[number], excluded_by, caps, instead_fen)


def _rank(selection: Selection) -> tuple[int, int, tuple[str, ...]]:
    return -selection.total_fen, len(selection.clauses), selection.clauses


def _among(codes: Iterable[str], chosen: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes) & set(chosen)))
