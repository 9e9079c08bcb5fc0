"""Fill a measured installation up to many interactions over five years: ``benchmarks.inside.indicators INTERACTIONS``.

Run as a child, after ``inside.world``; what is there already counts. Prints what there is now, and whether the columns
that the process keeps are those that a recount gives.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta

from django.db import connection, transaction

from benchmarks.inside.world import NOW, TODAY
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Interaction, Project
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.domain.reporting.selectors.readings import kept
from feidi.engines.measures import named_period
from feidi.kernel.subjects import new_uid

_DAYS = 5 * 365
_BATCH = 5000


def main() -> None:
    """Add interactions until there are so many, then ask every figure twice."""
    wanted = int(sys.argv[1])
    random.seed(20261124)
    missing = max(0, wanted - Interaction.objects.count())
    keys = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, missing, _BATCH):
            Interaction.objects.bulk_create(
                _one(keys[(start + n) % len(keys)]) for n in range(min(_BATCH, missing - start))
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    outpost = Outpost.objects.get(code="yunbin")
    view = View((outpost.pk,), named_period(f"{TODAY.year}"), TODAY)
    first, took = _asked(view)
    again, second = _asked(view)
    kept.forget()
    anew, _third = _asked(view)
    print(
        json.dumps(
            {
                "projects": len(keys),
                "interactions": Interaction.objects.count(),
                "first": took,
                "second": second,
                "same": first == again == anew,
            }
        )
    )


def _one(project: int) -> Interaction:
    return Interaction(
        uid=new_uid(),
        project_id=project,
        kind=random.choice(("call", "call", "visit")),
        occurred_on=TODAY - timedelta(days=random.randrange(_DAYS)),
        summary="沟通进展，约定下次",
        recorded_by="演示用户",
        created_at=NOW,
    )


def _asked(view: View) -> tuple[list[str], float]:
    begun = time.perf_counter()
    found = [f"{each.code} {each.value} {each.reading.numerator}" for each in indicators_for(view, now=NOW)]
    return found, round(time.perf_counter() - begun, 3)


if __name__ == "__main__":
    main()
