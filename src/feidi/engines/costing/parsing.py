"""From the plain values of ``costs/<name>.yaml`` files to figures; says what is wrong, where, and how to write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from feidi.engines.costing.catalogue import FIGURES, Label
from feidi.engines.costing.figures import Confidence, Figure
from feidi.engines.costing.ranges import Range
from feidi.engines.findings import Finding, Level, Scalar

_TRUST: Final = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
_SHARE_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class CostFile:
    """One parsed file of a place; ``line_of`` gives the line of a path in it."""

    place: str
    file: str
    value: Any
    line_of: Callable[[tuple[str | int, ...]], int] = lambda _path: 1
    sha256: str = ""


def parse_costs(files: Iterable[CostFile]) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    """Return every figure that is well written, and a finding for each that is not (it is left out)."""
    figures: list[Figure] = []
    findings: list[Finding] = []
    for file in files:
        rows = file.value.get("figures") if isinstance(file.value, Mapping) else None
        for at, row in enumerate(rows if isinstance(rows, list) else ()):
            made = _Row(file, at, row if isinstance(row, Mapping) else {}).figure()
            if isinstance(made, Finding):
                findings.append(made)
            else:
                figures.append(made)
    return tuple(figures), tuple(findings)


@dataclass(frozen=True, slots=True)
class _Row:
    file: CostFile
    at: int
    row: Mapping[str, Any]

    def _wrong(self, key: str, code: str, **params: Scalar) -> Finding:
        line = self.file.line_of(("figures", self.at, key))
        where = f"figures[{self.at + 1}].{key}"
        said: dict[str, Scalar] = {
            "item": str(self.row.get("item"))[:40],
            "file": f"{self.file.place}/{self.file.file}",
            "line": line,
        }
        return Finding(Level.PROBLEM, code, {**said, **params}, row=line, column=where)

    def figure(self) -> Figure | Finding:
        """Return the figure, or the first thing that is wrong with it."""
        definition = FIGURES.get(str(self.row.get("item")))
        if definition is None:
            return self._wrong("item", "costing.item_unknown", keys="、".join(FIGURES))
        unit = str(self.row.get("unit"))
        if unit not in definition.units:
            return self._wrong("unit", "costing.figure_unit", unit=unit, units="、".join(definition.units))
        value = self._value()
        if isinstance(value, Finding):
            return value
        return self._wrong_beside(value, unit) or self._made(value, unit)

    def _value(self) -> Range | Finding | None:
        """Return lo..hi, None where it is said to be unknown."""
        numbers = {key: self.row[key] for key in ("value", "lo", "hi") if key in self.row}
        if set(numbers) not in ({"value"}, {"lo", "hi"}):
            return self._wrong("value", "costing.value_shape")
        if numbers.get("value", 0) is None:
            return None
        if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers.values()):
            return self._wrong("value", "costing.value_shape")
        lo, hi = (Fraction(str(numbers.get("value", numbers.get(end)))) for end in ("lo", "hi"))
        if lo < 0 or lo > hi:
            return self._wrong("value" if "value" in numbers else "lo", "costing.value_order")
        if self.row.get("unit") == "%" and hi > _SHARE_MOST and self.row.get("item") != "research_deduction":
            return self._wrong("value", "costing.value_order")
        return Range(lo, hi)

    def _wrong_beside(self, value: Range | None, unit: str) -> Finding | None:
        """Return what is wrong beside the value: a known figure without period, source or trust; an unknown without a note."""
        if value is None:
            return None if self._label("note").zh else self._wrong("note", "costing.unknown_unexplained")
        if not isinstance(self.row.get("since"), date):
            return self._wrong("since", "costing.no_period")
        until = self.row.get("until")
        if isinstance(until, date) and until < self.row["since"]:
            return self._wrong("until", "costing.period_order")
        if not self._label("basket").zh:
            return self._wrong("basket", "costing.no_basket", unit=unit)
        if not str(self.row.get("source") or "").strip():
            return self._wrong("source", "costing.no_source")
        if self.row.get("confidence") not in _TRUST:
            return self._wrong("confidence", "costing.no_confidence")
        return None

    def _label(self, key: str) -> Label:
        value = self.row.get(key)
        return (
            Label(str(value.get("zh") or ""), str(value.get("en") or ""))
            if isinstance(value, Mapping)
            else Label("", "")
        )

    def _made(self, value: Range | None, unit: str) -> Figure:
        row = self.row
        return Figure(
            item=row["item"],
            value=value,
            unit=unit,
            place=self.file.place,
            since=row.get("since"),
            until=row.get("until"),
            basket=self._label("basket"),
            source=str(row.get("source") or ""),
            url=str(row.get("url") or ""),
            confidence=Confidence(row.get("confidence") or Confidence.LOW),
            note=self._label("note"),
            beside=row.get("beside") is True,
            file=self.file.file,
            line=self.file.line_of(("figures", self.at)),
            sha256=self.file.sha256,
        )
