"""Where a profile stands: published, paused, closed, renewed, taken back."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.matching.access import EDIT, require_owner_or_office
from feidi.domain.matching.enums import ProfileState
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_changing import changed_profile
from feidi.domain.matching.services.profile_confirming import settle_questions
from feidi.domain.matching.services.profiles import check_expiry, refuse_telling
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def publish_profile(*, actor: Actor, now: datetime, profile: Profile, masked_seen: bool) -> Profile:
    """Let a draft or a paused profile take part. Refused: the masked text was not read by a person or tells whose it
    is, it is open already, expired (renew it first).
    """
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        _refuse_same(row, ProfileState.OPEN)
        if not masked_seen:
            raise refuse("matching.masked_unseen")
        refuse_telling(row, today)
        check_expiry(row.expires_on, today)
        row.state = ProfileState.OPEN
    return row


def pause_profile(*, actor: Actor, now: datetime, profile: Profile, reason: str = "") -> Profile:
    """Take a profile out of new lists for a while. Refused: it is paused already, it was never published."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile, reason=reason) as row:
        _refuse_same(row, ProfileState.PAUSED)
        if row.state == ProfileState.DRAFT:
            raise refuse("matching.state_already", number=row.number, state=str(ProfileState.DRAFT.label))
        row.state = ProfileState.PAUSED
    return row


def close_profile(*, actor: Actor, now: datetime, profile: Profile, reason: str) -> Profile:
    """Say that it is settled, and how. By the outpost's people, or by whose it is. Refused: no reason, closed before."""
    require_owner_or_office(actor, profile)
    if not reason.strip():
        raise refuse("matching.reason_needed")
    return settle_profile(actor=actor, now=now, profile=profile, reason=reason)


def settle_profile(*, actor: Actor, now: datetime, profile: Profile, reason: str) -> Profile:
    """Close one as ``close_profile`` does, for what an app below told: its own service has asked for the permission."""
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile, reason=reason) as row:
        row.state, row.closed_reason = ProfileState.CLOSED, reason.strip()[:300]
    return row


def renew_profile(*, actor: Actor, now: datetime, profile: Profile, until: date) -> Profile:
    """Set until when a profile stands, which also says that it holds today. Refused: a day in the past or too far away."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    check_expiry(until, today)
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        row.expires_on, row.confirmed_on = until, today
        settle_questions(actor=actor, now=now, profile=row)
    return row


def void_profile(*, actor: Actor, now: datetime, profile: Profile, reason: str) -> Profile:
    """Take back what was entered in error: nobody reads it any more, it is found no longer. Refused: no reason."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    if not reason.strip():
        raise refuse("matching.reason_needed")
    with (
        recorded(actor=actor, now=now) as unit,
        changed_profile(unit, profile, reason=reason, action="voided", closed=True) as row,
    ):
        row.voided_at, row.void_reason = now, reason.strip()[:500]
    return row


def _refuse_same(row: Profile, state: ProfileState) -> None:
    if row.state == state:
        raise refuse("matching.state_already", number=row.number, state=str(state.label))
