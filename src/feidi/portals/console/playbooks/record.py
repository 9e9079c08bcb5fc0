"""What the page of a run shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope
from feidi.domain.playbook.access import EDIT, works_for
from feidi.domain.playbook.enums import RunState, StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.selectors.reckoning import Reckoning, burning_of, forecast_of, plan_of, waiting_labels
from feidi.domain.playbook.selectors.runs import sees_subject, subject_labels
from feidi.domain.playbook.selectors.sides import Sides, sides_of
from feidi.engines.playbooks import Forecast, Owner, Playbook, Step
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject, url_of
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.playbooks.burning import burnt_of
from feidi.portals.console.playbooks.lanes import draw
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Crumb


def run_context(actor: Actor, run: PlaybookRun, today: date) -> dict[str, Any]:
    """Return the context of a run's page. A fixed number of queries."""
    plan, sides = plan_of(run), sides_of(run.outpost)
    steps = list(run.steps.order_by("position"))
    reckoning = Reckoning()
    ahead = forecast_of(run, steps, today, reckoning)
    subject = subject_labels(actor, [run])[run.pk]
    may = actor.may(EDIT, outpost_scope(run.outpost_id)) and run.state == RunState.RUNNING
    words = {owner: presenting.side_word(sides, owner) for owner in plan.owners}
    return {
        "run": run,
        "title": presenting.title_of(run),
        "badges": presenting.badges_of(run),
        "subject": subject or _("（不在您的范围内）"),
        "subject_url": url_of(Subject(run.subject_kind, run.subject_uid)) if sees_subject(actor, run) else "",
        "may": may,
        "may_note": works_for(actor, run) and actor.may(EDIT, outpost_scope(run.outpost_id)),
        "today": today,
        "drawing": _drawing(plan, sides, steps, ahead),
        "turns": _turns(steps, sides, today),
        "phases": _phases(run, plan, sides, steps, ahead, today),
        "questions": _questions(run, plan),
        "path": [say(plan.by_code[each].label) for each in ahead.path],
        "ahead": ahead,
        "left_days": reckoning.working_days(today, ahead.end) if ahead.end > today else 0,
        "slip": (ahead.end - run.planned_end).days,
        "burnt": burnt_of(burning_of(run, steps, today), words),
        "log": presenting.history_of(
            list(run.entries.select_related("step").order_by("-id")), inside=works_for(actor, run)
        ),
        "copy_text": presenting.chat_of(run, subject, steps, today),
        "crumbs": [Crumb(_("服务进度"), reverse("console:playbooks:run_list")), Crumb(run.number)],
    }


def _drawing(plan: Playbook, sides: Sides, steps: Sequence[RunStep], ahead: Forecast) -> Any:
    urls = {each.code: presenting.step_url(each) for each in steps}
    looks = {each.code: "unclear" if each.unclear else each.state for each in steps}

    def side(owner: Owner) -> str:
        return presenting.side_word(sides, owner)

    def url(step: Step) -> str:
        return urls[step.code]

    return draw(plan, side=side, url=url, looks=looks, path=ahead.path)


def _turns(steps: Sequence[RunStep], sides: Sides, today: date) -> list[dict[str, Any]]:
    """Return the steps whose turn it is: whose, how it stands, by when."""
    return [
        {
            "step": each,
            "label": presenting.label_of(each),
            "url": presenting.step_url(each),
            "side": presenting.side_word(sides, each.owner),
            "standing": presenting.standing_of(each, today),
        }
        for each in steps
        if each.state in {StepState.OPEN, StepState.ASKED}
    ]


def _phases(
    run: PlaybookRun, plan: Playbook, sides: Sides, steps: Sequence[RunStep], ahead: Forecast, today: date
) -> list[dict[str, Any]]:
    waits = waiting_labels(run, {each.code: each for each in steps})
    found = []
    for phase in plan.phases:
        rows = [
            {
                "step": each,
                "label": presenting.label_of(each),
                "url": presenting.step_url(each),
                "side": presenting.side_word(sides, each.owner),
                "standing": presenting.standing_of(each, today),
                "waits": [presenting.label_of(one) for one in waits.get(each.code, ())],
                "critical": each.code in ahead.path,
                "foreseen": None if each.state not in _TO_COME else ahead.ends[each.code],
                "at_least": each.code in ahead.untimed,
            }
            for each in steps
            if each.phase == phase.code
        ]
        found.append({"label": say(phase.label), "steps": rows})
    return found


_TO_COME = frozenset({StepState.WAITING, StepState.OPEN, StepState.ASKED})


def _questions(run: PlaybookRun, plan: Playbook) -> list[tuple[str, str]]:
    found = []
    for each in plan.questions:
        value = run.answers.get(each.code)
        if value is None:
            words = _("待问清")
        elif isinstance(value, bool):
            words = _("是") if value else _("否")
        else:
            words = say(each.options[value])
        found.append((say(each.label), words))
    return found
