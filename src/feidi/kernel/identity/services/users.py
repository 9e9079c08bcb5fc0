"""Opening, closing and re-opening accounts."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,58}")


def add_user(
    *, actor: Actor, now: datetime, login: str, display_name: str, password: str, must_change: bool = True
) -> User:
    """Open an account. Refused: a login that is taken or malformed, a password the rules reject."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise refuse("identity.login_malformed", login=login)
    if User.objects.filter(login=login).exists():
        raise refuse("identity.login_taken", login=login)
    user = User(login=login, display_name=display_name.strip(), created_at=now, must_change_password=must_change)
    _check_password(password, user)
    user.set_password(password)
    with recorded(actor=actor, now=now) as unit:
        user.save()
        unit.created(user, kind="identity.user")
    return user


def change_password(*, actor: Actor, now: datetime, user: User, password: str) -> None:
    """Set a new password after the rules have passed it."""
    _check_password(password, user)
    with recorded(actor=actor, now=now) as unit:
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        unit.acted("password_changed", kind="identity.user", uid=user.uid)


def close_user(*, actor: Actor, now: datetime, user: User, reason: str) -> None:
    """Close an account; its rows stay, its sessions end at the next request."""
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        unit.changed(user, kind="identity.user", before=before, reason=reason)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = [Finding(Level.PROBLEM, "identity.password_rule", {"rule": text}) for text in error.messages]
        raise refuse("identity.password_weak", *reasons) from error
