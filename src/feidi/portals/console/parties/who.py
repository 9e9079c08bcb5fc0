"""What an organization's page says beyond the record: titles, doubts about who it is, merges."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.merging import MERGE
from feidi.domain.parties.selectors.pairs import PairFilter, list_pairs, merges_into, sides_of
from feidi.domain.parties.selectors.titles import kinds_of, renewal_of, titles_of
from feidi.kernel.access import Actor
from feidi.portals.console.who.presenting import side_name, title_badges


def who_of(actor: Actor, organization: Organization, today: date) -> dict[str, Any]:
    """Return the context of these parts, a fixed number of queries; for a tenant all of it is empty."""
    if not actor.may("party.view"):
        return {"titles": [], "pairs_open": [], "merges": [], "may_edit": False, "may_merge": False}
    titles = list(titles_of(actor, organization.pk))
    kinds = kinds_of(titles)
    pairs = list_pairs(actor, PairFilter(organization_id=organization.pk))
    return {
        "titles": [
            {
                "row": each,
                "url": reverse("console:who:title_view", args=[each.uid]),
                "badges": title_badges(each, today, renewal_of(each, kinds)),
            }
            for each in titles
        ],
        "pairs_open": [{"uid": each.uid, "name": _other(each, organization)} for each in pairs],
        "merges": merges_into(actor, organization),
        "may_edit": actor.may("party.edit"),
        "may_merge": actor.may(MERGE),
    }


def _other(pair: Any, organization: Organization) -> str:
    left, right = sides_of(pair)
    return side_name(right if pair.left_id == organization.pk else left)
