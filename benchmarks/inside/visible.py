"""What each of the benchmark's people may open: prints, for each, their key and a sample of project addresses."""

from __future__ import annotations

import json
import random

from feidi.domain.pipeline.selectors.projects import live_projects
from feidi.kernel.access import actor_for_user
from feidi.kernel.identity.models import User
from feidi.portals.ui import clock

SAMPLE = 2000


def main() -> None:
    """Print the list as JSON."""
    random.seed(7)
    now = clock.now()
    found = []
    for user in User.objects.filter(login__startswith="user").order_by("id"):
        uids = list(live_projects(actor_for_user(user, now)).order_by().values_list("uid", flat=True))
        found.append({"id": user.pk, "projects": random.sample(uids, min(SAMPLE, len(uids)))})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
