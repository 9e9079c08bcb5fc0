"""Invitations: an account is opened without a password, its owner sets one by a link that is good once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import require_another, require_manager
from feidi.kernel.identity.models import Invitation, User
from feidi.kernel.identity.services.phones import set_phone
from feidi.kernel.identity.services.users import USER, check_password, clean_login

INVITATION = "identity.invitation"
LIFETIME = timedelta(hours=72)


def invite_user(
    *, actor: Actor, now: datetime, login: str, display_name: str, email: str = "", phone: str = ""
) -> tuple[User, str]:
    """Open an account that has no password; returns it and the token of its link, which is not kept.

    Refused without the permission, for a login that is taken or malformed, for a phone of another account.
    """
    require_manager(actor)
    return open_account(actor=actor, now=now, login=login, display_name=display_name, email=email, phone=phone)


def open_account(
    *, actor: Actor, now: datetime, login: str, display_name: str, email: str = "", phone: str = ""
) -> tuple[User, str]:
    """Open an account as ``invite_user`` does, for an app that has checked by a rule of its own what the actor may."""
    user = User(
        login=clean_login(login), display_name=display_name.strip(), email=email.strip().lower(), created_at=now
    )
    user.set_unusable_password()
    with recorded(actor=actor, now=now) as unit:
        user.save()
        unit.created(user, kind=USER)
        if phone.strip():
            set_phone(actor=actor, now=now, user=user, number=phone)
        return user, _issue(actor, now, user, reason="")


def renew_invitation(*, actor: Actor, now: datetime, user: User, reason: str) -> str:
    """Return a new link's token; the link before opens nothing any more. Also the way out of a forgotten password.

    The password stays until the link is used. Refused without the permission, for oneself, for a closed account.
    """
    require_manager(actor)
    return renew_link(actor=actor, now=now, user=user, reason=reason)


def renew_link(*, actor: Actor, now: datetime, user: User, reason: str) -> str:
    """Renew a link as ``renew_invitation`` does, for an app that has checked by a rule of its own what the actor may."""
    require_another(actor, user)
    if not user.is_active:
        raise refuse("identity.closed")
    with recorded(actor=actor, now=now) as unit:
        for each in Invitation.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True):
            before = unit.before(each)
            each.withdrawn_at = now
            each.save(update_fields=["withdrawn_at"])
            unit.changed(each, kind=INVITATION, before=before)
        return _issue(actor, now, user, reason=reason.strip())


def get_invitation(*, now: datetime, token: str) -> Invitation:
    """Return the open invitation of a token. Refused alike: unknown, used, too old, withdrawn, account closed."""
    found = (
        Invitation.objects.filter(
            token_digest=_digest(token),
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
            user__is_active=True,
        )
        .select_related("user")
        .first()
    )
    if found is None:
        raise refuse("identity.invitation_closed", hours=int(LIFETIME.total_seconds() // 3600))
    return found


def accept_invitation(*, now: datetime, token: str, password: str) -> User:
    """Set the password, end the link and every session of the account; returns the user, not yet signed in."""
    invitation = get_invitation(now=now, token=token)
    user = invitation.user
    check_password(password, user)
    actor = actor_for_user(user, now)
    with recorded(actor=actor, now=now) as unit:
        before_link, before_user = unit.before(invitation), unit.before(user)
        if not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=now):
            raise refuse("identity.invitation_closed", hours=int(LIFETIME.total_seconds() // 3600))
        invitation.used_at = now
        unit.changed(invitation, kind=INVITATION, before=before_link)
        user.set_password(password)
        user.must_change_password = False
        user.session_epoch += 1
        user.save(update_fields=["password", "must_change_password", "session_epoch"])
        unit.changed(user, kind=USER, before=before_user, action="password_set")
    return user


def open_invitation(user: User, now: datetime) -> Invitation | None:
    """Return the user's open invitation, or None."""
    return Invitation.objects.filter(
        user=user, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).first()


def _issue(actor: Actor, now: datetime, user: User, *, reason: str) -> str:
    token = secrets.token_urlsafe(32)
    invitation = Invitation(user=user, token_digest=_digest(token), created_at=now, expires_at=now + LIFETIME)
    with recorded(actor=actor, now=now) as unit:
        invitation.save()
        unit.created(invitation, kind=INVITATION, reason=reason)
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
