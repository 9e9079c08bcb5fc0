"""What content says of periodic reports: kinds, sections, sentences with figures, for whom, when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportPeriod
from feidi.domain.reporting.report_periods import Term, term_before, term_of
from feidi.domain.reporting.selectors.paper_sources import SOURCES
from feidi.engines.findings import refuse
from feidi.engines.measures import INDICATORS
from feidi.kernel.content.library import read

PATH: Final = "enclave/reports.yaml"
#: A figure of the report's own period by its code, as the page of figures has it.
PLACE: Final = re.compile(r"\{([^{}]*)\}")
#: Words a sentence, heading or title may hold beside figures.
WORDS: Final = frozenset({"day", "span", "outpost", "home", "host", "superior"})
#: Kinds a command, a plan and a person may ask for; ``visit`` is offered by its own page.
VISIT: Final = "visit"
_MONTHS: Final = {ReportPeriod.QUARTER: (1, 4, 7, 10), ReportPeriod.YEAR: (1,)}


def known_places() -> frozenset[str]:
    """Return everything that may stand in a sentence between braces: the closed set."""
    return frozenset(name for name, each in SOURCES.items() if each.kind != "text") | frozenset(INDICATORS) | WORDS


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One section: sentences with figures, a person's words, a table of figures, a list, something of another ledger."""

    code: str
    heading: str
    sentences: tuple[str, ...]
    words: str
    figures: tuple[str, ...]
    list: str
    columns: tuple[str, ...]
    recent: bool
    source: str


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report as this place writes it. ``audience``: inside, home or host."""

    code: str
    label: Mapping[str, str]
    period: ReportPeriod
    covers: str
    audience: str
    paper: str
    title: str
    number: str
    issue: str
    plaque: str
    to: tuple[str, ...]
    due_day: int
    chat: bool
    sections: tuple[ReportSection, ...]

    def term_due(self, day: date) -> Term:
        """Return the period that a report made on a day is about."""
        running = term_of(self.period, day)
        return running if self.covers == "running" else term_before(running)

    def is_due(self, day: date, due_day: int) -> bool:
        """Tell whether a plan with this day asks for a report on ``day``."""
        if self.period is ReportPeriod.WEEK:
            return day.isoweekday() == due_day
        months = _MONTHS.get(self.period)
        return day.day == due_day and (months is None or day.month in months)

    def next_due(self, day: date, due_day: int) -> date | None:
        """Return the next day, from ``day`` on, on which a report is due."""
        days = (day + timedelta(days=ahead) for ahead in range(370))
        return next((each for each in days if self.is_due(each, due_day)), None)


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All kinds of a place, in the order of content."""

    kinds: Mapping[str, ReportKind]
    confirmed: bool
    source: str

    def kind(self, code: str) -> ReportKind:
        """Return one kind; refuses one this place does not write."""
        if code not in self.kinds:
            raise refuse("reports.unknown_kind", kind=code[:40], known="、".join(self.kinds))
        return self.kinds[code]

    @property
    def planned(self) -> tuple[ReportKind, ...]:
        """The kinds that come round."""
        return tuple(each for each in self.kinds.values() if each.code != VISIT)


def report_content(outpost: Outpost, on: date) -> ReportContent:
    """Return what holds for an outpost's home on a day."""
    data = read(outpost.home.code, PATH, on=on).data
    kinds = {each["code"]: _kind(each) for each in data["kinds"]}
    return ReportContent(kinds, data["confirmed"], str(data["source"]))


def _kind(raw: Mapping[str, Any]) -> ReportKind:
    plain = ("code", "label", "covers", "audience", "paper", "title", "number", "issue", "plaque", "due_day", "chat")
    return ReportKind(
        **{name: raw[name] for name in plain},
        period=ReportPeriod(raw["period"]),
        to=tuple(raw["to"]),
        sections=tuple(_section(each) for each in raw["sections"]),
    )


def _section(raw: Mapping[str, Any]) -> ReportSection:
    many: dict[str, Any] = {name: tuple(raw[name]) for name in ("sentences", "figures", "columns")}
    one = {name: raw[name] for name in ("code", "heading", "words", "list", "recent", "source")}
    return ReportSection(**one, **many)
