"""Tasks of the year 年度任务 from content, and how far along they are: 完成率, 序时进度, 快/慢."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from feidi.domain.parties.models import Outpost
from feidi.engines.findings import RefusedError
from feidi.kernel.content.library import read
from feidi.kernel.documents.office.chat_text import completion, pace_points, percent_points, time_progress

TARGETS = "enclave/targets.yaml"
#: Code of content → figure that is compared with it.
FIGURE_OF = {"leads": "K01", "contracts": "K08", "verified": "K14", "outcomes": "K16"}


@dataclass(frozen=True, slots=True)
class Task:
    """The year's task of one figure: what must be reached, and what is striven for."""

    figure: str
    floor: int
    stretch: int
    wording: str
    source: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: ``done`` and ``passed`` in per cent with one decimal, ``points`` ahead (+) or behind (-)."""

    task: Task
    value: int
    done: Decimal
    passed: Decimal
    points: Decimal


def tasks_for(outposts: Iterable[Outpost], on: date) -> dict[str, Task]:
    """Return figure → task of the year. Outposts of one home share its tasks; of several homes none is said."""
    homes = {each.home.code for each in outposts}
    if len(homes) != 1:
        return {}
    try:
        content = read(homes.pop(), TARGETS, on=on)
    except RefusedError:
        return {}
    found = [each for each in content.data["targets"] if each["code"] in FIGURE_OF and each["per"] == "calendar_year"]
    return {
        FIGURE_OF[each["code"]]: Task(
            FIGURE_OF[each["code"]], each["floor"], each["stretch"], each["wording"], str(content.data["source"])
        )
        for each in found
    }


def progress_of(task: Task, value: int, as_of: date) -> Progress | None:
    """Return how far ``value`` of the year of ``as_of`` is with its task; None when the task is 0."""
    done = completion(value, task.floor)
    if done is None:
        return None
    passed = time_progress(as_of, as_of.year)
    return Progress(task, value, _percent(done), _percent(passed), pace_points(done, passed))


def _percent(share: Fraction) -> Decimal:
    return percent_points(share)
