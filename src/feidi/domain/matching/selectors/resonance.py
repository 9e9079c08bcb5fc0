"""共振点: the outpost's investors against its needs for money and its projects in talks, as far as each is known.

Investors are open offers of kind 资本; projects are open needs of kind 资本, and projects in talks without such a need.
Everything goes through the actor's own sight. A fact that nobody has said stays unknown: an interval and a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.access import visible_to
from feidi.domain.matching.enums import ProfileKind, ProfileState, Round, Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Place
from feidi.domain.pipeline.access import VIEW as VIEW_PROJECTS
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project as PipelineProject
from feidi.engines.resonance import (
    Amount,
    Factor,
    FactorCode,
    Investor,
    Mandate,
    Project,
    Resonance,
    Window,
    resonance,
    resonances,
)
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import library

#: Of each side so many, the newest; who has more narrows by words.
MOST: Final = 400
_IN_TALKS: Final = (Stage.NEGOTIATING, Stage.INSPECTING, Stage.ASSESSING, Stage.KEY, Stage.AGREEING)
#: An investor who looks at every sector, or every place, meets any project there.
_ANY: Final = _("不限")


@dataclass(frozen=True, slots=True)
class Backer:
    """An investor as the engine takes it, with its row. ``any_sector``: it has said that it is not limited."""

    profile: Profile
    facts: Investor
    any_sector: bool


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for money: a need (``profile``), or a project in talks that has none entered."""

    facts: Project
    name: str
    profile: Profile | None = None
    project: PipelineProject | None = None

    @property
    def key(self) -> str:
        """The uid by which addresses name it."""
        return self.facts.id


@dataclass(frozen=True, slots=True)
class Pair:
    """One investor and one seeker with the interval of their score, in 0..1."""

    backer: Backer
    seeker: Seeker
    lo: float
    hi: float


def stages() -> list[str]:
    """Return the rounds in order, as they read."""
    return [str(each.label) for each in Round]


def list_backers(actor: Actor, today: date) -> list[Backer]:
    """Return the open offers of money that the actor may see, newest first."""
    rows = _open(actor, Side.OFFER, today)
    places = _Places()
    return [Backer(row, _investor(row, places), row.sectors == []) for row in rows]


def list_seekers(actor: Actor, today: date) -> list[Seeker]:
    """Return the open needs for money, then projects in talks that have none; both as far as the actor may see."""
    needs = list(_open(actor, Side.NEED, today))
    places = _Places()
    found = [Seeker(_need(row, places), _owner(row), profile=row, project=row.project) for row in needs]
    having = {row.project_id for row in needs if row.project_id}
    outposts = actor.scopes(VIEW_PROJECTS, ScopeKind.OUTPOST)
    talked = (
        PipelineProject.objects.filter(
            outpost_id__in=outposts, voided_at__isnull=True, condition="", talks_stage__in=_IN_TALKS
        )
        .exclude(pk__in=having)
        .select_related("outpost__home")
        .order_by("-id")[:MOST]
    )
    return found + [Seeker(_talked(row, places), row.name, project=row) for row in talked]


def list_pairs(backers: Sequence[Backer], seekers: Sequence[Seeker]) -> list[Pair]:
    """Return every pair, the surest first: by the low end, then the high end; what cannot be comes last."""
    pairs = []
    for any_sector in (False, True):
        group = [each for each in backers if each.any_sector is any_sector]
        asked = [_meeting_any(each.facts) if any_sector else each.facts for each in seekers]
        if not group or not asked:
            continue
        answer = resonances(
            [_meets_any(each.facts) if any_sector else each.facts for each in group], asked, stages=stages()
        )
        lo, hi = np.asarray(answer.lo), np.asarray(answer.hi)
        pairs += [
            Pair(backer, seeker, float(lo[at, to]), float(hi[at, to]))
            for at, backer in enumerate(group)
            for to, seeker in enumerate(seekers)
        ]
    # rounded: the last bit must not decide an order
    return sorted(pairs, key=lambda pair: (-round(pair.lo, 9), -round(pair.hi, 9)))


def explain(backer: Backer, seeker: Seeker) -> Resonance:
    """Return one pair with its factors, what to ask and what would lift it."""
    if backer.any_sector:
        told = resonance(_meets_any(backer.facts), _meeting_any(seeker.facts), stages=stages())
        return replace(told, factors=tuple(_as_said(each, seeker) for each in told.factors))
    return resonance(backer.facts, seeker.facts, stages=stages())


