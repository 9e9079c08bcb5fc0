"""Who of an outpost's people may do something: those who are asked, warned, told."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import roles_of
from feidi.kernel.identity.models import User


def people_who_may(permission: str, outpost: Outpost, today: date) -> list[User]:
    """Return the outpost's people who hold ``permission`` over it today, in the order of their accounts."""
    roles = [code for code, role in roles_of(outpost.home.code).items() if permission in role.get("permissions", ())]
    held = Membership.objects.filter(outpost=outpost, role__in=roles, valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    )
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
