"""Signing in with a lock-out: five failures within fifteen minutes lock the login for fifteen.

Password, TOTP and recovery codes count into the same row of failures.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import require_manager
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import SignInAttempt

if TYPE_CHECKING:
    from feidi.kernel.identity.models import User

FAILURES_ALLOWED = 5
WINDOW = timedelta(minutes=15)


def locked_until(*, login: str, now: datetime) -> datetime | None:
    """Return when the login opens again, None when it is not locked."""
    recent = (
        SignInAttempt.objects.filter(login=login.strip().lower()[:60], at__gt=now - WINDOW)
        # the first step alone ends nothing: who passes it would else guess second factors without end
        .exclude(method=SignInMethod.FIRST_STEP)
        .order_by("-at", "-id")
    )
    failures: list[datetime] = []
    for attempt in recent[: FAILURES_ALLOWED + 1]:
        if attempt.succeeded:
            break
        failures.append(attempt.at)
    return failures[-1] + WINDOW if len(failures) >= FAILURES_ALLOWED else None


def check_not_locked(*, login: str, now: datetime) -> None:
    """Refuse when the login has failed too often lately; says when it opens again."""
    opens = locked_until(login=login, now=now)
    if opens is not None:
        minutes = max(1, round((opens - now).total_seconds() / 60))
        raise refuse("identity.locked_out", minutes=minutes, failures=FAILURES_ALLOWED)


def record_attempt(
    *,
    login: str,
    address: str | None,
    succeeded: bool,
    now: datetime,
    method: SignInMethod = SignInMethod.PASSWORD,
) -> SignInAttempt:
    """Write down one attempt."""
    return SignInAttempt.objects.create(
        login=login.strip().lower()[:60], address=address, succeeded=succeeded, at=now, method=method
    )


def release_lock(*, actor: Actor, now: datetime, user: User) -> None:
    """Take a lock-out away before its time. The failures stay in the log."""
    require_manager(actor)
    with recorded(actor=actor, now=now) as unit:
        record_attempt(login=user.login, address=None, succeeded=True, now=now, method=SignInMethod.RELEASED)
        unit.acted("lock_released", kind="identity.user", uid=user.uid)


def sign_in_allowed(user: User) -> bool:
    """Tell whether the account is open."""
    return user.is_active
