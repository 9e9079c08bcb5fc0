"""Playbooks: which there are and how sound, one drawn as lanes, printed, copied."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.playbook.access import VIEW, VIEW_HOME
from feidi.domain.playbook.selectors.playbooks import FOLDER, Published, get_playbook, list_playbooks
from feidi.domain.playbook.selectors.reckoning import Reckoning
from feidi.domain.playbook.selectors.sides import Sides, sides_of
from feidi.domain.playbook.selectors.times import times_of
from feidi.domain.playbook.services.guides import Print, guide_paper
from feidi.engines.findings import RefusedError
from feidi.engines.playbooks import Forecast, Owner, Step, forecast
from feidi.kernel.access import Actor
from feidi.portals.console.daily import outposts_for, word_file
from feidi.portals.console.drafts.presenting import place_name, places_to_draft
from feidi.portals.console.pipeline.views.saving import INVALID, sent
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.playbooks.forms import CopyForm
from feidi.portals.console.playbooks.lanes import draw
from feidi.portals.console.words import say
from feidi.portals.ui.clock import taken_by
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest


def require_playbooks(actor: Actor) -> None:
    """Refuse unless the actor sees playbooks, as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def homes_of(actor: Actor) -> list[Outpost]:
    """Return one outpost of each home whose playbooks the actor sees."""
    found: dict[int, Outpost] = {}
    for each in outposts_for(actor, VIEW, VIEW_HOME).select_related("home", "host"):
        found.setdefault(each.home_id, each)
    return list(found.values())


@require_GET
def playbook_list(request: FeidiRequest) -> HttpResponse:
    """The playbooks of one's homes, each with what the lint says of it."""
    require_playbooks(request.actor)
    groups = [
        {
            "home": say_home(outpost),
            "books": [_card(each, outpost) for each in list_playbooks(outpost.home.code, request.today)],
        }
        for outpost in homes_of(request.actor)
    ]
    context = {"groups": groups, "several": len(groups) > 1, "may_start": request.actor.may("playbook.edit")}
    return render(request, "console/playbooks/playbook_list.html", context)


def say_home(outpost: Outpost) -> str:
    """Return a home's name."""
    return place_name(outpost.home.code)


def _card(book: Published, outpost: Outpost) -> dict[str, Any]:
    problems = [each for each in book.findings() if each.level != "note"]
    notes = len(book.findings()) - len(problems)
    return {
        "book": book,
        "title": say(book.title),
        "purpose": say(book.playbook.purpose),
        "url": reverse("console:playbooks:playbook_view", args=[outpost.home.code, book.code]),
        "kind": presenting.kind_badge(book.playbook),
        "steps": len(book.playbook.steps),
        "sides": "、".join(presenting.side_word(sides_of(outpost), each) for each in book.playbook.owners),
        "from": place_name(book.found.place) if book.inherited else "",
        "lint": Badge(_("{n} 处问题，不能开办").format(n=len(problems)), "bad")
        if problems
        else Badge(_("检查通过"), "ok"),
        "notes": notes,
    }


def _wanted(request: FeidiRequest, home: str, code: str) -> tuple[Outpost, Published]:
    """Return a playbook of one of one's homes with an outpost of it; others do not exist."""
    require_playbooks(request.actor)
    outpost = next((each for each in homes_of(request.actor) if each.home.code == home), None)
    if outpost is None:
        raise Http404
    try:
        return outpost, get_playbook(home, code, request.today)
    except RefusedError as error:
        raise Http404 from error


