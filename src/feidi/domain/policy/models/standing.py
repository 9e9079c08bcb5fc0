"""How everybody an outpost knows (firms, persons, referrals) stands under every clause, and how that changed."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.enums import ChangeCause, ChangeKind, Group, Verdict
from feidi.kernel.subjects.fields import SubjectColumns


class ClauseStanding(SubjectColumns):
    """The last answer of one clause for one subject, as one outpost knows it (facts belong to the outpost).

    Reckoned from facts and content, so it is renewed and never audited. ``lo_fen..hi_fen``: the amount as if
    eligible; ``missing``: ids of the facts that keep it open. ``facts_hash``: digest of the facts that were used.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="clause_standings")
    place = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    group = models.CharField(max_length=16, choices=Group.choices)
    lo_fen = models.BigIntegerField(null=True, blank=True)
    hi_fen = models.BigIntegerField(null=True, blank=True)
    up_to = models.BooleanField(default=False)
    missing = models.JSONField(default=list)
    as_of = models.DateField()
    policy_hash = models.CharField(max_length=64)
    facts_hash = models.CharField(max_length=64)
    evaluated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "subject_kind", "subject_uid", "clause"], name="standing_once_per_clause"
            )
        ]
        indexes = [models.Index(fields=["outpost", "clause", "group"], name="standing_by_clause")]

    @override
    def __str__(self) -> str:
        return f"{self.clause} {self.verdict}"


class StandingChange(SubjectColumns):
    """One clause gained, lost or become unclear for a subject. Append-only."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="standing_changes")
    place = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    cause = models.CharField(max_length=8, choices=ChangeCause.choices)
    before = models.CharField(max_length=12, choices=Verdict.choices)
    after = models.CharField(max_length=12, choices=Verdict.choices)
    as_of = models.DateField()
    policy_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["outpost", "-changed_at"], name="standing_change_newest"),
            models.Index(fields=["subject_kind", "subject_uid"], name="standing_change_of_subject"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.clause} {self.kind}"
