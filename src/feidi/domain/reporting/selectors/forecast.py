"""One sentence about next year: the key projects under way, by the conversion measured so far, against the year's task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.indicator_texts import plain
from feidi.domain.reporting.selectors.figures import View, gathered
from feidi.domain.reporting.selectors.figures_targets import tasks_for
from feidi.domain.reporting.selectors.readings.projects import years_after
from feidi.engines.measures import Cohort, Columns, Forecast, outlook_of
from feidi.engines.measures.many import Mask

#: What the task is of, in this order: verified landings, else firms with results.
_TASKS = ("K14", "K16")
_YEARS = 5


def forecast_for(view: View, outposts: Sequence[Outpost]) -> Forecast | None:
    """Return the outlook for the year after ``as_of``; None where the home has no task to be measured against."""
    tasks = tasks_for(outposts, view.as_of)
    task = next((tasks[code] for code in _TASKS if code in tasks), None)
    if task is None:
        return None
    columns = gathered(view)[0]
    return outlook_of(int(_under_way(columns, view.as_of).sum()), task.floor, _cohorts(columns, view.as_of))


def _under_way(columns: Columns, as_of: date) -> Mask:
    """Key projects that have neither landed nor come under a condition (shelved, rejected …)."""
    came = (columns["key_on"] > 0) & (columns["key_on"] <= as_of.toordinal())
    landed = (columns["verified_on"] > 0) & (columns["verified_stands"] == 1)
    found: Mask = came & ~landed & (columns["under_condition"] == 0)
    return found


def _cohorts(columns: Columns, as_of: date) -> list[Cohort]:
    """By year of becoming key: those seen for a year since, and of them those verified within that year."""
    seen_by = years_after(as_of, -1).toordinal()
    key, stands = columns["key_on"], columns["verified_stands"] == 1
    landed = stands & (columns["verified_on"] > 0) & (columns["verified_on"] <= key + 365)
    found = []
    for year in range(as_of.year - _YEARS, as_of.year + 1):
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        base = (key >= first) & (key <= last) & (key <= seen_by)
        # a year counts as one of its own only once its last day has been seen for a year
        if base.any():
            found.append(Cohort(year, int(base.sum()), int((base & landed).sum())))
    whole = [each for each in found if date(each.year, 12, 31).toordinal() <= seen_by]
    return whole or _pooled(found)


def _pooled(parts: Sequence[Cohort]) -> list[Cohort]:
    if not parts:
        return []
    return [Cohort(parts[-1].year, sum(each.base for each in parts), sum(each.hit for each in parts))]


def forecast_text(found: Forecast | None) -> str:
    """Return the sentence: 6 个重点项目，按已有转化率（2/10），明年达到 3 家的把握不足."""
    if found is None:
        return ""
    if found.outlook == "unknown":
        return _("{n} 个重点项目；还没有满一年的转化可以比照，明年能否达到 {goal} 家说不准。").format(
            n=found.standing, goal=found.goal
        )
    word = {"sure": _("较大"), "even": _("对半"), "short": _("不足")}[found.outlook]
    said = _("{n} 个重点项目，按已有转化率（{hit}/{base}），明年达到 {goal} 家的把握{word}").format(
        n=found.standing, hit=found.hit, base=found.base, goal=found.goal, word=word
    )
    if found.low is None or found.high is None:
        return said + _("。")
    low, high = plain(found.low), plain(found.high)
    if low == high:
        return said + _("；各年都约 {n} 家。").format(n=low)
    return said + _("；按最差和最好的年份，约 {low}—{high} 家。").format(low=low, high=high)
