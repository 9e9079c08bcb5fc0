"""What the lint remarks on a drafted policy: it can be published so, and is hardly meant so."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from feidi.domain.policy.selectors.catalogue import list_clauses
from feidi.domain.policy.selectors.library import FACTS_FILE, PolicyLibrary, pair_library
from feidi.engines.findings import Finding
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import ParsedPolicy, Source, gather, parse_policy
from feidi.engines.rules.lint import lint_clause
from feidi.engines.rules.lint_sets import lint_sets
from feidi.kernel.content.parsing import digest_of, parse

_UNKNOWN: Final = "rules.lint_excludes_unknown"


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
    """Return the remarks on a draft that can be read, beside what is published; none for other files."""
    if not is_policy(path):
        return []
    published = pair_library(place, place, on=as_of)
    drafted = parsed_draft(published.dictionary, place, path, body)
    return [] if drafted is None else remarks_of(drafted, published, as_of=as_of)


def remarks_of(policy: ParsedPolicy, published: PolicyLibrary, *, as_of: date) -> list[Finding]:
    """Return the remarks on one policy, drafted or published, read beside the published rest of its place.

    Of the other files only what the policy brings about there: an exclusion that leads nowhere by now, or is answered by
    one side alone. A clause of another place may be excluded, as long as it is published.
    """
    own = {each.code for each in policy.clauses}
    rest = [each for each in published.policies if _address(each) != _address(policy)]
    held = {_said(each) for each in lint_sets(gather(published.policies)[0])}
    between = lint_sets(gather([policy, *rest])[0])
    alone = [each for clause in policy.clauses for each in lint_clause(clause, published.dictionary, as_of=as_of)]
    found = [*alone, *(each for each in between if each.params["clause"] in own or _said(each) not in held)]
    return _within_file(_not_elsewhere(dict.fromkeys(found), policy, as_of), own)


def _address(policy: ParsedPolicy) -> tuple[str, str]:
    return policy.document.place, policy.document.file


def _said(finding: Finding) -> tuple[object, ...]:
    """Return what a finding says, whatever line it stands on and whatever it suggests instead."""
    return (finding.code, *(finding.params.get(name) for name in ("clause", "code", "group", "cap")))


def _not_elsewhere(findings: Iterable[Finding], policy: ParsedPolicy, as_of: date) -> list[Finding]:
    """Leave out exclusions of clauses that another place has: a firm is asked about its home and its host together.

    What the published text of the policy itself holds does not count: the draft stands in its place.
    """
    found = list(findings)
    if all(each.code != _UNKNOWN for each in found):
        return found
    published = [each for each in list_clauses(on=as_of) if _address(each.policy) != _address(policy)]
    known = {each.clause.code for each in published}
    return [each for each in found if each.code != _UNKNOWN or each.params["code"] not in known]


def _within_file(findings: Iterable[Finding], own: Container[object]) -> list[Finding]:
    """Return findings in which a place of the file is said by the clause alone: file and row stand beside them already."""
    return [
        replace(each, params={**each.params, "where": each.params["clause"]}) if each.params["clause"] in own else each
        for each in findings
    ]
