"""What the address asks to look at, and the addresses that look at the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.selectors.flow_words import side_names
from feidi.domain.reporting.selectors.flows import outposts_with_flows
from feidi.engines.measures import Period
from feidi.portals.console.figures.lens import period_of
from feidi.portals.console.flows.forms import PeriodForm
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """The form, whose flows, which days, up to which day, and how the sides are called."""

    form: PeriodForm
    outposts: tuple[Outpost, ...]
    period: Period
    as_of: date
    sides: tuple[str, str]
    query: str

    @property
    def several(self) -> bool:
        """Whether more than one outpost is looked at."""
        return len(self.outposts) > 1

    def page(self, name: str) -> str:
        """Return the address of a page of flows that looks at the same."""
        return f"{reverse(f'console:flows:{name}')}?{self.query}"

    def entries(self, **more: str) -> str:
        """Return the address of the entries of the period, narrowed further."""
        days = {"since": self.period.start.isoformat()} if self.period.start > date.min else {}
        last = min(self.period.end - timedelta(days=1), self.as_of)
        chosen = {"outpost": str(self.outposts[0].pk)} if len(self.outposts) == 1 else {}
        return (
            f"{reverse('console:flows:entry_list')}?{urlencode({**chosen, **days, 'until': last.isoformat(), **more})}"
        )


def read_asked(request: FeidiRequest) -> Asked:
    """Read the address; what makes no sense is left out."""
    allowed = outposts_with_flows(request.actor)
    form = PeriodForm(request.GET, outposts=allowed)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    chosen = given.get("outpost")
    outposts = tuple(each for each in allowed if chosen is None or each.pk == chosen.pk)
    as_of = min(given.get("as_of") or request.today, request.today)
    period = period_of(given.get("span") or "year", as_of, given)
    kept = [(key, request.GET[key]) for key in form.fields if given.get(key) and request.GET.get(key)]
    return Asked(form, outposts, period, as_of, side_names(outposts), urlencode(kept))
