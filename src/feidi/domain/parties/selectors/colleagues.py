"""Who of a firm has an account here, for the firm's own administrator."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Membership, Organization
from feidi.kernel.access import Actor, ScopeKind

INVITE: Final = "organization.invite"
#: What a colleague is given: the firm's own pages, and nothing of the administrator's.
ROLE: Final = "tenant"


def own_organizations(actor: Actor) -> QuerySet[Organization]:
    """Return the firms that the actor administers."""
    return Organization.objects.filter(pk__in=actor.scopes(INVITE, ScopeKind.ORGANIZATION)).order_by("name")


def colleagues_of(actor: Actor) -> QuerySet[Membership]:
    """Return the roles over the actor's own firms, running ones first."""
    own = actor.scopes(INVITE, ScopeKind.ORGANIZATION)
    rows = Membership.objects.filter(organization_id__in=own).select_related("user", "organization")
    return rows.order_by("organization__name", "valid_to", "user__display_name", "id")


def standing_colleagues(organization: Organization, today: date) -> QuerySet[Membership]:
    """Return the roles over a firm that are held on a day."""
    rows = Membership.objects.filter(organization=organization, user__is_active=True)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
