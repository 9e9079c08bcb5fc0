"""Signing in with a lock-out: five failures within fifteen minutes lock the login for fifteen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feidi.engines.findings import refuse
from feidi.kernel.identity.models import SignInAttempt

if TYPE_CHECKING:
    from feidi.kernel.identity.models import User

FAILURES_ALLOWED = 5
WINDOW = timedelta(minutes=15)


def check_not_locked(*, login: str, now: datetime) -> None:
    """Refuse when the login has failed too often lately; says when it opens again."""
    recent = SignInAttempt.objects.filter(login=login.strip().lower()[:60], at__gt=now - WINDOW).order_by("-at")
    failures: list[datetime] = []
    for attempt in recent[: FAILURES_ALLOWED + 1]:
        if attempt.succeeded:
            break
        failures.append(attempt.at)
    if len(failures) >= FAILURES_ALLOWED:
        opens = failures[-1] + WINDOW
        minutes = max(1, round((opens - now).total_seconds() / 60))
        raise refuse("identity.locked_out", minutes=minutes, failures=FAILURES_ALLOWED)


def record_attempt(*, login: str, address: str | None, succeeded: bool, now: datetime) -> SignInAttempt:
    """Write down one attempt."""
    return SignInAttempt.objects.create(login=login.strip().lower()[:60], address=address, succeeded=succeeded, at=now)


def sign_in_allowed(user: User) -> bool:
    """Tell whether the account is open."""
    return user.is_active
