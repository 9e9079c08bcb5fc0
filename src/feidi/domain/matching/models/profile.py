"""Needs and offers: a text in two versions, facts that may be unknown, who must never see it, and who saw it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.matching.enums import (
    Confidentiality,
    ProfileKind,
    ProfileState,
    Ripeness,
    Side,
    TaggedBy,
    Viewed,
)
from feidi.domain.parties.models import Organization, Outpost, Person, Place
from feidi.domain.pipeline.models import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class ProfileFacts(models.Model):
    """Abstract: what is known of a need or an offer. NULL is "nobody has said", never "none" and never 0.

    Lists: NULL unknown, ``[]`` no limit, else codes. Of a need the fact is what is wanted, of an offer what is there.
    Money in hundredths of ``currency`` (empty: unknown); a range has its ends in order (constraint of the profile).
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    regions = models.JSONField(null=True, blank=True)
    ripeness_from = models.CharField(max_length=10, choices=Ripeness.choices, blank=True)
    ripeness_to = models.CharField(max_length=10, choices=Ripeness.choices, blank=True)
    rounds = models.JSONField(null=True, blank=True)
    sectors = models.JSONField(null=True, blank=True)
    amount_lo_fen = models.BigIntegerField(null=True, blank=True)
    amount_hi_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    return_ratio_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    exclusive_until = models.DateField(null=True, blank=True)
    exclusive = models.BooleanField(null=True, blank=True)
    available_from = models.DateField(null=True, blank=True)
    area_m2_lo = models.PositiveIntegerField(null=True, blank=True)
    area_m2_hi = models.PositiveIntegerField(null=True, blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    price_per = models.CharField(max_length=40, blank=True)
    floor_load_kg_m2 = models.PositiveIntegerField(null=True, blank=True)
    environment_class = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class Profile(Addressed, Voidable, ProfileFacts):
    """One need or one offer of an organization, a project or a person (at least one: constraint), until ``expires_on``.

    ``masked_text`` is what the other side may read before names are shown; ``full_text`` what it may read afterwards
    (and, where a confidentiality agreement is asked for, once that is signed). ``title`` is as masked as the text.
    ``node`` empty: not put to a node yet; ``other``: to none of them, honestly.
    ``version`` goes up with each change; a list shows which version it saw.
    ``confirmed_on``: the day somebody last said that it still holds; NULL: nobody has (an imported row).
    ``evidence_percent``: accepted share of what was decided of its evidence, 0–100 (constraint); NULL:
    nothing was decided yet.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="profiles")
    number = models.CharField(max_length=40)
    side = models.CharField(max_length=5, choices=Side.choices)
    kind = models.CharField(max_length=16, choices=ProfileKind.choices)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="profiles"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="profiles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="profiles")
    title = models.CharField(max_length=120)
    masked_text = models.TextField()
    full_text = models.TextField(blank=True)
    confidentiality = models.CharField(max_length=6, choices=Confidentiality.choices, default=Confidentiality.MASKED)
    chain = models.CharField(max_length=40, blank=True)
    node = models.CharField(max_length=40, blank=True)
    tagged_by = models.CharField(max_length=7, choices=TaggedBy.choices, default=TaggedBy.MACHINE)
    state = models.CharField(max_length=6, choices=ProfileState.choices, default=ProfileState.OPEN)
    expires_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    evidence_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profiles")
    source = models.CharField(max_length=160, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="profile_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(masked_text=""), name="profile_says_what"),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(project__isnull=False) | Q(person__isnull=False),
                name="profile_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(amount_lo_fen__isnull=True)
                | Q(amount_hi_fen__isnull=True)
                | Q(amount_lo_fen__lte=F("amount_hi_fen")),
                name="profile_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(area_m2_lo__isnull=True) | Q(area_m2_hi__isnull=True) | Q(area_m2_lo__lte=F("area_m2_hi")),
                name="profile_areas_in_order",
            ),
            models.CheckConstraint(
                condition=Q(evidence_percent__isnull=True) | Q(evidence_percent__lte=100),
                name="profile_evidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProfileState.CLOSED) | ~Q(closed_reason=""), name="profile_closed_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "side", "state", "-id"], name="profile_list"),
            models.Index(fields=["outpost", "expires_on"], name="profile_expiry"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class NeedSheet(models.Model):
    """The fields of the official 技术需求征集表. Empty reads “问企业”: nobody fills in what the firm has not said.

    ``read_back_on``: the day on which the sheet was read back to the firm, by whom.
    """

    profile = models.OneToOneField(Profile, on_delete=models.PROTECT, related_name="sheet")
    goal = models.TextField(blank=True)
    indicators = models.TextField(blank=True)
    finish = models.CharField(max_length=200, blank=True)
    ownership = models.CharField(max_length=300, blank=True)
    funding = models.CharField(max_length=300, blank=True)
    conditions = models.TextField(blank=True)
    read_back_on = models.DateField(null=True, blank=True)
    read_back_to = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_back_on__isnull=True) | ~Q(read_back_to=""), name="need_sheet_read_back_to_somebody"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.profile_id}"


class ProfileBlock(models.Model):
    """A firm that must never see a profile. Kept when lifted: who blocked it, who lifted it, when."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="blocks")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "organization"], condition=Q(lifted_at__isnull=True), name="profile_block_once"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.profile_id} ⊘ {self.organization_id}"


class ProfileReading(models.Model):
    """谁看过: somebody outside the outpost's staff read a version of a profile, or was sent it. Once per person,
    version and kind (constraint); appended, never changed. ``on_paper``: sent as picture or paper, by whom.
    """

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="readings")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reader = models.CharField(max_length=160)
    what = models.CharField(max_length=8, choices=Viewed.choices)
    of_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    on_paper = models.BooleanField(default=False)
    sent_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "reader", "what", "of_version", "on_paper"], name="profile_reading_once"
            )
        ]
        indexes = [models.Index(fields=["profile", "-at"], name="profile_readings")]

    @override
    def __str__(self) -> str:
        return f"{self.reader} {self.what}"


class ConfidentialityAgreement(Addressed, Voidable):
    """保密协议 of one organization about one profile: with it the full text may be read."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="confidentiality_agreements")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "organization"],
                condition=Q(voided_at__isnull=True),
                name="confidentiality_agreement_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.profile_id} {self.organization_id}"
