"""Open a screen of a measured installation: ``benchmarks.inside.wall``. Prints the outpost's uid and the screen's token."""

from __future__ import annotations

import json

from benchmarks.inside.world import NOW
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.access import WALL_CLEAR
from feidi.domain.reporting.services.wall import make_screen
from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind


def main() -> None:
    """Make the screen."""
    outpost = Outpost.objects.select_related("home").get(code="yunbin")
    grant = Grant("benchmark", frozenset({WALL_CLEAR}), Scope(ScopeKind.OUTPOST, outpost.pk))
    actor = Actor(kind=ActorKind.COMMAND, label="benchmark", grants=(grant,))
    _row, token = make_screen(actor=actor, now=NOW, outpost=outpost, label="演示屏")
    print(json.dumps({"outpost": outpost.uid, "token": token, "projects": Project.objects.count()}))


if __name__ == "__main__":
    main()
