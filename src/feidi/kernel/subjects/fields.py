"""The columns every addressable row has, and the two columns that point at one."""

from __future__ import annotations

from django.db import models

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class SubjectColumns(models.Model):
    """Abstract: this row speaks of another row, by kind and uid."""

    subject_kind = models.CharField(max_length=40)
    subject_uid = models.CharField(max_length=UID_LENGTH)

    class Meta:
        abstract = True


class Addressed(models.Model):
    """Abstract: a row with a page. ``version`` goes up by one with every save by a service."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class Voidable(models.Model):
    """Abstract: taken back with a reason, never deleted."""

    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
