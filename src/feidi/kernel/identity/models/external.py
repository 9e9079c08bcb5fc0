"""Who a user is at an outside identity provider."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class ExternalIdentity(models.Model):
    """A binding of a provider's subject to a user, made by the user or by a verified claim. One user a subject."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="external_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(removed_at__isnull=True), name="one_user_a_subject"
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"], condition=Q(removed_at__isnull=True), name="one_subject_a_user"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.issuer} {self.uid}"
