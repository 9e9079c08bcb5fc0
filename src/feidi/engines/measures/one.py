"""Where one project stands in one measure: the plain form, one row at a time. ``many`` says the same for columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from feidi.engines.measures.rows import TALKS, Period, ProjectRow

#: out: not of this measure; base: counted below the line only; hit: counted; opening, forced: counted apart.
Place = Literal["out", "base", "hit", "opening", "forced"]
NOTE_DAYS, JUDGE_DAYS, JUDGE_DAYS_MAJOR = 14, 3, 7


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and the last day known of (``as_of``, included)."""

    period: Period
    as_of: date

    @property
    def end(self) -> date:
        """The first day that is no longer looked at: the period's end, or the day after ``as_of``."""
        return min(self.period.end, self.as_of + timedelta(days=1))

    def holds(self, day: date | None) -> bool:
        """Tell whether a known day lies in the part of the period that is looked at."""
        return day is not None and self.period.start <= day < self.end

    def by(self, day: date | None) -> bool:
        """Tell whether a known day has come by ``as_of``."""
        return day is not None and day <= self.as_of


Judge = Callable[[ProjectRow, Asked], Place]


def place_of(code: str, row: ProjectRow, asked: Asked) -> Place:
    """Return where ``row`` stands in the measure ``code``. Raises KeyError for an unknown code."""
    return _JUDGES[code](row, asked)


def _hit(counts: bool) -> Place:  # noqa: FBT001 - the answer itself
    return "hit" if counts else "base"


def _opened_before(row: ProjectRow, stage: str, asked: Asked) -> bool:
    """Tell whether the ledger claims that the project had come to ``stage``, in the period or on no known day."""
    if row.opening_place < TALKS.index(stage):
        return False
    return row.opened_on is None or asked.holds(row.opened_on)


def _lead(row: ProjectRow, asked: Asked) -> Place:
    if asked.holds(row.lead_on):
        return "hit"
    return "opening" if row.lead_on is None and _opened_before(row, "lead", asked) else "out"


def _valid(row: ProjectRow, asked: Asked) -> Place:
    if not asked.holds(row.lead_on) or row.judged_follow is None:
        return "out"
    return _hit(row.judged_follow)


def _responded(row: ProjectRow, asked: Asked) -> Place:
    due = row.contact_due_on
    if not asked.holds(row.lead_on) or due is None or due >= asked.as_of:
        return "out"
    return _hit(row.contacted_on is not None and row.contacted_on <= due)


def _judged(row: ProjectRow, asked: Asked) -> Place:
    if row.lead_on is None or not asked.holds(row.lead_on):
        return "out"
    limit = row.lead_on + timedelta(days=JUDGE_DAYS_MAJOR if row.major else JUDGE_DAYS)
    if limit >= asked.as_of:
        return "out"
    return _hit(row.judged_on is not None and row.judged_on <= limit)


def _followed(row: ProjectRow, asked: Asked) -> Place:
    if not is_open(row, asked):
        return "out"
    return _hit(row.noted_on is not None and asked.end - timedelta(days=NOTE_DAYS) <= row.noted_on < asked.end)


def is_open(row: ProjectRow, asked: Asked) -> bool:
    """Tell whether the project is in talks (在谈) at the end: come in, not signed, under no condition."""
    came = row.entered_on is not None and row.entered_on < asked.end
    left = row.left_talks_on is not None and row.left_talks_on < asked.end
    return came and not left and not row.under_condition


def _conversion(stage: str, onward: str) -> Judge:
    def judge(row: ProjectRow, asked: Asked) -> Place:
        if row.opening_place >= TALKS.index(stage):
            return "opening" if _opened_before(row, stage, asked) else "out"
        if not asked.holds(getattr(row, f"{stage}_on")):
            return "out"
        return "forced" if asked.by(row.forced_on) else _hit(asked.by(getattr(row, f"{onward}_on")))

    return judge


def _first(name: str) -> Judge:
    return lambda row, asked: "hit" if asked.holds(getattr(row, name)) else "out"


def _tenancy_only(row: ProjectRow, asked: Asked) -> Place:
    return "hit" if asked.holds(row.tenancy_on) and not asked.by(row.contract_on) else "out"


def _contracted(row: ProjectRow, asked: Asked) -> Place:
    return _hit(asked.by(row.contract_on)) if asked.holds(row.framework_on) else "out"


def _apart(row: ProjectRow, asked: Asked) -> Place | None:
    if row.home_opening:
        return "opening"
    return "forced" if asked.by(row.forced_on) else None


def _fulfilled(row: ProjectRow, asked: Asked) -> Place:
    if row.contract_on is None or row.contract_on >= asked.end:
        return "out"
    return _apart(row, asked) or _hit(asked.by(row.home_on))


def _under_contract(row: ProjectRow, asked: Asked) -> Place:
    return "hit" if row.contract_on is not None and row.contract_on < asked.end else "out"


def _landed(stage: str) -> Judge:
    def judge(row: ProjectRow, asked: Asked) -> Place:
        if not asked.holds(row.contract_on):
            return "out"
        return _apart(row, asked) or _hit(asked.by(getattr(row, f"{stage}_on")))

    return judge


def _late(row: ProjectRow, asked: Asked) -> Place:
    signed = row.contract_on is not None and row.contract_on < asked.end
    due = row.agreed_start_on is not None and row.agreed_start_on < asked.as_of
    if not (signed and due) or asked.by(row.started_on):
        return "out"
    return "opening" if row.home_opening else "hit"


def _verified(row: ProjectRow, asked: Asked) -> Place:
    return "hit" if asked.holds(row.verified_on) and row.verified_stands else "out"


def _cycle(row: ProjectRow, asked: Asked) -> Place:
    if _verified(row, asked) == "out":
        return "out"
    if row.opening_place >= TALKS.index("negotiating") or row.home_opening:
        return "opening"
    if asked.by(row.forced_on):
        return "forced"
    known = row.negotiating_on is not None and row.verified_on is not None and row.negotiating_on <= row.verified_on
    return "hit" if known else "out"


_JUDGES: dict[str, Judge] = {
    "K01": _lead,
    "K02": _valid,
    "K03": _responded,
    "K04": _judged,
    "K05": _followed,
    "K06": _conversion("negotiating", "inspecting"),
    "K07": _conversion("inspecting", "key"),
    "K08": _first("contract_on"),
    "K08F": _first("framework_on"),
    "K08T": _tenancy_only,
    "K09": _contracted,
    "K10": _fulfilled,
    "K11R": _landed("registered"),
    "K11S": _landed("started"),
    "K11P": _landed("producing"),
    "K12": _late,
    "K13": _under_contract,
    "K14": _verified,
    "K15": _cycle,
}
