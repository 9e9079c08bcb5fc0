"""Trips, ceremonies, plans and hand-overs around a row of the cast, each part under its own mark."""

from __future__ import annotations

from typing import Any

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import WorkHandover
from feidi.domain.liaison.services.ceremonies import CeremonyPlan, plan_ceremony
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    Progress,
    TaskFacts,
    add_task,
    draft_plan,
    link_task,
    note_progress,
)
from feidi.domain.liaison.services.trips import StopPlan, TripPlan, add_stop, plan_trip
from feidi.domain.pipeline.models import Project
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from tests.support.world import World


def outings_of(world: World, project: Project, number: int) -> dict[str, str]:
    """What is shared with the home side names the project wherever it can."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, outpost, named = world.now.date(), world.outpost, f"{project.name} {project.sponsor_name} {project.code}"
    trip = plan_trip(outpost=outpost, plan=TripPlan(TripKind.OUTBOUND, f"Qtrip{number}", today, today), **act)
    stop = add_stop(trip=trip, plan=StopPlan(today, named, project=project), **act)
    words = CeremonyPlan(f"Qcerem{number} {project.name}", today, script=named)
    ceremony = plan_ceremony(outpost=outpost, plan=words, projects=[project], **act)
    plan = draft_plan(outpost=outpost, series=f"Qplan{number}", facts=PlanFacts(f"Qplan{number}", today, today), **act)
    task = add_task(plan=plan, facts=TaskFacts("1", named, group=named, measure=named), **act)
    link_task(task=task, code=project.code, **act)
    progress = note_progress(task=task, progress=Progress(today, named), **act)
    table = store_upload(
        subject=Subject("liaison.plan", plan.uid),
        name=f"Qplan{number}.csv",
        chunks=["序号,任务\n2,其他".encode()],
        **act,
    )
    handover = WorkHandover.objects.create(
        outpost=outpost, number=f"Qhand{number}", leaver=world.users["officer"], taker=world.users["lead"],
        reason="轮岗", handed_at=world.now, handed_by="lead", created_at=world.now,
    )  # fmt: skip
    return {
        "trip": trip.uid,
        "stop": stop.uid,
        "ceremony": ceremony.uid,
        "ceremony_item": ceremony.items.get().uid,
        "plan": plan.uid,
        "plan_task": task.uid,
        "plan_progress": progress.uid,
        "plan_file": table.uid,
        "handover": handover.uid,
    }
