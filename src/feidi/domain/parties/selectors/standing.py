"""What a user holds: memberships of today, with the permissions that content gives their roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from feidi.domain.parties.models import Membership
from feidi.kernel.access import Grant, Scope, ScopeKind
from feidi.kernel.access.grants import Standing
from feidi.kernel.content.library import read

SHANGHAI = ZoneInfo("Asia/Shanghai")
DEFAULT_PLACE = "cn"


def roles_of(place: str) -> Mapping[str, Any]:
    """Return the roles that content defines for a place (nearest wins)."""
    roles: Mapping[str, Any] = read(place, "enclave/roles.yaml", on=None).data["roles"]
    return roles


def standing_of(user_id: int, now: datetime) -> Standing:
    """Return the grants of a user at ``now`` and the organizations the user works for."""
    today = now.astimezone(SHANGHAI).date()
    memberships = (
        Membership.objects.filter(user_id=user_id, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("outpost__home", "home")
    )
    grants, works_for = [], set()
    for each in memberships:
        grants.append(_grant(each))
        works_for |= {pk for pk in (each.works_for_id, each.organization_id) if pk}
        if each.outpost and each.outpost.operator_id:
            works_for.add(each.outpost.operator_id)
    return Standing(tuple(grants), frozenset(works_for))


def _grant(membership: Membership) -> Grant:
    if membership.outpost is not None:
        place, scope = membership.outpost.home.code, Scope(ScopeKind.OUTPOST, membership.outpost_id)
    elif membership.home is not None:
        place, scope = membership.home.code, Scope(ScopeKind.HOME, membership.home_id)
    elif membership.organization_id is not None:
        place, scope = DEFAULT_PLACE, Scope(ScopeKind.ORGANIZATION, membership.organization_id)
    else:
        place, scope = DEFAULT_PLACE, Scope(ScopeKind.INSTALLATION)
    role = roles_of(place).get(membership.role) or {}
    # a role that content no longer knows, or holds over another kind of scope, grants nothing
    fits = role.get("scope") == scope.kind.value
    return Grant(membership.role, frozenset(role.get("permissions") or ()) if fits else frozenset(), scope)
