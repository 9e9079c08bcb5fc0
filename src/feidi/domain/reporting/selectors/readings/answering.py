"""Which reader answers for which figure, and what is kept of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.readings.asked import Question, Reader
from feidi.domain.reporting.selectors.readings.costs import cost_readings
from feidi.domain.reporting.selectors.readings.feedback import feedback_readings
from feidi.domain.reporting.selectors.readings.flows import flow_readings
from feidi.domain.reporting.selectors.readings.incubation import firm_readings, incubation_readings
from feidi.domain.reporting.selectors.readings.kept import PROJECT_KINDS, Keeper
from feidi.domain.reporting.selectors.readings.matching import matching_readings
from feidi.domain.reporting.selectors.readings.policies import claim_readings, coverage_reading
from feidi.domain.reporting.selectors.readings.projects import cohort_readings, freshness_reading, project_readings
from feidi.domain.reporting.selectors.readings.sources import figures_reading
from feidi.domain.reporting.selectors.readings.space import space_readings
from feidi.domain.reporting.selectors.readings.talents import talent_readings
from feidi.engines.measures import DEFINITIONS, Reading, missing

#: Reader, the figures it answers for, the kinds of rows (prefixes) it rests on.
READERS: Final[tuple[tuple[Reader, tuple[str, ...], tuple[str, ...]], ...]] = (
    (cohort_readings, ("K17T", "K17F"), ("incubation.", "pipeline.", "evidence.", "parties.")),
    (
        incubation_readings,
        ("K16", "K18", "K23", "K23G", "K23R", "K26", "K28", "K29", "K30"),
        ("incubation.", "pipeline.", "evidence.", "space.", "parties."),
    ),
    (firm_readings, ("K24", "K25", "K27"), ("incubation.", "parties.", "evidence.", "pipeline.", "policy.")),
    (space_readings, ("K19", "K20", "K21", "K22", "K22N"), ("space.", "incubation.")),
    (cost_readings, ("K31",), ("reporting.", "pipeline.", "evidence.")),
    (talent_readings, ("K32", "K33"), ("talent.", "evidence.", "parties.person")),
    (matching_readings, ("K34", "K34P", "K35"), ("matching.", "evidence.")),
    (flow_readings, ("K36C", "K36T", "K36P"), ("reporting.flow",)),
    (claim_readings, ("K37", "K37A", "K37D"), ("policy.",)),
    (feedback_readings, ("K39", "K39N"), ("feedback.",)),
)
#: What rests on rows that are reckoned and never audited, or on everything: read each time.
FRESH: Final[tuple[tuple[Reader, tuple[str, ...]], ...]] = ((coverage_reading, ("K38",)), (figures_reading, ("K40F",)))


def readings_for(asked: Question, codes: Sequence[str], keeper: Keeper | None = None) -> dict[str, Reading]:
    """Return the readings of ``codes``."""
    keeper = keeper or Keeper()
    found = _of_projects(keeper, asked.view, codes)
    rest = [code for code in codes if code not in found]
    if not rest:
        return found
    if why := _not_askable(asked):
        return found | {code: missing(code, why) for code in rest}
    for reader, answers, kinds in READERS:
        if any(code in rest for code in answers):
            found |= _kept(keeper, reader, asked, kinds)
    for reader, answers in FRESH:
        if any(code in rest for code in answers):
            found |= reader(asked)
    return found | {code: missing(code, "figures.not_connected") for code in rest if code not in found}


def _of_projects(keeper: Keeper, view: View, codes: Sequence[str]) -> dict[str, Reading]:
    def read(code: str) -> Reading:
        return freshness_reading(view) if code == "K40" else project_readings(view, [code])[code]

    return {
        code: keeper.keep(("project", code, view), PROJECT_KINDS, partial(read, code), _keys_in)
        for code in codes
        if code in DEFINITIONS or code == "K40"
    }


def _keys_in(reading: Reading) -> int:
    parts = (reading.above, reading.below, *reading.apart.values(), *dict(reading.split).values())
    return sum(len(each.keys) for each in parts if each is not None)


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
