"""The card 服务进度 on the record of a project, an organization or a talent, and the way to a new run."""

from __future__ import annotations

from datetime import date
from typing import Any

from feidi.domain.parties.access import outpost_scope
from feidi.domain.playbook.access import EDIT, VIEW, VIEW_HOME
from feidi.domain.playbook.enums import OwnerSide
from feidi.domain.playbook.kinds import SERVED
from feidi.domain.playbook.selectors.runs import runs_on
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.playbooks.starting import start_url

_SHOWN = 20


def run_card(actor: Actor, served: str, uid: str, today: date, *, outpost_id: int | None = None) -> dict[str, Any]:
    """Return what the card shows; nothing for who has no part in playbooks. Two queries."""
    if not (actor.may(VIEW) or actor.may(VIEW_HOME)):
        return {"playbook_runs": None}
    scopes = (outpost_scope(outpost_id),) if outpost_id is not None else ()
    rows = list(runs_on(actor, Subject(SERVED[served], uid))[:_SHOWN])
    return {
        "playbook_runs": {
            "lines": [_line(each, today) for each in rows],
            "start_url": start_url(served, uid) if actor.may(EDIT, *scopes) else "",
        }
    }


def _line(run: Any, today: date) -> dict[str, Any]:
    return {
        "number": run.number,
        "title": presenting.title_of(run),
        "url": presenting.run_url(run),
        "badges": presenting.badges_of(run)[1:],
        "current": [
            (OwnerSide(each.owner).label, presenting.label_of(each), presenting.standing_of(each, today))
            for each in run.current
        ],
    }
