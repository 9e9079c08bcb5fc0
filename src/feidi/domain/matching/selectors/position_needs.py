"""Which need and which positions belong together."""

from __future__ import annotations

from typing import Final

from feidi.domain.matching.models import PositionNeed, Profile
from feidi.domain.talent.kinds import POSITION
from feidi.kernel.subjects import Subject

_PROFILE: Final = "matching.profile"


def need_of(position_uid: str) -> Subject | None:
    """Return the need that was begun from a position; whether the reader may open it is the caller's question."""
    found = PositionNeed.objects.filter(position_uid=position_uid, profile__voided_at__isnull=True)
    uid = found.values_list("profile__uid", flat=True).first()
    return Subject(_PROFILE, uid) if uid else None


def positions_of(profile: Profile) -> list[Subject]:
    """Return the positions that a need was begun from, the oldest first."""
    return [Subject(POSITION, uid) for uid in profile.positions.order_by("pk").values_list("position_uid", flat=True)]
