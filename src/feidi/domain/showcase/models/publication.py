"""What is published: publications, their editions, what was done to each, the pictures they show."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.enums import EditionAct, EditionState, PublicationKind
from feidi.domain.showcase.models.release import Sheet
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Picture(Addressed):
    """A picture as it was made anew from an upload: large and small, without anything the camera had written into it."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="pictures")
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=160, blank=True)
    kept_by = models.CharField(max_length=160)

    @override
    def __str__(self) -> str:
        return self.alt or self.uid


class Publication(Addressed, Voidable):
    """One thing that is, was or will be public; what it says stands in its editions.

    Of an owner's row (``sheet``) there is one publication only, and it is of the sheet's kind (constraints).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=14, choices=PublicationKind.choices)
    title = models.CharField(max_length=160)
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="publication")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="publication_has_a_title"),
            models.CheckConstraint(
                condition=Q(sheet__isnull=True, kind__in=["news", "site", "exhibit", "result"])
                | Q(sheet__isnull=False, kind__in=["organization", "project", "product"]),
                name="publication_released_by_its_owner",
            ),
        ]
        indexes = [models.Index(fields=["outpost", "kind", "-id"], name="publication_list")]

    @override
    def __str__(self) -> str:
        return self.title


class Edition(Addressed):
    """What a publication says, once: a draft, sent for review, published from an hour on, withdrawn.

    ``content``   what its author wrote; for an owner's row only ``held_back`` counts
    ``snapshot``  what the public sees, frozen when it was published
    Who reviewed is not who wrote (constraint); at most one edition is being written (constraint).
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    content = models.JSONField(default=dict)
    held_back = models.JSONField(default=list)
    cover = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="covers")
    snapshot = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    writers = models.JSONField(default=list)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    visible_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["publication"], condition=Q(state__in=["draft", "review"]), name="edition_one_being_written"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(reviewer__isnull=False) & Q(visible_from__isnull=False)),
                name="edition_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")), name="edition_reviewer_is_not_author"
            ),
        ]
        indexes = [models.Index(fields=["state", "visible_from"], name="edition_public")]

    @override
    def __str__(self) -> str:
        return f"{self.publication_id} #{self.number}"


class EditionStep(Addressed):
    """One act on an edition: by whom, when, with which word. Append-only; the newest of a kind marks the pages that show
    that kind. ``kind``: its publication's.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="steps")
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PublicationKind.choices)
    act = models.CharField(max_length=14, choices=EditionAct.choices)
    note = models.CharField(max_length=300, blank=True)
    done_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["outpost", "kind", "-id"], name="edition_step_of_kind")]

    @override
    def __str__(self) -> str:
        return f"{self.edition_id} {self.act}"
