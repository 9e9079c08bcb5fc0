"""试验合作: planned with its protocol and who pays, measured, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import IntroductionState, NextDecision
from feidi.domain.matching.models import Introduction, Trial
from feidi.domain.matching.services.introduction_changing import changed_introduction, take_step
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.messages import Words

KIND: Final = "matching.trial"
#: What a trial must say before it begins; nobody says afterwards who was to pay.
_SAID: Final[dict[str, Words]] = {
    "subject": gettext_lazy("试验内容"),
    "sample": gettext_lazy("样品或产线"),
    "protocol": gettext_lazy("试验方案"),
    "place": gettext_lazy("地点"),
    "payer": gettext_lazy("谁付费"),
}
_TRYING: Final = frozenset({IntroductionState.REVEALED, IntroductionState.MET, IntroductionState.TRYING})


@dataclass(frozen=True, slots=True)
class NewTrial:
    """Which sample or line, by which protocol, when, where, who pays; ``cost`` None: not agreed yet."""

    subject: str
    sample: str
    protocol: str
    planned_on: date
    place: str
    payer: str
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, on which day, and what both decided to do next ("" while they have not)."""

    on: date
    measured: str
    next_decision: NextDecision | None = None


def plan_trial(*, actor: Actor, now: datetime, introduction: Introduction, new: NewTrial) -> Trial:
    """Plan a trial; with the first one the introduction is trying.

    Refused: names not shown yet or the introduction is over, and, all at once, whatever is not said.
    """
    require(actor, EDIT, outpost_scope(introduction.outpost_id))
    silent = [label for name, label in _SAID.items() if not getattr(new, name).strip()]
    if silent:
        findings = [Finding(Level.PROBLEM, "matching.trial_needs", {"what": str(each)}) for each in silent]
        raise refuse("matching.trial_incomplete", *findings, n=len(silent))
    with recorded(actor=actor, now=now) as unit, changed_introduction(unit, introduction) as row:
        if row.state not in _TRYING:
            raise refuse(
                "matching.introduction_not_now", state=str(IntroductionState(row.state).label), step=_("试验合作")
            )
        trial = Trial(
            introduction=row,
            planned_on=new.planned_on,
            cost_fen=new.cost.fen if new.cost else None,
            currency=(new.cost.currency or "") if new.cost else "",
            recorded_by=actor.label[:160],
            created_at=now,
            **{name: getattr(new, name).strip() for name in _SAID},
        )
        trial.save()
        unit.created(trial, kind=KIND)
        if row.state != IntroductionState.TRYING:
            take_step(row, IntroductionState.TRYING, actor=actor, now=now)
    return trial


def record_trial_result(*, actor: Actor, now: datetime, trial: Trial, result: Measured) -> Trial:
    """Write down what was measured and what comes next. Again: corrected, the trail keeps the first.

    Refused: nothing measured, a day in the future, taken back.
    """
    require(actor, EDIT, outpost_scope(trial.introduction.outpost_id))
    if not result.measured.strip():
        raise refuse("matching.trial_not_measured")
    if result.on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=result.on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = _standing(trial)
        before = unit.before(row, KIND)
        row.done_on, row.measured = result.on, result.measured.strip()
        row.next_decision = result.next_decision or ""
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, action="measured")
    return row


def void_trial(*, actor: Actor, now: datetime, trial: Trial, reason: str) -> Trial:
    """Take a trial back that was entered in error, with a reason."""
    require(actor, EDIT, outpost_scope(trial.introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _standing(trial)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action="voided")
    return row


def _standing(trial: Trial) -> Trial:
    row = Trial.objects.select_for_update(of=("self",)).select_related("introduction").get(pk=trial.pk)
    if row.voided_at is not None:
        raise refuse("matching.trial_voided", reason=row.void_reason)
    return row
