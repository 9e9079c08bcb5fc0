"""The four answers that one clause gives of one subject on one day, by the reference meaning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from feidi.engines.rules.clauses import (
    Clause,
    Decision,
    Validity,
    ValidityState,
    ValidityTerm,
    Window,
    WindowState,
)
from feidi.engines.rules.depth import check_depth
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.granting import rounded, value_of
from feidi.engines.rules.meaning import answer, missing_of
from feidi.engines.rules.results import Granted, Outcome, Truth, Verdict
from feidi.engines.rules.worlds import World, world_of

VERDICTS: Mapping[Truth, Verdict] = {
    Truth.YES: Verdict.ELIGIBLE,
    Truth.NO: Verdict.NOT_ELIGIBLE,
    Truth.UNKNOWN: Verdict.UNKNOWN,
}


def evaluate(clause: Clause, facts: Facts, dictionary: FactDictionary, *, as_of: date) -> Outcome:
    """Answer one clause for one subject. Raises ``RuleTooDeepError`` for a rule nested beyond ``depth.MAX_DEPTH``."""
    check_depth(clause)
    world = world_of(facts, dictionary, as_of)
    answered = answer(clause.condition, world)
    missing = missing_of(answered, world)
    granted, waiting = (None, ()) if answered.truth is Truth.NO else granted_by(clause, world)
    return Outcome(
        clause=clause.code,
        verdict=VERDICTS[answered.truth],
        decision=clause.decision,
        validity=validity_at(clause.validity, as_of),
        trust=clause.trust,
        window=window_at(clause.window, as_of),
        granted=granted,
        missing=tuple(dict.fromkeys((*missing, *waiting))),
        enclave_tenant=clause.enclave_tenant,
        fair_competition=clause.fair_competition,
    )


def granted_by(clause: Clause, world: World) -> tuple[Granted | None, tuple[str, ...]]:
    """Return what a clause grants as if its condition held, and the facts that keep the amount from being exact."""
    if clause.amount is None:
        return None, ()
    valued = value_of(clause.amount, world)
    lo = rounded(valued.lo, clause.rounding, clause.unit_fen)
    hi = None if valued.hi is None else rounded(valued.hi, clause.rounding, clause.unit_fen)
    granted = Granted(lo, hi, clause.up_to, valued.bound_by, valued.unstated)
    return granted, () if lo == hi else valued.missing


def validity_at(term: ValidityTerm, as_of: date) -> Validity:
    """Return the validity at a day: a draft and what is unconfirmed stay that; what is in force has its days."""
    if term.state is ValidityState.DRAFT:
        return Validity.DRAFT
    if term.state is ValidityState.UNCONFIRMED:
        return Validity.UNCONFIRMED
    day = as_of.toordinal()
    if term.start is not None and day < term.start:
        return Validity.NOT_YET
    return Validity.EXPIRED if term.end is not None and day > term.end else Validity.IN_FORCE


def window_at(window: Window | None, as_of: date) -> WindowState:
    """Return whether applications are taken on a day; a window without days is none."""
    if window is None or (window.start is None and window.end is None):
        return WindowState.NONE
    day = as_of.toordinal()
    if window.start is not None and day < window.start:
        return WindowState.NOT_YET
    return WindowState.CLOSED if window.end is not None and day > window.end else WindowState.OPEN


def can_apply(outcome: Outcome) -> bool:
    """可申请: eligible, in force, and the window open or none stated."""
    return (
        outcome.verdict is Verdict.ELIGIBLE
        and outcome.validity is Validity.IN_FORCE
        and outcome.window in {WindowState.NONE, WindowState.OPEN}
    )


def is_by_right(outcome: Outcome) -> bool:
    """Whether who meets the conditions gets it (核准, 免申即享); of the others nobody can say more than "may apply"."""
    return outcome.decision in {Decision.APPROVAL, Decision.AUTOMATIC}
