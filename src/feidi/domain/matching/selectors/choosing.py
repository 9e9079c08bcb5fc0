"""遴选: which projects are up for choice, what is known of each and since when, and the answer of the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from feidi.domain.matching.access import VIEW
from feidi.domain.parties.models import Fact, Outpost
from feidi.domain.parties.selectors.facts import list_facts_of
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import ConditionCode, Stage
from feidi.domain.pipeline.models import Project, StageLog
from feidi.engines.money import Money
from feidi.engines.portfolio import (
    Aim,
    Candidate,
    Chance,
    CurvePoint,
    Limits,
    Portfolio,
    chance_given,
    chance_of,
    choose,
    curve_by_area,
    curve_by_number,
    needed_chance,
)
from feidi.engines.sheets import parse_area
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject

CHANCE, AREA, COST = "fostering_chance", "fostering_area", "fostering_cost"
#: Chances are kept in hundredths of a percent.
CHANCE_UNIT: Final = 100
_WHOLE: Final = 100 * CHANCE_UNIT
OPEN_STAGES: Final = (Stage.ASSESSING, Stage.KEY)
#: Conditions that end a project: then it is known that it did not land.
_ENDED: Final = (ConditionCode.LOST, ConditionCode.REJECTED, ConditionCode.WITHDRAWN, ConditionCode.DEREGISTERED)
#: The published aim: of 6 key projects 3 to 5 results.
KEY_PROJECTS, RESULTS, CONFIDENCE = 6, (3, 4, 5), 0.9


@dataclass(frozen=True, slots=True)
class Told:
    """One project up for choice with what is known. ``facts`` by code; ``area_read``: the area is read from 用房需求.

    ``trial``: nobody has said a chance; the one taken is the page's assumption.
    """

    project: Project
    chance: Chance | None
    area: float | None
    cost: Money | None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    area_read: bool = False
    trial: bool = False

    @property
    def key(self) -> str:
        """By what the answer names it: its number, once in an outpost."""
        return self.project.code

    @property
    def sector(self) -> str:
        """The first of its 产业领域; empty when none is written."""
        return self.project.industry.replace("，", "、").split("、")[0].strip()


@dataclass(frozen=True, slots=True)
class Experience:
    """How many of an outpost's projects that reached 重点培育 and are decided have landed, verified."""

    landed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``per_sector``: at most so many of each. ``trial``: the chance taken where nobody has said one."""

    at_least: int = 3
    confidence: float = CONFIDENCE
    area: float | None = None
    budget: Money | None = None
    per_sector: int | None = None
    at_most: int | None = None
    trial: Chance | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer with its curves, and the candidates it was reckoned from."""

    told: tuple[Told, ...]
    portfolio: Portfolio
    by_number: tuple[CurvePoint, ...]
    by_area: tuple[CurvePoint, ...]


def outposts_choosing(actor: Actor) -> list[Outpost]:
    """Return the outposts whose projects the actor may choose among."""
    ids = actor.scopes(VIEW, ScopeKind.OUTPOST)
    return list(Outpost.objects.filter(pk__in=ids).select_related("home").order_by("code"))


def list_told(actor: Actor, outpost: Outpost, *, as_of: date, known_at: datetime) -> list[Told]:
    """Return an outpost's projects at 项目评估 or 重点培育 that the actor may see, with what was known of them then."""
    rows = visible_in_office(actor, Project.objects.filter(outpost=outpost, voided_at__isnull=True, condition=""))
    projects = list(
        rows.filter(talks_stage__in=OPEN_STAGES).select_related("outpost__home").order_by("-talks_stage", "code")
    )
    facts = standing_facts(projects, as_of=as_of, known_at=known_at)
    return [_told(each, facts.get(each.uid, {})) for each in projects]


