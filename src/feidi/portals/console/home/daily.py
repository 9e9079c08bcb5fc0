"""What of the daily work stands on the desk: what others owe us, what is due this week, what we wait for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from feidi.domain.liaison.access import VIEW, VIEW_HOME
from feidi.domain.liaison.models import Coordination, Instruction
from feidi.domain.liaison.selectors.coordinations import waiting_on_others
from feidi.domain.liaison.selectors.instructions import (
    InstructionFilter,
    due_this_week,
    list_instructions,
    own_outposts,
)
from feidi.domain.liaison.selectors.veiling import veil_of
from feidi.kernel.access import Actor
from feidi.portals.console.instructions.presenting import clock_of
from feidi.portals.console.instructions.views import week_ends

SHOWN = 12


def daily_of(actor: Actor, today: date) -> dict[str, Any]:
    """Return the desk's part of the daily work; at most four queries, none for who has no part in it.

    The home side sees everything that is open with it, since when it waits: 待反馈 · 第 n 天, in no order of merit.
    """
    staff = actor.may(VIEW)
    waiting: list[Coordination] = list(waiting_on_others(actor)[:SHOWN]) if staff else []
    matters: list[Instruction] = []
    if staff:
        matters = list(due_this_week(actor, week_ends(today))[:SHOWN])
    elif actor.may(VIEW_HOME):
        matters = list(list_instructions(actor, InstructionFilter(state="open"))[:SHOWN])
    veil, own = veil_of(actor, [each.project_id for each in matters]), own_outposts(actor)
    here = reverse("console:instructions:instruction_list")
    return {
        "waiting_on_others": waiting,
        "matters": [
            {
                "row": each,
                "what": veil.text(each.paraphrase),
                "clock": clock_of(each, today, staff=each.outpost_id in own),
            }
            for each in matters
        ],
        "matters_staff": staff,
        "matters_url": f"{here}?show={'week' if staff else 'open'}",
    }
