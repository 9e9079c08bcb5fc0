"""The card 需求与供给 on the record of a project or an organization, and the way to a new one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import profiles_of
from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.portals.console.profiles.presenting import badges_of

_SHOWN = 20


def project_profiles(actor: Actor, project: Project, today: date) -> dict[str, Any]:
    """Return what the card of a project shows; nothing for who has no part in matching. One query."""
    scope = outpost_scope(project.outpost_id)
    if not actor.may(VIEW, scope):
        return {"profiles": None}
    rows = profiles_of(actor, project=project.pk)[:_SHOWN]
    return _card(rows, today, {"project": project.uid} if actor.may(EDIT, scope) else {})


def organization_profiles(actor: Actor, organization: Organization, today: date) -> dict[str, Any]:
    """Return what the card of an organization shows; nothing for who has no part in matching. One query."""
    if not actor.may(VIEW):
        return {"profiles": None}
    rows = profiles_of(actor, organization=organization.pk)[:_SHOWN]
    return _card(rows, today, {"owner": organization.name} if actor.may(EDIT) else {})


def _card(rows: Iterable[Profile], today: date, begun: dict[str, str]) -> dict[str, Any]:
    new = reverse("console:profiles:profile_new")
    lines = [
        {
            "row": each,
            "url": reverse("console:profiles:profile_view", args=[each.uid]),
            "badges": badges_of(each, today),
        }
        for each in rows
    ]
    return {
        "profiles": {
            "lines": lines,
            "need_url": f"{new}?{urlencode({**begun, 'side': Side.NEED.value})}" if begun else "",
            "draft_url": reverse("console:profiles:project_draft", args=[begun["project"]])
            if "project" in begun
            else "",
            "offer_url": f"{new}?{urlencode({**begun, 'side': Side.OFFER.value})}" if begun else "",
        }
    }
