"""Where the corrected order differs from the official one, and why: an internal paper, never the result."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.engines.judging.model import Corrected, CorrectedPlace, Difference, JudgeEffect, Place, Result

#: A shift below this is no reason for anything.
SMALL: Final = 0.05


def differences(result: Result, corrected: Corrected, *, advance: int | None = None) -> tuple[Difference, ...]:
    """Return the projects whose rank differs, the greatest move first; ``advance``: so many go on."""
    effects = {each.judge: each for each in corrected.judges}
    places = {each.project: each for each in corrected.places}
    found = [
        _difference(place, places[place.project], effects, corrected, advance)
        for place in result.places
        if place.project in places and places[place.project].rank != place.rank
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.official - each.corrected), each.official, each.project)))


def _difference(
    place: Place, now: CorrectedPlace, effects: Mapping[str, JudgeEffect], corrected: Corrected, advance: int | None
) -> Difference:
    panel = [effects[judge] for judge in now.judges]
    shift = -math.fsum(each.effect for each in panel) / len(panel)
    # at most: the judges' errors hang together, and their sum is nothing
    error = math.sqrt(math.fsum(each.error**2 for each in panel)) / len(panel)
    told = abs(shift) > corrected.sure * error and abs(shift) >= SMALL
    crosses = advance is not None and (place.rank <= advance) != (now.rank <= advance)
    reasons = tuple(_reasons(place, now, panel, shift, None if told else corrected.sure * error))
    return Difference(place.project, place.rank, now.rank, shift, error, told, crosses, reasons)


def _reasons(
    place: Place, now: CorrectedPlace, panel: Sequence[JudgeEffect], shift: float, doubt: float | None
) -> Iterator[Finding]:
    ranks = {"official": place.rank, "corrected": now.rank}
    if abs(shift) < SMALL:
        yield Finding(Level.NOTE, "judging.moved_by_others", ranks)
        return
    judges = "、".join(
        f"{each.judge} {each.effect:+.1f}" for each in sorted(panel, key=lambda each: each.effect * shift)
    )
    code = "judging.raised" if shift > 0 else "judging.lowered"
    yield Finding(Level.NOTE, code, {**ranks, "judges": judges, "shift": f"{abs(shift):.2f}"})
    if doubt is not None:
        yield Finding(Level.NOTE, "judging.within_doubt", {"doubt": f"{doubt:.2f}"})
