"""Which need was begun from which position."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.matching.models.profile import Profile
from feidi.kernel.subjects import UID_LENGTH


class PositionNeed(models.Model):
    """A position (of the app ``talent``) as a need of the kind 人才. Two positions that say the same share one need."""

    position_uid = models.CharField(max_length=UID_LENGTH, unique=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="positions")

    @override
    def __str__(self) -> str:
        return f"{self.position_uid} → {self.profile_id}"
