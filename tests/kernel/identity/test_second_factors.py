"""TOTP: a code is good once, failures lock, recovery codes stand in, an administrator resets with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import RecoveryCode, SignInAttempt, User
from feidi.kernel.identity.services import second_factors as factors
from feidi.kernel.identity.services.signing_in import check_not_locked, record_attempt, release_lock
from tests.kernel.identity.people import ADMIN, a_user, themselves

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def enrolled(now: datetime) -> tuple[User, list[str]]:
    user = a_user(now)
    actor = themselves(user, now)
    return user, factors.add_totp(actor=actor, now=now, user=user, secret=SECRET, code=code_at(now))


def passed(user: User, now: datetime, code: str) -> str:
    """Return by what the code passed, or the code of the refusal."""
    try:
        return factors.pass_second_factor(now=now, user=user, code=code, address=None).value
    except RefusedError as error:
        return error.refusal.code


def test_a_wrong_first_code_sets_nothing_up(now: datetime) -> None:
    user = a_user(now)
    with pytest.raises(RefusedError, match="totp_wrong"):
        factors.add_totp(actor=ADMIN, now=now, user=user, secret=SECRET, code=code_at(now + STEP * 9))
    assert factors.find_totp(user) is None


def test_a_code_is_good_once_and_only_near_its_time(now: datetime) -> None:
    user, _codes = enrolled(now)
    # the very code that set it up is spent too
    assert passed(user, now, code_at(now)) == "identity.second_factor_wrong"
    later = now + timedelta(minutes=5)
    assert passed(user, later, f"{code_at(later)[:3]} {code_at(later)[3:]}") == "totp"
    assert passed(user, later + STEP, code_at(later)) == "identity.second_factor_wrong"
    # a clock one step off is forgiven, two steps are not
    much = now + timedelta(hours=1)
    assert passed(user, much, code_at(much - STEP * 3)) == "identity.second_factor_wrong"
    assert passed(user, much, code_at(much - STEP)) == "totp"
    totp = factors.find_totp(user)
    assert totp is not None
    assert SECRET.encode() not in bytes(totp.secret_enc)
    assert verify().faults == ()


def test_each_recovery_code_opens_once_and_none_is_kept_in_clear(now: datetime) -> None:
    user, codes = enrolled(now)
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(digest__in=[*codes, *(each.replace("-", "") for each in codes)]).exists()
    assert passed(user, now, codes[3].upper()) == "recovery_code"
    assert passed(user, now, codes[3]) == "identity.second_factor_wrong"
    totp = factors.find_totp(user)
    assert totp is not None
    assert factors.count_recovery_codes(totp) == 9
    later = now + timedelta(minutes=20)
    renewed = factors.renew_recovery_codes(actor=themselves(user, later), now=later, user=user, code=code_at(later))
    assert passed(user, later, codes[0]) == "identity.second_factor_wrong"
    assert passed(user, later, renewed[0]) == "recovery_code"


def test_guessing_locks_and_a_right_password_in_between_opens_nothing(now: datetime) -> None:
    user, _codes = enrolled(now)
    later = now + timedelta(hours=1)
    for second in range(5):
        moment = later + timedelta(seconds=second)
        # who knows the password passes the first step before every guess
        record_attempt(login=user.login, address=None, succeeded=True, now=moment, method=SignInMethod.FIRST_STEP)
        assert passed(user, moment, "000000") == "identity.second_factor_wrong"
    soon = later + timedelta(minutes=1)
    assert passed(user, soon, code_at(soon)) == "identity.locked_out"
    with pytest.raises(RefusedError, match="locked_out"):
        check_not_locked(login=user.login, now=soon)
    with pytest.raises(RefusedError, match="not_permitted"):
        release_lock(actor=themselves(user, soon), now=soon, user=user)
    release_lock(actor=ADMIN, now=soon, user=user)
    assert passed(user, soon, code_at(soon)) == "totp"
    assert SignInAttempt.objects.filter(login=user.login, succeeded=False).count() == 5


def test_an_administrator_resets_with_a_reason_and_every_session_ends(now: datetime) -> None:
    user, codes = enrolled(now)
    stands = user.get_session_auth_hash()
    for actor, reason, why in (
        (themselves(user, now), "丢了手机", "not_permitted"),
        (ADMIN, " ", "reason_needed"),
    ):
        with pytest.raises(RefusedError, match=why):
            factors.reset_second_factor(actor=actor, now=now, user=user, reason=reason)
    factors.reset_second_factor(actor=ADMIN, now=now, user=user, reason="丢了手机，当面核对")
    assert factors.find_totp(user) is None
    assert user.get_session_auth_hash() != stands
    assert passed(user, now, codes[0]) == "identity.second_factor_wrong"
    entry = AuditEntry.objects.get(subject_kind="identity.totp", action="removed")
    assert entry.reason == "丢了手机，当面核对"
    # and it can be set up anew
    factors.add_totp(actor=themselves(user, now), now=now, user=user, secret=SECRET, code=code_at(now))
    assert verify().faults == ()


def test_who_must_have_it_does_not_take_it_off(now: datetime, settings: object) -> None:
    settings.FEIDI_REQUIRE_SECOND_FACTOR = frozenset({"verifier"})  # type: ignore[attr-defined]
    user, codes = enrolled(now)
    actor = themselves(user, now)
    with pytest.raises(RefusedError, match="second_factor_required"):
        factors.remove_totp(actor=actor, now=now, user=user, code=codes[0], roles=["verifier"])
    factors.remove_totp(actor=actor, now=now, user=user, code=codes[0], roles=["officer"])
    assert factors.find_totp(user) is None
