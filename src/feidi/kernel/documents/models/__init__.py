"""Printed forms and their signed copies."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class PrintedForm(Addressed, SubjectColumns):
    """One print of one decision form: what it said (``data``), its hash, and the token in its QR."""

    form = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=40, unique=True)
    printed_by = models.CharField(max_length=160)

    @override
    def __str__(self) -> str:
        return f"{self.title} {self.uid}"


class SignedCopy(Addressed, Voidable):
    """A photograph or scan of a signed form (线下签署): who signed, on which dates, which seals it bears.

    ``recognised``: the QR was read from the picture; else a person chose the form and said why.
    """

    form = models.ForeignKey(PrintedForm, on_delete=models.PROTECT, related_name="signed_copies")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recognised = models.BooleanField()
    recognised_note = models.CharField(max_length=300, blank=True)
    signers = models.JSONField(default=list)
    signed_on = models.DateField()
    sealed = models.BooleanField(default=False)
    recorded_by_id_number = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recognised=True) | ~models.Q(recognised_note=""),
                name="signed_copy_by_hand_has_note",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"signed {self.form_id} {self.signed_on}"
