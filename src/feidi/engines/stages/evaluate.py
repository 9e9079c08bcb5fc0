"""May this stage follow? The reference form, for one project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feidi.engines.findings import Finding, Level, Refusal
from feidi.engines.stages.table import (
    Answer,
    Checked,
    Guard,
    GuardKind,
    Known,
    Label,
    Position,
    StageTable,
    Status,
    TrackDef,
)

#: the one stage that may be entered from every stage of its track
LEFT = "left"


def evaluate(
    table: StageTable, position: Position, known: Known, *, track: str, to: str, force: bool = False
) -> Answer:
    """Answer whether the project may enter ``to`` on ``track``, with every line of the checklist.

    ``force`` sets order, roles and waivable guards aside; guards of agreeing, signed, host and home never.
    """
    definition = table.tracks.get(track)
    target = table.stage(track, to)
    if definition is None or target is None:
        return _no(track, to, "stages.not_used_here")
    checklist = tuple(_check(table, track, to, guard, known) for guard in target.guards if _applies(guard, known))
    passed_over, blocked = _order(definition, position, to)
    reasons = [*_opening(definition, position), *blocked]
    if known.roles is not None and target.who and not known.roles & target.who:
        reasons.append(Finding(Level.PROBLEM, "stages.role_needed", {"roles": ",".join(sorted(target.who))}))
    if force:
        reasons = [each for each in reasons if each.code in {"stages.track_not_open", "stages.already_there"}]
    reasons += [_finding(line) for line in checklist if not (line.passes or (force and line.waivable))]
    refusal = (
        Refusal("stages.refused", {"stage": to, "track": track, "n": len(reasons)}, tuple(reasons)) if reasons else None
    )
    return Answer(track, to, not reasons, checklist, passed_over, refusal, tuple(reasons), forced=force)


def next_stages(table: StageTable, position: Position, track: str) -> tuple[str, ...]:
    """Return the stages that order allows next on ``track`` (guards not asked): the next, and past optional ones."""
    definition = table.tracks.get(track)
    if definition is None or _opening(definition, position):
        return ()
    return tuple(stage.code for stage in definition.stages if not _order(definition, position, stage.code)[1])


def _no(track: str, to: str, code: str) -> Answer:
    reason = Finding(Level.PROBLEM, code, {"stage": to, "track": track})
    refusal = Refusal("stages.refused", {"stage": to, "track": track, "n": 1}, (reason,))
    return Answer(track, to, allowed=False, checklist=(), passed_over=(), refusal=refusal, reasons=(reason,))


def _opening(definition: TrackDef, position: Position) -> list[Finding]:
    if definition.opens_at is None or position.on("talks") == definition.opens_at:
        return []
    return [
        Finding(Level.PROBLEM, "stages.track_not_open", {"track": definition.code, "opens_at": definition.opens_at})
    ]


def _order(definition: TrackDef, position: Position, to: str) -> tuple[tuple[str, ...], list[Finding]]:
    """Return the optional stages passed over, and why the order forbids the move (nothing: it allows it)."""
    here, there = definition.index(position.on(definition.code)), definition.index(to)
    params: Mapping[str, str] = {
        "track": definition.code,
        "to": to,
        **_labels(definition, "from", [position.on(definition.code)]),
        **_labels(definition, "to", [to]),
    }
    if here == there:
        return (), [Finding(Level.PROBLEM, "stages.already_there", params)]
    if here >= 0 and definition.stages[here].code == LEFT:
        return (), [Finding(Level.PROBLEM, "stages.track_ended", params)]
    if to == LEFT:
        why = [] if here >= 0 else [Finding(Level.PROBLEM, "stages.left_before_entered", params)]
        return (), why
    if there < here:
        return (), [Finding(Level.PROBLEM, "stages.backwards", params)]
    between = definition.stages[here + 1 : there]
    skipped = [stage.code for stage in between if not stage.optional]
    if skipped:
        return (), [
            Finding(
                Level.PROBLEM,
                "stages.skips",
                {**params, "skipped": ",".join(skipped), **_labels(definition, "skipped", skipped)},
            )
        ]
    return tuple(stage.code for stage in between), []


def _labels(definition: TrackDef, name: str, codes: Sequence[str]) -> dict[str, str]:
    """Return ``<name>_zh`` and ``<name>_en``: the stages' labels as content has them (a code without one as it is)."""
    labels = {stage.code: stage.label for stage in definition.stages}
    found = [labels.get(code, Label(code, code)) for code in codes]
    return {f"{name}_zh": "、".join(each.zh for each in found), f"{name}_en": ", ".join(each.en for each in found)}


def _applies(guard: Guard, known: Known) -> bool:
    if guard.when is None:
        return True
    value = known.facts.get(guard.when.fact)
    # unknown is not no: while the condition is unknown the guard is shown, and its own state decides
    return value is None or value is guard.when.value


def _check(table: StageTable, track: str, to: str, guard: Guard, known: Known) -> Checked:
    status, have = status_of(guard, known)
    if guard.when is not None and known.facts.get(guard.when.fact) is None and status is not Status.YES:
        # whether the guard applies is itself unknown: that is neither yes nor no
        status = Status.UNKNOWN
    return Checked(
        guard=guard,
        status=status,
        have=have,
        need=guard.n,
        waivable=table.waivable(track, to) and guard.kind is not GuardKind.ROLE,
        waived=guard.code in known.waived,
    )


def status_of(guard: Guard, known: Known) -> tuple[Status, int]:
    """Return how a guard stands and how many of what it counts are there."""
    match guard.kind:
        case GuardKind.FACT:
            values = [known.facts.get(key) for key in guard.keys]
            if True in values:
                return Status.YES, 1
            return (Status.UNKNOWN, 0) if None in values else (Status.NO, 0)
        case GuardKind.ROLE:
            if known.roles is None:
                return Status.UNKNOWN, 0
            return (Status.YES, 1) if known.roles & set(guard.keys) else (Status.NO, 0)
        case GuardKind.EVIDENCE:
            return _counted(guard, known.evidence)
        case GuardKind.INTERACTION:
            return _counted(guard, known.interactions)
        case GuardKind.AGREEMENT:
            return _counted(guard, known.agreements)


def _counted(guard: Guard, counts: Mapping[str, int]) -> tuple[Status, int]:
    have = sum(counts.get(key, 0) for key in guard.keys)
    return (Status.YES if have >= guard.n else Status.NO), have


def _finding(line: Checked) -> Finding:
    code = "stages.guard_unknown" if line.status is Status.UNKNOWN else "stages.guard_not_met"
    guard = line.guard
    return Finding(
        Level.PROBLEM,
        code,
        {
            "guard": guard.code,
            "label_zh": guard.label.zh,
            "label_en": guard.label.en,
            "fix_zh": guard.fix.zh,
            "fix_en": guard.fix.en,
            "have": line.have,
            "need": line.need,
            "waivable": line.waivable,
        },
    )
