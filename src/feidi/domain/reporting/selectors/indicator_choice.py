"""Which figures are in daily use: the outpost's own choice, else what the home's content says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import IndicatorChoice
from feidi.engines.measures import INDICATORS
from feidi.kernel.content.library import library

CONTENT: Final = "enclave/indicators.yaml"
#: At most so many in daily use, and of them so many as tiles.
TWELVE, SIX = 12, 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """``codes`` in daily use in their order, ``tiles`` of them on top. ``number``: version of the choice, 0: the default."""

    codes: tuple[str, ...]
    tiles: tuple[str, ...]
    number: int = 0
    by: str = ""


def chosen_for(outposts: Sequence[Outpost]) -> Chosen:
    """Return what is in daily use at an outpost; of several the default of the first one's home."""
    if not outposts:
        return Chosen((), ())
    if len(outposts) > 1:
        return default_of(outposts[0])
    row = IndicatorChoice.objects.filter(outpost=outposts[0]).order_by("-number").first()
    return tidy(row.codes, row.tiles, row.number, row.made_by) if row else default_of(outposts[0])


def default_of(outpost: Outpost) -> Chosen:
    """Return what the content of the outpost's home puts into daily use; nothing published: the first twelve counts."""
    parsed = library().find(outpost.home.code, CONTENT, on=None)
    if parsed is None:
        codes = tuple(INDICATORS)[:TWELVE]
        return Chosen(codes, codes[:SIX])
    return tidy(parsed.data["twelve"], parsed.data["tiles"])


def tidy(codes: Sequence[str], tiles: Sequence[str], number: int = 0, by: str = "") -> Chosen:
    """Return a choice without what does not exist (any more)."""
    kept = tuple(dict.fromkeys(code for code in codes if code in INDICATORS))[:TWELVE]
    return Chosen(kept, tuple(dict.fromkeys(code for code in tiles if code in kept))[:SIX], number, by)
