"""What stands on somebody's desk today. Every figure opens the rows behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.stand_ins import absent_for
from feidi.domain.pipeline.access import visible_in_office, visible_to
from feidi.domain.pipeline.enums import LandingState, Stage, Track
from feidi.domain.pipeline.models import Gap, LandingCase, Project
from feidi.domain.pipeline.selectors.landing import queue_for
from feidi.domain.pipeline.selectors.projects import ProjectFilter, count_by_stage, list_projects
from feidi.domain.playbook.access import steps_visible_to
from feidi.domain.playbook.kinds import STEP
from feidi.domain.playbook.models import RunStep
from feidi.domain.policy.access import claims_visible_to
from feidi.domain.policy.models import PolicyClaim
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.selectors import due
from feidi.kernel.todos.access import visible_to as todos_visible_to
from feidi.kernel.todos.selectors import open_todos
from feidi.portals.console.candidates.desk import matching_of
from feidi.portals.console.home.daily import daily_of
from feidi.portals.console.pipeline.presenting import waiting
from feidi.portals.console.todos.presenting import lines_of
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Chart, Series

SHOWN = 12
STALE_DAYS = 14
AHEAD_DAYS = 3


def desk_of(actor: Actor, today: date) -> dict[str, Any]:
    """Return the context of the desk. A fixed number of queries, whatever the number of projects."""
    outposts = actor.scopes("project.view", ScopeKind.OUTPOST)
    clocks = list(due(outposts, today, within_days=AHEAD_DAYS)[: SHOWN + 1])
    return {
        "today": today,
        "clocks": _clock_rows(actor, clocks[:SHOWN]),
        "more_clocks": len(clocks) > SHOWN,
        "no_contact": list(list_projects(actor, ProjectFilter(no_contact=True, condition="none"))[:SHOWN])
        if outposts
        else [],
        "gaps": list(
            Gap.objects.filter(
                # row by row: few gaps are open, while "in all that the actor sees" would list every project first
                Exists(visible_in_office(actor, Project.objects.filter(pk=OuterRef("project_id")))),
                filled_at__isnull=True,
            )
            .prefetch_related("project")
            .order_by("due_on")[:SHOWN]
        ),
        "queue": waiting(queue_for(actor)[:SHOWN]) if actor.may("landing.verify") else [],
        "returned": list(_returned(actor)) if outposts else [],
        "todos": _todos(actor, today),
        "tiles": _tiles(actor, today),
        "chart": _funnel(actor),
        "is_operator": bool(outposts),
        **daily_of(actor, today),
        **matching_of(actor),
    }


#: What of the desk is work that waits: with none of it, the desk says so.
_WAITING = ("clocks", "no_contact", "gaps", "queue", "returned", "todos", "waiting_on_others", "matters", "list_counts")


def is_busy(desk: dict[str, Any]) -> bool:
    """Tell whether something stands on the desk: work that waits, or figures to look at."""
    return any(desk[name] for name in _WAITING) or any(tile["value"] for tile in desk["tiles"])


def _todos(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Return what the actor has to do, and what those for whom they stand in today have to do as far as they may see it.

    The rights stay the stand-in's own: of the others' only what is about rows that the actor sees anyway.
    """
    if actor.user_id is None:
        return []
    others = absent_for(actor.user_id, today)
    rows = list(open_todos([actor.user_id])[:SHOWN])
    if others:
        rows += todos_visible_to(actor, open_todos(list(others)))[:SHOWN]
    lines = lines_of(rows, actor)
    return [{**line, "for_whom": others.get(line["row"].assignee_id or 0, "")} for line in lines]


def _clock_rows(actor: Actor, clocks: list[Deadline]) -> list[dict[str, Any]]:
    """Return the clocks of rows that the actor may open: projects, claims that wait for a platform or for money, steps."""
    projects = visible_to(actor, Project.objects.filter(uid__in=_uids(clocks, "pipeline.project")))
    claims = claims_visible_to(actor, PolicyClaim.objects.filter(uid__in=_uids(clocks, "policy.claim")))
    seen: dict[str, tuple[str, str, bool]] = {
        each.uid: (each.name, reverse("console:pipeline:project_view", args=[each.uid]), True) for each in projects
    }
    for each in claims.select_related("organization", "person"):
        url = reverse("console:policy_claims:claim_view", args=[each.uid])
        seen[each.uid] = (f"{each.claimant} {each.clause_title}", url, False)
    steps = steps_visible_to(actor, RunStep.objects.filter(uid__in=_uids(clocks, STEP)))
    for step in steps.select_related("run"):
        url = reverse("console:playbooks:step_view", args=[step.uid])
        seen[step.uid] = (f"{step.run.number} {say_pair(step.run.title_zh, step.run.title_en)}", url, False)
    return [
        {
            "name": seen[each.subject_uid][0],
            "url": seen[each.subject_uid][1],
            "talk_of": each.subject_uid if seen[each.subject_uid][2] else "",
            "label": say_pair(each.label_zh, each.label_en),
            "due_on": each.due_on,
            "waiting_since": each.started_on if each.waiting_on else None,
            "unconfirmed": bool(each.taken_from),
        }
        for each in clocks
        if each.subject_uid in seen
    ]


def _uids(clocks: list[Deadline], kind: str) -> list[str]:
    return [each.subject_uid for each in clocks if each.subject_kind == kind]


def _project_seen(actor: Actor) -> Exists:
    """Ask row by row: few gaps and cases are open, while "in all that the actor sees" would list every project first."""
    live = Project.objects.filter(pk=OuterRef("project_id"), voided_at__isnull=True)
    return Exists(visible_to(actor, live))


def _returned(actor: Actor) -> QuerySet[LandingCase]:
    rows = LandingCase.objects.filter(_project_seen(actor), state=LandingState.RETURNED)
    return rows.prefetch_related("project").order_by("-decided_at")[:SHOWN]


def _tiles(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Return at most six figures. Counts come from the very lists they open."""
    if not (actor.may("project.view") or actor.may("project.view_reported")):
        return []
    here = reverse("console:pipeline:project_list")
    listed = [
        (_("项目"), ProjectFilter(), here),
        (_("超过14天没动"), ProjectFilter(stale_before=today - timedelta(days=STALE_DAYS)), f"{here}?show=stale"),
        (_("有待补"), ProjectFilter(gaps=True), f"{here}?show=gaps"),
        (_("经核验落地"), ProjectFilter(verified=True), f"{here}?show=verified"),
    ]
    return [
        {"label": label, "value": list_projects(actor, wanted).order_by().count(), "url": url}
        for label, wanted, url in listed
    ]


def _funnel(actor: Actor) -> Chart | None:
    """Return where the projects stand on the talks track; each bar opens its rows where the actor may see them."""
    counts = count_by_stage(actor, track=Track.TALKS)
    if not counts:
        return None
    here = reverse("console:pipeline:project_list")
    stages = [Stage(code) for code in counts]
    opens = actor.may("project.view")
    return Chart(
        kind="bars",
        # who sees the submitted ones alone would miss the others in the figures above
        title=_("洽谈轨道各阶段项目数") if opens else _("洽谈轨道各阶段项目数（含未报送的，只见数量）"),
        categories=[stage.label for stage in stages],
        series=[Series(_("项目数"), [counts[stage] for stage in stages])],
        unit=_("个"),
        urls=[f"{here}?stage=talks:{stage.value}" for stage in stages] if opens else (),
    )
