"""Who is who: pairs that look alike, what was decided of them, and merges that can be taken back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.enums import PairKind, PairState
from feidi.domain.parties.models.organization import Organization
from feidi.domain.parties.models.place import Outpost
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class NameKey(SubjectColumns):
    """One blocking key of a row's name (``engines.names.keys_of``): rows that share one are compared."""

    key = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_uid", "key"], name="name_key_once"),
        ]
        indexes = [models.Index(fields=["key", "subject_kind"], name="name_key_lookup")]

    @override
    def __str__(self) -> str:
        return f"{self.key} → {self.subject_uid}"


class OrganizationPair(Addressed):
    """Two organizations that may be one. One row per pair, the smaller key left (constraints).

    ``kind`` says why they stand here: alike names, or one valid number on both. ``not_same`` is remembered for ever:
    the pair is not proposed again. A decided pair names who decided it.
    """

    left = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="pairs_left")
    right = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="pairs_right")
    kind = models.CharField(max_length=10, choices=PairKind.choices)
    score = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    found_by = models.CharField(max_length=160)
    found_in = models.ForeignKey(Outpost, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.OPEN)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_smaller_left"),
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN) | ~Q(decided_by=""),
                name="pair_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="pair_queue")]

    @override
    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"


class OrganizationMerge(Addressed):
    """One organization taken up in another: ``moved`` lists every row that changed hands, by relation, with what it
    held before, so that the merge can be undone. Never deleted; undone at most once.
    """

    kept = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="merges_in")
    gone = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="merges_out")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_not_into_itself"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_one_standing"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
