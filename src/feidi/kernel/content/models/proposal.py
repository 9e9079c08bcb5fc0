"""A change of content that somebody has proposed and somebody else decides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.kernel.content.models.revision import ContentRevision
from feidi.kernel.subjects.fields import Addressed


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("待复核")
    APPROVED = "approved", _("已发布")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class ContentProposal(Addressed):
    """One proposed text of one file of one place.

    Invariants: ``base_sha256`` is the digest of the published text it was written from ("" for a new file), so a
    publication in between is seen; who approves or returns it is not who proposed it (constraint); a decided
    proposal names who, when and, unless approved, why; at most one is open per place and path (constraint).
    """

    place = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    base_sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_by = models.CharField(max_length=160)
    proposer_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=160, blank=True)
    decider_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    revision = models.OneToOneField(
        ContentRevision, on_delete=models.PROTECT, null=True, related_name="proposal", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "path"], condition=Q(state="open"), name="content_one_open_proposal"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"])
                | Q(decider_id__isnull=True)
                | Q(proposer_id__isnull=True)
                | ~Q(decider_id=F("proposer_id")),
                name="content_second_person_decides",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="content_decided_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", revision__isnull=False)
                | (~Q(state="approved") & Q(revision__isnull=True)),
                name="content_approved_has_its_revision",
            ),
        ]
        indexes = [models.Index(fields=["state", "place", "path"], name="content_proposal_state")]

    @override
    def __str__(self) -> str:
        return f"{self.place}/{self.path} {self.sha256[:8]} {self.state}"
