"""Whose question it is when an app asks how it was (``kernel.feedback``), and who of a firm is asked."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q

from feidi.domain.parties.models import Membership, Organization, Outpost
from feidi.kernel.feedback.services.asking import Respondent, Whose

#: Who of a firm is written to first.
_FIRST: Final = "tenant_admin"


def whose_of(outpost: Outpost) -> Whose:
    """Return the scopes and the place of an outpost's questions (``outpost.home`` is needed)."""
    return Whose(outpost.pk, outpost.home_id, outpost.home.code)


def respondent_of(organization: Organization, today: date) -> Respondent:
    """Return who answers for a firm: one answer a firm, written to its administrator or first account with an address.

    Without any, staff hand the link over.
    """
    rows = (
        Membership.objects.filter(organization=organization, valid_from__lte=today, user__is_active=True)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .exclude(user__email="")
        .select_related("user")
        .order_by("id")
    )
    found = sorted(rows, key=lambda each: each.role != _FIRST)
    key = f"parties.organization:{organization.uid}"
    return Respondent(key, organization.name, found[0].user.email if found else "")
