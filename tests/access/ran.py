"""A run on a row's project: a step of the home side that was handed over, a step of the firm with evidence that waits."""

from __future__ import annotations

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.models import RunStep
from feidi.domain.playbook.services.evidence import Piece, hand_in
from feidi.domain.playbook.services.runs import NewRun, start_run
from feidi.domain.playbook.services.steps import Done, HandOver, ask_step, finish_step
from feidi.kernel.subjects import Subject
from tests.support.world import World


def run_with_steps(world: World, project: Project, organization: Organization, number: int) -> dict[str, str]:
    """Return the uids of the run, its two steps and the piece of evidence."""
    officer, now = world.actor("officer"), world.now
    subject = Subject("pipeline.project", project.uid)
    new = NewRun(
        "incubate_land", subject, world.users["officer"], organization=organization, answers={"wet_lab": False}
    )
    run = start_run(actor=officer, now=now, outpost=world.outpost, new=new)

    def step(code: str) -> RunStep:
        return RunStep.objects.select_related("run__outpost__home").get(run=run, code=code)

    for code in ("receive", "judge", "feedback"):
        finish_step(actor=officer, now=now, step=step(code), done=Done())
    handed = HandOver(None, f"Qhanded{number}", f"Qreceipt{number}")
    opinion = ask_step(actor=officer, now=now, step=step("home_opinion"), handed=handed)
    tenancy = step("tenancy")
    proof = hand_in(actor=officer, now=now, step=tenancy, piece=Piece("tenancy_agreement", record=f"Qdeed{number}"))
    return {"run": run.uid, "home_step": opinion.uid, "firm_step": tenancy.uid, "run_proof": proof.uid}
