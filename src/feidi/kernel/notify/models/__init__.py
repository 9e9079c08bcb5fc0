"""Mails, who wants which digest, robots of chat groups."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.notify.enums import MailState
from feidi.kernel.notify.models.robots import Robot, RobotMessage
from feidi.kernel.subjects.uid import UID_LENGTH, new_uid

__all__ = ["Mail", "Robot", "RobotMessage", "Subscription"]


class Mail(models.Model):
    """One mail and where it stands. ``user``: whose account it goes to; none for an address of somebody without one.

    Address and body (text, attachments) are sealed; the body is empty once the mail is sent (constraint) or given up.
    ``once``: the same text is written one time only (constraint). ``error``: what kind of error the last try met.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="mails")
    to_enc = models.BinaryField()
    to_hint = models.CharField(max_length=80)
    subject = models.CharField(max_length=160)
    body_enc = models.BinaryField()
    once = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=160)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="mail_once"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | (Q(sent_at__isnull=False) & Q(body_enc=b"")),
                name="mail_sent_is_forgotten",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="mail_by_person"),
            models.Index(fields=["state", "created_at"], name="mail_by_state"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.subject} {self.to_hint}"


class Subscription(models.Model):
    """A person wants the digest of one ``topic`` (code of a registered digest) by mail, until ``ended_at``.

    At most one that stands per person and topic (constraint).
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscriptions")
    topic = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic"], condition=Q(ended_at__isnull=True), name="one_subscription_a_topic"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"
