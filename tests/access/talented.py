"""A talent of the outpost of a row, with everything that hangs on one: consents, a question sent home, cases, a contract."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from feidi.domain.parties.models import Organization
from feidi.domain.talent.enums import ContractKind, RequestKind, Whereabouts
from feidi.domain.talent.services.arrivals import Proof, show_arrival, show_presence
from feidi.domain.talent.services.consents import NewAgreement, add_processing_agreement, ask_about_data
from feidi.domain.talent.services.contracts import NewContract, add_contract, record_presence
from feidi.domain.talent.services.delivery import deliver_case
from feidi.domain.talent.services.items import NewHandOff, finish_item, hand_off
from feidi.domain.talent.services.positions import NewPosition, open_position
from feidi.domain.talent.services.rulings import ask_ruling
from feidi.domain.talent.services.talents import Work
from tests.support.talents import made, opened
from tests.support.world import World


def talent_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Put a talent on file and return the uids of all that hangs on them."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today = world.now.date()
    work = Work(works_at=Whereabouts.HOST, employer=organization)
    talent = made(world, f"Qtal{number}", outpost=world.outpost, phone="", paper=f"P{number}000000{number}", work=work)
    consent = talent.consents.get()
    case = opened(world, talent, "housing")
    item = case.items.get()
    handed = hand_off(item=item, new=NewHandOff(f"Qdept{number}", f"Qpapers{number}"), **act)
    done = opened(world, talent, "medical")
    finish_item(item=done.items.get(), result=f"Qdone{number}", **act)
    deliver_case(case=done, **act)
    new = NewContract(organization, ContractKind.DUAL, today - timedelta(days=60), today + timedelta(days=300))
    contract = add_contract(talent=talent, new=new, **act)
    month = record_presence(contract=contract, month=today, days=3, **act)
    shown = show_presence(month=month, proof=Proof(None, f"Qdays{number}", today), **act)
    arrived = show_arrival(talent=talent, kind="employment", proof=Proof(None, f"Qcame{number}人", today), **act)
    asked = ask_about_data(talent=talent, kind=RequestKind.EXPORT, **act)
    deal = NewAgreement("主办", "运营", f"Qpurpose{number}", today, today)
    position = open_position(outpost=world.outpost, new=NewPosition(organization, f"Qpost{number}"), **act)
    return {
        "talent": talent.uid,
        "consent": consent.uid,
        "green_case": case.uid,
        "done_case": done.uid,
        "green_item": item.uid,
        "hand_off": handed.uid,
        "flexible": contract.uid,
        "month": month.uid,
        "month_proof": shown.uid,
        "arrival": arrived.uid,
        "data_request": asked.uid,
        "processing": add_processing_agreement(outpost=world.outpost, new=deal, **act).uid,
        "position": position.uid,
        "ruling": ask_ruling(talent=talent, question=f"Qquestion{number}", **act).uid,
    }
