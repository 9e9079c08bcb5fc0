"""What flows through the outpost of a row: an entry by a person's word, a source that waits, one set aside."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.models import TenantOutcome
from feidi.domain.incubation.services.milestones import Proof
from feidi.domain.incubation.services.outcomes import NewOutcome, decide_outcome, note_outcome, show_outcome
from feidi.domain.parties.models import Organization
from feidi.domain.reporting.enums import FlowDirection
from feidi.domain.reporting.services.flows import NewFlow, enter_flow, set_aside
from feidi.domain.reporting.services.wall import load_map, make_screen
from feidi.engines.money import Money
from feidi.kernel.subjects import Subject
from tests.support.world import World

RESULT = "incubation.tenant_outcome"


def flowing_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Prove three fundings of the organization: one entered, one waiting, one judged to be no flow."""
    entered, waiting, aside = (_funded(world, organization, f"Qfund{number}{part}") for part in "abc")
    act = {"actor": world.actor("lead"), "now": world.now}
    entry = enter_flow(source=Subject(RESULT, entered.uid), new=NewFlow(FlowDirection.HOST_TO_HOME), **act)
    row = set_aside(source=Subject(RESULT, aside.uid), reason=f"Qaside{number}", **act)
    screen, _token = make_screen(outpost=world.outpost, label=f"Qscreen{number}", **act)
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    loaded = load_map(
        outpost=world.outpost, name=f"图{number}.png", chunks=[picture.getvalue()], number=f"Qmap{number}", **act
    )
    wall = {"wall_screen": screen.uid, "wall_map": loaded.uid, "wall_mapped": world.outpost.uid}
    return wall | {"flow": entry.uid, "flow_waiting": waiting.uid, "flow_aside": row.uid}


def _funded(world: World, organization: Organization, title: str) -> TenantOutcome:
    outcome = note_outcome(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        organization=organization,
        project=None,
        new=NewOutcome(TenantOutcomeKind.FUNDING, title, world.now.date(), Money(100_000, "CNY")),
    )
    proof = Proof(outcome.dated_on, record=f"{title}协议")
    item = show_outcome(actor=world.actor("officer"), now=world.now, outcome=outcome, proof=proof)
    decide_outcome(actor=world.actor("lead"), now=world.now, outcome=outcome, item=item, accept=True)
    return outcome
