"""What is known of a project's chance of landing, its area and what fostering costs: facts with who, when and on what.

Nothing is guessed and nothing overwritten: a new statement supersedes the one before it. Chances are kept in
hundredths of a percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.selectors.choosing import AREA, CHANCE, CHANCE_UNIT, COST, OPEN_STAGES, standing_facts
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.facts import Value, state_fact
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says of a project; None = not said now, and what stands stays.

    Either ``successes`` of ``cases`` comparable ones, or an estimate from ``lo`` to ``hi`` percent (``hi`` None: just
    ``lo``). ``area_m2`` of the outpost; ``cost`` of fostering it. ``note``: on what it rests.
    """

    note: str
    successes: int | None = None
    cases: int | None = None
    lo: float | None = None
    hi: float | None = None
    area_m2: int | None = None
    cost: Money | None = None


def state_chance(*, actor: Actor, now: datetime, project: Project, said: Statement) -> list[Fact]:
    """Keep what somebody says of a project, each as a fact that supersedes the one before.

    Refused: nothing said, no ground given, cases beside an estimate, numbers that do not fit, a project that is not up
    for choice.
    """
    require(actor, EDIT, outpost_scope(project.outpost_id))
    if project.talks_stage not in OPEN_STAGES or project.voided_at is not None:
        raise refuse("matching.chance_stage", name=project.name)
    values = _values(said)
    if not values:
        raise refuse("matching.chance_nothing")
    if not said.note.strip():
        raise refuse("matching.chance_note")
    subject, today = Subject("pipeline.project", project.uid), now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now):
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)  # one statement after the other
        before = standing_facts([project], as_of=today, known_at=now).get(project.uid, {})
        return [
            state_fact(
                actor=actor,
                now=now,
                subject=subject,
                fact=fact,
                value=value,
                source=FactSource.STATED,
                source_note=said.note.strip()[:300],
                holds_from=today,
                outpost=project.outpost,
                supersedes=before.get(fact),
            )
            for fact, value in values.items()
        ]


def _values(said: Statement) -> dict[str, Value]:
    found = {}
    if chance := _chance(said):
        found[CHANCE] = chance
    if said.area_m2 is not None:
        _positive(said.area_m2, "面积", "area")
        found[AREA] = Value(number=said.area_m2)
    if said.cost is not None:
        _positive(said.cost.fen, "费用", "cost")
        found[COST] = Value(number=said.cost.fen, currency=said.cost.currency or "")
    return found


def _positive(value: int, zh: str, en: str) -> None:
    if value <= 0:
        raise refuse("matching.chance_amount", value=value, field_zh=zh, field_en=en)


def _chance(said: Statement) -> Value | None:
    counted, guessed = said.successes is not None or said.cases is not None, said.lo is not None or said.hi is not None
    if counted and guessed:
        raise refuse("matching.chance_which")
    if counted:
        k, n = said.successes, said.cases
        if k is None or n is None or not 0 <= k <= n or n < 1:
            raise refuse("matching.chance_cases", n="?" if n is None else n, k="?" if k is None else k)
        return Value(numerator=k, denominator=n)
    if not guessed:
        return None
    lo = said.lo if said.lo is not None else said.hi
    hi = said.hi if said.hi is not None else said.lo
    if lo is None or hi is None or not 0 <= lo <= hi <= _WHOLE:
        raise refuse("matching.chance_range", lo=lo, hi=hi)
    low, high = round(lo * CHANCE_UNIT), round(hi * CHANCE_UNIT)
    return Value(number=low) if low == high else Value(lo=low, hi=high)
