"""The four lists of a weekly meeting: whom to see, what has not moved, what others owe, what is to be reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from feidi.domain.liaison.models import Coordination, Instruction
from feidi.domain.liaison.selectors.coordinations import waiting_on_others
from feidi.domain.liaison.selectors.instructions import InstructionFilter, list_instructions
from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.projects import ProjectFilter, list_projects, live_projects
from feidi.kernel.access import Actor
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.selectors import open_todos

STALE_DAYS = 14
SHOWN = 15
#: From here on the home side expects to have heard of a project.
_EXPECTED = (Stage.AGREEING, Stage.SIGNED)


@dataclass(frozen=True, slots=True)
class ToSee:
    """One appointment: which project, what is to be done, by whom, when."""

    project: Project
    todo: Todo


@dataclass(frozen=True, slots=True)
class Week:
    """The four lists, at most ``SHOWN`` rows each. ``to_report``: instructions due, then projects not reported yet."""

    ends: date
    to_see: list[ToSee]
    stale: list[Project]
    stale_count: int
    waiting: list[Coordination]
    due: list[Instruction]
    unreported: list[Project]


def week_of(actor: Actor, outpost: Outpost, today: date) -> Week:
    """Return the four lists of one outpost for the week of ``today``; all of it narrowed to what the actor sees."""
    sunday = today + timedelta(days=6 - today.weekday())
    stale = list_projects(
        actor, ProjectFilter(stale_before=today - timedelta(days=STALE_DAYS), outpost_id=outpost.pk)
    ).order_by("last_talk_on", "id")
    projects = live_projects(actor).filter(outpost=outpost)
    return Week(
        ends=sunday,
        to_see=_to_see(actor, outpost, sunday),
        stale=list(stale[:SHOWN]),
        stale_count=stale.order_by().count(),
        waiting=list(waiting_on_others(actor, outpost_id=outpost.pk)[:SHOWN]),
        due=list(list_instructions(actor, InstructionFilter(due_by=sunday, outpost_id=outpost.pk))[:SHOWN]),
        unreported=list(
            projects.filter(reported_at__isnull=True, talks_stage__in=_EXPECTED, condition="").order_by("-id")[:SHOWN]
        ),
    )


def _to_see(actor: Actor, outpost: Outpost, sunday: date) -> list[ToSee]:
    here = Membership.objects.filter(outpost=outpost).values_list("user_id", flat=True)
    todos = list(open_todos(set(here), due_by=sunday).filter(Q(subject_kind="pipeline.project"))[: SHOWN * 2])
    uids = {each.subject_uid for each in todos}
    seen = {row.uid: row for row in live_projects(actor).filter(outpost=outpost, uid__in=uids)}
    return [ToSee(seen[each.subject_uid], each) for each in todos if each.subject_uid in seen][:SHOWN]
