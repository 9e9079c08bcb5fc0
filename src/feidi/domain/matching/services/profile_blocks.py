"""屏蔽名单: firms that must never see a profile."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import Profile, ProfileBlock
from feidi.domain.matching.selectors.firms import owners_of, same_firms
from feidi.domain.matching.services.profile_changing import locked_profile
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def block_organization(
    *, actor: Actor, now: datetime, profile: Profile, organization: Organization, reason: str = ""
) -> ProfileBlock:
    """Put a firm on the block list: from now on it reads nothing of the profile, nor does what belongs to it.

    Refused: it is the owner itself (by whatever row), a firm the outpost does not know, blocked already.
    """
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = locked_profile(profile)
        if not OrganizationLink.objects.filter(outpost_id=row.outpost_id, organization=organization).exists():
            raise refuse("matching.owner_elsewhere", name=organization.name)
        if same_firms([organization.pk])[organization.pk] & owners_of([row])[row.pk]:
            raise refuse("matching.block_owner", name=organization.name)
        live = ProfileBlock.objects.filter(profile=row, organization=organization, lifted_at__isnull=True)
        if live.exists():
            raise refuse("matching.block_twice", name=organization.name)
        block = ProfileBlock.objects.create(
            profile=row, organization=organization, reason=reason.strip()[:300], at=now, by=actor.label[:160]
        )
        unit.acted("blocked", kind=KIND, uid=row.uid, reason=block.reason, organization=organization.uid)
    return block


def unblock_organization(
    *, actor: Actor, now: datetime, profile: Profile, organization: Organization, reason: str
) -> ProfileBlock:
    """Take a firm off the block list; that it stood there is kept. Refused: no reason, it is not there."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    if not reason.strip():
        raise refuse("matching.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = locked_profile(profile, closed=True)
        live = ProfileBlock.objects.select_for_update().filter(profile=row, organization=organization)
        block = live.filter(lifted_at__isnull=True).first()
        if block is None:
            raise refuse("matching.block_none", name=organization.name)
        block.lifted_at, block.lifted_by = now, actor.label[:160]
        block.save(update_fields=["lifted_at", "lifted_by"])
        unit.acted("unblocked", kind=KIND, uid=row.uid, reason=reason.strip(), organization=organization.uid)
    return block
