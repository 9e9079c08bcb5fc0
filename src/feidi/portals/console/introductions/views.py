"""The list of introductions and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.selectors.introduction_steps import can_go_back
from feidi.domain.matching.selectors.introductions import (
    SORTS,
    IntroductionFilter,
    get_introduction,
    list_introductions,
)
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.parties.access import outpost_scope, require
from feidi.portals.console.daily import edits, outposts_for
from feidi.portals.console.introductions import presenting
from feidi.portals.console.introductions.forms import IntroductionFilterForm
from feidi.portals.console.lists import asked_of, keys_asked, listed, workbook
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000


def record_url(uid: str) -> str:
    """Return the page of one introduction."""
    return reverse("console:introductions:introduction_view", args=[uid])


def editable(request: FeidiRequest, uid: str) -> Introduction:
    """Return one that the actor may change; others are refused or not found."""
    row = get_introduction(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def _wanted(request: FeidiRequest) -> tuple[IntroductionFilterForm, IntroductionFilter, int]:
    form = IntroductionFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    asked = keys_asked(given, words=("words", "state", "kind", "profile"), rows=("officer", "outpost"))
    wanted = IntroductionFilter(**asked, show=given.get("show") or "live")
    return form, wanted, active


@require_GET
def introduction_list(request: FeidiRequest) -> HttpResponse:
    """Introductions of the actor's outposts, newest first; those under way unless others are asked for."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    rows = list_introductions(request.actor, wanted)
    found = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text),
        "may_add": request.actor.may(EDIT),
        "export_url": f"{reverse('console:introductions:introduction_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/introductions/introduction_list.html", context)


@require_GET
def introduction_export(request: FeidiRequest) -> HttpResponse:
    """The listed introductions as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list(list_introductions(request.actor, wanted)[:_EXPORTED]))
    return workbook(
        request,
        name="introductions",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def introduction_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One introduction: both sides, what is still missing for the next step, meetings, trials, what came of it."""
    row = get_introduction(request.actor, uid)
    rules = matching_rules(row.outpost)
    state = IntroductionState(row.state)
    may = edits(request.actor, row.outpost, EDIT) and row.voided_at is None
    over = state in {IntroductionState.ENDED, IntroductionState.CONCLUDED}
    reviewer = request.actor.may("evidence.review", outpost_scope(row.outpost_id))
    context = {
        "row": row,
        "may": may,
        "waiting": may and state is IntroductionState.INTERESTED,
        "revealable": may and state is IntroductionState.AGREED,
        "named": row.revealed_on is not None,
        "ended": state is IntroductionState.ENDED,
        "may_end": may and not over,
        "may_act": may and row.revealed_on is not None and not over,
        "may_add_outcome": may and state is not IntroductionState.ENDED,
        "may_go_back": may and can_go_back(state),
        "may_void": may and row.revealed_on is None,
        "sides": presenting.sides_of(row),
        "steps": presenting.steps_for(row),
        "badges": presenting.badges_of(row, request.today, rules.reminders, confirmed=rules.confirmed),
        "meetings": list(row.meetings.filter(voided_at__isnull=True).order_by("planned_for")),
        "trials": presenting.trials_of(row),
        "outcomes": presenting.outcomes_of(request.actor, row, reviewer=reviewer),
        "may_files": request.actor.may("file.view", outpost_scope(row.outpost_id)),
        "log": presenting.log_of(row),
        "versions": [("version", str(row.version))],
        "copy_text": presenting.record_text(row),
        "today": request.today,
        "crumbs": [Crumb(_("对接"), reverse("console:introductions:introduction_list")), Crumb(row.number)],
    }
    return render(request, "console/introductions/introduction_view.html", context)
