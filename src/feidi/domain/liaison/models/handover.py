"""工作移交: everything a leaver held, handed over in one step, listed, undoable."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class WorkHandover(Addressed):
    """One hand-over from somebody to somebody else (constraint) within an outpost."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="work_handovers")
    number = models.CharField(max_length=40)
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_out")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_in")
    reason = models.CharField(max_length=200)
    handed_at = models.DateTimeField()
    handed_by = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(leaver=F("taker")), name="handover_to_another"),
            models.UniqueConstraint(fields=["outpost", "number"], name="handover_number_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class WorkHandoverItem(SubjectColumns):
    """One thing handed over: which, in words of that day, and whether undoing gave it back."""

    handover = models.ForeignKey(WorkHandover, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=300)
    state_then = models.CharField(max_length=120, blank=True)
    given_back = models.BooleanField(null=True, blank=True)
    kept_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # one row may be held in two ways: the adviser of both sides of an introduction
            models.UniqueConstraint(fields=["handover", "kind", "subject_uid"], name="handover_item_once_by_kind")
        ]

    @override
    def __str__(self) -> str:
        return self.label
