"""What a user holds: memberships of today, with the permissions that content gives their roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from feidi.domain.parties.models import Membership
from feidi.kernel.access import Grant, Scope, ScopeKind
from feidi.kernel.access.grants import Standing
from feidi.kernel.content.library import read

SHANGHAI = ZoneInfo("Asia/Shanghai")
DEFAULT_PLACE = "cn"


class _Held(NamedTuple):
    """A membership, as far as it says what is granted."""

    role: str
    outpost_id: int | None
    outpost__home__code: str | None
    outpost__operator_id: int | None
    home_id: int | None
    home__code: str | None
    organization_id: int | None
    works_for_id: int | None


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
        # asked by every request: a few columns, no rows of places and outposts
        .values_list(*_Held._fields)
    )
    grants, works_for = [], set()
    for each in (_Held(*row) for row in memberships):
        grants.append(_grant(each))
        works_for |= {pk for pk in (each.works_for_id, each.organization_id, each.outpost__operator_id) if pk}
    return Standing(tuple(grants), frozenset(works_for))


def _grant(held: _Held) -> Grant:
    if held.outpost_id is not None:
        place, scope = held.outpost__home__code, Scope(ScopeKind.OUTPOST, held.outpost_id)
    elif held.home_id is not None:
        place, scope = held.home__code, Scope(ScopeKind.HOME, held.home_id)
    elif held.organization_id is not None:
        place, scope = DEFAULT_PLACE, Scope(ScopeKind.ORGANIZATION, held.organization_id)
    else:
        place, scope = DEFAULT_PLACE, Scope(ScopeKind.INSTALLATION)
    role = roles_of(place or DEFAULT_PLACE).get(held.role) or {}
    # a role that content no longer knows, or holds over another kind of scope, grants nothing
    fits = role.get("scope") == scope.kind.value
    return Grant(held.role, frozenset(role.get("permissions") or ()) if fits else frozenset(), scope)
