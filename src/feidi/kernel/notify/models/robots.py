"""Robots of chat groups, and what was sent to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.notify.enums import MailState, RobotKind
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class Robot(Addressed, SubjectColumns, Voidable):
    """A robot of one chat group, of the row that it speaks for (an outpost). Address and secret are sealed: whoever has
    them writes to the group.
    """

    kind = models.CharField(max_length=10, choices=RobotKind.choices)
    name = models.CharField(max_length=80)
    address_enc = models.BinaryField()
    address_hint = models.CharField(max_length=80)
    secret_enc = models.BinaryField(default=b"", blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_uid"], name="robot_of_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid", "name"],
                condition=Q(voided_at__isnull=True),
                name="robot_name_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.name


class RobotMessage(models.Model):
    """One message to a group and where it stands. ``once``: written one time only (constraint). The text is sealed, and
    empty once it is sent (constraint) or given up. ``error``: the vendor's code, or the kind of error.
    """

    robot = models.ForeignKey(Robot, on_delete=models.PROTECT, related_name="messages")
    uid = models.CharField(max_length=12, unique=True, editable=False)
    title = models.CharField(max_length=80)
    text_enc = models.BinaryField()
    once = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=160)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="robot_message_once"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | (Q(sent_at__isnull=False) & Q(text_enc=b"")),
                name="robot_message_sent_is_forgotten",
            ),
        ]
        indexes = [models.Index(fields=["robot", "-created_at"], name="messages_of_robot")]

    @override
    def __str__(self) -> str:
        return f"{self.title} {self.state}"
