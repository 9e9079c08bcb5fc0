"""Whether the centre has what an applicant needs, and which company has to register where. Three-valued, no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from feidi.domain.incubation.selectors.admission_form import Answers, answer_of, yes_or_no
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules
from feidi.domain.incubation.selectors.premises import (
    BIOSAFETY,
    HAZARDOUS_WASTE,
    PURIFIED_WATER,
    WET_BENCH,
    Facilities,
)

if TYPE_CHECKING:
    from feidi.domain.incubation.selectors.lab_options import LabOption

_NO_LEVEL: Final = "none"
HOME, HOST = "home", "host"


class Truth(StrEnum):
    """yes, no, or nobody has said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Need:
    """Something an applicant needs, or may need (``certain`` False: answered 还不清楚, or not yet). ``level`` of biosafety."""

    code: str
    certain: bool
    level: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A need beside what the centre has."""

    need: Need
    has: Truth


@dataclass(frozen=True, slots=True)
class Entity:
    """One of the two companies of the picture: on which side, needed or not, for what (codes), because of which lab."""

    side: str
    needed: Truth
    reasons: tuple[str, ...]
    lab: str = ""


def needs_of(rules: AdmissionRules, answers: Answers) -> tuple[Need, ...]:
    """Return what is needed, and what is not known yet; what was answered "no" is not a need."""
    found = []
    for code in (WET_BENCH, PURIFIED_WATER, HAZARDOUS_WASTE):
        said = yes_or_no(rules, answers, code)
        if said is not False and rules.meaning(code) is not None:
            found.append(Need(code, certain=said is True))
    level = answer_of(rules, answers, BIOSAFETY)
    if level != _NO_LEVEL and rules.meaning(BIOSAFETY) is not None:
        found.insert(1, Need(BIOSAFETY, certain=level is not None, level=level or ""))
    return tuple(found)


def wanted_of(need: Need, there: Facilities) -> Truth:
    """Tell whether facilities meet a need. Which level somebody needs not being known, only having none at all is a no."""
    if need.code == BIOSAFETY:
        return _level_of(need.level, there.biosafety)
    has: bool | None = getattr(there, need.code)
    return Truth.UNKNOWN if has is None else Truth.YES if has else Truth.NO


def _level_of(level: str, there: tuple[str, ...] | None) -> Truth:
    if there is None:
        return Truth.UNKNOWN
    if not there:
        return Truth.NO
    if not level:
        return Truth.UNKNOWN
    # a higher level may do the work of a lower one
    return Truth.YES if max(there) >= level else Truth.NO


def matches_of(needs: tuple[Need, ...], there: Facilities) -> tuple[Match, ...]:
    """Return every need beside what the centre has."""
    return tuple(Match(each, wanted_of(each, there)) for each in needs)


def lacks_of(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Return the certain needs that the centre certainly does not meet."""
    return tuple(each for each in matches if each.need.certain and each.has is Truth.NO)


def entities_of(rules: AdmissionRules, answers: Answers, labs: list[LabOption]) -> tuple[Entity, Entity]:
    """Return the picture of the two companies: host side, then home side, each with why it is needed or not.

    The licence's place decides first; a laboratory that asks for registration makes its side needed only where every
    laboratory that fits asks for that side (else it is a choice, and so not known).
    """
    place = answer_of(rules, answers, "licence_place")
    return _entity(HOST, place, labs), _entity(HOME, place, labs)


def _entity(side: str, place: str | None, labs: list[LabOption]) -> Entity:
    reasons: list[str] = []
    needed = Truth.UNKNOWN
    if place in {side, "both"}:
        needed = Truth.YES
        reasons.append("licence")
    asking = [each.lab for each in labs if each.lab.where == side]
    if asking:
        reasons.append("lab_always" if len(asking) == len(labs) else "lab_sometimes")
        needed = Truth.YES if len(asking) == len(labs) else needed
    elif place is not None and needed is not Truth.YES:
        needed = Truth.NO
        reasons.append("nothing_asks")
    if place is None:
        reasons.append("licence_unknown")
    return Entity(side, needed, tuple(reasons), asking[0].name.zh if asking else "")
