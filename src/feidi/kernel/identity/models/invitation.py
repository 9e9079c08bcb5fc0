"""Invitations: a link, good once, by which a user sets a password of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class Invitation(models.Model):
    """One link. Only the digest of its token is kept; it ends by use, by time, or by a newer one."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    @override
    def __str__(self) -> str:
        return f"invitation {self.uid}"
