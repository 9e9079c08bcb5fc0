"""How an introduction goes on: one table that says from where to where, and what must be there first.

The services ask it before they write; the page shows the same answer as a checklist (还差什么).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction
from feidi.engines.findings import Finding, Level, Refusal, RefusedError
from feidi.kernel.messages import Words

State = IntroductionState
Missing = Callable[[Introduction], bool]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be there before a step: its code, the words of it, and when it is still missing.

    ``by_row``: the row alone tells, so that a list asks nothing more of the database.
    """

    code: str
    label: Words
    missing: Missing
    by_row: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step: to which state, from which ones, what must be there. ``back``: whether it can be taken back."""

    to: IntroductionState
    label: Words
    begins: frozenset[IntroductionState]
    needs: tuple[Need, ...] = ()
    back: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as it stands for one introduction: may it be taken, and what is still missing."""

    step: Step
    open: bool
    missing: tuple[Need, ...]


_NEED_SAYS_YES: Final = Need("need_agreed", _("需求方顾问同意"), lambda row: row.need_agreed_on is None)
_OFFER_SAYS_YES: Final = Need("offer_agreed", _("供给方顾问同意"), lambda row: row.offer_agreed_on is None)
_NAMES_SHOWN: Final = Need("revealed", _("双方已互见单位"), lambda row: row.revealed_on is None)
_RESULT: Final = Need(
    "outcome",
    _("登记一项结果"),
    lambda row: not row.outcomes.filter(voided_at__isnull=True).exists(),
    by_row=False,
)
_MEETING: Final = Need(
    "meeting",
    _("一次已开、写明结果的会面"),
    lambda row: not row.meetings.filter(voided_at__isnull=True, held_on__isnull=False).exists(),
    by_row=False,
)
_TRIAL: Final = Need(
    "trial",
    _("一份试验方案"),
    lambda row: not row.trials.filter(voided_at__isnull=True).exists(),
    by_row=False,
)

_LIVE: Final = frozenset({State.INTERESTED, State.AGREED, State.REVEALED, State.MET, State.TRYING})
#: In the order in which they are usually taken.
STEPS: Final = (
    Step(State.AGREED, _("双方同意"), frozenset({State.INTERESTED}), (_NEED_SAYS_YES, _OFFER_SAYS_YES)),
    # what was read cannot be unread
    Step(State.REVEALED, _("互见单位"), frozenset({State.AGREED}), (_NEED_SAYS_YES, _OFFER_SAYS_YES), back=False),
    Step(State.MET, _("会面"), frozenset({State.REVEALED}), (_NAMES_SHOWN, _MEETING)),
    Step(State.TRYING, _("试验合作"), frozenset({State.REVEALED, State.MET}), (_NAMES_SHOWN, _TRIAL)),
    Step(
        State.CONCLUDED,
        _("达成"),
        frozenset({State.REVEALED, State.MET, State.TRYING}),
        (_NAMES_SHOWN, _RESULT),
    ),
    Step(State.ENDED, _("终止"), _LIVE),
)
_BY_STATE: Final = {each.to: each for each in STEPS}


def steps_of(introduction: Introduction) -> list[Standing]:
    """Return the steps that may follow, with what each still needs; none once it is concluded or ended."""
    return [
        Standing(step, not (missing := tuple(each for each in step.needs if each.missing(introduction))), missing)
        for step in STEPS
        if introduction.state in step.begins
    ]


def waits_of(introduction: Introduction) -> list[Words]:
    """Return what stands in the way of the step that usually follows, by the row alone; where nothing does, that step.

    Nothing once it is concluded or ended.
    """
    begun = (step for step in STEPS if introduction.state in step.begins and step.to is not State.ENDED)
    step = next(begun, None)
    if step is None:
        return []
    missing = [need.label for need in step.needs if need.by_row and need.missing(introduction)]
    return missing or [step.label]


def can_go_back(state: IntroductionState) -> bool:
    """Tell whether the step that led to ``state`` can be taken back."""
    step = _BY_STATE.get(state)
    return step is not None and step.back


def require_step(introduction: Introduction, to: IntroductionState) -> None:
    """Refuse unless ``to`` may follow now, with everything that is still missing at once."""
    step = _BY_STATE[to]
    if introduction.state not in step.begins:
        raise RefusedError(
            Refusal(
                "matching.introduction_not_now",
                {"state": str(State(introduction.state).label), "step": str(step.label)},
            )
        )
    missing = [each for each in step.needs if each.missing(introduction)]
    if missing:
        raise RefusedError(
            Refusal(
                "matching.introduction_missing",
                {"step": str(step.label), "n": len(missing)},
                tuple(
                    Finding(Level.PROBLEM, "matching.introduction_needs", {"what": str(each.label)}) for each in missing
                ),
            )
        )
