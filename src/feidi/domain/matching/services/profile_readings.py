"""谁看过, and the confidentiality agreement that opens the full text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.matching.access import EDIT, VIEW, own_profiles
from feidi.domain.matching.enums import Viewed
from feidi.domain.matching.models import ConfidentialityAgreement, Profile, ProfileReading
from feidi.domain.matching.selectors.reading import NOTHING, Reading, reading_of, readings_by
from feidi.domain.matching.services.profile_changing import locked_profile
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile

AGREEMENT: Final = "matching.confidentiality_agreement"


@dataclass(frozen=True, slots=True)
class Sent:
    """A version that left on paper or as a picture: to which firm, to whom there."""

    organization: Organization | None
    reader: str


def record_reading(
    *, actor: Actor, now: datetime, profile: Profile, what: Viewed, organization: Organization | None = None
) -> ProfileReading | None:
    """Note that ``actor`` read a version on screen; once per person, version and kind. The outpost's people and the
    owner are not noted (None). Refused: a version that is not open to the actor.
    """
    today = now.astimezone(SHANGHAI).date()
    if profile.outpost_id in _staffed(actor) or _is_own(actor, profile):
        return None
    _refuse_closed(reading_of(actor, profile, today), what, actor.label)
    with recorded(actor=actor, now=now):
        row, _made = ProfileReading.objects.get_or_create(
            profile=profile,
            reader=actor.label[:160],
            what=what,
            of_version=profile.version,
            on_paper=False,
            defaults={"organization": organization, "user_id": actor.user_id, "at": now},
        )
    return row


def record_sending(
    *, actor: Actor, now: datetime, profile: Profile, what: Viewed, sent: Sent, on_paper: bool = True
) -> ProfileReading:
    """Note that a version was sent to somebody on paper or as a picture (or opened to them here), by whom.

    Refused: nobody named, a firm that is blocked, a version that is not open to that firm.
    """
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    if not sent.reader.strip():
        raise refuse("matching.reading_nobody")
    if sent.organization is not None:
        today = now.astimezone(SHANGHAI).date()
        may = readings_by([sent.organization.pk], [profile], today)[profile.pk]
        _refuse_closed(may, what, sent.organization.name)
    with recorded(actor=actor, now=now) as unit:
        row, made = ProfileReading.objects.get_or_create(
            profile=profile,
            reader=sent.reader.strip()[:160],
            what=what,
            of_version=profile.version,
            on_paper=on_paper,
            defaults={"organization": sent.organization, "at": now, "sent_by": actor.label[:160]},
        )
        if made:
            unit.acted("shown_on_paper" if on_paper else "shown", kind=KIND, uid=profile.uid, what=str(what))
    return row


def record_confidentiality_agreement(
    *,
    actor: Actor,
    now: datetime,
    profile: Profile,
    organization: Organization,
    signed_on: date,
    until: date | None = None,
    file: StoredFile | None = None,
) -> ConfidentialityAgreement:
    """Enter a signed 保密协议. Refused: signed tomorrow, ending before it begins, a blocked firm, one standing already."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    if signed_on > today:
        raise refuse("matching.agreement_future", on=signed_on.isoformat())
    if until is not None and until < signed_on:
        raise refuse("matching.agreement_ends", until=until.isoformat(), on=signed_on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = locked_profile(profile)
        if readings_by([organization.pk], [row], today)[row.pk].blocked:
            raise refuse("matching.reading_blocked", name=organization.name)
        standing = ConfidentialityAgreement.objects.filter(profile=row, organization=organization)
        if standing.filter(voided_at__isnull=True).exists():
            raise refuse("matching.agreement_twice", name=organization.name)
        made = ConfidentialityAgreement(
            profile=row,
            organization=organization,
            signed_on=signed_on,
            until=until,
            file=file,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        made.save()
        unit.created(made, kind=AGREEMENT)
    return made


def void_confidentiality_agreement(
    *, actor: Actor, now: datetime, agreement: ConfidentialityAgreement, reason: str
) -> ConfidentialityAgreement:
    """Take an agreement back: the full text is closed again to that firm. Refused: no reason."""
    require(actor, EDIT, outpost_scope(agreement.profile.outpost_id))
    if not reason.strip():
        raise refuse("matching.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = ConfidentialityAgreement.objects.select_for_update().get(pk=agreement.pk)
        before = unit.before(row, AGREEMENT)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=AGREEMENT, before=before, reason=row.void_reason, action="voided")
    return row


def _refuse_closed(may: Reading, what: Viewed, name: str) -> None:
    if may.blocked:
        raise refuse("matching.reading_blocked", name=name)
    if may == NOTHING or not may.allows(what):
        raise refuse("matching.reading_not_open", what=str(Viewed(what).label), name=name)


def _staffed(actor: Actor) -> frozenset[int]:
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def _is_own(actor: Actor, profile: Profile) -> bool:
    return own_profiles(actor, Profile.objects.filter(pk=profile.pk)).exists()
