"""A builder of needs and offers for tests: short to call, made by the real service."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_tagging import tag_profile
from feidi.domain.matching.services.profiles import FACTS, Facts, NewProfile, add_profile
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from tests.support.world import World

_NUMBER = count(1)
#: A text of each side that says something; a number keeps two of them apart.
TEXTS = {
    Side.NEED: "我们的喷墨线喷嘴经常堵，窑炉温度也飘，想找做过类似产线的团队来看。",
    Side.OFFER: "做过陶瓷窑炉温度场在线检测，可以带设备到现场试一周。",
}


def firm(world: World, name: str, *, outpost: Outpost | None = None, by: str = "officer") -> Organization:
    """Return an organization known to the outpost."""
    return find_or_add_organization(actor=world.actor(by), now=world.now, outpost=outpost or world.outpost, name=name)


def make_profile(world: World, side: Side | str = Side.NEED, **facts: Any) -> Profile:
    """Enter a published need or offer of the outpost through ``add_profile``, by the officer.

    Any field of ``NewProfile`` and of ``Facts`` may be given: ``kind``, ``title``, ``masked_text``, ``full_text``,
    ``confidentiality``, ``expires_on``, ``amount_lo_fen`` … . ``owner``: a firm's name (default one of its own) or
    ``organization``/``project``/``person``. ``draft=True``: not published. ``node``: put there by a person.
    ``by``: whose login; ``now``; ``outpost``.
    """
    side = Side(side)
    at = next(_NUMBER)
    by, now = facts.pop("by", "officer"), facts.pop("now", world.now)
    outpost = facts.pop("outpost", world.outpost)
    node = facts.pop("node", "")
    owner = facts.pop("owner", "")
    given: dict[str, Any] = {
        "kind": ProfileKind.TECHNOLOGY,
        "title": f"第{at}条演示",
        "masked_text": f"{TEXTS[side]}（第{at}条）",
        "masked_seen": not facts.pop("draft", False),
    }
    if owner or not {"organization", "project", "person"} & facts.keys():
        given["organization"] = firm(world, owner or f"演示{at}号制造有限公司", outpost=outpost, by=by)
    known = {name: facts.pop(name) for name in list(facts) if name in FACTS}
    new = NewProfile(side=side, facts=Facts(**known), **{**given, **facts})
    profile = add_profile(actor=world.actor(by), now=now, outpost=outpost, new=new)
    if node:
        profile = tag_profile(actor=world.actor(by), now=now, profile=profile, node=node)
    return profile


def in_days(world: World, days: int) -> date:
    """Return the day so many days after the world's."""
    return world.now.date() + timedelta(days=days)
