"""The same policies in openfisca-core, whole numbers patched to 64 bits: the outside witness for verdicts and speed.

``python -m benchmarks.peer.openfisca_policies FACTS.npz CLAUSES SEED``; prints JSON. openfisca knows no unknown: a fact that
is missing takes its default 0, so this is the two-valued answer. Needs ``openfisca-core`` in the environment it runs in.
"""

from __future__ import annotations

import hashlib
import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.variables.config import VALUE_TYPES

from benchmarks.inside import policies
from feidi.engines.rules.conditions import (
    All,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
)
from feidi.engines.rules.conditions import (
    Any as AnyOf,
)
from feidi.engines.rules.days import holding
from feidi.engines.rules.facts import FactDictionary

#: Unpatched, whole numbers are 32 bits there and money in hundredths does not fit.
VALUE_TYPES[int]["dtype"] = np.int64
_DAY = policies.AS_OF.toordinal()
_OPS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.GE: np.greater_equal, Op.GT: np.greater, Op.LE: np.less_equal, Op.LT: np.less, Op.EQ: np.equal, Op.NE: np.not_equal,
}  # fmt: skip
Get = Callable[[str], Any]


def holds(condition: Condition, get: Get, facts: FactDictionary) -> Any:
    """Answer a condition as one would write it there: arrays of yes and no."""
    match condition:
        case All(parts=parts):
            result = holds(parts[0], get, facts)
            for part in parts[1:]:
                result = result & holds(part, get, facts)
            return result
        case AnyOf(parts=parts):
            result = holds(parts[0], get, facts)
            for part in parts[1:]:
                result = result | holds(part, get, facts)
            return result
        case AtLeast(k=k, parts=parts):
            return sum(holds(part, get, facts).astype(np.int8) for part in parts) >= k
        case Not(part=part):
            return ~holds(part, get, facts)
        case _:
            return _atom(condition, get, facts)


def _atom(condition: Condition, get: Get, facts: FactDictionary) -> Any:
    match condition:
        case Compare(linear=linear, op=op, denominator=below):
            answer = _OPS[op](_sum(linear, get), 0)
            return answer if below is None else answer & (_sum(below, get) > 0)
        case Since(fact=fact) | OnDay(fact=fact):
            days, value = holding(condition, _DAY), get(fact)
            after = value >= (1 if days.lo is None else days.lo)  # a day that is missing is the 0th, and never holds
            return after if days.hi is None else after & (value <= days.hi)
        case Is(fact=fact, value=value):
            return get(fact) == int(value)
        case OneOf(fact=fact, codes=codes):
            return np.isin(get(fact), [facts[fact].codes.index(code) for code in codes])
        case Holds(fact=fact, codes=codes, k=k):
            mask = get(fact)
            return sum((mask >> facts[fact].codes.index(code)) & 1 for code in codes) >= k
        case _:
            raise TypeError(condition)


def _sum(linear: Linear, get: Get) -> Any:
    scale = math.lcm(linear.constant.denominator, *(each.denominator for _fact, each in linear.terms))
    total: Any = int(linear.constant * scale)
    for fact, each in linear.terms:
        factor = int(Fraction(each) * scale)
        total = (get(fact) if factor == 1 else get(fact) * factor) + total
    return total


def system(clauses: int, seed: int) -> tuple[Any, list[str]]:
    """Return the system with a variable for every fact and every clause."""
    person = entities.build_entity("person", "persons", "", is_person=True)
    made = taxbenefitsystems.TaxBenefitSystem([person])
    dictionary = policies.make_dictionary()
    for definition in dictionary:
        made.add_variable(_variable(definition.id, person, int))
    codes = []
    for clause in policies.make_clauses(clauses, seed).clauses.values():

        def formula(persons: Any, period: Any, *, condition: Condition = clause.condition) -> Any:
            return holds(condition, lambda fact: persons(fact, period), dictionary)

        made.add_variable(_variable(f"eligible_{clause.code}", person, bool, formula))
        codes.append(f"eligible_{clause.code}")
    return made, codes


def _variable(name: str, person: Any, kind: type, formula: Any = None) -> type:
    fields: dict[str, Any] = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.MONTH}
    if formula is not None:
        fields["formula"] = formula
    return type(name, (variables.Variable,), fields)


def simulation(made: Any, facts: dict[str, Any], count: int) -> Any:
    """Return a fresh simulation with the facts put in."""
    new = SimulationBuilder().build_default_simulation(made, count=count)
    for fact, values in facts.items():
        new.set_input(fact, "2026-11", values)
    return new


def main() -> None:
    """Answer every clause for all firms, and for one firm with the trace; print what it took."""
    path, clauses, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    facts = dict(np.load(Path(path)))
    count = len(next(iter(facts.values())))
    made, codes = system(clauses, seed)
    spent, digest = [], ""
    for _run in range(3):
        new = simulation(made, facts, count)
        begun = time.perf_counter()
        answers = [new.calculate(code, "2026-11") for code in codes]
        spent.append(time.perf_counter() - begun)
        digest = hashlib.sha256(b"".join(np.packbits(each).tobytes() for each in answers)).hexdigest()
    traced = []
    for row in range(20):
        new = simulation(made, {fact: values[row : row + 1] for fact, values in facts.items()}, 1)
        new.trace = True
        begun = time.perf_counter()
        for code in codes:
            new.calculate(code, "2026-11")
        traced.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": min(spent), "runs": spent, "sha256": digest, "traced": statistics.median(traced)}))


if __name__ == "__main__":
    main()
