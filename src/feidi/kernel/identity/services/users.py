"""Opening, closing and re-opening accounts."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import require_another, require_manager
from feidi.kernel.identity.models import User

USER = "identity.user"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,58}")


def add_user(
    *,
    actor: Actor,
    now: datetime,
    login: str,
    display_name: str,
    password: str,
    must_change: bool = True,
    encoded: str = "",
) -> User:
    """Open an account. Refused: a login that is taken or malformed, a password the rules reject.

    ``encoded``: the hash of ``password``, for accounts that share a published one; hashing takes long on purpose.
    """
    login = clean_login(login)
    user = User(login=login, display_name=display_name.strip(), created_at=now, must_change_password=must_change)
    check_password(password, user)
    if encoded:
        user.password = encoded
    else:
        user.set_password(password)
    with recorded(actor=actor, now=now) as unit:
        user.save()
        unit.created(user, kind=USER)
    return user


def clean_login(login: str) -> str:
    """Return a login that may be given to a new account; refuses one that is malformed or taken."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise refuse("identity.login_malformed", login=login)
    if User.objects.filter(login=login).exists():
        raise refuse("identity.login_taken", login=login)
    return login


def update_user(*, actor: Actor, now: datetime, user: User, display_name: str, email: str = "") -> None:
    """Change the name shown and the mail address. Refused without the permission."""
    require_manager(actor)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.display_name, user.email = display_name.strip(), email.strip().lower()
        user.save(update_fields=["display_name", "email"])
        unit.changed(user, kind=USER, before=before)


def change_password(*, actor: Actor, now: datetime, user: User, password: str) -> None:
    """Set a new password after the rules have passed it."""
    check_password(password, user)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        unit.changed(user, kind=USER, before=before, action="password_changed")


def close_user(*, actor: Actor, now: datetime, user: User, reason: str) -> None:
    """Close an account; its rows stay, its sessions end at the next request and do not come back.

    Refused without the permission, without a reason, and for one's own account.
    """
    require_manager(actor)
    require_another(actor, user)
    _require_reason(reason)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.is_active = False
        user.session_epoch += 1
        user.save(update_fields=["is_active", "session_epoch"])
        unit.changed(user, kind=USER, before=before, reason=reason.strip())


def reopen_user(*, actor: Actor, now: datetime, user: User, reason: str) -> None:
    """Open a closed account again. Its roles are what they were, where they have not ended."""
    require_manager(actor)
    _require_reason(reason)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.is_active = True
        user.save(update_fields=["is_active"])
        unit.changed(user, kind=USER, before=before, reason=reason.strip())


def end_sessions(*, actor: Actor, now: datetime, user: User, reason: str) -> None:
    """Sign the user out everywhere."""
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.session_epoch += 1
        user.save(update_fields=["session_epoch"])
        unit.changed(user, kind=USER, before=before, reason=reason)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse("identity.reason_needed")


def check_password(password: str, user: User) -> None:
    """Refuse a password that the rules reject, with each rule."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = [Finding(Level.PROBLEM, "identity.password_rule", {"rule": text}) for text in error.messages]
        raise refuse("identity.password_weak", *reasons) from error
