"""What visitors of the public site leave: a need, a wish to visit, a question."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.enums import InquiryKind, InquiryState
from feidi.kernel.subjects import UID_LENGTH
from feidi.kernel.subjects.fields import Addressed


class Inquiry(Addressed):
    """One message with a day by which it is answered. Name and contact are sealed; ``turned_*`` is what it became.

    Whoever ends it says what came of it (constraint). ``origin_digest``: a keyed digest of that day's address.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="inquiries")
    kind = models.CharField(max_length=10, choices=InquiryKind.choices)
    unit = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    wanted_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    contact_enc = models.BinaryField(blank=True, default=bytes)
    contact_hint = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    origin_digest = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=InquiryState.choices, default=InquiryState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    turned_kind = models.CharField(max_length=40, blank=True)
    turned_uid = models.CharField(max_length=UID_LENGTH, blank=True)
    contact_gone_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="inquiry_says_something"),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="inquiry_ended_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "state", "due_on"], name="inquiry_queue"),
            models.Index(fields=["origin_digest", "created_at"], name="inquiry_origin"),
        ]
        verbose_name_plural = "inquiries"

    @override
    def __str__(self) -> str:
        return self.text[:40]
