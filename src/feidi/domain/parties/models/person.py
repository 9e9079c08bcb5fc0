"""Persons and how to reach them. Both belong to the outpost that wrote them down."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.enums import ContactKind
from feidi.domain.parties.models.organization import Organization
from feidi.domain.parties.models.place import Outpost
from feidi.kernel.subjects.fields import Addressed, Voidable


class Person(Addressed, Voidable):
    """A person as one outpost knows them (also "王总", when no more is known)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=60)
    name_folded = models.CharField(max_length=60, db_index=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="persons"
    )
    title = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]

    @override
    def __str__(self) -> str:
        return self.name


class ContactPoint(Addressed, Voidable):
    """A sealed phone number, mail or WeChat name of a person or an organization (exactly one: constraint).

    ``value_enc`` is sealed for this row; ``value_hint`` is what everybody sees (138****5678);
    ``blind_index`` finds equal values. Unsealing is an audited act.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="contact_points")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_points")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_points"
    )
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value_enc = models.BinaryField()
    value_hint = models.CharField(max_length=60)
    blind_index = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="contact_point_of_exactly_one",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.value_hint
