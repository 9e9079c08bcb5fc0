"""What the lint remarks on a drafted policy: it can be published so, and is hardly meant so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from feidi.domain.policy.selectors.library import FACTS_FILE, pair_library
from feidi.engines.findings import Finding
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import ParsedPolicy, Source, parse_policy
from feidi.engines.rules.lint import lint
from feidi.kernel.content.parsing import digest_of, parse


def is_policy(path: str) -> bool:
    """Tell whether a file holds a policy (not its cases)."""
    return path.startswith("policies/") and not path.endswith(".cases.yaml")


def is_reckoned(path: str) -> bool:
    """Tell whether what a file says changes answers, so that standings are reckoned anew when it is published."""
    return path == FACTS_FILE or is_policy(path)


def parsed_draft(dictionary: FactDictionary, place: str, path: str, body: str) -> ParsedPolicy | None:
    """Return what a drafted policy says; None where the text is no readable YAML record."""
    document = parse(path, body)
    if not isinstance(document.value, dict) or document.findings:
        return None
    return parse_policy(Source(place, path, document.value, document.line_of, digest_of(body)), dictionary)


def remarks_on(place: str, path: str, body: str, *, as_of: date) -> list[Finding]:
    """Return the remarks on the clauses of a draft that can be read; none for other files."""
    if not is_policy(path):
        return []
    dictionary = pair_library(place, place, on=as_of).dictionary
    drafted = parsed_draft(dictionary, place, path, body)
    if drafted is None:
        return []
    clauses = ClauseSet({each.code: each for each in drafted.clauses}, drafted.shared_caps)
    return within_file(lint(clauses, dictionary, as_of=as_of))


def within_file(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in which a place is said by the clause alone: file and row stand beside them already."""
    return [replace(each, params={**each.params, "where": each.params["clause"]}) for each in findings]
