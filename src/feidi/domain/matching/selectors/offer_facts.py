"""What is known of a profile, as the engine compares it. Unknown stays None: the engine then asks instead of leaving out.

An offer's facts say what is there, a need's what is wanted; a pair is judged in that direction, whoever asks. When an
offer looks for needs, these stand in the index (``found_need``, ``looking_offer``), and each one found is judged after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from feidi.domain.matching.enums import Ripeness, Round, Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Place
from feidi.engines.affinity import ANYWHERE, FREE, Facts, Span, Ticket

OTHER: Final = "other"
_STAGES: Final = {code.value: float(at) for at, code in enumerate(Ripeness, start=1)}
_ROUNDS: Final = frozenset(each.value for each in Round)
#: Bound to somebody, and nobody has said until when.
BOUND: Final = date.max
Answers = Mapping[str, frozenset[str]]
#: Code of a place → the codes, as the engine compares them, of the place and of what lies in it.
Regions = Mapping[str, frozenset[str]]


def known_regions() -> Regions:
    """Return every place with what lies in it. Invented places have no division codes that would say so. One query."""
    places = {each.pk: each for each in Place.objects.all()}
    found: dict[str, set[str]] = {}
    for each in places.values():
        wider: Place | None = each
        while wider is not None:
            found.setdefault(wider.code, set()).add(engine_code(each))
            wider = places.get(wider.parent_id or 0)
    return {code: frozenset(inside) for code, inside in found.items()}


def engine_code(place: Place) -> str:
    """Return the division code of a place, its own code where it has none (invented places)."""
    return place.division_code or place.code


def offer_facts(profile: Profile, regions: Regions) -> Facts:
    """Return what is there: the facts of an offer."""
    return Facts(
        kinds=frozenset({profile.kind}),
        regions=_regions(profile, regions, unlimited=ANYWHERE),
        rounds=_codes(profile.rounds, everything=_ROUNDS),
        load=None if profile.floor_load_kg_m2 is None else Span(None, profile.floor_load_kg_m2),
        price=_price(profile, profile.price_fen),
        open_from=profile.available_from,
        expires_on=profile.expires_on,
        exclusive_until=_bound(profile),
        **_alike(profile),
    )


def need_facts(profile: Profile, regions: Regions, answers: Answers) -> Facts:
    """Return what is wanted: the facts of a need. ``answers``: kind of need → kinds of offers that answer it (content)."""
    return Facts(
        kinds=kinds_wanted(Side.NEED, profile.kind, answers),
        regions=_regions(profile, regions, unlimited=None),
        rounds=_codes(profile.rounds, everything=None),
        load=None if profile.floor_load_kg_m2 is None else Span(profile.floor_load_kg_m2, None),
        price=_price(profile, None),
        open_from=profile.available_from,
        **_alike(profile),
    )


def found_need(profile: Profile, regions: Regions) -> Facts:
    """Return the facts of a need that stands in the index and is looked for by an offer.

    What it does not ask for limits nothing; by when it is needed cannot be compared in this direction, and is looked
    at afterwards.
    """
    wanted = need_facts(profile, regions, {})
    return replace(
        wanted,
        kinds=frozenset({profile.kind}),
        regions=wanted.regions or ANYWHERE,
        open_from=None,
        expires_on=profile.expires_on,
        exclusive_until=FREE,
    )


def looking_offer(profile: Profile, regions: Regions, answers: Answers) -> Facts:
    """Return the facts with which an offer looks for needs."""
    there = offer_facts(profile, regions)
    return replace(
        there,
        kinds=kinds_wanted(Side.OFFER, profile.kind, answers),
        regions=None if there.regions == ANYWHERE else there.regions,
        open_from=None,
        expires_on=None,
        exclusive_until=None,
    )


def kinds_wanted(side: Side, kind: str, answers: Answers) -> frozenset[str]:
    """Return which kinds of the other side come into question.

    >>> sorted(kinds_wanted(Side.OFFER, "project", {"technology": frozenset({"project"}), "space": frozenset({"park"})}))
    ['technology']
    """
    if side is Side.NEED:
        return answers.get(kind, frozenset())
    return frozenset(need for need, offers in answers.items() if kind in offers)


def _alike(profile: Profile) -> dict[str, Any]:
    """Return what reads the same on both sides."""
    area = None
    if profile.area_m2_lo is not None or profile.area_m2_hi is not None:
        area = Span(profile.area_m2_lo, profile.area_m2_hi)
    return {
        "nodes": _nodes(profile),
        "place": engine_code(profile.place) if profile.place else None,
        "stages": _stages(profile),
        "ticket": _ticket(profile),
        "area": area,
        "environment": frozenset({profile.environment_class}) if profile.environment_class else None,
        # unknown is not old and not unproven: the engine counts both half and says what to ask
        "updated_on": profile.confirmed_on,
        "evidence": None if profile.evidence_percent is None else profile.evidence_percent / 100,
    }


def _nodes(profile: Profile) -> frozenset[str] | None:
    if not profile.node:
        return None
    return frozenset({OTHER if profile.node == OTHER else f"{profile.chain}/{profile.node}"})


def _regions(profile: Profile, known: Regions, *, unlimited: frozenset[str] | None) -> frozenset[str] | None:
    """Return the places of a mandate with what lies in them; ``[]`` is no limit."""
    if profile.regions is None:
        return None
    found = [known.get(code, frozenset({code})) for code in profile.regions]
    return frozenset().union(*found) if found else unlimited


def _codes(values: list[str] | None, *, everything: frozenset[str] | None) -> frozenset[str] | None:
    if values is None:
        return None
    return frozenset(values) or everything


def _stages(profile: Profile) -> Span | None:
    if not profile.ripeness_from and not profile.ripeness_to:
        return None
    return Span(_STAGES.get(profile.ripeness_from), _STAGES.get(profile.ripeness_to))


def _ticket(profile: Profile) -> Ticket | None:
    if profile.amount_lo_fen is None and profile.amount_hi_fen is None:
        return None
    return Ticket(profile.amount_lo_fen, profile.amount_hi_fen, profile.currency or None)


def _price(profile: Profile, least: int | None) -> Ticket | None:
    """Return a price from ``least`` on; prices for different units (元/㎡·月, 元/次) are never compared."""
    if profile.price_fen is None:
        return None
    unit = f"{profile.currency}/{profile.price_per}" if profile.currency and profile.price_per else None
    return Ticket(least, profile.price_fen, unit)


def _bound(profile: Profile) -> date | None:
    """Return until when it is bound to somebody; None: nobody has said whether it is."""
    if profile.exclusive is None:
        return profile.exclusive_until
    if not profile.exclusive:
        return FREE
    return profile.exclusive_until or BOUND
