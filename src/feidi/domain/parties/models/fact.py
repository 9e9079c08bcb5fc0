"""Facts in two times: what held when, and since when we know it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models.place import Outpost
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class Fact(Addressed, SubjectColumns):
    """One statement about a subject. Append-only: a correction supersedes, nothing is overwritten.

    Exactly one shape of value (constraint): ``text``, ``number`` (integer; money in hundredths),
    ``numerator/denominator``, ``on``, or an interval ``lo..hi`` of which one end may be open.
    The period it holds for is [holds_from, holds_to). ``recorded_at`` is when we learned it.
    """

    fact = models.CharField(max_length=60)
    text = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001 - NULL means "not this shape"
    number = models.BigIntegerField(null=True, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    lo = models.BigIntegerField(null=True, blank=True)
    hi = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    holds_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=FactSource.choices)
    source_note = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(text__isnull=False, number=None, numerator=None, on=None, lo=None, hi=None)
                    | Q(text=None, number__isnull=False, numerator=None, on=None, lo=None, hi=None)
                    | Q(text=None, number=None, numerator__isnull=False, denominator__gt=0, on=None, lo=None, hi=None)
                    | Q(text=None, number=None, numerator=None, on__isnull=False, lo=None, hi=None)
                    | (Q(text=None, number=None, numerator=None, on=None) & (Q(lo__isnull=False) | Q(hi__isnull=False)))
                ),
                name="fact_has_one_shape",
            ),
            models.CheckConstraint(
                condition=Q(lo=None) | Q(hi=None) | Q(hi__gte=models.F("lo")), name="fact_interval_in_order"
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_uid", "fact"], name="fact_of_subject")]

    @override
    def __str__(self) -> str:
        return f"{self.fact} of {self.subject_uid}"
