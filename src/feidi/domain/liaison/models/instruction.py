"""交办事项 with its 催办, and 协调事项: what was asked of us, and what we ask of departments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.liaison.enums import CoordinationState, CoordinationWay, InstructionState
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Instruction(Addressed, Voidable):
    """A matter handed down, in the user's own paraphrase (never the scan of an instruction). ``plaque``: under which of
    the three plaques. Answered and closed matters say what was answered (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="instructions")
    number = models.CharField(max_length=40)
    plaque = models.CharField(max_length=30, blank=True)
    given_by = models.CharField(max_length=120)
    paraphrase = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="instructions"
    )
    support = models.CharField(max_length=160, blank=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="instructions")
    state = models.CharField(max_length=10, choices=InstructionState.choices, default=InstructionState.OPEN)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="instruction_number_once"),
            models.CheckConstraint(condition=~Q(paraphrase=""), name="instruction_says_what"),
            models.CheckConstraint(
                condition=Q(state=InstructionState.OPEN) | ~Q(answer=""), name="instruction_answered_says_what"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "state", "due_on"], name="instruction_list")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.given_by}"


class InstructionUrge(models.Model):
    """One 催办: when, by whom, with which words. Appended, never changed."""

    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="urges")
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    note = models.CharField(max_length=300)

    @override
    def __str__(self) -> str:
        return f"{self.instruction_id} {self.at}"


class Coordination(Addressed, Voidable):
    """What is asked of which department, by letter or phone, when, and what it answered. A letter has a number once it
    is sent; answers keep the file number that the department gave (受理号). Dates stand in order (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="coordinations")
    number = models.CharField(max_length=40)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="coordinations")
    side = models.CharField(max_length=4, choices=[("home", "home"), ("host", "host")], default="home")
    department = models.CharField(max_length=120)
    ask = models.TextField()
    way = models.CharField(max_length=8, choices=CoordinationWay.choices, default=CoordinationWay.LETTER)
    letter_number = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CoordinationState.choices, default=CoordinationState.DRAFT)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="coordinations"
    )
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="coordination_number_once"),
            models.CheckConstraint(condition=~Q(ask=""), name="coordination_says_what"),
            models.CheckConstraint(
                condition=Q(state=CoordinationState.DRAFT) | Q(asked_on__isnull=False), name="coordination_asked_on"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="coordination_answer_after_asking",
            ),
        ]
        indexes = [models.Index(fields=["outpost", "state", "due_on"], name="coordination_list")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.department}"
