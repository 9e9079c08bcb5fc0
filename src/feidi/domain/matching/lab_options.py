"""What matching knows of laboratories, for the first answer to an applicant (``incubation.selectors.lab_options``).

Only offers whose owner lets its name be public: an application is read by whoever holds its code, and masked texts leave
the house by lists that a person has checked. What an offer has not said of benches and levels stays not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from feidi.domain.incubation.selectors.admission_fit import Need
from feidi.domain.incubation.selectors.admission_rules import NOTHING, Said
from feidi.domain.incubation.selectors.lab_options import register
from feidi.domain.incubation.selectors.premises import Facilities, Lab
from feidi.domain.matching.enums import Confidentiality, ProfileKind, ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Outpost
from feidi.kernel.money.display import format_money

#: So many of them stand on one page.
MOST: Final = 5


def equipment_offers(outpost: Outpost, _needs: tuple[Need, ...], today: date) -> Iterable[Lab]:
    """Return open offers of laboratories and equipment of an outpost, the newest first."""
    rows = Profile.objects.filter(
        outpost=outpost,
        side=Side.OFFER,
        kind=ProfileKind.EQUIPMENT,
        state=ProfileState.OPEN,
        confidentiality=Confidentiality.OPEN,
        expires_on__gte=today,
        voided_at__isnull=True,
    ).select_related("place")
    return [_lab(each) for each in rows.order_by("-id")[:MOST]]


def _lab(row: Profile) -> Lab:
    place = Said(row.place.name_zh, row.place.name_en) if row.place else Said("地点没有登记", "Place not known")
    price = NOTHING
    if row.price_fen is not None:
        words = f"{format_money(row.price_fen, row.currency)} {row.price_per}".strip()
        price = Said(words, words)
    return Lab(Said(row.title, row.title), place, Facilities(), "", NOTHING, price, row.number)


def register_lab_options() -> None:
    """Run once, from the app's registering."""
    register(equipment_offers)
