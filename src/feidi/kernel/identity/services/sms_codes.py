"""Codes by SMS: asked for, limited, taken once.

Nothing here tells whether anybody has a number: the same rows are written, the same limits count, the same words answer.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from feidi.engines.findings import refuse
from feidi.kernel.identity.enums import SignInMethod, SmsPurpose
from feidi.kernel.identity.models import SmsCode, User
from feidi.kernel.identity.services.phones import clean_mobile, find_user_by_phone, phone_index
from feidi.kernel.identity.services.signing_in import check_not_locked, record_attempt
from feidi.kernel.identity.sms import Message, send_later, sms_offered
from feidi.kernel.sealing import blind_index
from feidi.kernel.subjects import new_uid

LIFETIME = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(seconds=60)
PER_PHONE, PER_ADDRESS = 5, 20
WINDOW = timedelta(hours=1)
#: Codes live for minutes and count for an hour; a day leaves room for a look at what went wrong.
KEEP = timedelta(days=1)
_DIGITS = 6


def ask_code(
    *, now: datetime, number: str, address: str | None, purpose: SmsPurpose, user: User | None = None
) -> SmsCode:
    """Send a code to ``number`` where it leads to somebody; ``user`` is given when confirming one's own.

    Refused alike for known and unknown numbers: no gateway, a malformed number, more than one a minute or five an
    hour for a number, more than twenty an hour from an address.
    """
    if not sms_offered():
        raise refuse("identity.sms_not_offered")
    number = clean_mobile(number)
    index = phone_index(number)
    _check_limits(now, index, address)
    if purpose is SmsPurpose.SIGN_IN:
        user = find_user_by_phone(number)
    uid, code = new_uid(), f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    row = SmsCode.objects.create(
        uid=uid,
        purpose=purpose,
        phone_index=index,
        user=user,
        address=address,
        digest=_digest(uid, code),
        sent_at=now,
    )
    send_later(Message(number, _words(code), code) if user is not None else None)
    return row


def take_code(
    *,
    now: datetime,
    index: str,
    code: str,
    purpose: SmsPurpose,
    address: str | None,
    expected: User | None = None,
) -> User:
    """Return whose code this is, and end it. Refused with one and the same answer: wrong, too old, used, too many tries.

    ``expected``: only this user's code will do (confirming one's own number). Signing in also meets the lock-out of the account, told only to who holds the phone.
    """
    asked = SmsCode.objects.filter(phone_index=index, purpose=purpose)
    if expected is not None:
        asked = asked.filter(user=expected)
    row = asked.order_by("-sent_at", "-id").first()
    user = _taken(row, code, now) if row is not None else None
    if user is None or not user.is_active:
        if purpose is SmsPurpose.SIGN_IN:
            record_attempt(
                login=f"sms:{index[:16]}", address=address, succeeded=False, now=now, method=SignInMethod.SMS
            )
        raise refuse("identity.sms_code_wrong", minutes=int(LIFETIME.total_seconds() // 60), tries=TRIES)
    if purpose is SmsPurpose.SIGN_IN:
        check_not_locked(login=user.login, now=now)
    return user


def prune_codes(*, now: datetime) -> int:
    """Delete codes that open nothing and count for no limit any more; returns how many."""
    gone, _by_model = SmsCode.objects.filter(sent_at__lt=now - KEEP).delete()
    return gone


def _taken(row: SmsCode, code: str, now: datetime) -> User | None:
    """Count the try, then compare: tries at the same moment are counted one by one by the database."""
    fresh = SmsCode.objects.filter(pk=row.pk, used_at__isnull=True, tries__lt=TRIES, sent_at__gt=now - LIFETIME)
    if not fresh.update(tries=F("tries") + 1):
        return None
    if not hmac.compare_digest(row.digest, _digest(row.uid, code.strip())):
        return None
    return row.user if SmsCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now) else None


def _check_limits(now: datetime, index: str, address: str | None) -> None:
    lately = SmsCode.objects.filter(sent_at__gt=now - WINDOW)
    of_phone = list(lately.filter(phone_index=index).order_by("-sent_at").values_list("sent_at", flat=True)[:PER_PHONE])
    opens = [of_phone[0] + PAUSE] if of_phone else []
    if len(of_phone) >= PER_PHONE:
        opens.append(of_phone[-1] + WINDOW)
    if address:
        rows = lately.filter(address=address).order_by("-sent_at").values_list("sent_at", flat=True)
        of_address = list(rows[:PER_ADDRESS])
        opens += [of_address[-1] + WINDOW] if len(of_address) >= PER_ADDRESS else []
    latest = max(opens, default=now)
    if latest > now:
        raise refuse("identity.sms_too_often", seconds=max(1, round((latest - now).total_seconds())))


def _digest(uid: str, code: str) -> str:
    return blind_index(f"sms:{uid}:{code}")


def _words(code: str) -> str:
    return _("【飞地】验证码 {code}，{minutes} 分钟内有效。任何人向您索要都不要给。").format(
        code=code, minutes=int(LIFETIME.total_seconds() // 60)
    )
