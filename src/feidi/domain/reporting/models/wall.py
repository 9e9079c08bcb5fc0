"""展示大屏: the screens that may show it without a person, which scenes in which order, and the approved map."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class WallScreen(Addressed):
    """One screen of one outpost and its own address; only the digest of the token is kept. Revoked, never deleted."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="wall_screens")
    label = models.CharField(max_length=80)
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    made_by = models.CharField(max_length=160)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=160, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="wall_screen_has_label"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | (~Q(revoked_by="") & ~Q(revoke_reason="")),
                name="wall_screen_revoked_says_why",
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-id"], name="wall_screen_list")]

    @override
    def __str__(self) -> str:
        return self.label


class WallScene(Addressed):
    """What an outpost says of one scene instead of content: shown or not, where in the order, for how many seconds."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="wall_scenes")
    scene = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    seconds = models.PositiveSmallIntegerField()
    shown = models.BooleanField(default=True)
    cleared_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "scene"], name="wall_scene_once"),
            models.CheckConstraint(condition=Q(seconds__gte=5, seconds__lte=600), name="wall_scene_stays_a_while"),
        ]

    @override
    def __str__(self) -> str:
        return self.scene


class WallMap(Addressed, Voidable):
    """An approved map as a picture, with the number under which it was approved (审图号); one at a time (constraints)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="wall_maps")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    approval_number = models.CharField(max_length=60)
    source = models.CharField(max_length=200, blank=True)
    loaded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approval_number=""), name="wall_map_has_approval_number"),
            models.UniqueConstraint(
                fields=["outpost"], condition=Q(voided_at__isnull=True), name="wall_map_one_at_a_time"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.approval_number
