"""The official result: by the written rule and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.judging.means import by_method, rounded
from feidi.engines.judging.model import Place, Result, Rule, Score

#: Rules for ties without a parameter.
TIE_RULES: Final = ("median", "highest", "spread")
CRITERION: Final = "criterion:"
_Key = tuple[Decimal, ...]


def official(scores: Sequence[Score], rule: Rule) -> Result:
    """Rank by the written rule. Refused: no scores, too few judges, a judge twice, a rule for ties that cannot be used.

    >>> from feidi.engines.judging.model import Method
    >>> given = {"甲": "88.5 90 76 95 90", "乙": "80 80 80 80 80", "丙": "90 90 88.5 70 99"}
    >>> scores = [Score(p, f"评委{n}", Decimal(v)) for p, row in given.items() for n, v in enumerate(row.split())]
    >>> [(each.rank, each.project, str(each.score)) for each in official(scores, Rule(Method.TRIMMED)).places]
    [(1, '丙', '89.50'), (1, '甲', '89.50'), (3, '乙', '80.00')]
    """
    _check_ties(rule)
    of = by_project(scores)
    if not of:
        raise refuse("judging.no_scores")
    short = [_short(project, given, rule) for project, given in of.items() if len(given) < (rule.judges or 0)]
    if short:
        raise refuse("judging.too_few_judges", *short, **short[0].params)
    keys = {project: _key(project, given, rule) for project, given in of.items()}
    places = tuple(_places(keys, {project: len(given) for project, given in of.items()}, rule))
    return Result(places, (*_unequal(of), *_left(places)))


def by_project(scores: Sequence[Score]) -> Mapping[str, Sequence[Score]]:
    """Return project → its scores. Refused: a judge with two scores for one project."""
    of: dict[str, list[Score]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for each in scores:
        if (each.project, each.judge) in seen:
            raise refuse("judging.twice", project=each.project, judge=each.judge)
        seen.add((each.project, each.judge))
        of[each.project].append(each)
    return of


def _check_ties(rule: Rule) -> None:
    for each in rule.ties:
        if each not in TIE_RULES and not each.startswith(CRITERION):
            raise refuse("judging.tie_rule_unknown", rule=each, known="、".join((*TIE_RULES, f"{CRITERION}…")))


def _short(project: str, given: Sequence[Score], rule: Rule) -> Finding:
    params: dict[str, Scalar] = {"project": project, "judges": len(given), "needed": rule.judges or 0}
    return Finding(Level.PROBLEM, "judging.too_few_judges", params)


def _key(project: str, given: Sequence[Score], rule: Rule) -> _Key:
    """Return what a project is ranked by, greater first: the rounded result, then one value for each rule for ties."""
    values = [each.value for each in given]
    result = rounded(by_method(rule.method, values, project), rule.decimals)
    return (result, *(_tie_value(each, project, given, rule) for each in rule.ties))


def _tie_value(name: str, project: str, given: Sequence[Score], rule: Rule) -> Decimal:
    values = sorted(each.value for each in given)
    if name == "highest":
        return values[-1]
    if name == "spread":
        return values[0] - values[-1]
    if name == "median":
        middle = Fraction(values[len(values) // 2]) + Fraction(values[(len(values) - 1) // 2])
        return rounded(middle / 2, rule.decimals + 1)
    part = name.removeprefix(CRITERION)
    if any(part not in each.parts for each in given):
        raise refuse("judging.part_missing", project=project, part=part)
    return rounded(by_method(rule.method, [each.parts[part] for each in given], project), rule.decimals)


def _places(keys: Mapping[str, _Key], judges: Mapping[str, int], rule: Rule) -> Iterator[Place]:
    """Yield the places; equals stand in the order of their names, so that no order of the input shows."""
    order = sorted(sorted(keys), key=lambda project: keys[project], reverse=True)
    for project in order:
        key = keys[project]
        rank = 1 + sum(other > key for other in keys.values())
        equals = [other for name, other in keys.items() if name != project and other[0] == key[0]]
        shared = key in equals
        depth = max((_parted(key, other) for other in equals if other != key), default=0)
        decided = rule.ties[depth - 1] if depth and not shared else ""
        yield Place(project, rank, key[0], judges[project], shared, decided)


def _parted(key: _Key, other: _Key) -> int:
    """Return where two keys begin to differ."""
    return next(at for at, (mine, theirs) in enumerate(zip(key, other, strict=True)) if mine != theirs)


def _unequal(of: Mapping[str, Sequence[Score]]) -> Iterator[Finding]:
    counts = {len(given) for given in of.values()}
    if len(counts) > 1:
        yield Finding(Level.PROBLEM, "judging.unequal_reads", {"least": min(counts), "most": max(counts)})


def _left(places: Sequence[Place]) -> Iterator[Finding]:
    shared: dict[int, list[str]] = defaultdict(list)
    for each in places:
        if each.shared:
            shared[each.rank].append(each.project)
    for projects in shared.values():
        yield Finding(Level.PROBLEM, "judging.tie_left", {"projects": "、".join(projects)})
