"""What those who talked with us think of the place: two questions after a talk and at its end, by quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Interaction, ProjectCondition
from feidi.kernel.content.library import read

CONDITIONS = "enclave/conditions.yaml"


def concerns(outpost: Outpost) -> dict[str, tuple[str, str]]:
    """Return what may hold somebody back (code → (zh, en)): the reasons for which content lets talks end."""
    reasons = read(outpost.home.code, CONDITIONS, on=None).data["conditions"]["lost"]["reasons"]
    return {each["code"]: (each["label"]["zh"], each["label"]["en"]) for each in reasons}


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter's answers: how many were asked, their mean (None: nobody), what held them back, most frequent first.

    ``projects`` are the projects behind it.
    """

    year: int
    number: int
    asked: int
    mean: Fraction | None
    concerns: tuple[tuple[str, int], ...]
    projects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    on: date
    project: int
    score: int | None
    concern: str


def impressions_by_quarter(outpost_ids: Iterable[int]) -> tuple[Quarter, ...]:
    """Return the answers of every quarter that has any, newest first (two queries)."""
    ids = list(outpost_ids)
    asked = _from_talks(ids) + _from_endings(ids)
    by_quarter: dict[tuple[int, int], list[_Answer]] = {}
    for each in asked:
        by_quarter.setdefault((each.on.year, (each.on.month + 2) // 3), []).append(each)
    return tuple(_quarter(key, by_quarter[key]) for key in sorted(by_quarter, reverse=True))


def _from_talks(ids: list[int]) -> list[_Answer]:
    rows = Interaction.objects.filter(project__outpost_id__in=ids, project__voided_at=None, voided_at=None)
    asked = rows.exclude(impression=None, concern="").exclude(occurred_on=None)
    given = asked.values_list("occurred_on", "project_id", "impression", "concern")
    return [_Answer(on, project, score, concern) for on, project, score, concern in given if on is not None]


def _from_endings(ids: list[int]) -> list[_Answer]:
    rows = ProjectCondition.objects.filter(project__outpost_id__in=ids, project__voided_at=None, voided_at=None)
    asked = rows.exclude(impression=None, concern="")
    return [_Answer(*each) for each in asked.values_list("since", "project_id", "impression", "concern")]


def _quarter(key: tuple[int, int], answers: list[_Answer]) -> Quarter:
    scores = [each.score for each in answers if each.score is not None]
    held = Counter(each.concern for each in answers if each.concern)
    return Quarter(
        year=key[0],
        number=key[1],
        asked=len(scores),
        mean=Fraction(sum(scores), len(scores)) if scores else None,
        concerns=tuple(sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))),
        projects=tuple(sorted({each.project for each in answers})),
    )
