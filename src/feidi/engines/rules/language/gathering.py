"""Policies of many files as one set of clauses: codes that are used once, caps that mean one thing."""

from __future__ import annotations

from collections.abc import Iterable

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.rules.clauses import Clause, ClauseSet, SharedCap
from feidi.engines.rules.language.policies import ParsedPolicy


def gather(policies: Iterable[ParsedPolicy]) -> tuple[ClauseSet, list[Finding]]:
    """Return all clauses by code, and what is wrong between the files. Of two with one code the first stays."""
    clauses: dict[str, Clause] = {}
    caps: dict[str, SharedCap] = {}
    findings: list[Finding] = []
    for policy in policies:
        for clause in policy.clauses:
            if clause.code in clauses:
                first = clauses[clause.code]
                findings.append(
                    finding_at(clause, "rules.clause_twice", code=clause.code, first=f"{first.file}:{first.line}")
                )
            else:
                clauses[clause.code] = clause
        for name, cap in policy.shared_caps.items():
            if caps.setdefault(name, cap).fen != cap.fen:
                where: dict[str, Scalar] = {
                    "where": policy.document.file,
                    "file": policy.document.file,
                    "line": 1,
                    "name": name,
                }
                findings.append(Finding(Level.PROBLEM, "rules.shared_cap_twice", where, row=1))
    return ClauseSet(clauses, caps), findings


def finding_at(
    clause: Clause, code: str, /, *, level: Level = Level.PROBLEM, line: int = 0, **params: Scalar
) -> Finding:
    """Return a finding about a clause, at its line or a line within it."""
    row = line or clause.line
    where: dict[str, Scalar] = {
        "file": clause.file,
        "line": row,
        "clause": clause.code,
        "where": f"{clause.file}:{row} {clause.code}" if row else f"{clause.file} {clause.code}",
    }
    return Finding(level, code, {**where, **params}, row=row)
