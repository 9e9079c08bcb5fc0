"""Lists of candidates as they were shown, what was said of each, and the weights with which they were reckoned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.matching.enums import DeclineReason, ListState, Verdict
from feidi.domain.matching.models.profile import Profile
from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed, Voidable


class WeightSet(models.Model):
    """Which parts count, and how much, for an outpost: one row per version, the highest is in force. Never changed."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="weight_sets")
    number = models.PositiveIntegerField()
    weights = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "number"], name="weight_set_number_once")]

    @override
    def __str__(self) -> str:
        return f"{self.outpost_id} v{self.number}"


class CandidateList(Addressed, Voidable):
    """The answer to one profile at one moment, kept as it was: with which weights, over how many profiles, what stood
    out of reach. A person checks it before it leaves (``checked_by``); sent lists say by whom and to whom (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="candidate_lists")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="candidate_lists")
    profile_version = models.PositiveIntegerField()
    weights = models.JSONField()
    weights_number = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=80)
    searched = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField(default=0)
    near_misses = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=7, choices=ListState.choices, default=ListState.SHOWN)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=160, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=160, blank=True)
    sent_to = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ListState.SHOWN) | (Q(checked_at__isnull=False) & ~Q(checked_by="")),
                name="candidate_list_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.SENT) | (Q(sent_at__isnull=False) & ~Q(sent_to="")),
                name="candidate_list_sent_to_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["profile", "-id"], name="candidate_lists_of_profile"),
            models.Index(fields=["outpost", "state", "-id"], name="candidate_list_list"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.profile_id} {self.made_at:%Y-%m-%d}"


class CandidateRow(models.Model):
    """One candidate of a list: its rank, its score and the split that sums to it, the sentence that matched, what
    holds, what is missing. ``picked``: chosen by the person who checked, with a note of their own.
    A decline says why (constraint).
    """

    candidate_list = models.ForeignKey(CandidateList, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    profile_version = models.PositiveIntegerField()
    score = models.FloatField()
    parts = models.JSONField()
    words = models.JSONField(default=list, blank=True)
    sentence = models.CharField(max_length=500, blank=True)
    holds = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    certain = models.BooleanField()
    picked = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.NONE)
    reason = models.CharField(max_length=12, choices=DeclineReason.choices, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["candidate_list", "position"], name="candidate_position_once"),
            models.UniqueConstraint(fields=["candidate_list", "profile"], name="candidate_once"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.DECLINED) | ~Q(reason=""), name="candidate_declined_says_why"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.candidate_list_id} #{self.position}"
