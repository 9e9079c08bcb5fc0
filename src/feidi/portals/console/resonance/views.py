"""共振点: the table of pairs, its workbook, one pair explained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from feidi.domain.matching.access import VIEW
from feidi.domain.matching.selectors.resonance import (
    Backer,
    Pair,
    Seeker,
    explain,
    list_backers,
    list_pairs,
    list_seekers,
)
from feidi.domain.parties.access import require
from feidi.domain.roadshow.models import Interest
from feidi.domain.roadshow.selectors.roadshows import interests_of_pair
from feidi.engines.resonance import State
from feidi.portals.console.lists import asked_of, chat_lines, workbook
from feidi.portals.console.resonance import presenting
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Action, Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate_listed, read_table

_ALL = [("", gettext_lazy("全部"))]
#: A workbook of pairs is read by people: no more than so many.
_MOST = 2000


class PairFilterForm(Form):
    """Which pairs."""

    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=80, required=False)
    project = forms.CharField(label=gettext_lazy("项目"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("情况"), choices=[*_ALL, *((each.value, words) for each, (words, _t) in presenting.STATES.items())], required=False
    )  # fmt: skip
    of = forms.ChoiceField(
        label=gettext_lazy("看哪些项目"),
        choices=[
            *_ALL,
            ("needs", gettext_lazy("已登记资本需求的")),
            ("projects", gettext_lazy("在谈、未登记资本需求的")),
        ],
        required=False,
    )


def _wanted(request: FeidiRequest) -> tuple[PairFilterForm, list[Pair], int]:
    """Return the pairs that the address asks for, in its order: page and workbook show the same."""
    form = PairFilterForm(request.GET)
    given, active = asked_of(form)
    backers = [each for each in list_backers(request.actor, request.today) if _has(presenting.investor_name(each), given.get("investor"))]  # fmt: skip
    seekers = [each for each in list_seekers(request.actor, request.today) if _asked_for(each, given)]
    pairs = list_pairs(backers, seekers)
    if state := given.get("state"):
        pairs = [each for each in pairs if presenting.state_of(each) == state]
    return form, _sorted(request, pairs), active


def _has(name: str, words: str | None) -> bool:
    return (words or "").strip() in name


def _asked_for(seeker: Seeker, given: dict[str, Any]) -> bool:
    of_kind = {"needs": seeker.profile is not None, "projects": seeker.profile is None}.get(given.get("of") or "", True)
    return of_kind and _has(presenting.seeker_name(seeker), given.get("project"))


def _sorted(request: FeidiRequest, pairs: list[Pair]) -> list[Pair]:
    table = read_table(request.GET, presenting.COLUMNS)
    keys: dict[str, Callable[[Pair], Any]] = {
        "investor": lambda each: presenting.investor_name(each.backer),
        "project": lambda each: presenting.seeker_name(each.seeker),
        "score": lambda each: (each.lo, each.hi),
    }
    return sorted(pairs, key=keys[table.sort], reverse=table.descending) if table.sort in keys else pairs


@require_safe
def pair_list(request: FeidiRequest) -> HttpResponse:
    """Investors × projects: each cell's factors, what is missing, what one fact would lift."""
    require(request.actor, VIEW)
    form, pairs, active = _wanted(request)
    page = paginate_listed(pairs, request.GET.get("page"))
    table = read_table(request.GET, presenting.COLUMNS).with_rows(presenting.rows_of(page.items))
    address = f"{reverse('console:resonance:pair_export')}?{request.GET.urlencode()}"
    lines = [
        f"{presenting.investor_name(each.backer)} × {presenting.seeker_name(each.seeker)} {presenting.percent(each.lo, each.hi)}"
        for each in page.items
        if each.hi > 0
    ]
    context = {
        "page": page,
        "table": table,
        "title": _("共振点"),
        "subtitle": _("投资方和要钱的项目合不合：行业、轮次、金额、地域与返投、时间，一项为零就不合；不知道的不算零，写出要问什么。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:resonance:pair_list"),
        "actions": [Action(_("导出本列表"), address, "database-export")] if pairs else [],
        "copy_text": chat_lines(_("共振点（截至 {day}，内部）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有可比的投资方和项目"),
        "empty_text": _("先登记投资方的供给（种类“资本”：行业、轮次、单笔金额、地域与返投）和项目的资本需求；在谈的项目会自动列入。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }  # fmt: skip
    return render(request, "console/promises/listing.html", context)


@require_safe
def pair_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column."""
    require(request.actor, VIEW)
    _form, pairs, _active = _wanted(request)
    headers = [*(str(each.label) for each in presenting.COLUMNS), _("情况")]
    rows = presenting.rows_of(pairs[:_MOST])
    cells = [[*(row.cells[each.code] for each in presenting.COLUMNS), str(row.badges[0].text)] for row in rows]
    return workbook(request, name="resonance", headers=headers, rows=cells)


def _pair(request: FeidiRequest) -> tuple[Backer, Seeker]:
    """Return the pair that the address names; whoever may not see one of its sides finds none."""
    asked = {name: request.GET.get(name, "") for name in ("investor", "project")}
    backer = next(
        (each for each in list_backers(request.actor, request.today) if each.facts.id == asked["investor"]), None
    )
    seeker = next((each for each in list_seekers(request.actor, request.today) if each.key == asked["project"]), None)
    if backer is None or seeker is None:
        raise Http404
    return backer, seeker


def _interests(request: FeidiRequest, backer: Backer, seeker: Seeker) -> list[Interest]:
    """Return what the investor said of the project at roadshows: evidence beside the reckoning, never part of it."""
    organization = backer.profile.organization
    if organization is None or seeker.project is None:
        return []
    return interests_of_pair(request.actor, organization, seeker.project)


@require_safe
def pair_view(request: FeidiRequest) -> HttpResponse:
    """One investor and one project: every factor with its values, what to ask, what would lift it."""
    require(request.actor, VIEW)
    backer, seeker = _pair(request)
    told = explain(backer, seeker)
    word, tone = presenting.STATES[State(told.state)]
    names = (presenting.investor_name(backer), presenting.seeker_name(seeker))
    title = " × ".join(names)
    context = {
        "title": title,
        "crumbs": [Crumb(_("共振点"), reverse("console:resonance:pair_list")), Crumb(title)],
        "badges": [Badge(word, tone)],
        "score": presenting.percent(told.lo, told.hi),
        "factors": presenting.factors_of(told),
        "asks": presenting.asks_of(told.asks),
        "lifts": presenting.lifts_of(told),
        "landing_assumed": seeker.profile is None or seeker.profile.place is None,
        "project": seeker.project,
        "names": names,
        "interests": _interests(request, backer, seeker),
    }
    return render(request, "console/resonance/pair_view.html", context)
