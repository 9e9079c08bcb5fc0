"""Giving a user a role, and ending it."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Membership, Organization, Outpost, Place
from feidi.domain.parties.selectors.standing import DEFAULT_PLACE, SHANGHAI, roles_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User


def add_membership(
    *,
    actor: Actor,
    now: datetime,
    user: User,
    role: str,
    outpost: Outpost | None = None,
    home: Place | None = None,
    organization: Organization | None = None,
    works_for: Organization | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give ``user`` a role over one outpost, home, organization, or (none of them) the installation.

    Refused: a role that content does not know, or one that is held over another kind of scope.
    The first administrator is made by the command line of an installation without users.
    """
    if not (actor.kind is ActorKind.COMMAND and not Membership.objects.exists()):
        require(actor, "membership.manage")
    _check_role(role, outpost, home, organization)
    membership = Membership(
        user=user,
        role=role,
        outpost=outpost,
        home=home,
        organization=organization,
        works_for=works_for,
        valid_from=valid_from or now.astimezone(SHANGHAI).date(),
        valid_to=valid_to,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        membership.save()
        unit.created(membership, kind="parties.membership")
    return membership


def end_membership(*, actor: Actor, now: datetime, membership: Membership, on: date, reason: str) -> None:
    """End a role on a day. What was done under it stays."""
    require(actor, "membership.manage")
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(membership, "parties.membership")
        membership.valid_to = on
        membership.version += 1
        membership.save(update_fields=["valid_to", "version"])
        unit.changed(membership, kind="parties.membership", before=before, reason=reason)


def _check_role(role: str, outpost: Outpost | None, home: Place | None, organization: Organization | None) -> None:
    place = outpost.home.code if outpost else home.code if home else DEFAULT_PLACE
    roles = roles_of(place)
    if role not in roles:
        raise refuse("parties.role_unknown", role=role, known="、".join(sorted(roles)))
    given = (
        ScopeKind.OUTPOST
        if outpost
        else ScopeKind.HOME
        if home
        else ScopeKind.ORGANIZATION
        if organization
        else ScopeKind.INSTALLATION
    )
    needed = roles[role]["scope"]
    if needed != given.value:
        raise refuse("parties.role_scope", role=role, needed=needed, given=given.value)
