"""What an owner allows to be shown: sheets of its organization, projects and products, released field by field."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.showcase.enums import SheetKind
from feidi.kernel.subjects import UID_LENGTH
from feidi.kernel.subjects.fields import Addressed, Voidable


class Product(Addressed, Voidable):
    """A product of an organization, in its own words."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    what = models.TextField(blank=True)
    what_en = models.TextField(blank=True)
    spec = models.TextField(blank=True)
    spec_en = models.TextField(blank=True)
    wanted = models.CharField(max_length=300, blank=True)
    wanted_en = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name")]

    @override
    def __str__(self) -> str:
        return self.name


class Sheet(Addressed):
    """One row of an owner towards one outpost, once (constraint). ``released``: what the owner stands by now, each
    field with its words as they were when it was released; empty: nothing. Underlying rows may change: this does not.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="sheets")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=14, choices=SheetKind.choices)
    subject_uid = models.CharField(max_length=UID_LENGTH)
    label = models.CharField(max_length=160)
    released = models.JSONField(default=dict)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "kind", "subject_uid"], name="sheet_once_per_outpost")
        ]

    @override
    def __str__(self) -> str:
        return self.label


class Release(Addressed):
    """One act of an owner on a sheet: which fields with which words. Append-only; no fields: all taken back."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="releases")
    fields = models.JSONField(default=dict)
    released_by = models.CharField(max_length=160)
    reason = models.CharField(max_length=300, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id}: {len(self.fields)}"
