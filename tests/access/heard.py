"""What was said to the outpost of a row: an ask that waits, a bad answer with its follow-up, a complaint."""

from __future__ import annotations

from typing import Any

from feidi.domain.parties.selectors.feedback import whose_of
from feidi.domain.pipeline.models import Project
from feidi.kernel.feedback.enums import Channel, Via
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.feedback.services.complaints import NewComplaint, receive_complaint
from feidi.kernel.subjects import Subject
from tests.support.world import World


def heard_of(world: World, project: Project, number: int) -> dict[str, str]:
    """Ask two people about a row, let one be dissatisfied, and let a third complain."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    subject, owner = Subject("pipeline.project", project.uid), world.users["officer"]
    told = {"subject": subject, "occasion": "landing", "whose": whose_of(world.outpost), "owner": owner}
    waiting = ask(about=f"Qabout{number}", to=Respondent(f"Qone{number}", f"Qone{number}"), **told, **act)
    spoken = ask(about=f"Qheard{number}", to=Respondent(f"Qtwo{number}", f"Qtwo{number}"), **told, **act)
    assert waiting is not None
    assert spoken is not None
    given = Given(1, 0, words=f"Qsaid{number}")
    answer, _new = answer_ask(asked=spoken, given=given, via=Via.OWN, **act)
    new = NewComplaint(
        world.now.date(), Channel.PHONE, "space", f"Qwrong{number}", f"Qtale{number}", owner, f"Qwho{number}"
    )
    complaint = receive_complaint(whose=whose_of(world.outpost), new=new, **act)
    return {
        "feedback_ask": waiting.uid,
        "feedback_answer": answer.uid,
        "follow_up": answer.follow_up.uid,
        "complaint": complaint.uid,
    }
