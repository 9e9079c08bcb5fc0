"""Memberships: which user holds which role over what, from when until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models.organization import Organization
from feidi.domain.parties.models.place import Outpost, Place
from feidi.kernel.subjects.fields import Addressed


class Membership(Addressed):
    """One role of one user. The role's content says over which kind of scope it is held: an outpost,
    a home place, an organization, or the installation. At most one of the three is set (constraint).

    ``works_for`` is the organization whose staff this is (the operator's people verify nothing of theirs).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    home = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    works_for = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="staff")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outpost__isnull=True, home__isnull=True)
                | Q(outpost__isnull=True, organization__isnull=True)
                | Q(home__isnull=True, organization__isnull=True),
                name="membership_over_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="membership_ends_after_start",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
