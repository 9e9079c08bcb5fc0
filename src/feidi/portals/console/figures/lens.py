"""What the address asks to look at: outposts, days, as known when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.selectors.projects import NO_PLAQUE
from feidi.domain.reporting.selectors.figures import View, outposts_counted, view_of
from feidi.domain.reporting.selectors.figures_plaques import plaques_of
from feidi.domain.reporting.selectors.indicators import is_year_so_far
from feidi.engines.measures import Period
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.clock import BUSINESS_ZONE
from feidi.portals.ui.forms import Form
from feidi.portals.ui.requests import FeidiRequest

SPANS = [
    ("year", _("本年")),
    ("quarter", _("本季度")),
    ("month", _("本月")),
    ("week", _("本周")),
    ("last_year", _("上年")),
    ("all", _("累计")),
    ("own", _("自选日期")),
]
#: What of the address every link of these pages carries on.
_KEPT = ("outpost", "plaque", "span", "since", "until", "as_of", "known", "openings")


class LensForm(Form):
    """Which days, whose outposts, under which plaque, as of which day, as known on which day."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), required=False)
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    span = forms.ChoiceField(label=_("期间"), choices=SPANS, required=False)
    since = date_field(_("从"))
    until = date_field(_("到"))
    as_of = date_field(_("截至"))
    known = date_field(_("按当时登记"))
    openings = forms.BooleanField(label=_("漏斗含期初"), required=False)

    def __init__(self, *args: Any, outposts: Any, plaques: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        self.fields["outpost"].empty_label = _("全部")  # type: ignore[attr-defined]
        offered = [("", _("全部")), *plaques, (NO_PLAQUE, _("未归牌子"))]
        self.fields["plaque"].choices = offered  # type: ignore[attr-defined]
        if not plaques:
            del self.fields["plaque"]


@dataclass(frozen=True, slots=True)
class Lens:
    """The form, the outposts looked at, the view, and what links carry on."""

    form: LensForm
    outposts: tuple[Outpost, ...]
    view: View
    span: str
    openings: bool
    query: str
    plaques: tuple[tuple[str, str], ...] = ()

    @property
    def plaque_name(self) -> str:
        """The plaque looked at; empty for all."""
        if self.view.plaque == NO_PLAQUE:
            return gettext("未归牌子")
        return dict(self.plaques).get(self.view.plaque, "")

    @property
    def days_text(self) -> str:
        """The days looked at, as they are said above the figures."""
        period = self.view.period
        last = period.end - timedelta(days=1)
        if period.start == date.min:
            return gettext("累计到 {day}").format(day=last)
        return gettext("期间 {since} — {until}").format(since=period.start, until=last)

    @property
    def has_task(self) -> bool:
        """Tell whether a task of the year can be compared with: it is the outpost's, not one plaque's."""
        return self.of_this_year and not self.view.plaque

    @property
    def of_this_year(self) -> bool:
        """Tell whether the figures are those of the running year, which has a task."""
        return is_year_so_far(self.view)

    def address(self, name: str, **more: str) -> str:
        """Return the address of a page of figures that looks at the same."""
        return self.page(f"console:figures:{name}", **more)

    def page(self, name: str, *args: str, **more: str) -> str:
        """Return the address of any page that reads the same question, by the full name of its address."""
        asked = "&".join(part for part in (self.query, urlencode(more)) if part)
        return f"{reverse(name, args=args)}?{asked}" if asked else reverse(name, args=args)


def read_lens(request: FeidiRequest) -> Lens:
    """Read the address; what makes no sense is left out. Refuses nobody: without outposts there is nothing to see."""
    allowed = outposts_counted(request.actor)
    plaques = plaques_of(allowed)
    form = LensForm(request.GET, outposts=allowed, plaques=plaques)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    chosen = given.get("outpost")
    outposts = (chosen,) if chosen else tuple(allowed)
    as_of = min(given.get("as_of") or request.today, request.today)
    span = given.get("span") or "year"
    period = period_of(span, as_of, given)
    known = given.get("known")
    known_at = datetime.combine(known + timedelta(days=1), time(), BUSINESS_ZONE) if known else None
    view = view_of(request.actor, outposts, period, as_of, known_at)
    view = replace(view, plaque=given.get("plaque") or "")
    kept = [(key, request.GET[key]) for key in _KEPT if request.GET.get(key) and key in given and given[key]]
    return Lens(form, outposts, view, span, bool(given.get("openings")), urlencode(kept), tuple(plaques))


def period_of(span: str, as_of: date, given: dict[str, Any]) -> Period:
    """Return the days that a span means on a day; of ``own`` those given."""
    if span == "own":
        since, until = given.get("since") or as_of.replace(month=1, day=1), given.get("until") or as_of
        return Period(min(since, until), max(since, until) + timedelta(days=1))
    return _SPANS.get(span, year_of)(as_of)


def year_of(day: date) -> Period:
    """Return the calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def week_of(day: date) -> Period:
    """Return the week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7))


def _month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1))


def _quarter_of(day: date) -> Period:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, (first + timedelta(days=95)).replace(day=1))


_SPANS: dict[str, Callable[[date], Period]] = {
    "year": year_of,
    "quarter": _quarter_of,
    "month": _month_of,
    "week": week_of,
    "last_year": lambda day: Period(date(day.year - 1, 1, 1), date(day.year, 1, 1)),
    "all": lambda day: Period(date.min, day + timedelta(days=1)),
}
