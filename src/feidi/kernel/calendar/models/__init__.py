"""Yearly notices and the days they single out."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class HolidayNotice(models.Model):
    """One year's notice. Never changed, never deleted; the newest of a year holds."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    recorded_by = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(year__gte=2000, year__lte=2100), name="calendar_notice_year"),
            models.CheckConstraint(condition=~models.Q(source=""), name="calendar_notice_has_source"),
        ]
        indexes = [models.Index(fields=["year", "id"], name="calendar_notice_by_year")]

    @override
    def __str__(self) -> str:
        return f"{self.year}: {self.source}"


class SpecialDay(models.Model):
    """A day on which a notice departs from Monday-to-Friday: a holiday, or a weekend day to work.

    A weekend day within a holiday is named too, as in the notice. Once per notice (constraint).
    """

    notice = models.ForeignKey(HolidayNotice, on_delete=models.PROTECT, related_name="days")
    date = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "date"], name="calendar_day_once_per_notice")]

    @override
    def __str__(self) -> str:
        return f"{self.date} {self.name}"
