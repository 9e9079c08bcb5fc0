"""What the page of a step shows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope
from feidi.domain.playbook.access import EDIT, REVIEW, scopes_of, works_for
from feidi.domain.playbook.enums import OwnerSide, RunState, StepState
from feidi.domain.playbook.kinds import PURPOSE, STEP
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.selectors.reckoning import plan_of, waiting_labels
from feidi.domain.playbook.selectors.runs import subject_labels
from feidi.domain.playbook.selectors.sides import sides_of
from feidi.domain.playbook.services.evidence import may_hand_in
from feidi.domain.playbook.services.steps import may_finish
from feidi.engines.playbooks import open_questions
from feidi.kernel.access import Actor
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.profiles.pieces import pieces_of
from feidi.portals.console.words import say, say_pair
from feidi.portals.ui.pieces import Crumb

_UNDER_WAY = frozenset({StepState.OPEN, StepState.ASKED})


def step_context(actor: Actor, step: RunStep, today: date) -> dict[str, Any]:
    """Return the context of a step's page. A fixed number of queries."""
    run, plan = step.run, plan_of(step.run)
    planned = plan.by_code[step.code]
    waits = waiting_labels(run, {each.code: each for each in run.steps.all()}).get(step.code, ())
    asked = {each.code: each for each in plan.questions}
    return {
        "step": step,
        "run": run,
        "title": presenting.label_of(step),
        "subtitle": f"{presenting.title_of(run)}　{subject_labels(actor, [run])[run.pk]}",
        "standing": presenting.standing_of(step, today),
        "clock": presenting.clock_of(step, today),
        "borrowed": bool(planned.clock and planned.clock.taken_from) and not step.due_agreed,
        "today": today,
        **_acts(actor, step),
        "waits": [presenting.label_of(each) for each in waits],
        "open_questions": [say(asked[code].label) for code in open_questions(planned, run.answers)]
        if step.unclear
        else [],
        "answer_url": reverse("console:playbooks:run_answer", args=[run.uid]) if acts_on(actor, run) else "",
        "documents": [say(each) for each in planned.documents],
        "note": planned.note,
        "pairs": _pairs(step),
        "requirements": _requirements(actor, step),
        "log": presenting.history_of(
            list(step.entries.select_related("step").order_by("-id")), inside=works_for(actor, run)
        ),
        "crumbs": [
            Crumb(_("服务进度"), reverse("console:playbooks:run_list")),
            Crumb(run.number, presenting.run_url(run)),
            Crumb(presenting.label_of(step)),
        ],
    }


def acts_on(actor: Actor, run: PlaybookRun) -> bool:
    """Tell whether the actor works on a run that is under way."""
    return run.state == RunState.RUNNING and actor.may(EDIT, outpost_scope(run.outpost_id))


def _acts(actor: Actor, step: RunStep) -> dict[str, bool]:
    """Return what may be done with the step by this actor."""
    run = step.run
    works = acts_on(actor, run)
    under_way = run.state == RunState.RUNNING and step.state in _UNDER_WAY
    settled = step.state in {StepState.DONE, StepState.SKIPPED}
    return {
        "may_ask": works and step.state == StepState.OPEN and step.owner != OwnerSide.OPERATOR,
        "may_finish": under_way and may_finish(actor, step),
        "may_move": works and under_way,
        "may_skip": works and step.state in {StepState.WAITING, *_UNDER_WAY},
        "may_reopen": settled and run.state != RunState.STOPPED and actor.may(EDIT, outpost_scope(run.outpost_id)),
        "may_hand_in": under_way and may_hand_in(actor, step),
        "may_files": actor.may("file.view", *scopes_of(run)),
    }


def _pairs(step: RunStep) -> list[tuple[str, Any]]:
    run, plan = step.run, plan_of(step.run)
    planned = plan.by_code[step.code]
    pairs: list[tuple[str, Any]] = [
        (_("由谁办"), presenting.side_word(sides_of(run.outpost), step.owner)),
        (_("手册规定的时限"), presenting.clock_words(planned.clock, plan)),
        (_("没有时限的原因"), planned.no_clock if planned.clock is None else ""),
        (_("什么情况下办"), "；".join(presenting.conditions_of(planned, plan))),
        (_("轮到的日期"), step.opened_on),
        (_("交件日期"), step.asked_on),
        (_("交给谁"), step.asked_of),
        (_("受理号、回执"), step.receipt),
        (_("现在的时限"), step.due_on),
        (_("办结日期"), step.done_on),
        (_("结果或答复"), step.answer),
        (_("略过的原因"), step.reason),
    ]
    return [(label, value) for label, value in pairs if value]


def _requirements(actor: Actor, step: RunStep) -> list[dict[str, Any]]:
    """Return what must be shown, each with what was handed in."""
    reviewer = actor.may(REVIEW, *scopes_of(step.run))
    found = []
    for state in state_of(Subject(STEP, step.uid), PURPOSE):
        asked = state.requirement
        add = reverse("console:playbooks:step_show", args=[step.uid, asked.kind])
        found.append(
            {
                "label": say_pair(asked.label_zh, asked.label_en),
                "state": state,
                "add_url": add,
                "pieces": pieces_of(
                    actor,
                    [state],
                    frozenset({step.run.officer_id}),
                    reviewer=reviewer,
                    show_url=add,
                    decide_url=partial(_decide, step.uid),
                ),
            }
        )
    return found


def _decide(step: str, item: str) -> str:
    return reverse("console:playbooks:step_decide", args=[step, item])
