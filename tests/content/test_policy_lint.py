"""What the lint says of the policies: nothing of a real place, the planted gap of the invented one."""

from __future__ import annotations

from datetime import date

from feidi.engines.findings import Level
from feidi.engines.rules.lint import lint
from feidi.portals.cli.policy.content import read_content
from tests.support.policy_cases import JURISDICTIONS

AS_OF = date(2026, 11, 29)


def test_the_lint_finds_the_planted_gap_and_nothing_in_a_real_place() -> None:
    content = read_content(JURISDICTIONS)
    assert content.findings == ()
    problems = [each for each in lint(content.clauses, content.dictionary, as_of=AS_OF) if each.level is Level.PROBLEM]
    gaps = [str(each.params["file"]) for each in problems if each.code == "rules.lint_band_gap"]
    assert gaps == ["yunxi/policies/innovation.yaml"]
    assert {str(each.params["file"]) for each in problems} == set(gaps)
