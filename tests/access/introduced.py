"""An introduction with names shown: a meeting, a seat on a matchmaking day, a trial, an outcome, its proof."""

from __future__ import annotations

from datetime import time, timedelta

from feidi.domain.matching.enums import Channel, OutcomeKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.day_seating import Seat
from feidi.domain.matching.services.days import NewDay, add_day, place_meeting
from feidi.domain.matching.services.introduction_meetings import plan_meeting
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, record_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.matching.services.outcome_evidence import Proof, show_outcome
from feidi.domain.matching.services.trials import NewTrial, plan_trial
from tests.support.world import World


def introduction_of(world: World, need: Profile, offer: Profile, number: int) -> dict[str, str]:
    """Bring a need and an offer together and return the uids of all that hangs on it; ``beginning``: one just begun."""
    officer, now = world.actor("officer"), world.now
    row = express_interest(actor=officer, now=now, need=need, offer=offer, interest=Interest(Channel.LIST))
    for side in Side:
        row = agree_to_introduction(actor=officer, now=now, introduction=row, side=side, by=f"Qyes{number}")
    row = reveal_identities(actor=officer, now=now, introduction=row)
    at = now + timedelta(days=1)
    meeting = plan_meeting(actor=officer, now=now, introduction=row, planned_for=at, place=f"Qroom{number}")
    new = NewTrial(f"Qtrial{number}", "样砖", "八小时", at.date(), "二车间", "需求方")
    trial = plan_trial(actor=officer, now=now, introduction=row, new=new)
    new_day = NewDay(f"Qday{number}", at.date(), time(14), 20, 3, 2, f"Qhall{number}")
    day = add_day(actor=officer, now=now, outpost=world.outpost, new=new_day)
    seat = place_meeting(actor=officer, now=now, day=day, introduction=row, seat=Seat(1, 1))
    outcome = record_outcome(
        actor=officer, now=now, introduction=row, new=NewOutcome(OutcomeKind.ORDER, now.date(), note=f"Qorder{number}")
    )
    proof = show_outcome(actor=officer, now=now, outcome=outcome, proof=Proof(None, f"Qproof{number}", now.date()))
    return {
        "introduction": row.uid,
        "encounter": meeting.uid,
        "meeting_day": day.uid,
        "seat": seat.uid,
        "trial": trial.uid,
        "outcome": outcome.uid,
        "outcome_proof": proof.uid,
    }
