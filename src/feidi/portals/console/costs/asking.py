"""From the address to the answer: what was asked, what is known already, the comparison, what may still be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import COSTS
from feidi.domain.policy.selectors.costs import Choice, costs_of, places_with_costs
from feidi.engines.costing import (
    FIGURES,
    NOT_ASKED,
    Comparison,
    Granted,
    Swing,
    compare,
    read_profile,
    sensitivity,
)
from feidi.engines.findings import Finding, Level
from feidi.kernel.messages import sentence_of
from feidi.portals.console.costs.forms import CostForm, profile_of, quoted_in
from feidi.portals.console.costs.known import Record, record_of
from feidi.portals.ui.requests import FeidiRequest

#: What makes an address a question; places, day and record alone only fill the form.
_NOT_NEEDS: Final = frozenset({"home", "host", "as_of", "years", "name", "organization", "project", "office_kind"})


@dataclass(frozen=True, slots=True)
class Asking:
    """One page's question. ``comparison`` None: nothing asked yet, or the form says what is wrong."""

    form: CostForm
    record: Record
    comparison: Comparison | None
    swings: tuple[Swing, ...]
    query: str


def asking_of(request: FeidiRequest) -> Asking:
    """Read the address. Refused: no permission for costs. An organization or project that is not seen does not exist."""
    require(request.actor, COSTS)
    places = places_with_costs()
    as_of = _day(request)
    record = record_of(
        request.actor,
        organization=request.GET.get("organization", ""),
        project=request.GET.get("project", ""),
        as_of=as_of,
        now=request.now,
    )
    data = _data(request, places, record, as_of)
    asked = _is_asked(data)
    form = (
        CostForm(data, places=places, quotes=quoted_in(data)) if asked else CostForm(initial=data.dict(), places=places)
    )
    comparison, swings = _answer(form, record, request.today) if asked else (None, ())
    if comparison is not None:
        missing = [code for each in comparison.lines for side in (each.home, each.host) for code in side.missing]
        quotes = list(dict.fromkeys((*quoted_in(data), *(code for code in missing if code in FIGURES))))
        form = CostForm(data, places=places, quotes=quotes)
        form.is_valid()
    return Asking(form, record, comparison, swings, urlencode(_kept(data), doseq=True))


def _day(request: FeidiRequest) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("as_of", "")), request.today)
    except ValueError:
        return request.today


def _data(request: FeidiRequest, places: list[Choice], record: Record, as_of: date) -> QueryDict:
    """Return the address over what is known: what was typed wins, also when it was emptied."""
    outpost = (
        record.outpost
        or outposts_visible_to(request.actor, Outpost.objects.select_related("home", "host").order_by("id")).first()
    )
    sides = {"home": outpost.home.code, "host": outpost.host.code} if outpost else {}
    codes = {each.code for each in places}
    first = {name: code for name, code in sides.items() if code in codes}
    data = QueryDict(mutable=True)
    for name, value in {**first, "as_of": as_of.isoformat(), "years": "1", **record.values}.items():
        data[name] = value
    for name, values in request.GET.lists():
        data.setlist(name, values)
    return data


def _is_asked(data: QueryDict) -> bool:
    return any(value and name not in _NOT_NEEDS for name, values in data.lists() for value in values)


def _kept(data: QueryDict) -> list[tuple[str, Any]]:
    return [
        (name, [each for each in values if each]) for name, values in data.lists() if any(values) and name != "page"
    ]


def _answer(form: CostForm, record: Record, today: date) -> tuple[Comparison | None, tuple[Swing, ...]]:
    if not form.is_valid():
        return None, ()
    data = form.cleaned_data
    as_of = data["as_of"]
    if as_of > today:
        form.add_error("as_of", _said("costing.day_ahead", as_of=as_of.isoformat()))
        return None, ()
    if data["home"] == data["host"]:
        form.add_error("host", _said("costing.same_place", place=dict(form.fields["host"].choices)[data["host"]]))  # type: ignore[attr-defined]
        return None, ()
    given, rows = profile_of(data)
    profile, findings = read_profile(given, as_of=as_of)
    if profile is None:
        form.put_findings(findings, rows)
        return None, ()
    home, host = costs_of(data["home"], on=as_of), costs_of(data["host"], on=as_of)
    granted = _granted(record, data["home"], data["host"])
    return (
        compare(profile, home, host, as_of=as_of, subsidies=granted),
        sensitivity(profile, home, host, as_of=as_of, subsidies=granted),
    )


def _granted(record: Record, home: str, host: str) -> Granted:
    """Return what the policies of both sides grant; of a place whose policies were not asked: None."""
    return (record.granted.get(home), record.granted.get(host)) if record.granted else NOT_ASKED


def _said(code: str, **params: str) -> str:
    finding = Finding(Level.PROBLEM, code, params)
    return sentence_of(finding)
