"""Who serves whom, now: a profile or a project asks the other side of its outpost, the engine ranks, nothing is kept.

Who must not meet (``reading.meetable``) is asked of the tables at each question, never of the index: a block holds from
the moment it is written down, and what it leaves out makes room for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.offer_facts import (
    Regions,
    kinds_wanted,
    known_regions,
    looking_offer,
    need_facts,
    offer_facts,
)
from feidi.domain.matching.selectors.offers_index import OffersIndex, offers_index, text_of
from feidi.domain.matching.selectors.reading import meetable
from feidi.domain.matching.selectors.rules import MatchingRules, matching_rules
from feidi.domain.matching.selectors.weights import engine_weights
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.engines.affinity import NEVER, Asking, Candidate, Facts, NearMiss, Need, Offer, Result
from feidi.engines.affinity.index import Index

#: A text with fewer characters says too little to be compared well; the page says so.
THIN: Final = 30
NEAR_MISSES: Final = 5
#: So many are asked for, as those of another kind fall away.
_NEAR_ASKED: Final = 40


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks; the side that is searched is the other one.

    ``profile`` stands for the asker where blocks are asked for (of a project: a profile that is not saved);
    ``facts`` are those with which the index is asked, ``there`` those by which an offer's pairs are judged.
    """

    outpost: Outpost
    side: Side
    text: str
    facts: Facts
    profile: Profile
    there: Facts | None = None

    @property
    def thin(self) -> bool:
        """Tell whether the text says too little to be compared well."""
        return len("".join(self.text.split())) < THIN


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its profile."""

    profile: Profile
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Near:
    """A profile that fails exactly one fact, and the smallest change."""

    profile: Profile
    miss: NearMiss


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer, best first. ``searched`` profiles stood in the index; ``held_back`` were left out because their owner
    stands in the list often enough already.
    """

    asker: Asker
    found: tuple[Found, ...]
    near: tuple[Near, ...]
    searched: int
    held_back: int
    rules: MatchingRules


def asker_of(profile: Profile) -> Asker:
    """Return a need or an offer as the one who asks; its full text helps to find, and is shown to nobody."""
    regions, answers = known_regions(), matching_rules(profile.outpost).answers
    text = "。".join(part for part in (text_of(profile), profile.full_text) if part)
    side = Side(profile.side)
    if side is Side.NEED:
        return Asker(profile.outpost, side, text, need_facts(profile, regions, answers), profile)
    facts = looking_offer(profile, regions, answers)
    return Asker(profile.outpost, side, text, facts, profile, offer_facts(profile, regions))


def project_text(project: Project) -> str:
    """Return the words of a project: name, industry, what it does, product and where the technology comes from."""
    parts = (project.name, project.industry, project.one_line, project.core_product, project.tech_source)
    return "。".join(part for part in parts if part)


def asker_of_project(project: Project, side: Side) -> Asker:
    """Return a project as the one who asks: as an offer it looks for needs that it may answer, as a need for offers."""
    text = project_text(project)
    stand_in = Profile(pk=0, outpost=project.outpost, side=side, project=project)
    if side is Side.NEED:
        return Asker(project.outpost, side, text, Facts(), stand_in)
    kinds = kinds_wanted(Side.OFFER, ProfileKind.PROJECT, matching_rules(project.outpost).answers)
    # a project stands as long as it is in talks; everything else nobody has said yet
    there = Facts(kinds=frozenset({ProfileKind.PROJECT.value}), expires_on=NEVER)
    return Asker(project.outpost, side, text, Facts(kinds=kinds), stand_in, there)


def rank(asker: Asker, *, weights: Mapping[str, int], today: date, top: int | None = None) -> Ranking:
    """Rank the other side for ``asker``, ``top`` at most (None: as many as a list holds).

    Refused: no words to compare; weights that are all zero.
    """
    rules = matching_rules(asker.outpost)
    index = offers_index(asker.outpost, Side.NEED if asker.side is Side.OFFER else Side.OFFER)
    asking = Asking(
        top=top or rules.list_size,
        weights=engine_weights(weights),
        on=today,
        per_owner=rules.per_owner,
        near_misses=_NEAR_ASKED,
    )
    result, profiles = _asked(index, asker, asking)
    if asker.there is not None:
        result = _judged(asker, asker.there, result, profiles, asking)
    return Ranking(
        asker=asker,
        found=tuple(Found(profiles[int(each.id)], each) for each in result.candidates),
        near=tuple(Near(profiles[int(each.id)], each) for each in result.near_misses if _near(each))[:NEAR_MISSES],
        searched=len(index),
        held_back=sum(len(each.ids) for each in result.held_back),
        rules=rules,
    )


def _near(miss: NearMiss) -> bool:
    """Tell whether a profile that fails one fact is near at all: one of another kind is something else."""
    return miss.failed.check != "kind"


def _asked(index: OffersIndex, asker: Asker, asking: Asking) -> tuple[Result, dict[int, Profile]]:
    """Ask until nobody is in the answer who must not meet the asker; each round leaves out all that the last one met."""
    away: frozenset[str] = frozenset()
    profiles: dict[int, Profile] = {}
    while True:
        result = index.query(Need(asker.text, asker.facts, blocked=away), asking)
        fresh = _profiles(set(_ids(result)) - profiles.keys())
        profiles |= fresh
        # an index holds only live rows of the outpost; what has left it since is met no more
        may = meetable(asker.profile, list(profiles.values()))
        barred = frozenset(str(pk) for pk in _ids(result) if not may.get(pk, False))
        if not barred:
            return result, profiles
        away |= barred


def _ids(result: Result) -> list[int]:
    held_back = (one for each in result.held_back for one in each.ids)
    return [int(one) for one in (*(e.id for e in result.candidates), *(e.id for e in result.near_misses), *held_back)]


def _profiles(pks: Iterable[int]) -> dict[int, Profile]:
    rows = Profile.objects.filter(pk__in=list(pks)).select_related(
        "organization", "project", "person", "place", "officer", "outpost__home"
    )
    return {each.pk: each for each in rows}


def _judged(asker: Asker, there: Facts, result: Result, profiles: Mapping[int, Profile], asking: Asking) -> Result:
    """Judge each need that an offer found as the need would judge the offer: what holds, what is missing, what fails."""
    regions, answers = known_regions(), matching_rules(asker.outpost).answers
    one = Index.build([Offer("offer", asker.text, facts=there)])
    alone = replace(asking, top=1, per_owner=None, near_misses=1, exhaustive=True)
    met: tuple[Candidate | NearMiss, ...] = (*result.candidates, *result.near_misses)
    needs = [_as_need(profiles[int(each.id)], regions, answers) for each in met]
    candidates: list[Candidate] = []
    near: list[NearMiss] = []
    for each, answer in zip(met, one.query_many(needs, alone), strict=True):
        if answer.candidates and isinstance(each, Candidate):
            judged = answer.candidates[0]
            candidates.append(replace(each, holds=judged.holds, missing=judged.missing, state=judged.state))
        elif answer.near_misses:
            judged_near = answer.near_misses[0]
            near.append(
                NearMiss(each.id, each.owner, each.score, each.sentence, judged_near.failed, judged_near.missing)
            )
    near.sort(key=lambda each: -each.score)
    return replace(result, candidates=tuple(candidates), near_misses=tuple(near))


def _as_need(profile: Profile, regions: Regions, answers: Mapping[str, frozenset[str]]) -> Need:
    return Need(text_of(profile), need_facts(profile, regions, answers))
