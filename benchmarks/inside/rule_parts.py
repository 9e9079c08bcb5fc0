"""Small parts that invented rules are made of, in benchmarks and in tests: a plain clause, a sum, a comparison, a ratio."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from feidi.engines.rules.amounts import Amount
from feidi.engines.rules.clauses import (
    Citation,
    Clause,
    Decision,
    SubjectKind,
    Trust,
    ValidityState,
    ValidityTerm,
)
from feidi.engines.rules.conditions import Compare, Condition, Linear, Op


def plain_clause(code: str, condition: Condition, amount: Amount | None, **more: Any) -> Clause:
    """Return a clause for firms that is in force and decided by 核准; ``more`` are the fields that differ."""
    plain = Clause(
        code=code, place="invented", title=code, subject=SubjectKind.ORGANIZATION, decision=Decision.APPROVAL,
        validity=ValidityTerm(ValidityState.IN_FORCE), trust=Trust.B, citation=Citation(), condition=condition,
        amount=amount,
    )  # fmt: skip
    return replace(plain, **more)


def term(fact: str, factor: Fraction | int = 1, constant: Fraction | int = 0) -> Linear:
    """Return ``factor × fact + constant``."""
    return Linear(((fact, Fraction(factor)),), Fraction(constant))


def at_least(fact: str, value: Fraction | int, op: Op = Op.GE) -> Compare:
    """Return ``fact ⋈ value``."""
    return Compare(term(fact, 1, -Fraction(value)), op)


def ratio(above: str, below: str, rate: Fraction, op: Op = Op.GE, constant: Fraction | int = 0) -> Compare:
    """Return ``above / (below + constant) ⋈ rate``."""
    terms = tuple(sorted(((above, Fraction(1)), (below, -rate))))
    return Compare(Linear(terms, -rate * constant), op, denominator=term(below, 1, constant))
