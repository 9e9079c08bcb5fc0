"""Giving a user a role, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Membership, Organization, Outpost, Place
from feidi.domain.parties.selectors.standing import DEFAULT_PLACE, SHANGHAI, roles_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.invitations import invite_user


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
    begins = valid_from or now.astimezone(SHANGHAI).date()
    if valid_to is not None and valid_to <= begins:
        raise refuse("parties.membership_ends_early", start=begins.isoformat())
    membership = Membership(
        user=user,
        role=role,
        outpost=outpost,
        home=home,
        organization=organization,
        works_for=works_for,
        valid_from=begins,
        valid_to=valid_to,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        membership.save()
        unit.created(membership, kind="parties.membership")
    return membership


def end_membership(*, actor: Actor, now: datetime, membership: Membership, on: date, reason: str) -> None:
    """End a role: it is no longer held from the day ``on``. What was done under it stays.

    Refused without a reason, before the day after it began, for a role that has ended, and for a role of one's own:
    nobody locks the last administrator out by mistake.
    """
    require(actor, "membership.manage")
    if not reason.strip():
        raise refuse("identity.reason_needed")
    if actor.user_id == membership.user_id:
        raise refuse("identity.not_yourself")
    if membership.valid_to is not None and membership.valid_to <= now.astimezone(SHANGHAI).date():
        raise refuse("parties.membership_ended", on=membership.valid_to.isoformat())
    if on <= membership.valid_from:
        raise refuse("parties.membership_ends_early", start=membership.valid_from.isoformat())
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(membership, "parties.membership")
        membership.valid_to = on
        membership.version += 1
        membership.save(update_fields=["valid_to", "version"])
        unit.changed(membership, kind="parties.membership", before=before, reason=reason.strip())


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited, and the role they begin with; at most one of outpost, home and organization."""

    login: str
    display_name: str
    role: str
    email: str = ""
    phone: str = ""
    outpost: Outpost | None = None
    home: Place | None = None
    organization: Organization | None = None
    valid_to: date | None = None


def invite_member(*, actor: Actor, now: datetime, invited: Invited) -> tuple[User, str]:
    """Open an account without a password and give it its first role, in one transaction.

    Returns the user and the token of the link by which they set a password. Refused as opening and giving are.
    """
    with recorded(actor=actor, now=now):
        user, token = invite_user(
            actor=actor,
            now=now,
            login=invited.login,
            display_name=invited.display_name,
            email=invited.email,
            phone=invited.phone,
        )
        add_membership(
            actor=actor,
            now=now,
            user=user,
            role=invited.role,
            outpost=invited.outpost,
            home=invited.home,
            organization=invited.organization,
            valid_to=invited.valid_to,
        )
    return user, token


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
