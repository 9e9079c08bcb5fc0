"""The yearly statistics as filed: typed figures, frozen with their hash; a later correction is another row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from feidi.domain.incubation.access import EDIT
from feidi.domain.incubation.models import YearSnapshot
from feidi.domain.incubation.selectors.statistics import statistics_of
from feidi.domain.incubation.services.changing import adding, voiding
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor

KIND: Final = "incubation.year_snapshot"


def freeze_year(
    *, actor: Actor, now: datetime, outpost: Outpost, year: int, typed: Mapping[str, int], note: str = ""
) -> YearSnapshot:
    """Freeze a year's statistics as they stand now. ``typed``: the figures nothing here knows, in the form's units.

    Refused: the year is not over, frozen before (take that back with a reason first), an unknown or negative typed
    figure, columns that contradict each other.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    if year >= now.astimezone(SHANGHAI).year:
        raise refuse("incubation.year_not_over", year=year)
    held = YearSnapshot.objects.filter(outpost=outpost, year=year, voided_at__isnull=True).first()
    if held is not None:
        raise refuse("incubation.year_frozen", year=year, by=held.frozen_by)
    for code, value in typed.items():
        if value < 0:
            raise refuse("incubation.figure_negative", code=code, value=value)
    found = statistics_of(actor, outpost, year, known_at=now, typed=typed)
    manual = {each.code for each in found.lines if each.manual}
    for code in typed:
        if code not in manual:
            raise refuse("incubation.figure_not_typed", code=code)
    if found.problems:
        code, params = found.problems[0]
        raise refuse(code, **params)
    values = [
        {"code": e.code, "zh": e.zh, "en": e.en, "unit": e.unit, "value": e.value, "known": e.known, "of": e.of}
        for e in found.lines
    ]
    row = YearSnapshot(
        outpost=outpost,
        year=year,
        values=values,
        sha256=digest_of(year, values),
        frozen_at=now,
        frozen_by=actor.label[:160],
        note=note.strip()[:300],
        created_at=now,
    )
    return adding(row, kind=KIND, actor=actor, now=now)


def void_snapshot(*, actor: Actor, now: datetime, snapshot: YearSnapshot, reason: str) -> YearSnapshot:
    """Take a frozen year back because the filed form was corrected; the row stays, with the reason."""
    require(actor, EDIT, outpost_scope(snapshot.outpost_id))
    return voiding(snapshot, kind=KIND, actor=actor, now=now, reason=reason)


def digest_of(year: int, values: list[dict[str, Any]]) -> str:
    """Return the hash of a frozen year: SHA-256 of its canonical JSON."""
    body = json.dumps([year, values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()
