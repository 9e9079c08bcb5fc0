"""A user's phone for signing in, and the codes that were sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.identity.enums import SmsPurpose
from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class Phone(models.Model):
    """The one mobile number by which a user may sign in: sealed, found by its blind index, shown masked.

    One a user and one user a number (constraints). A removed one keeps its row and loses every value.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="phones")
    value_enc = models.BinaryField()
    value_hint = models.CharField(max_length=20, blank=True)
    blind_index = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(removed_at__isnull=True), name="one_phone_a_user"),
            models.UniqueConstraint(
                fields=["blind_index"], condition=Q(removed_at__isnull=True), name="one_user_a_phone"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.value_hint


class SmsCode(models.Model):
    """A code that was asked for, whether or not anybody has the number: the limits count both alike.

    The number is kept as its blind index only, the code as a keyed digest; ``user`` None: nothing was sent.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    purpose = models.CharField(max_length=20, choices=SmsPurpose.choices)
    phone_index = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    digest = models.CharField(max_length=40)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index", "sent_at"], name="sms_code_phone_at"),
            models.Index(fields=["address", "sent_at"], name="sms_code_address_at"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.uid}"
