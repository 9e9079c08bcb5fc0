"""Every figure K01–K40 in one shape: what pages, the wall, reports and the command line show, and where its rows are.

``indicators_for`` is the one place they are taken from. The caller has asked ``view_of`` whether the actor may count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.figure_texts import progress_text, said
from feidi.domain.reporting.indicator_texts import beside_of, reading_text, why_text
from feidi.domain.reporting.selectors.closings import Frozen, find_closing, frozen_figures, view_of_closing
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.figures_targets import Progress, Task, progress_of, tasks_for
from feidi.domain.reporting.selectors.readings.answering import readings_for
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.reporting.selectors.readings.kept import Keeper
from feidi.engines.measures import INDICATORS, Definition, Reading, Rows, expand


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a view: its reading, and what is shown beside it.

    ``url``: the rows behind it; ``page_url``: the figure's own page. ``task``: the year's target (``floor`` 底线,
    ``stretch`` 力争) and ``progress`` against it, of the running year only.
    """

    code: str
    reading: Reading
    view: View
    url: str
    page_url: str
    task: Task | None = None
    progress: Progress | None = None
    frozen: Frozen | None = None

    @property
    def definition(self) -> Definition:
        """What it means."""
        return INDICATORS[self.code]

    @property
    def label(self) -> str:
        """Its name in the reader's language; codes are not for the screen."""
        return said(self.definition.label)

    @property
    def formula(self) -> str:
        """How it is reckoned, in the reader's language."""
        return said(self.definition.formula)

    @property
    def value(self) -> Fraction | None:
        """The exact value; None where there is none (``reason`` says why)."""
        return self.reading.value

    @property
    def value_text(self) -> str:
        """The value with its unit, ≤ or ≥ before a bound, or why there is none."""
        return reading_text(self.reading)

    @property
    def beside(self) -> str:
        """Numerator / denominator, sums, quartiles of what is ``shown``."""
        return beside_of(self.frozen.reading if self.frozen else self.reading)

    @property
    def reason(self) -> str:
        """Why there is no value; empty where there is one."""
        return "" if self.reading.value is not None else why_text(self.reading)

    @property
    def parts(self) -> dict[str, Rows]:
        """The parts that have rows of their own: above and below the line, apart, by kind, and what a correction changed."""
        found = parts_of(self.reading)
        correction = self.frozen.correction if self.frozen else None
        kind = self.reading.above.kind
        if correction is not None and correction.added is not None and correction.removed is not None:
            found |= {"fix:added": Rows(kind, correction.added), "fix:removed": Rows(kind, correction.removed)}
        return found

    @property
    def changes_url(self) -> str:
        """The rows that a correction rests on: those that count now and did not, or the other way round."""
        part = next((name for name, rows in self.parts.items() if name.startswith("fix:") and rows.keys), "above")
        return rows_url(self.view, self.code, part=part)

    @property
    def hidden(self) -> bool:
        """Whether it is kept back because of too few rows."""
        return self.reading.state == "hidden"

    @property
    def as_of(self) -> date:
        """The last day known of."""
        return self.view.as_of

    @property
    def progress_text(self) -> str:
        """完成年度任务…，序时进度…，快/慢…; empty without a task."""
        return progress_text(self.progress)

    @property
    def target_text(self) -> str:
        """底线 3／力争 5; empty without a task."""
        task = self.task
        return _("底线 {floor}／力争 {stretch}").format(floor=task.floor, stretch=task.stretch) if task else ""

    @property
    def note(self) -> str:
        """What is said below the value: progress with the task, else what stands beside it."""
        return self.correction_text or self.progress_text or self.beside

    @property
    def shown(self) -> str:
        """What a report says by default: the frozen value of a closed period, else the value counted now."""
        return self.frozen.text if self.frozen else self.value_text

    @property
    def correction_text(self) -> str:
        """更正: what is counted differently since the period was closed; empty where nothing is."""
        correction = self.frozen.correction if self.frozen else None
        if correction is None:
            return ""
        since = correction.since.astimezone(SHANGHAI).date() if correction.since else _("关账之后")
        return _("更正（{since}起）：{old} → {new}").format(
            since=since, old=correction.old_text, new=correction.new_text
        )


