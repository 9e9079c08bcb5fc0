"""Audited rows in bulk, and what ``audit verify`` costs over them. Run as a child: ``… ENTRIES``; prints JSON.

Half of the entries say that a project was made, half that it was changed, a hundred to a link, as an import or a day of
work would leave them. Rows and entries go through the unit of work itself; only the projects are loaded in bulk.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from django.core.management import call_command

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.places import sync_places
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import recorded
from feidi.kernel.audit.verify import verify
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.subjects import new_uid
from feidi.portals.ui import clock

_A_LINK = 100
_KIND = "pipeline.project"


def main() -> None:
    """Load, verify, damage one row, verify again."""
    entries = int(sys.argv[1])
    now, actor = clock.now(), Actor(kind=ActorKind.COMMAND, label="benchmark")
    call_command("migrate", interactive=False, verbosity=0)
    load_folder(actor=actor, now=now)
    sync_places(actor=actor, now=now)
    outpost = Outpost.objects.get(code="yunbin")
    begun = time.perf_counter()
    for start in range(0, entries // 2, _A_LINK):
        rows = [
            Project(uid=new_uid(), outpost=outpost, code=f"YB-{n:07d}", name=f"演示项目{n}", created_at=now)
            for n in range(start, start + _A_LINK)
        ]
        with recorded(actor=actor, now=now) as unit:
            Project.objects.bulk_create(rows)
            for row in rows:
                unit.created(row, kind=_KIND)
        with recorded(actor=actor, now=now) as unit:
            for row in rows:
                before = unit.before(row, _KIND)
                row.industry = "新材料"
                unit.changed(row, kind=_KIND, before=before)
            Project.objects.bulk_update(rows, ["industry"])
    written = time.perf_counter() - begun
    begun = time.perf_counter()
    whole = verify()
    seconds = time.perf_counter() - begun
    Project.objects.filter(code="YB-0000042").update(industry="改过")
    found = [each.code for each in verify().faults]
    print(
        json.dumps(
            {
                "entries": whole.entries,
                "links": whole.links,
                "rows": whole.rows,
                "faults": len(whole.faults),
                "written_s": written,
                "verify_s": seconds,
                "found": found,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
