"""How a place incubates: periods of reports and their questions, services, warnings, graduation, exits. Content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

RULES = "enclave/incubation.yaml"


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its two labels, and how many working days it may take (None: nobody has said)."""

    code: str
    zh: str
    en: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Warnings:
    """From when on a signal is given. Days are calendar days; None: the signal is off."""

    report_days: int | None
    rent_days: int | None
    milestone_days: int | None
    cash_months: int | None
    unseen_days: int | None
    insured_falling: bool


@dataclass(frozen=True, slots=True)
class IncubationRules:
    """The rules of a home place. ``questions``: fact ids asked each period, ``yearly``: those about the year, with its
    last period; ``graduation``: a condition in the policy
    language, None where the place has none; ``confirmed`` False: a proposal the place has not taken up.
    """

    sha256: str
    source: str
    confirmed: bool
    report_months: int
    report_due_days: int
    questions: tuple[str, ...]
    yearly: tuple[str, ...]
    services: tuple[Named, ...]
    warnings: Warnings
    proofs: Mapping[str, Named]
    aim: tuple[int, int]
    graduation: Any
    graduation_note: str
    checklist: tuple[Named, ...]
    statistics: tuple[Mapping[str, Any], ...]
    thresholds: tuple[Mapping[str, Any], ...]


_KNOWN: dict[str, IncubationRules] = {}


def incubation_rules(outpost: Outpost) -> IncubationRules:
    """Return the rules in force for an outpost's home. Refuses when nothing of the lineage publishes any."""
    parsed = library().read(outpost.home.code, RULES, on=None)
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        _KNOWN[parsed.sha256] = _read(parsed.sha256, parsed.data)
    return _KNOWN[parsed.sha256]


def _read(sha256: str, data: Mapping[str, Any]) -> IncubationRules:
    report, warnings, graduation = data["report"], data["warnings"], data["graduation"]
    return IncubationRules(
        sha256=sha256,
        source=data["source"],
        confirmed=data["confirmed"],
        report_months=report["months"],
        report_due_days=report["due_days"],
        questions=tuple(report["questions"]),
        yearly=tuple(report["yearly"]),
        services=tuple(_named(each) for each in data["services"]),
        warnings=Warnings(**warnings),
        proofs=MappingProxyType({code: _named({"code": code, **each}) for code, each in data["proofs"].items()}),
        aim=(data["aim"]["low"], data["aim"]["high"]),
        graduation=graduation["condition"],
        graduation_note=graduation["note"] or "",
        checklist=tuple(_named(each) for each in data["exit_checklist"]),
        statistics=tuple(MappingProxyType(dict(each)) for each in data["statistics"]),
        thresholds=tuple(MappingProxyType(dict(each)) for each in data["thresholds"]),
    )


def _named(raw: Mapping[str, Any]) -> Named:
    return Named(raw["code"], raw["label"]["zh"], raw["label"]["en"], raw.get("days"))
