"""A need of the firm of a row, the list of candidates that was sent to it, and the introduction that came of it."""

from __future__ import annotations

from feidi.domain.matching.enums import Side
from feidi.domain.matching.services.answering import send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from feidi.domain.parties.models import Organization
from tests.access.introduced import introduction_of
from tests.support.profiles import make_profile
from tests.support.world import World


def list_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Enter a need and an offer, send the offer to the firm, and return the uids of need and list."""
    officer, now = world.actor("officer"), world.now
    offer = make_profile(world, Side.OFFER, title=f"Qgive{number}", owner=f"Qgiver{number}有限公司")
    need = make_profile(world, Side.NEED, title=f"Qwant{number}", organization=organization)
    made = make_list(actor=officer, now=now, profile=need)
    checked = check_list(actor=officer, now=now, candidates=made, version=made.version, picks={1: f"Qnote{number}"})
    send_list(actor=officer, now=now, candidates=checked, version=checked.version, to="陈总工", on_paper=False)
    return {"asking": need.uid, "candidate_list": made.uid, **introduction_of(world, need, offer, number)}
