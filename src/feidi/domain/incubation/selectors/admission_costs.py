"""What 24 months cost at both places, by the dated figures of content. Asked with what the applicant said, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from feidi.domain.incubation.selectors.admission_form import Answers, answer_of, yes_or_no
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.selectors.costs import costs_of
from feidi.engines.costing import Comparison, compare, read_profile
from feidi.engines.findings import Finding

YEARS: Final = 2


@dataclass(frozen=True, slots=True)
class Costed:
    """The comparison, or why there is none."""

    comparison: Comparison | None
    findings: tuple[Finding, ...] = ()


def costs_for(outpost: Outpost, rules: AdmissionRules, answers: Answers, *, as_of: date) -> Costed:
    """Return home and host compared over two years; none when nothing was said that costs anything."""
    given = profile_given(rules, answers)
    if set(given) <= {"name", "years"}:
        return Costed(None)
    profile, findings = read_profile(given, as_of=as_of)
    if profile is None:
        return Costed(None, tuple(findings))
    home, host = costs_of(outpost.home.code, on=as_of), costs_of(outpost.host.code, on=as_of)
    return Costed(compare(profile, home, host, as_of=as_of))


def profile_given(rules: AdmissionRules, answers: Answers) -> dict[str, Any]:
    """Return the needs as the costing engine reads them: people at the place's average pay, office, laboratory, water."""
    given: dict[str, Any] = {"name": str(answer_of(rules, answers, "applicant") or ""), "years": YEARS}
    people = answer_of(rules, answers, "team_size")
    if people and people.isdecimal() and int(people):
        given["people"] = [{"kind": "团队", "count": int(people), "average": "private"}]
    area = answer_of(rules, answers, "office_area")
    if area and float(area):
        given["office"] = f"{area}㎡"
    bench = yes_or_no(rules, answers, "wet_bench")
    if bench is not None:
        given["laboratory"] = "是" if bench else "否"
    return given
