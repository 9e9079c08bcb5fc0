"""The case of a link by which delivery is confirmed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.models import GreenCase
from feidi.engines.findings import refuse


def token_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def case_of_token(token: str, now: datetime) -> GreenCase:
    """Return the delivered case of a link. Refused alike: unknown, used, expired."""
    today = now.astimezone(SHANGHAI).date()
    found = (
        GreenCase.objects.filter(
            token_sha256=token_digest(token),
            link_expires_on__gte=today,
            state=CaseState.DELIVERED,
            voided_at__isnull=True,
            talent__erased_at__isnull=True,
        )
        .select_related("outpost__home", "talent")
        .prefetch_related("items", "pauses")
        .first()
    )
    if found is None:
        raise refuse("talent.link_closed")
    return found
