"""The tab 待办、交办与会议 of a project's record: what is to be done, was handed down, asked, decided, and where one went."""

from __future__ import annotations

from datetime import date
from typing import Any

from feidi.domain.liaison.selectors.coordinations import coordinations_of
from feidi.domain.liaison.selectors.instructions import instructions_of, own_outposts
from feidi.domain.liaison.selectors.meetings import decisions_of
from feidi.domain.liaison.selectors.todos import todos_of
from feidi.domain.liaison.selectors.trips import trips_of
from feidi.domain.parties.access import outpost_scope
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.portals.console.coordinations.presenting import clock_of as clock_of_coordination
from feidi.portals.console.daily import EDIT
from feidi.portals.console.instructions.presenting import clock_of as clock_of_instruction
from feidi.portals.console.todos.presenting import lines_of

_SHOWN = 50


def daily_context(actor: Actor, project: Project, today: date) -> dict[str, Any]:
    """Return what the tab shows; a fixed number of queries. The reader has the project open, so nothing here is veiled."""
    staff = project.outpost_id in own_outposts(actor)
    return {
        "instructions": [
            {"row": each, "clock": clock_of_instruction(each, today, staff=staff)}
            for each in instructions_of(actor, project)[:_SHOWN]
        ],
        "coordinations": [
            {"row": each, "clock": clock_of_coordination(each, today)}
            for each in coordinations_of(actor, project)[:_SHOWN]
        ],
        "decisions": list(decisions_of(actor, project)[:_SHOWN]),
        "stops": list(trips_of(actor, project)[:_SHOWN]) if staff else [],
        "todos": [
            {**line, "who": line["row"].assignee.display_name if line["row"].assignee else ""}
            for line in (lines_of(list(todos_of(project)[:_SHOWN]), actor) if staff else [])
        ],
        "daily_staff": staff,
        "daily_edit": actor.may(EDIT, outpost_scope(project.outpost_id)),
    }
