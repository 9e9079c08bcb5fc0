"""Which step may follow which: one table for services and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feidi.domain.incubation.admission_enums import OVER, ApplicationState
from feidi.domain.incubation.models import Application
from feidi.engines.findings import refuse

S = ApplicationState
#: From where a step may be taken.
BEGINS: Final[Mapping[ApplicationState, frozenset[ApplicationState]]] = {
    S.SUBMITTED: frozenset({S.DRAFT, S.RETURNED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.ACCEPTED: frozenset({S.SUBMITTED}),
    S.REVIEWING: frozenset({S.ACCEPTED, S.JUDGED, S.WAITING}),
    S.JUDGED: frozenset({S.REVIEWING}),
    S.DECIDED: frozenset({S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.JUDGED, S.WAITING}),
    S.NOTICE: frozenset({S.DECIDED}),
    S.WAITING: frozenset({S.DECIDED}),
    S.APPROVED: frozenset({S.DECIDED, S.NOTICE}),
    S.REJECTED: frozenset({S.DECIDED, S.NOTICE}),
    S.ADMITTED: frozenset({S.APPROVED}),
    S.WITHDRAWN: frozenset(set(S) - OVER),
}


def may_follow(state: str, to: ApplicationState) -> bool:
    """Tell whether ``to`` may follow ``state``."""
    return state in BEGINS[to]


def require_step(row: Application, to: ApplicationState) -> None:
    """Refuse unless ``to`` may follow now: says where the application stands, and from where the step is taken."""
    if not may_follow(row.state, to):
        raise refuse(
            "incubation.application_not_now",
            number=row.number or "—",
            state=str(S(row.state).label),
            step=str(to.label),
            begins="、".join(str(each.label) for each in S if each in BEGINS[to]),
        )
