"""Which user an outside identity is. No account is ever opened by it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import ExternalIdentity, User
from feidi.kernel.identity.oidc import Claims
from feidi.kernel.identity.services.phones import clean_mobile, find_user_by_phone

EXTERNAL = "identity.external"


def find_external(user: User) -> ExternalIdentity | None:
    """Return the user's binding to the provider that is set, or None."""
    return ExternalIdentity.objects.filter(
        user=user, issuer=settings.FEIDI_OIDC_ISSUER, removed_at__isnull=True
    ).first()


def user_of(*, now: datetime, claims: Claims) -> User:
    """Return the existing user of an outside identity: by binding, else by a verified claim the settings trust.

    A match by claim leaves a binding. Refused when nobody matches, or the account is closed.
    """
    bound = ExternalIdentity.objects.filter(issuer=claims.issuer, subject=claims.subject, removed_at__isnull=True)
    found = bound.select_related("user").first()
    if found is not None:
        if not found.user.is_active:
            raise refuse("identity.oidc_unknown")
        return found.user
    user = _by_claim(claims)
    if user is None or find_external(user) is not None:
        raise refuse("identity.oidc_unknown")
    bind_external(actor=actor_for_user(user, now), now=now, user=user, claims=claims)
    return user


def bind_external(*, actor: Actor, now: datetime, user: User, claims: Claims) -> ExternalIdentity:
    """Bind an outside identity to one's own account. Refused when another account has it, or one has another."""
    taken = ExternalIdentity.objects.filter(issuer=claims.issuer, subject=claims.subject, removed_at__isnull=True)
    if taken.exclude(user=user).exists():
        raise refuse("identity.oidc_taken")
    held = find_external(user)
    if held is not None:
        if held.subject != claims.subject:
            raise refuse("identity.oidc_there")
        return held
    row = ExternalIdentity(user=user, issuer=claims.issuer, subject=claims.subject, created_at=now)
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=EXTERNAL)
    return row


def remove_external(*, actor: Actor, now: datetime, user: User) -> None:
    """Take the binding off; signing in by password stays. Refused where there is none."""
    row = find_external(user)
    if row is None:
        raise refuse("identity.oidc_none")
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(row)
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        unit.changed(row, kind=EXTERNAL, before=before, action="removed")


def _by_claim(claims: Claims) -> User | None:
    if "phone" in settings.FEIDI_OIDC_MATCH and claims.phone:
        try:
            return find_user_by_phone(clean_mobile(claims.phone))
        except RefusedError:
            return None
    if "email" in settings.FEIDI_OIDC_MATCH and claims.email:
        # mail addresses are typed in by administrators and not unique: two of a kind match nobody
        same = list(User.objects.filter(email__iexact=claims.email, is_active=True)[:2])
        return same[0] if len(same) == 1 else None
    return None
