"""办理时长: how long the steps of a playbook really took, over the runs one sees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from feidi.domain.playbook.access import runs_in_office
from feidi.domain.playbook.enums import StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.selectors.reckoning import Reckoning
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Took:
    """``n`` steps done, half of them within ``median`` working days (from hand-over, or from its turn); ``late`` past their day."""

    n: int
    median: float
    late: int


def times_of(actor: Actor, playbook: str) -> dict[str, Took]:
    """Return step → how long it took. One query."""
    runs = runs_in_office(actor, PlaybookRun.objects.filter(playbook=playbook))
    rows = RunStep.objects.filter(run__in=runs.values("pk"), state=StepState.DONE, opened_on__isnull=False)
    found: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
    reckoning = Reckoning()
    for step in rows.only("code", "opened_on", "asked_on", "done_on", "due_on"):
        began, ended = step.asked_on or step.opened_on, step.done_on
        if began and ended:
            late = step.due_on is not None and ended > step.due_on
            found[step.code].append((reckoning.working_days(began, ended), late))
    return {
        code: Took(len(took), float(median(days for days, _late in took)), sum(late for _days, late in took))
        for code, took in found.items()
    }
