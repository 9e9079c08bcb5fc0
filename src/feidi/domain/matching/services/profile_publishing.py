"""Publishing many drafts at once: each that can be is, each that cannot says why, and what was done can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import ProfileState
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.matching.services.profile_changing import changed_profile
from feidi.domain.matching.services.profile_states import publish_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.findings import Refusal, RefusedError, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


@dataclass(frozen=True, slots=True)
class Published:
    """What became of each: ``done`` as they stand now, ``refused`` with the reason."""

    done: tuple[Profile, ...]
    refused: tuple[tuple[Profile, Refusal], ...]


def publish_drafts(*, actor: Actor, now: datetime, profiles: Iterable[Profile], masked_seen: bool) -> Published:
    """Publish drafts, each as ``publish_profile`` does; one that is refused stays as it is and stops nobody.

    Refused as a whole: no person has read the masked texts.
    """
    if not masked_seen:
        raise refuse("matching.masked_unseen")
    done: list[Profile] = []
    refused: list[tuple[Profile, Refusal]] = []
    with recorded(actor=actor, now=now):
        for each in profiles:
            try:
                done.append(_publish(actor, now, each))
            except RefusedError as error:
                refused.append((each, error.refusal))
    return Published(tuple(done), tuple(refused))


def unpublish_drafts(*, actor: Actor, now: datetime, versions: Mapping[str, int]) -> Published:
    """Make drafts again of what was just published: uid → the version it had then.

    Left alone, with the reason: what somebody has changed since, and what stands in a list by now.
    """
    rows = Profile.objects.filter(uid__in=versions).select_related("outpost__home").order_by("pk")
    done: list[Profile] = []
    refused: list[tuple[Profile, Refusal]] = []
    with recorded(actor=actor, now=now):
        for each in rows:
            try:
                done.append(_unpublish(actor, now, each, versions[each.uid]))
            except RefusedError as error:
                refused.append((each, error.refusal))
    return Published(tuple(done), tuple(refused))


def _publish(actor: Actor, now: datetime, profile: Profile) -> Profile:
    if profile.state != ProfileState.DRAFT:
        raise refuse("matching.state_already", number=profile.number, state=str(ProfileState(profile.state).label))
    return publish_profile(actor=actor, now=now, profile=profile, masked_seen=True)


def _unpublish(actor: Actor, now: datetime, profile: Profile, version: int) -> Profile:
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile, action="unpublished") as row:
        listed = CandidateRow.objects.filter(profile=row).exists() or CandidateList.objects.filter(profile=row).exists()
        if row.version != version or row.state != ProfileState.OPEN or listed:
            raise refuse("matching.publish_moved_on", number=row.number)
        row.state = ProfileState.DRAFT
    return row
