"""Many clauses prepared for one day, to be asked of one subject after another: equal to ``evaluate``, and fast.

Conditions are generated Python, amounts closures, both over two lists of what is known (``compiling``). Outcomes that
cannot differ are made once. A rule too deep or too wide to be worth generating is answered by the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import inf

from feidi.engines.rules.amounts import (
    Amount,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Less,
    Progressive,
    Rate,
    Rounding,
    Times,
    Where,
    amounts_in,
)
from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.closures import Closure, Value
from feidi.engines.rules.compiled_amounts import AmountCompiler, scale_of
from feidi.engines.rules.compiling import Compiler, Ends, Missing, Slots, Verdicts
from feidi.engines.rules.conditions import Condition, atoms_of, facts_of
from feidi.engines.rules.depth import check_depth, depth_of
from feidi.engines.rules.explaining import explain
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.opening import Opening
from feidi.engines.rules.outcome import evaluate, validity_at, window_at
from feidi.engines.rules.results import Granted, Outcome, Verdict, Why

_DEEP, _WIDE = 40, 2000
_NO, _YES = 0, 1
#: Answers one clause from the ends of the facts and, for rules that were not compiled, the facts themselves.
Answering = Callable[[Ends, Ends, Facts], Outcome]


class Prepared:
    """Clauses of one set on one day. Several threads may ask at once: every question reads its facts into lists of its own."""

    def __init__(self, clauses: ClauseSet, dictionary: FactDictionary, *, as_of: date) -> None:
        listed = tuple(clauses.clauses.values())
        for clause in listed:
            check_depth(clause)
        judged = {fact.id: fact for clause in listed for fact in clause.manual}
        self.clauses, self.dictionary, self.as_of = clauses, dictionary.including(judged), as_of
        self._slots = Slots(self.dictionary)
        self._answering = _answering(listed, self._slots, self.dictionary, as_of)
        self._place = {clause.code: place for place, clause in enumerate(listed)}
        self._openings: dict[str, Callable[[Facts], Why]] = {}
        self._asking: dict[str, list[str]] = {}
        for clause in listed:
            for fact in facts_in(clause):
                self._asking.setdefault(fact, []).append(clause.code)

    def evaluate_all(self, facts: Facts) -> tuple[Outcome, ...]:
        """Return the outcome of every clause, in the order of the set."""
        low, high = self._slots.read(facts)
        return tuple([answer(low, high, facts) for answer in self._answering])

    def touched_by(self, changed: Iterable[str]) -> tuple[str, ...]:
        """Return the clauses whose outcome can change when these facts do, in the order of the set."""
        codes = {code for fact in changed for code in self._asking.get(fact, ())}
        return tuple(sorted(codes, key=self._place.__getitem__))

    def reevaluate(self, facts: Facts, changed: Iterable[str], before: Sequence[Outcome]) -> tuple[Outcome, ...]:
        """Return the outcomes after some facts of a subject changed: only the clauses that ask for them are answered anew.

        ``facts``   everything known now      ``before``  the outcomes of ``evaluate_all`` with the facts before
        """
        low, high = self._slots.read(facts)
        outcomes = list(before)
        for code in self.touched_by(changed):
            place = self._place[code]
            outcomes[place] = self._answering[place](low, high, facts)
        return tuple(outcomes)

    def explain(self, code: str, facts: Facts) -> Why:
        """Return the explanation tree of one clause for one subject."""
        if code not in self._openings:
            self._openings[code] = self._opening(self.clauses.clauses[code])
        return self._openings[code](facts)

    def _opening(self, clause: Clause) -> Callable[[Facts], Why]:
        if not _is_worth_compiling(clause):
            return lambda facts: explain(clause, facts, self.dictionary, as_of=self.as_of)
        return Opening(clause, Compiler(Slots(self.dictionary), self.as_of.toordinal())).why


def facts_in(clause: Clause) -> tuple[str, ...]:
    """Return every fact that a clause looks at, in its condition and in its amount, each once."""
    found = dict.fromkeys(fact for atom in atoms_of(clause.condition) for fact in facts_of(atom))
    waiting = [] if clause.amount is None else [clause.amount]
    while waiting:
        amount = waiting.pop()
        waiting.extend(amounts_in(amount))
        found.update(dict.fromkeys(_facts_at(amount)))
    return tuple(found)


def _facts_at(amount: Amount) -> Iterator[str]:
    """Yield the facts that one node of an amount looks at itself."""
    match amount:
        case Rate(linear=linear) | Banded(basis=linear) | Progressive(basis=linear) | Less(received=linear):
            yield from (fact for fact, _each in linear.terms)
        case Capped(used=used) if used is not None:
            yield from (fact for fact, _each in used.terms)
        case ByCode(fact=fact) | Times(fact=fact) | ByYear(since=fact):
            yield fact
        case Where(condition=condition):
            yield from (fact for atom in atoms_of(condition) for fact in facts_of(atom))
        case _:
            pass


def _answering(listed: Sequence[Clause], slots: Slots, dictionary: FactDictionary, as_of: date) -> list[Answering]:
    """Compile every clause; all conditions are one source."""
    compiler = Compiler(slots, as_of.toordinal())
    worth = [_is_worth_compiling(clause) for clause in listed]
    lines: list[str] = []
    for number, clause in enumerate(listed):
        if worth[number]:
            lines += _written(compiler, number, clause.condition)
    scope: Mapping[str, object] = compiler.compile("\n".join(lines))
    return [
        _Compiled(clause, compiler, as_of).answering(scope[f"v{number}"], scope[f"m{number}"])  # type: ignore[arg-type]
        if worth[number]
        else _by_reference(clause, dictionary, as_of)
        for number, clause in enumerate(listed)
    ]


def _is_worth_compiling(clause: Clause) -> bool:
    deep = max(depth_of(clause.condition), 0 if clause.amount is None else depth_of(clause.amount))
    return deep <= _DEEP and sum(1 for _atom in atoms_of(clause.condition)) <= _WIDE


def _written(compiler: Compiler, number: int, condition: Condition) -> list[str]:
    certain, possible = compiler.certain(condition), compiler.possible(condition)
    gathering = compiler.missing(condition, " ") or [" pass"]
    return [
        f"def v{number}(L, H): return 0 if not {possible} else 1 if {certain} else 2",
        f"def m{number}(L, H, m):",
        *gathering,
    ]


def _by_reference(clause: Clause, dictionary: FactDictionary, as_of: date) -> Answering:
    return lambda _low, _high, facts: evaluate(clause, facts, dictionary, as_of=as_of)


class _Compiled:
    """One clause with everything about its outcome that no fact can change."""

    def __init__(self, clause: Clause, compiler: Compiler, as_of: date) -> None:
        self.clause, self.compiler, self.as_of = clause, compiler, as_of
        self.validity, self.window = validity_at(clause.validity, as_of), window_at(clause.window, as_of)

    def outcome(self, verdict: Verdict, granted: Granted | None, missing: tuple[str, ...]) -> Outcome:
        """Return the outcome of a verdict."""
        clause = self.clause
        return Outcome(
            clause.code, verdict, clause.decision, self.validity, clause.trust, self.window, granted, missing,
            clause.enclave_tenant, clause.fair_competition,
        )  # fmt: skip

    def answering(self, verdict: Verdicts, gather: Missing) -> Answering:
        """Return what answers the clause."""
        never = self.outcome(Verdict.NOT_ELIGIBLE, None, ())
        amount = self.clause.amount
        if amount is None or isinstance(amount, Fixed):
            return self._with_one_amount(verdict, gather, never)
        scale = scale_of(amount)
        return self._with_amounts(verdict, gather, never, AmountCompiler(self.compiler, scale).closure(amount), scale)

    def _with_one_amount(self, verdict: Verdicts, gather: Missing, never: Outcome) -> Answering:
        """Return what answers a clause whose amount no fact can change."""
        amount, granted = self.clause.amount, None
        if isinstance(amount, Fixed):
            scale = scale_of(amount)
            granted, _missing = _Rounding(self.clause, scale).granted(
                AmountCompiler(self.compiler, scale).closure(amount)([], [])
            )
        always = self.outcome(Verdict.ELIGIBLE, granted, ())
        known: dict[tuple[str, ...], Outcome] = {}

        def answer(low: Ends, high: Ends, _facts: Facts) -> Outcome:
            answered = verdict(low, high)
            if answered == _NO:
                return never
            if answered == _YES:
                return always
            waiting: dict[str, None] = {}
            gather(low, high, waiting)
            missing = tuple(waiting)
            if missing not in known:
                known[missing] = self.outcome(Verdict.UNKNOWN, granted, missing)
            return known[missing]

        return answer

    def _with_amounts(
        self, verdict: Verdicts, gather: Missing, never: Outcome, closure: Closure, scale: int
    ) -> Answering:
        granting = _Rounding(self.clause, scale).granted

        def answer(low: Ends, high: Ends, _facts: Facts) -> Outcome:
            answered = verdict(low, high)
            if answered == _NO:
                return never
            granted, more = granting(closure(low, high))
            if answered == _YES:
                return self.outcome(Verdict.ELIGIBLE, granted, more)
            waiting: dict[str, None] = {}
            gather(low, high, waiting)
            waiting.update(dict.fromkeys(more))
            return self.outcome(Verdict.UNKNOWN, granted, tuple(waiting))

        return answer


class _Rounding:
    """The one rounding of a clause, from whole numbers of 1/scale hundredths to whole units."""

    def __init__(self, clause: Clause, scale: int) -> None:
        self.unit, self.divisor, self.up_to = clause.unit_fen, scale * clause.unit_fen, clause.up_to
        self.added = {Rounding.DOWN: 0, Rounding.UP: 2 * self.divisor - 1, Rounding.HALF_UP: self.divisor}[
            clause.rounding
        ]

    def granted(self, value: Value) -> tuple[Granted, tuple[str, ...]]:
        """Return what is granted, and what keeps it from being exact."""
        lo, hi, bound, unstated, missing = value
        least = (2 * lo + self.added) // (2 * self.divisor) * self.unit
        if lo == hi:
            return Granted(least, least, self.up_to, bound, unstated), ()
        most = None if hi == inf else (2 * hi + self.added) // (2 * self.divisor) * self.unit
        return Granted(least, most, self.up_to, bound, unstated), () if least == most else missing
