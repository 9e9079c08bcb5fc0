"""TOTP as second factor: enrolled with a first code, passed at every sign-in, reset by an administrator."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime

import pyotp
from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import require_another, require_manager
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import RecoveryCode, Totp, User
from feidi.kernel.identity.services.signing_in import check_not_locked, record_attempt
from feidi.kernel.identity.services.users import end_sessions
from feidi.kernel.sealing import blind_index, seal, unseal
from feidi.kernel.subjects import new_uid

TOTP = "identity.totp"
RECOVERY_CODES = 10
#: A code of the step before or after is taken too: telephones run a little fast or slow.
_DRIFT = (0, -1, 1)
#: Letters and digits that nobody mistakes for one another on paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_HALF = 5


def find_totp(user: User) -> Totp | None:
    """Return the user's second factor, or None."""
    return Totp.objects.filter(user=user, removed_at__isnull=True).first()


def second_factor_required(roles: Collection[str]) -> bool:
    """Tell whether one of these roles must have a second factor (``FEIDI_REQUIRE_SECOND_FACTOR``)."""
    return not settings.FEIDI_REQUIRE_SECOND_FACTOR.isdisjoint(roles)


def new_secret() -> str:
    """Return a fresh secret, 160 bits in base 32."""
    return pyotp.random_base32()


def enrolment_uri(user: User, secret: str) -> str:
    """Return what the QR code of the enrolment holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name="Feidi")


def add_totp(*, actor: Actor, now: datetime, user: User, secret: str, code: str) -> list[str]:
    """Confirm a secret with its first code; returns the recovery codes, which are never shown again.

    Refused: a code that does not fit, a second secret beside the first.
    """
    if find_totp(user) is not None:
        raise refuse("identity.totp_there")
    step = _step_of(secret, code, now)
    if step is None:
        raise refuse("identity.totp_wrong")
    uid = new_uid()
    totp = Totp(uid=uid, user=user, secret_enc=seal(secret, context=f"{TOTP}:{uid}"), last_step=step, created_at=now)
    with recorded(actor=actor, now=now) as unit:
        totp.save()
        unit.created(totp, kind=TOTP)
        return _new_codes(totp)


def renew_recovery_codes(*, actor: Actor, now: datetime, user: User, code: str) -> list[str]:
    """Replace the recovery codes, against a code of the app; the ones before open nothing any more."""
    totp = _require_code(user, code, now)
    with recorded(actor=actor, now=now) as unit:
        unit.acted("recovery_codes_renewed", kind=TOTP, uid=totp.uid)
        return _new_codes(totp)


def pass_second_factor(*, now: datetime, user: User, code: str, address: str | None) -> SignInMethod:
    """Take a code of the app or a recovery code, under the lock-out; returns which it was.

    Refused: wrong, taken before, or after too many failures.
    """
    check_not_locked(login=user.login, now=now)
    totp = find_totp(user)
    method = _taken(totp, code, now) if totp is not None else None
    record_attempt(
        login=user.login, address=address, succeeded=method is not None, now=now, method=method or SignInMethod.TOTP
    )
    if method is None:
        raise refuse("identity.second_factor_wrong")
    return method


def remove_totp(*, actor: Actor, now: datetime, user: User, code: str, roles: Collection[str]) -> None:
    """Take one's own second factor off, against a code. Refused where one of ``roles`` must have it."""
    if second_factor_required(roles):
        raise refuse("identity.second_factor_required")
    totp = _require_code(user, code, now)
    _remove(actor, now, totp, reason="")


def reset_second_factor(*, actor: Actor, now: datetime, user: User, reason: str) -> None:
    """Take somebody's second factor off because the telephone is gone; every session of theirs ends.

    Refused without the permission, without a reason, for oneself, and where there is none.
    """
    require_manager(actor)
    require_another(actor, user)
    if not reason.strip():
        raise refuse("identity.reason_needed")
    totp = find_totp(user)
    if totp is None:
        raise refuse("identity.totp_none")
    with recorded(actor=actor, now=now):
        _remove(actor, now, totp, reason=reason.strip())
        end_sessions(actor=actor, now=now, user=user, reason=reason.strip())


def count_recovery_codes(totp: Totp) -> int:
    """Return how many recovery codes are left."""
    return totp.recovery_codes.filter(used_at__isnull=True).count()


def _remove(actor: Actor, now: datetime, totp: Totp, *, reason: str) -> None:
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(totp)
        totp.secret_enc, totp.removed_at = b"", now
        totp.save(update_fields=["secret_enc", "removed_at"])
        totp.recovery_codes.filter(used_at__isnull=True).update(used_at=now)
        unit.changed(totp, kind=TOTP, before=before, action="removed", reason=reason)


def _require_code(user: User, code: str, now: datetime) -> Totp:
    """Return the user's second factor after a code of it; under the same lock-out as signing in."""
    totp = find_totp(user)
    if totp is None:
        raise refuse("identity.totp_none")
    pass_second_factor(now=now, user=user, code=code, address=None)
    return totp


def _taken(totp: Totp, code: str, now: datetime) -> SignInMethod | None:
    """Take the code if it fits and was not taken; two requests at the same moment cannot both take it."""
    code = "".join(each for each in code.lower() if each.isascii() and each.isalnum())
    step = _step_of(unseal(totp.secret_enc, context=f"{TOTP}:{totp.uid}"), code, now)
    if step is not None:
        fresh = Totp.objects.filter(pk=totp.pk, removed_at__isnull=True, last_step__lt=step).update(last_step=step)
        return SignInMethod.TOTP if fresh else None
    unused = totp.recovery_codes.filter(digest=_digest(totp, code), used_at__isnull=True)
    return SignInMethod.RECOVERY if unused.update(used_at=now) else None


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the 30-second step whose code this is, None when it is none near ``now``."""
    totp = pyotp.TOTP(secret)
    here = totp.timecode(now)
    code = code.replace(" ", "")
    # every step is compared, so that the time taken says nothing
    fits = [here + drift for drift in _DRIFT if hmac.compare_digest(totp.generate_otp(here + drift), _ascii(code))]
    return fits[0] if fits else None


def _ascii(code: str) -> str:
    return code if code.isascii() else ""


def _new_codes(totp: Totp) -> list[str]:
    totp.recovery_codes.filter(used_at__isnull=True).delete()
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_HALF * 2)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(totp=totp, digest=_digest(totp, each)) for each in codes])
    return [f"{each[:_HALF]}-{each[_HALF:]}" for each in codes]


def _digest(totp: Totp, code: str) -> str:
    return blind_index(f"recovery:{totp.uid}:{code}")
