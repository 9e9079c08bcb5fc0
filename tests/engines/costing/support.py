"""Figures, places and questions in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from feidi.engines.costing import (
    Comparison,
    Figure,
    Label,
    Place,
    Profile,
    Range,
    compare,
    read_profile,
    words_of,
)
from feidi.engines.findings import Finding

DAY = date(2026, 11, 23)
A, B = Label("甲类", "a"), Label("乙类", "b")


def figure(item: str, value: object, unit: str, place: str, **more: Any) -> Figure:
    ends = (
        None
        if value is None
        else Range(*(Fraction(str(each)) for each in (value if isinstance(value, tuple) else (value,) * 2)))
    )
    given: dict[str, Any] = {"since": date(2025, 7, 1), "until": date(2025, 9, 30), "basket": A, "file": "costs/x.yaml"}
    return Figure(item, ends, unit, place, **{**given, **more})


def rent(value: object, place: str, **more: Any) -> Figure:
    return figure("office_grade_a", value, "元/㎡/月", place, **more)


def place(code: str, *figures: Figure, lineage: tuple[str, ...] = ("province", "cn")) -> Place:
    return Place(code, Label(code, code), (code, *lineage), figures)


def profile(**given: Any) -> Profile:
    read, findings = read_profile(given, as_of=DAY)
    assert read is not None, [words_of(each) for each in findings]
    return read


def answer(given: Mapping[str, Any], home: Place, host: Place, **more: Any) -> Comparison:
    return compare(profile(**given), home, host, as_of=DAY, **more)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [each.code.removeprefix("costing.") for each in findings]


def one(value: object) -> Range:
    return Range(Fraction(str(value)), Fraction(str(value)))


OLD = {"since": date(2021, 10, 1), "until": date(2021, 12, 31), "basket": B}
HOME, HOST = place("home", rent("64.5", "home", **OLD)), place("host", rent("148.4", "host"))
