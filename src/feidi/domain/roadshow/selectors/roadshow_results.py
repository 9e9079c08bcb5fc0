"""What the scores of a round come to: officially by its rule, and, on an internal page, corrected."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from feidi.domain.roadshow.models import Entry, Round, Sheet
from feidi.domain.roadshow.roadshow_enums import SheetState
from feidi.engines.findings import Refusal, RefusedError
from feidi.engines.judging import (
    Agreement,
    Corrected,
    Difference,
    Method,
    Result,
    Rule,
    Score,
    agreement,
    correct,
    differences,
    official,
)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The official result of one group (``group`` "": the round has none), or why there is none yet."""

    group: str
    result: Result | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Internal:
    """The corrected order, how far judges agree, where the official order differs; or why not. Ids are uids."""

    corrected: Corrected | None
    refusal: Refusal | None
    agreement: Agreement | None
    differences: tuple[Difference, ...]


def rule_of(round_: Round) -> Rule:
    """Return the written rule of a round as the engine takes it."""
    return Rule(Method(round_.method), round_.judges_needed, round_.decimals, tuple(round_.ties))


def counted_sheets(round_: Round) -> list[Sheet]:
    """Return the locked sheets of entries that stand: what counts, and nothing else."""
    rows = Sheet.objects.filter(entry__round=round_, entry__voided_at__isnull=True, state=SheetState.LOCKED)
    return list(rows.select_related("judge", "entry__project").order_by("entry__position", "entry_id", "judge_id"))


def scores_of(sheets: Iterable[Sheet], names: Mapping[int, str] | None = None) -> list[Score]:
    """Return sheets as the engine takes them; judges by their uid, or by ``names``."""
    return [
        Score(
            each.entry.uid,
            (names or {}).get(each.judge_id, each.judge.uid),
            Decimal(each.total or 0) / 100,
            {code: Decimal(value) / 100 for code, value in each.points.items()},
        )
        for each in sheets
    ]


def official_results(round_: Round, entries: Sequence[Entry], sheets: Sequence[Sheet]) -> list[GroupResult]:
    """Return the official result of each group of the round, in order of the groups."""
    found = []
    for group in sorted({each.group for each in entries}):
        members = {each.pk for each in entries if each.group == group}
        scores = scores_of(each for each in sheets if each.entry_id in members)
        lacking = members - {each.entry_id for each in sheets}
        try:
            result = official(scores, rule_of(round_))
        except RefusedError as error:
            found.append(GroupResult(group, None, error.refusal))
            continue
        found.append(GroupResult(group, None if lacking else result, _lacking(entries, lacking)))
    return found


def _lacking(entries: Sequence[Entry], lacking: set[int]) -> Refusal | None:
    if not lacking:
        return None
    names = "、".join(each.project.name for each in entries if each.pk in lacking)
    return Refusal("roadshow.entries_unscored", {"names": names})


def internal_result(round_: Round, sheets: Sequence[Sheet], group: str = "") -> Internal:
    """Return the corrected order of one group; judges by their names, as the page says them."""
    mine = [each for each in sheets if each.entry.group == group]
    names = judge_names(mine)
    scores = scores_of(mine, names)
    try:
        found = correct(scores)
    except RefusedError as error:
        return Internal(None, error.refusal, agreement(scores) if scores else None, ())
    moved: tuple[Difference, ...] = ()
    with contextlib.suppress(RefusedError):  # no official result yet: nothing to differ from
        moved = differences(official(scores, rule_of(round_)), found, advance=round_.advance)
    return Internal(found, None, agreement(scores, found), moved)


def judge_names(sheets: Iterable[Sheet]) -> dict[int, str]:
    """Return judge → name, told apart where two have the same."""
    names: dict[int, str] = {}
    for each in sheets:
        if each.judge_id not in names:
            taken = each.judge.name in names.values()
            names[each.judge_id] = f"{each.judge.name} {each.judge.uid[:4]}" if taken else each.judge.name
    return names
