"""The additive model: score = project + judge + chance, by least squares, judges' effects adding up to nothing.

Where every judge scores every project the effects cancel and the corrected order is that of the mean. The model is only
asked where judges overlap enough; else it refuses and says why.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from feidi.engines.findings import RefusedError, refuse
from feidi.engines.judging.model import Corrected, CorrectedPlace, JudgeEffect, Score
from feidi.engines.judging.ranking import by_project

#: Two judges are joined when they share at least so many projects.
OVERLAP: Final = 2
#: Scores nearer than this are one score: what is less comes from the arithmetic.
EQUAL: Final = 1e-7
#: Two-sided 95 % of Student's t at 1, 2, … 30 degrees of freedom.
_T95: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


def sure_at(freedom: int) -> float:
    """Return how many standard errors make 95 %.

    >>> sure_at(4), round(sure_at(60), 2)
    (2.776, 2.0)
    """
    return _T95[freedom - 1] if freedom <= len(_T95) else 1.96 + 2.4 / freedom


def correct(scores: Sequence[Score], *, overlap: int = OVERLAP) -> Corrected:
    """Take the judges' harshness out. Refused: one judge, lots that do not overlap enough, nothing left to tell chance by.

    >>> from decimal import Decimal
    >>> given = {"甲": {"严": 70, "平": 80}, "乙": {"严": 72, "宽": 92}, "丙": {"平": 81, "宽": 91}}
    >>> more = {"丁": {"严": 60, "平": 70, "宽": 80}, "戊": {"严": 61, "平": 71, "宽": 81}}
    >>> table = [Score(p, j, Decimal(v)) for p, row in (given | more).items() for j, v in row.items()]
    >>> found = correct(table)
    >>> [(each.judge, round(each.effect, 1)) for each in found.judges]
    [('严', -10.0), ('宽', 10.0), ('平', 0.0)]
    >>> [each.project for each in found.places][:3]
    ['乙', '丙', '甲']
    """
    of = by_project(scores)
    if not of:
        raise refuse("judging.no_scores")
    judges = sorted({each.judge for each in scores})
    _check(of, judges, len(scores), overlap)
    projects = sorted(of)
    fitted, covariance, residual = _fit(scores, projects, judges)
    freedom = len(scores) - len(projects) - len(judges) + 1
    sure = sure_at(freedom)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    reads = {judge: sum(each.judge == judge for each in scores) for judge in judges}
    effects = tuple(
        JudgeEffect(judge, float(fitted[at]), float(errors[at]), reads[judge], _told(fitted[at], errors[at], sure))
        for at, judge in enumerate(judges, len(projects))
    )
    ranks = _ranks(fitted[: len(projects)])
    places = (
        CorrectedPlace(
            project, ranks[at], float(fitted[at]), float(errors[at]),
            math.fsum(float(each.value) for each in of[project]) / len(of[project]),
            tuple(sorted(each.judge for each in of[project])),
        )
        for at, project in enumerate(projects)
    )  # fmt: skip
    return Corrected(
        tuple(sorted(places, key=lambda each: (each.rank, each.project))), effects, residual, freedom, sure
    )


def _told(effect: float, error: float, sure: float) -> bool:
    return bool(abs(effect) > sure * error and abs(effect) > EQUAL)


def _fit(scores: Sequence[Score], projects: Sequence[str], judges: Sequence[str]) -> tuple[Any, Any, float]:
    """Return the projects' and judges' values, their covariance, and the standard deviation that is left."""
    rows, columns = len(scores), len(projects)
    at_project = {name: at for at, name in enumerate(projects)}
    at_judge = {name: at for at, name in enumerate(judges)}
    # the last judge is minus the sum of the others
    spread = np.vstack([np.eye(len(judges) - 1), -np.ones((1, len(judges) - 1))])
    design = np.zeros((rows, columns + len(judges) - 1))
    for row, each in enumerate(scores):
        design[row, at_project[each.project]] = 1
        design[row, columns:] = spread[at_judge[each.judge]]
    values = np.array([float(each.value) for each in scores])
    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ (design.T @ values)
    left = values - design @ found
    variance = float(left @ left) / (rows - design.shape[1])
    # from the free parameters to all of them
    whole = np.zeros((columns + len(judges), design.shape[1]))
    whole[:columns, :columns] = np.eye(columns)
    whole[columns:, columns:] = spread
    return whole @ found, variance * (whole @ inverse @ whole.T), math.sqrt(variance)


def _ranks(values: Any) -> list[int]:
    """Return ranks from 1, greatest first; values that differ by nothing but arithmetic share one."""
    order = sorted(range(len(values)), key=lambda at: -values[at])
    ranks = [0] * len(values)
    for place, at in enumerate(order):
        before = order[place - 1]
        same = place > 0 and values[before] - values[at] < EQUAL
        ranks[at] = ranks[before] if same else place + 1
    return ranks


def _check(of: Mapping[str, Sequence[Score]], judges: Sequence[str], scores: int, overlap: int) -> None:
    if len(judges) == 1:
        raise refuse("judging.one_judge")
    readers = {project: [each.judge for each in given] for project, given in of.items()}
    apart = lots(readers, judges, 1)
    if len(apart) > 1:
        raise refuse("judging.not_connected", groups=len(apart), parts=_spoken(apart))
    thin = lots(readers, judges, overlap)
    if len(thin) > 1:
        raise refuse("judging.overlap_low", overlap=overlap, groups=len(thin), parts=_spoken(thin))
    unknowns = len(of) + len(judges) - 1
    if scores <= unknowns:
        raise refuse("judging.no_freedom", scores=scores, unknowns=unknowns)


def why_not(scores: Sequence[Score], *, overlap: int = OVERLAP) -> RefusedError | None:
    """Return why no correction can be made, None when it can."""
    try:
        correct(scores, overlap=overlap)
    except RefusedError as error:
        return error
    return None


def lots(readers: Mapping[str, Sequence[str]], judges: Sequence[str], overlap: int) -> list[list[str]]:
    """Return the judges in lots: those in one lot are joined, directly or through others, by ``overlap`` shared projects.

    >>> lots({"甲": ["张", "王"], "乙": ["李", "赵"]}, ["张", "李", "王", "赵"], 1)
    [['张', '王'], ['李', '赵']]
    """
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in readers.values():
        for pair in combinations(sorted(names), 2):
            shared[pair] += 1
    root = {judge: judge for judge in judges}

    def top(judge: str) -> str:
        while root[judge] != judge:
            judge = root[judge]
        return judge

    for (one, other), count in shared.items():
        if count >= overlap:
            root[top(one)] = top(other)
    found: dict[str, list[str]] = defaultdict(list)
    for judge in judges:
        found[top(judge)].append(judge)
    return list(found.values())


def _spoken(apart: Sequence[Sequence[str]]) -> str:
    return "；".join("、".join(lot) for lot in apart)
