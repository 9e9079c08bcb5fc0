"""Who may be asked to judge for an outpost."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from feidi.domain.incubation.admission_access import SCORE
from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import roles_of
from feidi.kernel.identity.models import User


def judges_of(outpost: Outpost, on: date) -> QuerySet[User]:
    """Return the users who hold, on a day and over this outpost, a role that content lets score, by name."""
    roles = [code for code, each in roles_of(outpost.home.code).items() if SCORE in each["permissions"]]
    held = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    users = held.filter(outpost=outpost, role__in=roles).values("user_id")
    return User.objects.filter(pk__in=users, is_active=True).order_by("display_name", "id")