def standing_facts(projects: Sequence[Project], *, as_of: date, known_at: datetime) -> dict[str, dict[str, Fact]]:
    """Return uid of project → code → the fact that stands. Only what the project's own outpost has said."""
    subjects = [Subject("pipeline.project", each.uid) for each in projects]
    outposts = {each.uid: each.outpost_id for each in projects}
    found: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
    rows = list_facts_of(subjects, as_of=as_of, known_at=known_at).filter(fact__in=(CHANCE, AREA, COST))
    for row in rows:
        if row.outpost_id == outposts[row.subject_uid]:
            found[row.subject_uid].setdefault(row.fact, row)
    return dict(found)


def experience_of(outpost: Outpost) -> Experience:
    """Return what became of the outpost's projects that ever reached 重点培育: landed (verified), or ended."""
    reached = StageLog.objects.filter(to_stage=Stage.KEY, forced=False, opened=False).values("project_id")
    rows = Project.objects.filter(outpost=outpost, voided_at__isnull=True, pk__in=reached)
    landed = rows.filter(verified_on__isnull=False).count()
    return Experience(landed, landed + rows.filter(verified_on__isnull=True, condition__in=_ENDED).count())


def chance_of_experience(told: Experience) -> Chance | None:
    """Return the chance that the outpost's own cases tell, None without any."""
    return chance_of(told.landed, told.decided) if told.decided else None


def answer(told: Iterable[Told], asked: Question) -> Choice:
    """Return the best choice under the question with its curves. Raises RefusedError for a question that cannot be."""
    taken = tuple(_tried(each, asked.trial) for each in told)
    candidates = [_candidate(each) for each in taken]
    sectors = {each.sector for each in taken if each.sector}
    limits = Limits(
        area=asked.area,
        budget=asked.budget,
        sectors=dict.fromkeys(sorted(sectors), asked.per_sector) if asked.per_sector is not None else {},
        at_most=asked.at_most,
    )
    aim = Aim(asked.at_least, asked.confidence)
    portfolio = choose(candidates, aim, limits)
    by_area = curve_by_area(candidates, aim, limits) if asked.area is not None else ()
    return Choice(taken, portfolio, curve_by_number(candidates, aim, limits), by_area)


def thin(n: int = KEY_PROJECTS, confidence: float = CONFIDENCE) -> list[tuple[int, float | None]]:
    """Return for 3, 4 and 5 results which chance each of ``n`` projects needs; None: not even certainty would do."""
    return [(least, needed_chance(n, least, confidence)) for least in RESULTS]


def _tried(told: Told, trial: Chance | None) -> Told:
    return replace(told, chance=trial, trial=True) if told.chance is None and trial is not None else told


def _candidate(told: Told) -> Candidate:
    # by its number, which is what remarks on candidates name
    return Candidate(told.key, told.chance, told.area, told.cost, told.sector or None, told.project.name)


def _told(project: Project, facts: Mapping[str, Fact]) -> Told:
    area, cost = facts.get(AREA), facts.get(COST)
    read = _area_read(project.office_need) if area is None else None
    return Told(
        project,
        _chance(facts.get(CHANCE)),
        float(area.number) if area is not None and area.number is not None else read,
        Money(cost.number, cost.currency or None) if cost is not None and cost.number is not None else None,
        facts,
        area_read=area is None and read is not None,
    )


def _area_read(text: str) -> float | None:
    """Return the area that 用房需求 states plainly; anything less plain stays unknown."""
    area, findings = parse_area(text)
    return float(area.square_metres) if area.square_metres and not area.approximate and not findings else None


def _chance(fact: Fact | None) -> Chance | None:
    if fact is None:
        return None
    if fact.numerator is not None and fact.denominator is not None:
        return chance_of(fact.numerator, fact.denominator)
    if fact.number is not None:
        return chance_given(fact.number / _WHOLE)
    if fact.lo is None or fact.hi is None:
        return None
    lo, hi = fact.lo / _WHOLE, fact.hi / _WHOLE
    # somebody who says "from … to …" is taken at the middle, with the whole range beside
    return chance_given((lo + hi) / 2, lo, hi)
