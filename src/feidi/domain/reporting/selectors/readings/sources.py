"""How old the data of each figure is: the last day on which something it rests on was written down or read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import DateTimeField, Max, Model

from feidi.domain.incubation.models import MentorHour, PeriodReport, Receipt, Tenancy, TenantOutcome
from feidi.domain.matching.models import CandidateRow, IntroductionLog
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.models import ClauseStanding, PolicyClaim
from feidi.domain.reporting.models import ActualCost, FlowEntry
from feidi.domain.reporting.selectors.figures import gathered
from feidi.domain.reporting.selectors.indicator_choice import chosen_for
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.reporting.selectors.readings.projects import updated
from feidi.domain.space.models import Booking, Occupation
from feidi.domain.talent.models import GreenCase, Talent
from feidi.engines.measures import INDICATORS, Reading, Rows, ratio_reading
from feidi.kernel.feedback.models import Answer

FRESH_DAYS = 31
KIND = "reporting.figure"
#: Family of figures → (table, path to the outpost, field) of what is written when something happens.
_WRITTEN: Final[dict[str, tuple[tuple[type[Model], str, str], ...]]] = {
    "space": ((Occupation, "unit__outpost_id", "created_at"), (Booking, "outpost_id", "created_at")),
    "firms": (
        (Tenancy, "outpost_id", "created_at"),
        (PeriodReport, "tenancy__outpost_id", "submitted_at"),
        (TenantOutcome, "outpost_id", "created_at"),
        (Receipt, "charge__tenancy__outpost_id", "created_at"),
        (MentorHour, "mentor__outpost_id", "created_at"),
    ),
    "talents": ((Talent, "outpost_id", "created_at"), (GreenCase, "outpost_id", "created_at")),
    "costs": ((ActualCost, "contract__outpost_id", "created_at"),),
    "matching": (
        (CandidateRow, "candidate_list__outpost_id", "answered_at"),
        (IntroductionLog, "introduction__outpost_id", "at"),
    ),
    "flows": ((FlowEntry, "outpost_id", "created_at"),),
    "claims": ((PolicyClaim, "outpost_id", "status_seen_on"),),
    "standings": ((ClauseStanding, "outpost_id", "evaluated_at"),),
    "feedback": ((Answer, "scope_outpost", "answered_on"),),
}
_FAMILY: Final[dict[str, str]] = {
    **dict.fromkeys(("K19", "K20", "K21", "K22"), "space"),
    **dict.fromkeys(("K16", "K23", "K24", "K25", "K26", "K27", "K28", "K29"), "firms"),
    **dict.fromkeys(("K32", "K33"), "talents"),
    **dict.fromkeys(("K34", "K35"), "matching"),
    "K31": "costs",
    "K36": "flows",
    "K37": "claims",
    "K38": "standings",
    "K39": "feedback",
}


def source_days(asked: Question) -> dict[str, date | None]:
    """Return figure → the newest day of its data by the as-of date; None: nothing was ever written."""
    days = {family: _newest(asked, tables) for family, tables in _WRITTEN.items()}
    columns = gathered(asked.view)[0]
    last = int(np.max(updated(columns, asked.end), initial=0))
    projects = date.fromordinal(last) if last else None
    return {code: days[_FAMILY[code[:3]]] if code[:3] in _FAMILY else projects for code in INDICATORS}


def _newest(asked: Question, tables: Iterable[tuple[type[Model], str, str]]) -> date | None:
    after = asked.last + timedelta(days=1)
    midnight = datetime.combine(after, time(), SHANGHAI)
    found = []
    for model, path, field in tables:
        moment = isinstance(model._meta.get_field(field), DateTimeField)
        rows = model._default_manager.filter(
            **{f"{path}__in": asked.pks, f"{field}__lt": midnight if moment else after}
        )
        value = rows.aggregate(n=Max(field))["n"]
        if value is not None:
            found.append(_day(value))
    return max(found, default=None)


def _day(value: Any) -> date:
    return value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value


def figures_reading(asked: Question) -> dict[str, Reading]:
    """Return K40 of figures: of those in daily use, those whose data is at most 31 days old."""
    used, days, places = chosen_for(asked.outposts).codes, source_days(asked), list(INDICATORS)

    def rows(keep: Callable[[str], bool]) -> Rows:
        return Rows(KIND, tuple(places.index(code) for code in used if keep(code)))

    def fresh(code: str) -> bool:
        day = days[code]
        return day is not None and (asked.last - day).days <= FRESH_DAYS

    return {"K40F": ratio_reading("K40F", rows(fresh), rows(lambda _code: True))}
