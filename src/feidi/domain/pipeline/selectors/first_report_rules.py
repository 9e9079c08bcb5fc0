"""What the home has published about first reports: window, renewals, lapse, rules of ruling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feidi.domain.parties.models import Place
from feidi.engines.findings import refuse
from feidi.kernel.content.library import library

RULES = "enclave/first_report.yaml"
BY_CLEAN_CHECK = "clean_check"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule by which a dispute may be ruled, in both languages, with where it comes from."""

    code: str
    label_zh: str
    label_en: str
    text_zh: str
    text_en: str
    source: str


@dataclass(frozen=True, slots=True)
class FirstReportRules:
    """The rules of one home as published. All lengths in days. ``confirmed`` False: numbers of elsewhere."""

    sha256: str
    source: str
    confirmed: bool
    grant: str
    window_days: int
    renewals_allowed: int
    renewal_days: int
    progress_days: int
    warn_days: int
    rulings: tuple[Ruling, ...]
    #: Title, words and hands of the ruling on paper; empty: the place has none.
    paper_form: Mapping[str, Any] = field(default_factory=dict)

    @property
    def granted_by_check(self) -> bool:
        """Whether a check without collisions grants the right by itself."""
        return self.grant == BY_CLEAN_CHECK

    def ruling(self, code: str) -> Ruling | None:
        """Return the rule of a code, None when the home has none of it."""
        return next((each for each in self.rulings if each.code == code), None)


_KNOWN: dict[str, FirstReportRules] = {}


def first_report_rules(home: Place) -> FirstReportRules:
    """Return the rules in force for a home place (nearest wins); refuses when none are published."""
    found = find_first_report_rules(home)
    if found is None:
        raise refuse("content.file_unknown", place=home.code, path=RULES, on=None)
    return found


def find_first_report_rules(home: Place) -> FirstReportRules | None:
    """Return the rules in force for a home place, or None: a place that has none registers claims and grants nothing."""
    parsed = library().find(home.code, RULES, on=None)
    if parsed is None:
        return None
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        data = parsed.data
        _KNOWN[parsed.sha256] = FirstReportRules(
            sha256=parsed.sha256,
            source=data["source"],
            confirmed=data["confirmed"],
            grant=data["grant"],
            window_days=data["window_days"],
            renewals_allowed=data["renewals"]["allowed"],
            renewal_days=data["renewals"]["days"],
            progress_days=data["progress_days"],
            warn_days=data["warn_days"],
            rulings=tuple(_ruling(each) for each in data["rules"]),
            paper_form=data.get("paper_form") or {},
        )
    return _KNOWN[parsed.sha256]


def _ruling(raw: dict[str, dict[str, str]]) -> Ruling:
    label, text = raw["label"], raw["text"]
    return Ruling(str(raw["code"]), label["zh"], label["en"], text["zh"], text["en"], str(raw["source"]))
