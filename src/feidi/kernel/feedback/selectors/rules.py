"""What a place asks on which occasion, what counts as bad, by when one answers: content, nearest place wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from feidi.kernel.content.library import library

PATH: Final = "enclave/feedback.yaml"


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is asked on one occasion. None: this is not asked. ``reasons``: code → words, chosen from."""

    code: str
    label: Words
    counts: bool
    satisfaction: Words | None
    recommend: Words | None
    why: Words | None
    reasons: Mapping[str, Words]
    words: Words


@dataclass(frozen=True, slots=True)
class FeedbackRules:
    """The rules of a place on a day. ``bad_…``: a score up to this is followed up; days are working days, None: not set."""

    sha256: str
    source: str
    confirmed: bool
    link_days: int
    follow_up_days: int
    complaint_days: int | None
    bad_satisfaction: int
    bad_recommend: int
    occasions: Mapping[str, Occasion]
    topics: Mapping[str, Words]

    def is_bad(self, satisfaction: int | None, recommend: int | None) -> bool:
        """Tell whether these scores are asked after. What was not said is not bad."""
        low = satisfaction is not None and satisfaction <= self.bad_satisfaction
        return low or (recommend is not None and recommend <= self.bad_recommend)


# content is immutable under its hash, so one reading per process is enough
_KNOWN: dict[str, FeedbackRules] = {}


def rules_of(place: str, on: date) -> FeedbackRules:
    """Return the rules of a place on a day; a day before the first revision is answered by the present one."""
    found = library()
    parsed = found.find(place, PATH, on=on) or found.read(place, PATH, on=None)
    if parsed.sha256 not in _KNOWN:
        _KNOWN[parsed.sha256] = _rules(parsed.data, parsed.sha256)
    return _KNOWN[parsed.sha256]


def _rules(data: Mapping[str, Any], sha256: str) -> FeedbackRules:
    return FeedbackRules(
        sha256,
        data["source"],
        data["confirmed"],
        data["link_days"],
        data["follow_up_days"],
        data["complaint_days"],
        data["bad"]["satisfaction"],
        data["bad"]["recommend"],
        {code: _occasion(code, raw) for code, raw in data["occasions"].items()},
        {code: Words(**raw) for code, raw in data["topics"].items()},
    )


def _occasion(code: str, raw: Mapping[str, Any]) -> Occasion:
    return Occasion(
        code,
        Words(**raw["label"]),
        counts=raw["counts"],
        satisfaction=_words(raw["satisfaction"]),
        recommend=_words(raw["recommend"]),
        why=_words(raw["why"]),
        reasons={code: Words(**each) for code, each in raw["reasons"].items()},
        words=Words(**raw["words"]),
    )


def _words(raw: Mapping[str, str] | None) -> Words | None:
    return Words(**raw) if raw else None