@require_GET
def playbook_view(request: FeidiRequest, home: str, code: str) -> HttpResponse:
    """One playbook: lanes, steps, the longest way, how long its steps really took, what the lint says."""
    outpost, book = _wanted(request, home, code)
    sides = sides_of(outpost)
    ahead = forecast(book.playbook, request.today, Reckoning().due) if book.sound else None
    context = {
        "book": book,
        "title": say(book.title),
        "purpose": say(book.playbook.purpose),
        "badges": [presenting.kind_badge(book.playbook)],
        "crumbs": [Crumb(_("服务手册"), reverse("console:playbooks:playbook_list")), Crumb(say(book.title))],
        "drawing": _drawing(book, sides, ahead),
        "phases": _phases(request, book, sides),
        "questions": [
            (say(each.label), "／".join(say(label) for label in each.options.values()) or _("是／否"))
            for each in book.playbook.questions
        ],
        "path": [say(book.playbook.by_code[each].label) for each in ahead.path] if ahead else [],
        "days": Reckoning().working_days(request.today, ahead.end) if ahead else None,
        "untimed": len(ahead.untimed) if ahead else 0,
        "findings": book.findings(),
        "source": book.found.data["source"],
        "from": place_name(book.found.place),
        "print_url": reverse("console:playbooks:playbook_word", args=[home, code]),
        "copy_url": reverse("console:playbooks:playbook_copy", args=[home, code])
        if places_to_draft(request.actor)
        else "",
    }
    return render(request, "console/playbooks/playbook_view.html", context)


def _drawing(book: Published, sides: Sides, ahead: Forecast | None) -> Any:
    def side(owner: Owner) -> str:
        return presenting.side_word(sides, owner)

    def url(step: Step) -> str:
        return f"#step-{step.code}"

    return draw(book.playbook, side=side, url=url, path=ahead.path if ahead else ()) if book.sound else None


def _phases(request: FeidiRequest, book: Published, sides: Sides) -> list[dict[str, Any]]:
    took = times_of(request.actor, book.code)
    numbers = {each.code: at for at, each in enumerate(book.playbook.steps, start=1)}
    found = []
    for phase in book.playbook.phases:
        steps = [
            {
                "step": step,
                "number": numbers[step.code],
                "label": say(step.label),
                "side": presenting.side_word(sides, step.owner) if step.owner else "",
                "after": [(numbers.get(each, ""), each) for each in step.after],
                "when": presenting.conditions_of(step, book.playbook) if book.sound else [],
                "documents": [say(each) for each in step.documents],
                "proofs": [(say(each.label), each.n) for each in step.proofs],
                "clock": presenting.clock_words(step.clock, book.playbook) if book.sound else "",
                "took": took.get(step.code),
            }
            for step in book.playbook.steps
            if step.phase == phase.code
        ]
        found.append({"label": say(phase.label), "steps": steps})
    return found


@require_GET
def playbook_word(request: FeidiRequest, home: str, code: str) -> HttpResponse:
    """The playbook as a Word file: 服务事项清单, 办事指南, 流程图, 时限表, with its version."""
    outpost, book = _wanted(request, home, code)
    if not book.sound:
        raise Http404
    how = Print(
        on=request.today,
        issuer=outpost.name,
        watermark=taken_by(request.user, request.now),
        demonstration=bool(settings.FEIDI_DEMONSTRATION),
    )
    ahead = forecast(book.playbook, request.today, Reckoning().due)
    return word_file(guide_paper(book, ahead, how), f"{book.title.zh}服务手册")


@require_http_methods(["GET", "POST"])
def playbook_copy(request: FeidiRequest, home: str, code: str) -> HttpResponse:
    """Copy a playbook into a place of one's own; the draft is published by a second person."""
    _outpost, book = _wanted(request, home, code)
    places = places_to_draft(request.actor)
    if not places:
        raise Http404
    first = home if home in dict(places) else places[0][0]
    form = CopyForm(sent(request), places=places, initial={"place": first, "name": code})
    if request.method == "POST" and form.is_valid():
        path = f"{FOLDER}/{form.cleaned_data['name']}.yaml"
        asked = {"place": form.cleaned_data["place"], "path": path, "from": f"{book.found.place}/{book.found.path}"}
        return redirect(f"{reverse('console:drafts:draft_edit')}?{urlencode(asked)}")
    context = {
        "form": form,
        "title": _("复制“{title}”").format(title=say(book.title)),
        "subtitle": _("复制后先改、先检查，再由另一人复核发布；正在办的进度不受影响。"),
        "onward": reverse("console:playbooks:playbook_view", args=[home, code]),
        "note": "",
        "submit": _("去起草"),
    }
    status = INVALID if form.errors else 200
    return render(request, "console/playbooks/form_page.html", context, status=status)
