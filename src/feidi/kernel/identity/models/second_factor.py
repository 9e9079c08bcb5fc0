"""The second factor: one TOTP secret a user, and recovery codes for the day the phone is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class Totp(models.Model):
    """A confirmed TOTP secret, sealed. A removed one keeps its row and loses its secret; one at a time (constraint).

    ``last_step`` is the 30-second step of the last code taken: no code of that step or before is taken again.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="totps")
    secret_enc = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(removed_at__isnull=True), name="one_totp_a_user"),
        ]

    @override
    def __str__(self) -> str:
        return f"totp {self.uid}"


class RecoveryCode(models.Model):
    """One code that stands in for the app once. Only its keyed digest is kept."""

    totp = models.ForeignKey(Totp, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=40)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["totp", "digest"], name="recovery_code_once")]

    @override
    def __str__(self) -> str:
        return f"recovery code {self.pk}"
