"""Matching the columns of a ledger to declared fields by their names, tolerantly but never twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from feidi.engines.findings import Finding, Level
from feidi.engines.sheets.folding import fold_tight
from feidi.engines.sheets.model import Column, finding
from feidi.engines.sheets.units import read_header

_NOISE = re.compile(r"[\s()\[\]{}<>《》【】〔〕“”\"'‘’*★:：,，.。、;；!！?？/\\|_~·-]+")
_CLOSE = 0.75
_MARGIN = 0.05
_MIN_CONTAINED = 2
#: 签约时间 is not 预计签约时间: these words turn a name into another one.
_TURNING = re.compile(r"预计|预期|计划|拟|实际|核实|其中|是否|非|未|上年|去年|同期|累计|本月|到位|新增|原|首")


class MatchReason(StrEnum):
    """Why a column was matched, from sure to likely."""

    LABEL = "label"
    ALIAS = "alias"
    CODE = "code"
    CHILD = "child"
    CONTAINED = "contained"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the target: its code, its label, other names in use, the unit wanted, whether required."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """``field`` is matched to ``column`` with a score of 0..1; only label, alias and code are certain (1.0)."""

    field: str
    column: Column
    score: float
    reason: MatchReason

    @property
    def certain(self) -> bool:
        """True when the names are equal after folding."""
        return self.score >= 1.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column feeds which field; ``unmatched`` columns feed none. ``findings`` say every doubt."""

    matches: tuple[Match, ...]
    unmatched: tuple[Column, ...]
    findings: tuple[Finding, ...]

    def column_of(self, field: str) -> Column | None:
        """Return the column of a field, or None."""
        return next((match.column for match in self.matches if match.field == field), None)

    def field_of(self, column: Column) -> str | None:
        """Return the field of a column, or None."""
        return next((match.field for match in self.matches if match.column.index == column.index), None)


def fold_name(name: str) -> str:
    """Fold a header for comparing: width, spaces, brackets, units, ``*``, punctuation, case.

    >>> fold_name("*计划总投资（万元）") == fold_name("计划 总投资")
    True
    """
    return _NOISE.sub("", fold_tight(read_header(name).name)).lower()


def match_columns(columns: Sequence[Column], spec: Sequence[FieldSpec]) -> Mapping:
    """Match columns to fields: equal names first, then likely ones; each column and each field at most once.

    Returns the mapping with a finding for every doubt: two columns for one field, two fields equally likely,
    a required field without column, a column without field, a unit that differs or is missing.
    """
    findings: list[Finding] = []
    taken: dict[str, Match] = {}
    candidates = {column.index: _candidates(column, spec) for column in columns}
    # Best scores first, so that an equal name is never displaced by a similar one further left.
    order = sorted(columns, key=lambda c: (-(candidates[c.index][0].score if candidates[c.index] else 0), c.index))
    for column in order:
        match = _choose(column, candidates[column.index], taken, spec, findings)
        if match is not None:
            taken[match.field] = match
    matched = {match.column.index for match in taken.values()}
    unmatched = tuple(column for column in columns if column.index not in matched)
    findings += [finding(Level.NOTE, "sheets.columns.unmatched", {"name": c.name}, column=c.name) for c in unmatched]
    findings += _about_fields(taken, spec)
    ordered = tuple(taken[field.code] for field in spec if field.code in taken)
    return Mapping(ordered, unmatched, tuple(findings))


def _candidates(column: Column, spec: Sequence[FieldSpec]) -> list[Match]:
    found = []
    for field in spec:
        score, reason = _score(column, field)
        if score >= _CLOSE:
            found.append(Match(field.code, column, score, reason))
    return sorted(found, key=lambda match: -match.score)


def _score(column: Column, field: FieldSpec) -> tuple[float, MatchReason]:
    names = {fold_name(column.name), fold_name(column.header)} - {""}
    label = fold_name(field.label)
    aliases = [fold_name(alias) for alias in field.aliases]
    if label in names:
        return 1.0, MatchReason.LABEL
    if any(alias in names for alias in aliases):
        return 1.0, MatchReason.ALIAS
    if fold_name(field.code) in names:
        return 1.0, MatchReason.CODE
    child = fold_name(column.name.rpartition("-")[2]) if "-" in column.name else ""
    if child and child in (label, *aliases):
        return 0.9, MatchReason.CHILD
    return max(
        (_likeness(name, known) for name in names for known in (label, *aliases) if known),
        default=(0.0, MatchReason.SIMILAR),
    )


def _likeness(name: str, known: str) -> tuple[float, MatchReason]:
    if _TURNING.findall(name) != _TURNING.findall(known):
        return 0.0, MatchReason.SIMILAR
    shorter, longer = sorted((name, known), key=len)
    if len(shorter) >= _MIN_CONTAINED and (longer.endswith(shorter) or longer.startswith(shorter)):
        return 0.6 + 0.35 * len(shorter) / len(longer), MatchReason.CONTAINED
    ratio = SequenceMatcher(None, name, known, autojunk=False).ratio()
    return 0.95 * ratio, MatchReason.SIMILAR


def _choose(
    column: Column,
    candidates: Sequence[Match],
    taken: dict[str, Match],
    spec: Sequence[FieldSpec],
    findings: list[Finding],
) -> Match | None:
    labels = {field.code: field.label for field in spec}
    if not candidates:
        return None
    best = candidates[0]
    rivals = [m for m in candidates[1:] if best.score - m.score < _MARGIN]
    if rivals:
        params = {"name": column.name, "first": labels[best.field], "second": labels[rivals[0].field]}
        findings.append(finding(Level.PROBLEM, "sheets.columns.ambiguous", params, column=column.name))
        return None
    if best.field in taken:
        params = {"name": column.name, "other": taken[best.field].column.name, "label": labels[best.field]}
        findings.append(finding(Level.PROBLEM, "sheets.columns.same_field", params, column=column.name))
        return None
    return best


def _about_fields(taken: dict[str, Match], spec: Sequence[FieldSpec]) -> list[Finding]:
    found = []
    for field in spec:
        match = taken.get(field.code)
        if match is not None and not match.certain:
            params = {"name": match.column.name, "label": field.label}
            found.append(finding(Level.PROBLEM, "sheets.columns.likely", params, column=match.column.name))
        if match is None:
            if field.required:
                found.append(finding(Level.PROBLEM, "sheets.columns.required_missing", {"label": field.label}))
        elif field.unit and match.column.unit != field.unit:
            found.append(_about_unit(match.column, field.unit))
    return found


def _about_unit(column: Column, wanted: str) -> Finding:
    params = {"name": column.name, "unit": column.unit, "wanted": wanted}
    if column.unit:
        return finding(Level.NOTE, "sheets.columns.unit_differs", params, column=column.name)
    return finding(Level.PROBLEM, "sheets.columns.unit_missing", params, column=column.name)
