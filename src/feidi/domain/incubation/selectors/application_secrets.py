"""The code that opens an application without an account: 16 letters and digits that nobody mistakes for each other."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH, _GROUP = 16, 4


def new_secret() -> str:
    """Return a new code: about 79 bits, in four groups."""
    letters = "".join(secrets.choice(_LETTERS) for _at in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def secret_digest(secret: str) -> str:
    """Return the digest under which a code is known; blanks, dashes and capitals do not matter."""
    folded = "".join(each for each in secret.strip().lower() if each.isalnum())
    return sha256(folded.encode()).hexdigest()


def application_of_secret(secret: str, now: datetime) -> Application:
    """Return the application that a code opens. Refused, in the same words: none, taken back, a draft of long ago."""
    rows = Application.objects.select_related("outpost__home", "outpost__host", "officer", "organization", "project")
    row = rows.filter(secret_sha256=secret_digest(secret), voided_at__isnull=True).first()
    if row is None or (row.state == ApplicationState.DRAFT and is_old_draft(row, now)):
        raise refuse("incubation.application_closed")
    return row


def is_old_draft(row: Application, now: datetime) -> bool:
    """Tell whether a draft was begun longer ago than its place keeps one."""
    return row.created_at + timedelta(days=admission_rules(row.outpost).draft_days) < now


def applicant_actor(row: Application) -> Actor:
    """Return who acts with the code: nobody by name, the application itself."""
    return Actor(kind=ActorKind.ANONYMOUS, label=f"入驻申请 {row.number or row.uid}")
