"""Putting a profile to a node by hand: what a person says stays, whatever the words say later."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import TaggedBy
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.tagging import OTHER, find_node
from feidi.domain.matching.services.profile_changing import changed_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def tag_profile(*, actor: Actor, now: datetime, profile: Profile, node: str, chain: str = "") -> Profile:
    """Put a profile to a node of the home's chains, or to ``other``. Refused: a node that the home does not publish."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        if node == OTHER:
            row.chain, row.node = "", OTHER
        else:
            found = find_node(row.outpost.home, chain, node)
            if found is None:
                raise refuse("matching.node_unknown", node=node)
            row.chain, row.node = found.chain, found.node
        row.tagged_by = TaggedBy.PERSON
    return row
