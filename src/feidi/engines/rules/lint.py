"""What can be read and is hardly meant: tiers with gaps, conditions that say nothing, amounts that differ from the text.

A problem is something to put right before the clause is published; a note something to look at once. Nothing here changes
how a clause is evaluated.
"""

from __future__ import annotations

from datetime import date

from feidi.engines.findings import Finding
from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.lint_conditions import lint_conditions
from feidi.engines.rules.lint_sets import lint_days, lint_sets
from feidi.engines.rules.lint_texts import lint_texts
from feidi.engines.rules.lint_tiers import lint_tiers


def lint(clauses: ClauseSet, dictionary: FactDictionary, *, as_of: date) -> list[Finding]:
    """Return everything that is odd in a set of clauses at a day, clause by clause, then between them."""
    found = [each for clause in clauses.clauses.values() for each in lint_clause(clause, dictionary, as_of=as_of)]
    return list(dict.fromkeys((*found, *lint_sets(clauses))))


def lint_clause(clause: Clause, dictionary: FactDictionary, *, as_of: date) -> list[Finding]:
    """Return everything that is odd in one clause by itself (the editor asks this while it is being written)."""
    words = dictionary.including({fact.id: fact for fact in clause.manual})
    return [
        *lint_conditions(clause, words),
        *lint_tiers(clause, words),
        *lint_texts(clause, words),
        *lint_days(clause, as_of),
    ]
