"""The policy language: YAML in Chinese becomes clauses, a line becomes a condition. ``docs/policy_language.md`` says how.

Nothing here raises for what an author wrote: every fault is a finding with file, line, clause, what is wrong and how to
write it (``parse_condition`` and ``parse_amount`` raise ``RuleError`` with these findings).
"""

from __future__ import annotations

from feidi.engines.rules.amounts import Amount
from feidi.engines.rules.conditions import Condition
from feidi.engines.rules.facts import FactDef, FactDictionary
from feidi.engines.rules.language.amounts import read_amount
from feidi.engines.rules.language.conditions import Rules, read_condition
from feidi.engines.rules.language.dictionary import parse_dictionary
from feidi.engines.rules.language.gathering import gather
from feidi.engines.rules.language.policies import ParsedPolicy, PolicyDocument, parse_policy
from feidi.engines.rules.language.source import Notebook, RuleError, Source
from feidi.engines.rules.language.words import fold

__all__ = [
    "ParsedPolicy",
    "PolicyDocument",
    "RuleError",
    "Source",
    "gather",
    "judgements_of",
    "parse_amount",
    "parse_condition",
    "parse_dictionary",
    "parse_policy",
]


def _rules(dictionary: FactDictionary, code: str) -> Rules:
    return Rules(dictionary, Notebook(Source("", "", None)), code)


def _checked(rules: Rules) -> None:
    if rules.notes.findings:
        raise RuleError(tuple(rules.notes.findings))


def parse_condition(value: object, dictionary: FactDictionary, *, code: str = "") -> Condition:
    """Return the condition that a line or a plain value of a file means. Raises ``RuleError`` with all that is wrong.

    ``code`` is the clause whose judgements (人工核定) it declares; ``judgements_of`` gives these.
    """
    rules = _rules(dictionary, code)
    found = read_condition(value, rules, ())
    _checked(rules)
    return found


def judgements_of(value: object, dictionary: FactDictionary, *, code: str = "") -> tuple[FactDef, ...]:
    """Return the facts that the 人工核定 of a condition declare. Raises ``RuleError``."""
    rules = _rules(dictionary, code)
    read_condition(value, rules, ())
    _checked(rules)
    return tuple(rules.judgements.values())


def parse_amount(value: object, dictionary: FactDictionary, *, code: str = "") -> Amount | None:
    """Return the amount that a plain value of a file means; None for 无. Raises ``RuleError`` with all that is wrong."""
    if isinstance(value, str) and fold(value) == "无":
        return None
    rules = _rules(dictionary, code)
    found = read_amount(value, rules, ())
    _checked(rules)
    return found
