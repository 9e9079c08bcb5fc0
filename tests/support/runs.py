"""Runs of playbooks for tests: started on a project or a firm, taken from step to step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.enums import StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.services.evidence import Piece, decide_piece, hand_in
from feidi.domain.playbook.services.runs import NewRun, start_run
from feidi.domain.playbook.services.steps import Done, HandOver, ask_step, finish_step
from feidi.kernel.evidence.models import EvidenceRequirement
from feidi.kernel.subjects import Subject
from tests.support.world import World


def run_on(world: World, project: Project, playbook: str = "incubate_land", **more: Any) -> PlaybookRun:
    """Start a run on a project, led by the officer."""
    new = NewRun(playbook, Subject("pipeline.project", project.uid), world.users["officer"], **more)
    return start_run(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new)


def run_of_firm(
    world: World, name: str = "云溪甲窑炉有限公司", playbook: str = "home_firms_out", **more: Any
) -> PlaybookRun:
    """Start a run on an organization that the outpost knows; the firm itself sees it."""
    firm, _made = Organization.objects.get_or_create(name=name, defaults={"name_folded": name, "created_at": world.now})
    OrganizationLink.objects.get_or_create(
        outpost=world.outpost, organization=firm, defaults={"since": world.now.date()}
    )
    subject = Subject("parties.organization", firm.uid)
    new = NewRun(playbook, subject, world.users["officer"], organization=firm, **more)
    return start_run(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new)


def step(run: PlaybookRun, code: str) -> RunStep:
    """Return a step as it stands now."""
    return RunStep.objects.select_related("run__outpost__home").get(run=run, code=code)


def states(run: PlaybookRun) -> dict[str, str]:
    """Return code → state."""
    return dict(run.steps.values_list("code", "state"))


def finish(world: World, run: PlaybookRun, *codes: str, now: datetime | None = None, on: date | None = None) -> None:
    """Finish steps one after the other, handing over and proving what must be."""
    at = now or world.now
    for code in codes:
        row = step(run, code)
        if row.owner in {"home", "host"} and row.state == StepState.OPEN:
            ask_step(actor=world.actor("officer"), now=at, step=row, handed=HandOver(on, "某科室"))
        for each in EvidenceRequirement.objects.filter(subject_kind="playbook.step", subject_uid=row.uid):
            piece = Piece(each.kind, record=f"{each.label_zh} 一份")
            item = hand_in(actor=world.actor("officer"), now=at, step=row, piece=piece)
            decide_piece(actor=world.actor("manager"), now=at, step=row, item=item, accept=True)
        finish_step(actor=world.actor("officer"), now=at, step=step(run, code), done=Done(on, "办好了"))
