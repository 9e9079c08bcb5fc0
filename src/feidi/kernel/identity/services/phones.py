"""The number by which a user may sign in: set, confirmed, removed."""

from __future__ import annotations

import re
from datetime import datetime

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import require_self_or_manager
from feidi.kernel.identity.models import Phone, User
from feidi.kernel.sealing import blind_index, seal, unseal
from feidi.kernel.subjects import new_uid

PHONE = "identity.phone"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ABROAD = re.compile(r"\+\d{6,15}")


def clean_mobile(text: str) -> str:
    """Return a number that can take an SMS, without spaces; refuses others.

    >>> clean_mobile("+86 139-0000-1234")
    '13900001234'
    """
    number = re.sub(r"[\s()（）—-]", "", text)
    number = number.removeprefix("+86") if _MOBILE.fullmatch(number.removeprefix("+86")) else number
    if _MOBILE.fullmatch(number) or _ABROAD.fullmatch(number):
        return number
    raise refuse("identity.phone_malformed")


def phone_index(number: str) -> str:
    """Return the keyed digest by which a number is found and counted."""
    return blind_index(f"sign-in:{number}")


def mask_phone(number: str) -> str:
    """Return first three and last four digits."""
    return f"{number[:3]}****{number[-4:]}"


def find_phone(user: User) -> Phone | None:
    """Return the user's number, or None."""
    return Phone.objects.filter(user=user, removed_at__isnull=True).first()


def find_user_by_phone(number: str) -> User | None:
    """Return whose open account has the number, or None."""
    phone = (
        Phone.objects.filter(blind_index=phone_index(number), removed_at__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return phone.user if phone else None


def number_of(phone: Phone) -> str:
    """Open the sealed number; raises ``UnreadableError`` without its key."""
    return unseal(phone.value_enc, context=f"{PHONE}:{phone.uid}")


def set_phone(*, actor: Actor, now: datetime, user: User, number: str, confirmed: bool = False) -> Phone:
    """Make ``number`` the user's, in place of the one before. ``confirmed``: a code sent to it came back.

    Refused: another's account without the permission, a number that another account has.
    """
    require_self_or_manager(actor, user)
    number = clean_mobile(number)
    index, held = phone_index(number), find_phone(user)
    if held is not None and held.blind_index == index:
        return _confirm(actor, now, held) if confirmed else held
    if Phone.objects.filter(blind_index=index, removed_at__isnull=True).exists():
        raise refuse("identity.phone_taken")
    uid = new_uid()
    phone = Phone(
        uid=uid,
        user=user,
        value_enc=seal(number, context=f"{PHONE}:{uid}"),
        value_hint=mask_phone(number),
        blind_index=index,
        created_at=now,
        verified_at=now if confirmed else None,
    )
    with recorded(actor=actor, now=now) as unit:
        if held is not None:
            remove_phone(actor=actor, now=now, phone=held)
        phone.save()
        unit.created(phone, kind=PHONE)
    return phone


def _confirm(actor: Actor, now: datetime, phone: Phone) -> Phone:
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(phone)
        phone.verified_at = now
        phone.save(update_fields=["verified_at"])
        unit.changed(phone, kind=PHONE, before=before)
    return phone


def remove_phone(*, actor: Actor, now: datetime, phone: Phone) -> None:
    """Take the number from the account and forget its value."""
    require_self_or_manager(actor, phone.user)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(phone)
        phone.value_enc, phone.value_hint, phone.blind_index, phone.removed_at = b"", "", "", now
        phone.save(update_fields=["value_enc", "value_hint", "blind_index", "removed_at"])
        unit.changed(phone, kind=PHONE, before=before, action="removed")
