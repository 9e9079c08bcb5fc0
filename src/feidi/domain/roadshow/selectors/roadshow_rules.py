"""What a place says of roadshows: formats, who sees what when, who signs. Content, nearest place wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

RULES: Final = "enclave/roadshow.yaml"


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``criteria`` as a round keeps them."""

    code: str
    zh: str
    en: str
    pitch: int
    questions: int
    judges: int
    method: str
    decimals: int
    advance: int | None
    ties: tuple[str, ...]
    criteria: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a project judges and the stage see in one phase."""

    judge: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs the result sheet; ``hands`` 0: one line for each judge."""

    label: str
    hands: int
    seal: bool


@dataclass(frozen=True, slots=True)
class RoadshowRules:
    """The rules of a home place. ``confirmed`` False: a proposal that the place has not taken up."""

    source: str
    confirmed: bool
    link_days: int
    formats: tuple[Format, ...]
    phases: Mapping[str, Sight]
    chain: tuple[Hand, ...]

    def format(self, code: str) -> Format | None:
        """Return one format, None when content does not know it."""
        return next((each for each in self.formats if each.code == code), None)

    def sight(self, phase: str) -> Sight:
        """Return who sees what in a phase: nobody anything while it is prepared."""
        return self.phases.get(phase, Sight())


_KNOWN: dict[str, RoadshowRules] = {}


def roadshow_rules(outpost: Outpost) -> RoadshowRules:
    """Return the rules in force for an outpost's home (``outpost.home`` is needed)."""
    parsed = library().read(outpost.home.code, RULES, on=None)
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        _KNOWN[parsed.sha256] = _read(parsed.data)
    return _KNOWN[parsed.sha256]


def _read(data: Mapping[str, Any]) -> RoadshowRules:
    return RoadshowRules(
        source=data["source"],
        confirmed=data["confirmed"],
        link_days=data["link_days"],
        formats=tuple(_format(each) for each in data["formats"]),
        phases={code: Sight(tuple(each["judge"]), tuple(each["stage"])) for code, each in data["phases"].items()},
        chain=tuple(Hand(each["label"]["zh"], each["hands"], each["seal"]) for each in data["chain"]),
    )


def _format(each: Mapping[str, Any]) -> Format:
    return Format(
        code=each["code"],
        zh=each["label"]["zh"],
        en=each["label"]["en"],
        pitch=each["pitch"],
        questions=each["questions"],
        judges=each["judges"],
        method=each["method"],
        decimals=each["decimals"],
        advance=each["advance"],
        ties=tuple(each["ties"]),
        criteria=tuple(
            {
                "code": one["code"],
                "zh": one["label"]["zh"],
                "en": one["label"]["en"],
                "look_zh": one["look_at"]["zh"],
                "look_en": one["look_at"]["en"],
                "points": one["points"],
            }
            for one in each["criteria"]
        ),
    )
