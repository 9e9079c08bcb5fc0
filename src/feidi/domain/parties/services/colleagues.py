"""单位管理员: a firm's administrator invites colleagues as tenants of the firm, and ends that. Of no other firm, to no other role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Membership, Organization
from feidi.domain.parties.selectors.colleagues import INVITE, ROLE, standing_colleagues
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.invitations import open_account, renew_link

KIND: Final = "parties.membership"
#: So many people of one firm hold a role at a time.
MOST: Final = 30


def invite_colleague(
    *, actor: Actor, now: datetime, organization: Organization, login: str, display_name: str, email: str = ""
) -> tuple[Membership, str]:
    """Open an account for a colleague with the role of a tenant of one's own firm; returns it and the link's token.

    Refused: not this firm's administrator, too many already, a login that is taken or malformed, no name.
    """
    _require(actor, organization)
    if not display_name.strip():
        raise refuse("parties.name_needed")
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        Organization.objects.select_for_update().get(pk=organization.pk)  # two windows: one waits
        if standing_colleagues(organization, today).count() >= MOST:
            raise refuse("parties.colleagues_full", most=MOST)
        user, token = open_account(actor=actor, now=now, login=login, display_name=display_name, email=email)
        membership = Membership.objects.create(
            user=user, role=ROLE, organization=organization, valid_from=today, created_at=now
        )
        unit.created(membership, kind=KIND)
    return membership, token


def renew_colleague_link(*, actor: Actor, now: datetime, membership: Membership) -> str:
    """Return a new link for a colleague who has not set a password yet; the one before opens nothing.

    Refused: not this firm's administrator, an account that is in use (a lost password is the site's administrator's
    matter) or that holds any other role: nobody takes an account over by inviting it again.
    """
    _require_tenant(actor, membership)
    user: User = membership.user
    others = Membership.objects.filter(user=user).exclude(pk=membership.pk).exists()
    if user.has_usable_password() or others:
        raise refuse("parties.colleague_in_use", name=user.display_name)
    return renew_link(actor=actor, now=now, user=user, reason="")


def end_colleague(*, actor: Actor, now: datetime, membership: Membership, reason: str) -> Membership:
    """End a colleague's role from today on; what they did stays. The account is left to the site's administrator.

    Refused: not this firm's administrator, a role that is no tenant's, no reason, ended before. Who was invited today is
    out tomorrow: a role lasts a day at least.
    """
    _require_tenant(actor, membership)
    words = reason.strip()
    if not words:
        raise refuse("identity.reason_needed")
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.valid_to is not None:
            raise refuse("parties.membership_ended", on=row.valid_to.isoformat())
        before = unit.before(row, KIND)
        row.valid_to = max(today, row.valid_from + timedelta(days=1))
        row.version += 1
        row.save(update_fields=["valid_to", "version"])
        unit.changed(row, kind=KIND, before=before, reason=words)
    return row


def _require(actor: Actor, organization: Organization) -> None:
    require(actor, INVITE, Scope(ScopeKind.ORGANIZATION, organization.pk))


def _require_tenant(actor: Actor, membership: Membership) -> None:
    if membership.organization is None or membership.role != ROLE:
        raise refuse("parties.not_permitted", permission=INVITE, what="")
    _require(actor, membership.organization)
