"""Meetings: agenda, who was there, what was decided, and each decision as somebody's to-do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class Meeting(Addressed, Voidable):
    """One meeting of an outpost. ``present`` and ``absent``: [{name, unit, title}]. Once ``minuted_at`` is set the
    minutes are numbered and only a correction with a reason changes them.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=8, choices=MeetingKind.choices)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    held_at = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    chair = models.CharField(max_length=80, blank=True)
    keeper = models.CharField(max_length=80, blank=True)
    present = models.JSONField(default=list, blank=True)
    absent = models.JSONField(default=list, blank=True)
    summary = models.TextField(blank=True)
    minuted_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "number"], name="meeting_number_once")]
        indexes = [models.Index(fields=["outpost", "-held_on", "id"], name="meeting_list")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class AgendaItem(Addressed, Voidable):
    """One item of the agenda, with what was said about it; may speak of a project."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    discussion = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.title


class Decision(Addressed, Voidable):
    """What was decided: by whom it is to be done (a name at least: constraint) and by when; ``todo_uid`` is its to-do."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    responsible_text = models.CharField(max_length=80)
    due_on = models.DateField(null=True, blank=True)
    todo_uid = models.CharField(max_length=20, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_what"),
            models.CheckConstraint(condition=~Q(responsible_text=""), name="decision_has_a_name"),
        ]

    @override
    def __str__(self) -> str:
        return self.text
