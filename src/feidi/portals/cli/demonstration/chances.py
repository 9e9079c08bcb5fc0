"""What the demonstration's officers think of the projects up for choice: few cases, one estimate, one not said. Invented."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from feidi.domain.matching.selectors.choosing import OPEN_STAGES
from feidi.domain.matching.services.chances import Statement, state_chance
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

_NOTE: Final = "演示：虚构的同类案例"
_WAN: Final = 1_000_000
#: In turn; None: nobody has said anything, and the page asks.
_SAID: Final = (
    Statement(_NOTE, successes=3, cases=5, area_m2=120, cost=Money(40 * _WAN, "CNY")),
    Statement(_NOTE, successes=2, cases=4, area_m2=90, cost=Money(25 * _WAN, "CNY")),
    Statement("演示：虚构的估计", lo=40, hi=65, area_m2=150, cost=Money(60 * _WAN, "CNY")),
    None,
    Statement(_NOTE, successes=1, cases=3, area_m2=60, cost=Money(15 * _WAN, "CNY")),
    Statement(_NOTE, successes=4, cases=7, area_m2=200, cost=Money(80 * _WAN, "CNY")),
)


def load(scene: Scene) -> None:
    """Say it on the last evening, as the officer."""
    now = datetime.combine(scene.last_day, time(18, 30), SHANGHAI)
    rows = Project.objects.filter(
        outpost=scene.outpost, voided_at__isnull=True, condition="", talks_stage__in=OPEN_STAGES
    )
    for at, project in enumerate(rows.select_related("outpost").order_by("-talks_stage", "code")):
        said = _SAID[at % len(_SAID)]
        if said is not None:
            state_chance(actor=scene.actors["officer"], now=now, project=project, said=said)
