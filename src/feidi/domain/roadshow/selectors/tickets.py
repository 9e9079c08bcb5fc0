"""Tickets: the secret link of one registrant, and what is typed at the door."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Final

from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.kinds import REGISTRATION
from feidi.domain.roadshow.models import Activity, Registration
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.sealing import UnreadableError, unseal

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH, _TOKEN_BYTES = 6, 24


def new_token() -> str:
    """Return a new secret of a ticket."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_code(activity: Activity) -> str:
    """Return a ticket number that no other registrant of the activity has; letters that nobody mistakes."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _at in range(_CODE_LENGTH))
        if not Registration.objects.filter(activity=activity, code=code).exists():
            return code


def fold_code(text: str) -> str:
    """Return a typed ticket number as it is kept: capitals, no blanks or dashes."""
    return "".join(each for each in text.upper() if each.isalnum())


def token_digest(token: str) -> str:
    """Return the digest under which a ticket's secret is known."""
    return sha256(token.encode()).hexdigest()


def context_of(row: Registration, what: str) -> str:
    """Return what a sealed value of a registration is bound to."""
    return f"{REGISTRATION}:{row.uid}:{what}"


def token_of(row: Registration) -> str:
    """Return the secret of a ticket, to be sent again. Refused: none (cancelled, erased), or its key is not here."""
    if not row.token_enc:
        raise refuse("roadshow.no_ticket")
    try:
        return unseal(row.token_enc, context=context_of(row, "token"))
    except UnreadableError as error:
        raise refuse("roadshow.unreadable") from error


def registration_of_token(token: str) -> Registration:
    """Return the registration that a ticket's link opens. Refused alike: never given, cancelled, erased, taken back."""
    rows = Registration.objects.select_related("activity__outpost__home", "activity__outpost__host")
    rows = rows.select_related("activity__booking__unit", "activity__outpost__home", "activity__outpost__host")
    row = rows.filter(
        token_sha256=token_digest(token), voided_at__isnull=True, activity__voided_at__isnull=True
    ).first()
    if row is None:
        raise refuse("roadshow.ticket_unknown")
    return row


def registrant_actor(row: Registration) -> Actor:
    """Return who acts with a ticket's link: nobody by name, the ticket itself."""
    return Actor(kind=ActorKind.TOKEN, label=f"票 {row.activity.number}/{row.code}")


def is_live(activity: Activity) -> bool:
    """Tell whether a ticket of this activity still opens the door."""
    return activity.state in {ActivityState.OPEN, ActivityState.CLOSED}
