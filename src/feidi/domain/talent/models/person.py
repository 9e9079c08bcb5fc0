"""人才: a person on file of whom more is kept, always sealed, for a purpose and until a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.talent.enums import GivenHow, Origin, PaperKind, RequestKind, Whereabouts
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Talent(Addressed, Voidable):
    """A person who came, or may come, through an outpost. One live row per person (constraint).

    ``private_enc``  the number of the paper, sealed for this row; ``paper_hint`` is what everybody sees (``440***0012``)
    ``works_at``     on which side; empty: nobody has said. ``since``: in this work from this day
    ``user``         the account by which the person sees their own case
    Erased (``erased_at``): nothing personal is left in the row (constraint), only that it was erased, when and by whom.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="talents")
    number = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="talents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="talents"
    )
    origin = models.CharField(max_length=10, choices=Origin.choices)
    field = models.CharField(max_length=80, blank=True)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="talents")
    works_at = models.CharField(max_length=10, choices=Whereabouts.choices, blank=True)
    work_place = models.CharField(max_length=120, blank=True)
    insured_at = models.CharField(max_length=10, choices=Whereabouts.choices, blank=True)
    insured_place = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    paper_kind = models.CharField(max_length=10, choices=PaperKind.choices, blank=True)
    paper_hint = models.CharField(max_length=60, blank=True)
    paper_index = models.CharField(max_length=40, blank=True, db_index=True)
    private_enc = models.BinaryField(default=b"")
    recorded_by = models.CharField(max_length=160)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="talent_number_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(voided_at__isnull=True), name="talent_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(private_enc=b"", paper_hint="", paper_index="", user__isnull=True, work_place=""),
                name="talent_erased_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | ~Q(erased_by=""), name="talent_erased_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-id"], name="talent_list")]

    @override
    def __str__(self) -> str:
        return self.number


class Consent(Addressed, Voidable):
    """One consent to one purpose, by the text of a version, until a day; it may be withdrawn (never before it was given:
    constraint). ``guardian`` names as whose guardian it was given; only such a one covers a child's data.
    """

    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    version_label = models.CharField(max_length=40)
    text_sha256 = models.CharField(max_length=64)
    given_on = models.DateField()
    given_how = models.CharField(max_length=10, choices=GivenHow.choices)
    keep_until = models.DateField()
    guardian = models.BooleanField(default=False)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=10, choices=GivenHow.choices, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(keep_until__gt=models.F("given_on")), name="consent_kept_until_later"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | (Q(withdrawn_on__gte=models.F("given_on")) & ~Q(withdrawn_how="")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["talent", "purpose"],
                condition=Q(voided_at__isnull=True, withdrawn_on__isnull=True),
                name="consent_once_per_purpose",
            ),
        ]
        indexes = [models.Index(fields=["keep_until"], name="consent_by_retention")]

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.given_on}"


class Disclosure(Addressed):
    """向第三方提供: what of a person was handed to whom, for which purpose. Append-only."""

    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="disclosures")
    to_whom = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    on = models.DateField()
    by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(to_whom="") & ~Q(purpose="") & ~Q(what=""), name="disclosure_says_what")
        ]
        indexes = [models.Index(fields=["talent", "-on"], name="disclosure_of_talent")]

    @override
    def __str__(self) -> str:
        return f"{self.to_whom} {self.on}"


class DataRequest(Addressed):
    """A person's request about their own data: asked once while open (constraint), answered with what was done."""

    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    asked_on = models.DateField()
    asked_how = models.CharField(max_length=10, choices=GivenHow.choices)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["talent", "kind"], condition=Q(answered_on__isnull=True), name="data_request_once_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""), name="data_request_answered_says_what"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"


class ProcessingAgreement(Addressed, Voidable):
    """委托处理协议: the home side (handler) has the operator (processor) keep personal data, for purposes, from–to."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="processing_agreements")
    handler = models.CharField(max_length=160)
    processor = models.CharField(max_length=160)
    purposes = models.TextField()
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="processing_agreement_ends_after_start",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.handler} / {self.processor}"
