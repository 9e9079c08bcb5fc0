"""Which reader answers for which figure, and what is kept of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from feidi.domain.reporting.selectors.readings.asked import Question, Reader
from feidi.domain.reporting.selectors.readings.kept import Keeper
from feidi.domain.reporting.selectors.readings.projects import cohort_readings, freshness_reading, project_readings
from feidi.domain.reporting.selectors.readings.talents import talent_readings
from feidi.engines.measures import DEFINITIONS, Reading, missing

#: Reader, the figures it answers for, the kinds of rows (prefixes) it rests on.
READERS: Final[tuple[tuple[Reader, tuple[str, ...], tuple[str, ...]], ...]] = (
    (cohort_readings, ("K17T", "K17F"), ("incubation.tenancy", "pipeline.")),
    (talent_readings, ("K32", "K33"), ("talent.", "evidence.", "parties.person")),
)


def readings_for(asked: Question, codes: Sequence[str], keeper: Keeper | None = None) -> dict[str, Reading]:
    """Return the readings of ``codes``."""
    view = asked.view
    found = project_readings(view, codes)
    if "K40" in codes:
        found["K40"] = freshness_reading(view)
    rest = [code for code in codes if code not in found]
    if not rest:
        return found
    if why := _not_askable(asked):
        return found | {code: missing(code, why) for code in rest}
    keeper = keeper or Keeper()
    for reader, answers, kinds in READERS:
        if any(code in rest for code in answers):
            found |= _kept(keeper, reader, asked, kinds)
    return found | {code: missing(code, "figures.not_connected") for code in rest if code not in found}


def _kept(keeper: Keeper, reader: Reader, asked: Question, kinds: tuple[str, ...]) -> Mapping[str, Reading]:
    # what is still going on is looked at every quarter of an hour
    moment = asked.now.replace(minute=asked.now.minute // 15 * 15, second=0, microsecond=0)
    key = (reader.__name__, asked.pks, asked.view.period, asked.view.as_of, moment)
    return keeper.keep(key, kinds, lambda: reader(asked))


def _not_askable(asked: Question) -> str:
    """Figures of other rows are not told by plaque, nor as they were written down at an earlier time."""
    if asked.view.plaque:
        return "figures.no_plaque"
    return "figures.not_known_at" if asked.view.known_at is not None else ""


def is_project_figure(code: str) -> bool:
    """Tell whether it is measured over projects."""
    return code in DEFINITIONS
