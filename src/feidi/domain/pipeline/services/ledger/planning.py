"""What a row is: new, updated, unchanged, a suspected duplicate, or refused; and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from feidi.domain.pipeline.enums import ConditionCode, Track
from feidi.domain.pipeline.services.ledger.comparing import changes_of, contact_is_new, new_entries
from feidi.domain.pipeline.services.ledger.known import Brief, Current, Known, load_current
from feidi.domain.pipeline.services.ledger.reading import Row
from feidi.domain.pipeline.services.ledger.stage_words import StageReader
from feidi.domain.pipeline.services.ledger.timeline import proposed_days
from feidi.engines.findings import Finding, Level
from feidi.kernel.imports.enums import RowState

_ALIKE = 0.5
_SHORTEST = 4


@dataclass(slots=True)
class Plan:
    """One row with what is to become of it."""

    row: Row
    state: RowState
    match: Brief | None = None
    current: Current | None = None
    changes: dict[str, Any] = field(default_factory=dict)


class Planner:
    """Plans rows in the order of the file; remembers what it has met."""

    def __init__(self, *, known: Known, owners: Mapping[str, list[int]], stages: StageReader, reference: date) -> None:
        self._known, self._owners, self._stages, self._reference = known, owners, stages, reference
        self._seen: dict[tuple[str, str], Row] = {}
        self._names: dict[str, int] = {}

    def plan(self, rows: Sequence[Row]) -> list[Plan]:
        """Plan one chunk of rows (six queries when any of them is an update)."""
        plans = [self._place(row) for row in rows]
        matched = {plan.match.uid for plan in plans if plan.state is RowState.UPDATED and plan.match}
        current = load_current(matched) if matched else {}
        for plan in plans:
            if plan.state is RowState.UPDATED and plan.match:
                self.compare(plan, current[plan.match.uid])
            elif plan.state in {RowState.NEW, RowState.SUSPECTED}:
                self._remark_new(plan.row)
        return plans

    def compare(self, plan: Plan, current: Current) -> None:
        """Find what an update changes; nothing makes it unchanged."""
        values, row = plan.row.values, plan.row
        plan.current = current
        plan.changes = changes_of(values, current, self._owners)
        entries = new_entries(values, current, self._reference)
        if entries:
            plan.changes["progress_entries"] = [0, len(entries)]
        if contact_is_new(values, current):
            plan.changes["contact_name"] = [
                "、".join(name for _, _, name in current.contacts.values()),
                values["contact_name"],
            ]
        if "uscc" in values and current.sponsor_organization is None and "sponsor" not in values:
            row.problem("ledger.uscc_without_sponsor")
        elif "uscc" in values and values["uscc"] not in current.uscc:
            plan.changes["uscc"] = ["、".join(sorted(current.uscc)), values["uscc"]]
        self._compare_plaques(plan, current)
        if "sponsor_name" in plan.changes:
            row.note("ledger.sponsor_changed", old=current.row["sponsor_name"], new=values["sponsor"])
        self._remark_owner(row)
        self._remark_differences(row, current)
        plan.state = RowState.UPDATED if plan.changes else RowState.UNCHANGED

    def _compare_plaques(self, plan: Plan, current: Current) -> None:
        """A plaque that the row names is added; one that it does not name stays, because a list may know of one only."""
        named = plan.row.values.get("plaques")
        if named is None:
            return
        new = [each for each in named if each not in current.plaques]
        if new:
            plan.changes["plaques"] = ["、".join(current.plaques), "、".join([*current.plaques, *new])]
        kept = [each for each in current.plaques if each not in named]
        if kept:
            plan.row.note("ledger.plaques_kept", ours="、".join(kept))

    def _place(self, row: Row) -> Plan:
        if row.refusals:
            return Plan(row, RowState.REFUSED)
        again = self._met_before(row)
        if again is not None:
            return again
        plan = self._by_code(row) if row.values.get("code") else self._by_name(row)
        if plan.state is not RowState.REFUSED:
            self._names.setdefault(row.name_folded, row.number)
        return plan

    def _met_before(self, row: Row) -> Plan | None:
        code = row.values.get("code", "")
        keys = [("c", code)] if code else [(row.name_folded, row.sponsor_folded)]
        for key in keys:
            other = self._seen.get(key)
            if other is not None:
                if _comparable(other) == _comparable(row):
                    row.note("ledger.repeated_in_file", other=other.number)
                    return Plan(row, RowState.UNCHANGED)
                row.refuse("ledger.duplicate_in_file", other=other.number)
                return Plan(row, RowState.REFUSED)
            self._seen[key] = row
        return None

    def _by_code(self, row: Row) -> Plan:
        code = row.values["code"]
        match = self._known.by_code.get(code)
        same = self._known.by_key.get((row.name_folded, row.sponsor_folded), [])
        if match is None:
            return self._suspect(row)
        if match.voided:
            row.refuse("ledger.code_voided", code=code)
            return Plan(row, RowState.REFUSED)
        others = [each for each in same if each.id != match.id]
        if others and match not in same:
            row.refuse(
                "ledger.key_conflict", code=code, by_code=match.name, by_name=f"{others[0].code} {others[0].name}"
            )
            return Plan(row, RowState.REFUSED)
        return Plan(row, RowState.UPDATED, match)

    def _by_name(self, row: Row) -> Plan:
        same = self._known.by_key.get((row.name_folded, row.sponsor_folded), [])
        if len(same) == 1:
            return Plan(row, RowState.UPDATED, same[0])
        return self._suspect(row)

    def _suspect(self, row: Row) -> Plan:
        """A row without a match of its own: new, unless something we have looks like it."""
        suspects: list[Brief] = []
        for code, each in _alike(row, self._known):
            if each not in suspects:
                suspects.append(each)
                row.problem(code, code=each.code, name=each.name, sponsor=each.sponsor, uid=each.uid)
        other = self._names.get(row.name_folded)
        if other is not None:
            row.problem("ledger.same_name_in_file", other=other)
        if suspects or other is not None:
            return Plan(row, RowState.SUSPECTED, suspects[0] if suspects else None)
        return Plan(row, RowState.NEW)

    def _remark_new(self, row: Row) -> None:
        values = row.values
        if "contact_name" not in values:
            row.note("ledger.contact_missing")
        if "uscc" in values and "sponsor" not in values:
            row.problem("ledger.uscc_without_sponsor")
            del values["uscc"]
        self._remark_owner(row)
        talks, host, home, condition, _text = values.get("stage", ["", "", "", "", ""])
        for track, code in ((Track.TALKS, talks), (Track.HOST, host), (Track.HOME, home)):
            if code and code != "lead":
                row.note("ledger.opening", stage=self._label(track, code))
        if condition and "last_talk_on" not in values:
            row.note(
                "ledger.condition_since",
                condition=str(ConditionCode(condition).label),
                value=self._reference.isoformat(),
            )
        verified = values.get("verified_on")
        if verified:
            row.note("ledger.verified_differs", ledger=verified["text"], ours="—")
        proposed = proposed_days(values.get("progress", ""), reference=self._reference)
        if proposed:
            row.note("ledger.year_proposed", n=len(proposed), first=proposed[0].isoformat())

    def _remark_owner(self, row: Row) -> None:
        name = row.values.get("owner")
        if name is None:
            return
        ids = self._owners.get(name, [])
        if not ids:
            row.note("ledger.owner_unknown", value=name)
        elif len(ids) > 1:
            row.note("ledger.owner_ambiguous", value=name)

    def _remark_differences(self, row: Row, current: Current) -> None:
        values, ours = row.values, current.row
        talks, host, home, condition, text = values.get("stage", ["", "", "", "", ""])
        pairs = ((Track.TALKS, talks), (Track.HOST, host), (Track.HOME, home))
        if any(code and code != ours[f"{track.value}_stage"] for track, code in pairs):
            shown = [
                self._label(track, ours[f"{track.value}_stage"]) for track in Track if ours[f"{track.value}_stage"]
            ]
            row.note("ledger.stage_differs", ledger=text, ours="、".join(shown))
        if condition != ours["condition"] and "stage" in values:
            labels = [str(ConditionCode(each).label) if each else "—" for each in (condition, ours["condition"])]
            row.note("ledger.condition_differs", ledger=labels[0], ours=labels[1])
        verified = values.get("verified_on")
        if verified and verified["value"] != ours["verified_on"]:
            row.note("ledger.verified_differs", ledger=verified["text"], ours=ours["verified_on"] or "—")

    def _label(self, track: Track, code: str) -> str:
        stage = self._stages.table.stage(track.value, code)
        return stage.label.zh if stage else code


def _comparable(row: Row) -> dict[str, Any]:
    """A sealed number never looks the same twice; its blind index does."""
    return {**row.values, "contact_phone": [index for index, _sealed in row.values.get("contact_phone", ())]}


def _alike(row: Row, known: Known) -> Iterable[tuple[str, Brief]]:
    for each in known.by_name.get(row.name_folded, ()):
        yield "ledger.same_name", each
    for each in known.by_uscc.get(row.values.get("uscc", ""), ()):
        yield "ledger.same_uscc", each
    if row.sponsor_folded:
        for name, each in known.by_sponsor.get(row.sponsor_folded, ()):
            if alike(name, row.name_folded):
                yield "ledger.similar_name", each


def alike(one: str, other: str) -> bool:
    """Tell whether two folded names are close: one holds the other, or half of their letter pairs are common.

    >>> alike("聚芯半导体材料", "聚芯半导体新材料"), alike("聚芯半导体材料", "云脉医疗")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and short in long:
        return True
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as an import row keeps it."""
    return {
        "level": finding.level.value,
        "code": finding.code,
        "params": dict(finding.params),
        "column": finding.column,
    }


def finding_from(raw: Mapping[str, Any], row: int | None = None) -> Finding:
    """Read a kept finding back."""
    return Finding(Level(raw["level"]), raw["code"], raw["params"], raw.get("row", row), raw.get("column"))
