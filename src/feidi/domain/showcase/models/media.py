"""媒体报道台账: which medium wrote what, when, where; a link and a screenshot, never a copy of the text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost, Plaque
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class MediaReport(Addressed, Voidable):
    """One report of a medium. ``shown``: listed on the public site (title, medium, date and link alone)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="media_reports")
    medium = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    reported_on = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    author = models.CharField(max_length=80, blank=True)
    reprint_of = models.CharField(max_length=160, blank=True)
    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    screenshot = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shown = models.BooleanField(default=False)
    shown_by = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(medium=""), name="media_report_says_what"),
            models.CheckConstraint(
                condition=Q(shown=False) | (~Q(shown_by="") & ~Q(link="")), name="media_report_shown_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-reported_on"], name="media_report_list")]

    @override
    def __str__(self) -> str:
        return f"{self.medium}《{self.title}》"
