"""满意度: mean and n, NPS, per occasion and month; under five answers nothing is shown, to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor
from feidi.kernel.feedback.kinds import VIEW, VIEW_HOME
from feidi.kernel.feedback.selectors.answers import (
    HIDE_BELOW,
    Cell,
    Satisfaction,
    asked_count,
    cells_for,
    held_back,
    reasons_given,
    together,
)
from feidi.kernel.feedback.selectors.following import list_complaints, list_follow_ups
from feidi.kernel.feedback.selectors.rules import FeedbackRules
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.feedback.asking import occasion_words, reason_words, rules_for
from feidi.portals.console.feedback.forms import PeriodForm
from feidi.portals.console.lists import asked_of, chat_lines
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tables, in words; ``url`` opens its rows for who may read them."""

    label: str
    answered: str
    mean: str
    nps: str
    url: str = ""


def require_figures(actor: Actor) -> None:
    """Refuse unless the actor reads words or figures of satisfaction."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


@require_GET
def feedback_view(request: FeidiRequest) -> HttpResponse:
    """Figures of a period, per occasion and per month; what is open."""
    require_figures(request.actor)
    outposts, opens = list(outposts_for(request.actor, VIEW, VIEW_HOME)), request.actor.may(VIEW)
    form = PeriodForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW, VIEW_HOME))
    given, active = asked_of(form)
    first, last = _period(request.today, given, opens=opens)
    chosen = _chosen(outposts, given.get("outpost"), opens=opens)
    cells = cells_for(actor=request.actor, outposts=chosen, first=first, last=last)
    rules = rules_for(request, VIEW, VIEW_HOME)
    names = occasion_words(rules)
    counted, apart = [each for each in cells if each.counts], [each for each in cells if not each.counts]
    span = {"first": first.isoformat(), "last": last.isoformat()}
    whole = _line(_("合计"), together(each.said for each in counted), {**span, "show": "counts"} if opens else None)
    context = {
        "form": form,
        "active": active,
        "first": first,
        "last": last,
        "clear_url": reverse("console:feedback:feedback_view"),
        "asked": asked_count(actor=request.actor, outposts=chosen, first=first, last=last),
        "whole": whole,
        "occasions": _by_occasion(counted, names, span if opens else None),
        "months": _by_month(counted, opens=opens),
        "reasons": _reasons(request, chosen, rules, first, last) if opens else [],
        "apart": _by_occasion(apart, names, span if opens else None),
        "open": _open(request, chosen) if opens else [],
        "opens": opens,
        "least": HIDE_BELOW,
        "copy_text": _message(first, last, whole),
    }
    return render(request, "console/feedback/feedback_view.html", context)


def _message(first: date, last: date, whole: Line) -> str:
    told = _("评价 {n} 份　平均 {mean}　净推荐值 {nps}").format(n=whole.answered, mean=whole.mean, nps=whole.nps)
    return chat_lines(_("满意度 {first} 至 {last}").format(first=first, last=last), [told])


def _period(today: date, given: dict[str, Any], *, opens: bool) -> tuple[date, date]:
    """Return the asked period, this year so far where none is asked.

    Who reads numbers only reads whole years: the difference of two periods would show a single answer.
    """
    first, last = given.get("first") or date(today.year, 1, 1), given.get("last") or today
    first, last = min(first, last), max(first, last)
    return (first, last) if opens else (date(last.year, 1, 1), date(last.year, 12, 31))


def _chosen(outposts: Sequence[Outpost], one: Outpost | None, *, opens: bool) -> list[int]:
    """Return the outposts to count; for who reads numbers only one at a time, for the same reason."""
    if one is None and not opens:
        return [each.pk for each in outposts[:1]]
    return [each.pk for each in outposts if one is None or each == one]


def _by_occasion(cells: Sequence[Cell], names: dict[str, str], span: dict[str, str] | None) -> list[Line]:
    found = [
        (names.get(code, code), said, {**span, "occasion": code} if span is not None else None)
        for code, said in sorted(_grouped(cells, "occasion").items(), key=lambda each: names.get(each[0], each[0]))
    ]
    return _lines(found)


def _by_month(cells: Sequence[Cell], *, opens: bool) -> list[Line]:
    found = []
    for month, said in _grouped(cells, "month").items():
        ends = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        last = date.fromordinal(ends.toordinal() - 1)
        query = {"first": month.isoformat(), "last": last.isoformat(), "show": "counts"} if opens else None
        found.append((f"{month:%Y-%m}", said, query))
    return _lines(found)


def _grouped(cells: Sequence[Cell], by: str) -> dict[Any, Satisfaction]:
    found: dict[Any, Satisfaction] = {}
    for each in cells:
        key = getattr(each, by)
        found[key] = found.get(key, Satisfaction()) + each.said
    return found


def _lines(found: Sequence[tuple[str, Satisfaction, dict[str, str] | None]]) -> list[Line]:
    """Return the parts of a whole as lines, so that no small part is found by subtraction."""
    held = [
        held_back([getattr(said, name) for _label, said, _query in found]) for name in ("answered", "n", "n_recommend")
    ]
    return [_line(*each, held=[at in one for one in held]) for at, each in enumerate(found)]


def _line(
    label: str, said: Satisfaction, query: dict[str, str] | None, *, held: Sequence[bool] = (False, False, False)
) -> Line:
    few = _("少于 {n} 份，不显示").format(n=HIDE_BELOW)
    kept = _("为不露出少的一份，不显示")
    url = f"{reverse('console:feedback:answer_list')}?{urlencode(query)}" if query is not None else ""
    answered = few if 0 < said.answered < HIDE_BELOW else kept if held[0] else str(said.answered)
    mean = few if said.hidden else kept if held[1] else _number(said.mean)
    nps = few if said.nps_hidden else kept if held[2] else _number(said.nps)
    return Line(label, answered, mean, nps, url)


def _reasons(
    request: FeidiRequest, outposts: list[int], rules: Sequence[FeedbackRules], first: date, last: date
) -> list[tuple[str, int, str]]:
    """Return why people did not come, as (words, how many, where these answers are), the most frequent first."""
    words, found = reason_words(rules), []
    for occasion, reason, n in reasons_given(actor=request.actor, outposts=outposts, first=first, last=last):
        query = urlencode({"first": first.isoformat(), "last": last.isoformat(), "occasion": occasion})
        found.append((words.get((occasion, reason), reason), n, f"{reverse('console:feedback:answer_list')}?{query}"))
    return found


def _number(value: Decimal | None) -> str:
    return _("还没有") if value is None else str(value)


def _open(request: FeidiRequest, outposts: list[int]) -> list[tuple[str, int, str]]:
    """What waits, as (words, how many, where)."""
    follow_ups = list_follow_ups(actor=request.actor, outposts=outposts).filter(closed_on__isnull=True)
    complaints = list_complaints(actor=request.actor, outposts=outposts).filter(
        answered_on__isnull=True, voided_at__isnull=True
    )
    return [
        (_("待回访"), follow_ups.count(), reverse("console:feedback:follow_up_list")),
        (_("待答复的投诉"), complaints.count(), reverse("console:feedback:complaint_list")),
    ]