def _as_said(factor: Factor, seeker: Seeker) -> Factor:
    """Show the sectors that the project has; without a limit it does not matter which."""
    if factor.code is not FactorCode.SECTOR:
        return factor
    return replace(factor, values={**factor.values, "project": "、".join(seeker.facts.sectors or {}) or "?"})


def _meets_any(investor: Investor) -> Investor:
    return replace(investor, sectors={str(_ANY): 1.0})


def _meeting_any(project: Project) -> Project:
    return replace(project, sectors={str(_ANY): 1.0})


def _open(actor: Actor, side: Side, today: date) -> Iterable[Profile]:
    rows = Profile.objects.filter(
        side=side, kind=ProfileKind.CAPITAL, state=ProfileState.OPEN, voided_at__isnull=True, expires_on__gte=today
    )
    joined = rows.select_related("organization__place", "project__outpost__home", "outpost__home", "place")
    return visible_to(actor, joined).order_by("-id")[:MOST]


class _Places:
    """The places by code, read once: their names, and what each lies in."""

    def __init__(self) -> None:
        self._names = dict(Place.objects.values_list("code", "name_zh"))
        self._published = library()
        self._known = frozenset(self._published.places())

    def name(self, code: str) -> str:
        """Return what a place is called."""
        return self._names.get(code, code)

    def wider(self, code: str) -> frozenset[str]:
        """Return the names of a place and of all that it lies in."""
        lineage = self._published.lineage(code) if code in self._known else (code,)
        return frozenset(self.name(each) for each in lineage)


def _investor(row: Profile, places: _Places) -> Investor:
    return Investor(
        row.uid,
        sectors=_sectors(row.sectors),
        stages=_stages(row.rounds),
        ticket=_amount(row),
        mandate=_mandate(row, places),
        window=Window(row.available_from, row.expires_on),
    )


def _need(row: Profile, places: _Places) -> Project:
    asked = _stages(row.rounds)
    sectors = _sectors(row.sectors)
    if not sectors and row.project is not None:
        sectors = _sectors(_parted(row.project.industry))
    return Project(
        row.uid,
        sectors=sectors,
        # several rounds named: which of them is not known yet
        stage=next(iter(asked)) if asked and len(asked) == 1 else None,
        ask=_amount(row),
        places=_landing(row, places),
        window=Window(row.available_from, row.expires_on),
    )


def _talked(row: PipelineProject, places: _Places) -> Project:
    """Return what a project in talks says: its sectors and where it would land. Nobody has said what money it seeks."""
    return Project(row.uid, sectors=_sectors(_parted(row.industry)), places=places.wider(row.outpost.home.code))


def _owner(row: Profile) -> str:
    """Return whose need it is. Its own outpost's people read it, to whom nothing of it is masked."""
    return str(row.organization or (row.project.name if row.project else row.title))


def _sectors(words: Sequence[str] | None) -> dict[str, float] | None:
    named = [word.strip() for word in words or () if word.strip()]
    return dict.fromkeys(named, 1.0) or None


def _parted(text: str) -> list[str]:
    return text.replace("，", "、").replace(",", "、").replace("/", "、").split("、")


def _stages(codes: Sequence[str] | None) -> frozenset[str] | None:
    if codes is None:
        return None
    labels = {each.value: str(each.label) for each in Round}
    return frozenset(labels.values()) if codes == [] else frozenset(labels[each] for each in codes if each in labels)


def _amount(row: Profile) -> Amount | None:
    if row.amount_lo_fen is None and row.amount_hi_fen is None:
        return None
    return Amount(row.amount_lo_fen, row.amount_hi_fen, row.currency or None)


def _mandate(row: Profile, places: _Places) -> Mandate | None:
    """Return where the money must go. A 返投 ratio alone does not say what of the money left it binds: that is asked."""
    if row.regions is None and not row.return_ratio_percent:
        return Mandate(frozenset({str(_ANY)}), 0.0) if row.return_ratio_percent == 0 else None
    named = frozenset(places.name(code) for code in row.regions or ())
    if row.return_ratio_percent:
        return Mandate(named, None)
    return Mandate(named, 1.0) if named else Mandate(frozenset({str(_ANY)}), 0.0)


def _landing(row: Profile, places: _Places) -> frozenset[str] | None:
    """Return every place that landing would count for: the firm's own, else the home of the outpost that has it."""
    if row.place is not None:
        return places.wider(row.place.code)
    if row.organization is not None and row.organization.place is not None:
        return places.wider(row.organization.place.code)
    return places.wider(row.outpost.home.code) if row.project is not None else None
