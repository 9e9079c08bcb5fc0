"""Organizations: one row each, shared by all outposts, seen only by those linked to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.enums import AliasKind, IdentifierScheme, OrganizationKind, RelationKind
from feidi.domain.parties.models.place import Outpost, Place
from feidi.kernel.subjects.fields import Addressed, Voidable


class Organization(Addressed, Voidable):
    """A firm, team, platform, fund, bureau … ``name_folded`` is what comparisons use."""

    name = models.CharField(max_length=160)
    name_folded = models.CharField(max_length=160, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(voided_at__isnull=False), name="organization_merged_is_voided"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class OrganizationKindOf(models.Model):
    """One kind that an organization is of; the kinds form a set (constraint)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="kinds")
    kind = models.CharField(max_length=20, choices=OrganizationKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "kind"], name="organization_kind_once")]

    @override
    def __str__(self) -> str:
        return self.kind


class OrganizationIdentifier(models.Model):
    """A number of an organization. ``valid``: its check digit holds. The same number on two
    organizations is a conflict to review, so only (organization, scheme, value) is unique.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=IdentifierScheme.choices)
    value = models.CharField(max_length=40)
    valid = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "scheme", "value"], name="organization_identifier_once")
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_value")]

    @override
    def __str__(self) -> str:
        return self.value


class OrganizationAlias(models.Model):
    """Another name of an organization."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=12, choices=AliasKind.choices)
    name = models.CharField(max_length=160)
    name_folded = models.CharField(max_length=160, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name_folded"], name="organization_alias_once")]

    @override
    def __str__(self) -> str:
        return self.name


class OrganizationIndustry(models.Model):
    """An industry of an organization: a code of a named system, or only words (system ``text``)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="industries")
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "system", "label"], name="organization_industry_once")
        ]

    @override
    def __str__(self) -> str:
        return self.label


class OrganizationLink(models.Model):
    """Since when an outpost knows an organization. Without a link the outpost does not see it."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="organization_links")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="links")
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "organization"], name="organization_link_once")]

    @override
    def __str__(self) -> str:
        return f"{self.outpost_id} → {self.organization_id}"


class OrganizationRelation(models.Model):
    """One organization continued as, or belonging to, another (never itself: constraint)."""

    source = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="relations_in")
    kind = models.CharField(max_length=16, choices=RelationKind.choices)
    since = models.DateField(null=True, blank=True)
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_not_to_itself"),
            models.UniqueConstraint(fields=["source", "target", "kind", "outpost"], name="relation_once_per_outpost"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