def parts_of(reading: Reading) -> dict[str, Rows]:
    """Return the parts of a reading that have rows of their own."""
    found = {"above": reading.above}
    if reading.below is not None:
        found["below"] = reading.below
    return found | {f"apart:{name}": rows for name, rows in reading.apart.items()} | dict(reading.split)


def indicators_for(
    view: View, codes: Sequence[str] = tuple(INDICATORS), *, now: datetime | None = None
) -> tuple[Indicator, ...]:
    """Return the figures of ``codes`` in that order; K11 stands for all of its rows. ``now`` None: the end of ``as_of``.

    Raises KeyError for a code that does not exist.
    """
    return answered(view, expand(tuple(codes)), outposts_of(view), Keeper(), now)


def answered(
    view: View, wanted: Sequence[str], outposts: tuple[Outpost, ...], keeper: Keeper, now: datetime | None = None
) -> tuple[Indicator, ...]:
    """Return the same, for whoever asks about many periods of the same outposts at one moment."""
    readings = readings_for(_question(view, outposts, now), wanted, keeper)
    tasks, frozen = _tasks(view, outposts), _frozen(view, outposts, wanted, readings, keeper)
    return tuple(_indicator(view, readings[code], tasks.get(code), frozen.get(code)) for code in wanted)


def _frozen(
    view: View,
    outposts: tuple[Outpost, ...],
    codes: Sequence[str],
    readings: Mapping[str, Reading],
    keeper: Keeper,
) -> Mapping[str, Frozen]:
    """Return what was frozen of just this period, beside a recount as of the day it was frozen for."""
    closing = find_closing(view.outposts, view.period) if not view.plaque and view.known_at is None else None
    if closing is None or view.as_of < closing.ends_on:
        return {}
    then = view_of_closing(closing)
    if then != view:
        readings = readings_for(_question(then, outposts, None), codes, keeper)
    return frozen_figures(closing, [readings[code] for code in codes])


def outposts_of(view: View) -> tuple[Outpost, ...]:
    """Return the outposts of a view. One query."""
    return tuple(Outpost.objects.filter(pk__in=view.outposts).select_related("home").order_by("pk"))


def _question(view: View, outposts: tuple[Outpost, ...], now: datetime | None) -> Question:
    midnight = datetime.combine(view.as_of + timedelta(days=1), time(), SHANGHAI)
    return Question(view, outposts, midnight if now is None else min(now, midnight))


def _indicator(view: View, reading: Reading, task: Task | None, frozen: Frozen | None) -> Indicator:
    progress = None
    if task is not None and reading.value is not None:
        progress = progress_of(task, int(reading.value), view.as_of)
    return Indicator(
        reading.code, reading, view, rows_url(view, reading.code), page_url(view, reading.code), task, progress, frozen
    )


def _tasks(view: View, outposts: Sequence[Outpost]) -> Mapping[str, Task]:
    """The tasks of the year hold for the running year up to the as-of day and of an outpost: neither of a plaque, nor of a
    first quarter that is over (its count beside the time passed since would be no progress).
    """
    return tasks_for(outposts, view.as_of) if is_year_so_far(view) and not view.plaque else {}


def is_year_so_far(view: View) -> bool:
    """Tell whether the days looked at are those of the running year up to the as-of day."""
    period = view.period
    begins = (period.start.month, period.start.day) == (1, 1) and period.start.year == view.as_of.year
    return begins and view.as_of < period.end


def query_of(view: View, **more: str) -> str:
    """Return the view as the query of an address of these pages."""
    asked: dict[str, Any] = {"outpost": str(view.outposts[0])} if len(view.outposts) == 1 else {}
    if view.plaque:
        asked["plaque"] = view.plaque
    if view.period.start == date.min:
        asked["span"] = "all"
    else:
        last = view.period.end - timedelta(days=1)
        asked |= {"span": "own", "since": view.period.start.isoformat(), "until": last.isoformat()}
    return urlencode({**asked, "as_of": view.as_of.isoformat(), **more})


def rows_url(view: View, code: str, **more: str) -> str:
    """Return the address of the rows behind a figure."""
    return f"{reverse('console:indicators:indicator_rows', args=[code])}?{query_of(view, **more)}"


def page_url(view: View, code: str) -> str:
    """Return the address of the figure's own page."""
    return f"{reverse('console:indicators:indicator_view', args=[code])}?{query_of(view)}"
