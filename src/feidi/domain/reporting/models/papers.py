"""Papers that leave the house: forms of a superior bound once, what filled them, what was issued, and data handed over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost, Place
from feidi.domain.reporting.enums import FormFormat
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class BoundForm(Addressed, Voidable):
    """A superior's own blank form and what fills it: ``bindings`` [{target, source, options}]. A new layout is a new
    revision; ``fingerprint`` recognises a moved cell.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="bound_forms")
    plaque = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120)
    superior = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=4, choices=FormFormat.choices)
    blank = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    bindings = models.JSONField(default=list, blank=True)
    fingerprint = models.JSONField(default=dict, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    recorded_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["outpost", "name"], name="bound_form_list")]

    @override
    def __str__(self) -> str:
        return self.name


class FormFilling(Addressed):
    """One filling of a bound form: as of which day, with which figures, and the file that came out."""

    form = models.ForeignKey(BoundForm, on_delete=models.PROTECT, related_name="fillings")
    as_of = models.DateField()
    period_from = models.DateField()
    figures = models.JSONField(default=dict)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    filled_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["form", "-as_of"], name="filling_of_form")]

    @override
    def __str__(self) -> str:
        return f"{self.form_id} {self.as_of}"


class IssuedPaper(Addressed, Voidable):
    """One paper (情况汇报, 简报 …) as issued: its text, its figures with their ids, its file. What comes back edited is
    compared with it and with the rows of ``as_of``.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="issued_papers")
    plaque = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    as_of = models.DateField()
    period_from = models.DateField()
    figures = models.JSONField(default=list)
    paragraphs = models.JSONField(default=list)
    chat_text = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    edited = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mismatches = models.JSONField(default=list, blank=True)
    issued_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "number"], name="paper_number_once")]
        indexes = [models.Index(fields=["outpost", "-as_of", "-id"], name="paper_list")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class DataHandover(Addressed):
    """One package of everything of one home (数据移交): what was in it, its hash, whether its receipt came back and the
    deletion was certified.
    """

    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    audit_head = models.CharField(max_length=64)
    made_by = models.CharField(max_length=160)
    received_by = models.CharField(max_length=120, blank=True)
    received_on = models.DateField(null=True, blank=True)
    deleted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | ~Q(received_by=""), name="data_handover_received_by_somebody"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.number
