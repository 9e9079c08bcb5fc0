"""Activities that the public may read of, as their owner app tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.selectors.activities import list_public
from feidi.domain.showcase.selectors.sites import Site
from feidi.portals.public.showcase.spaces import unit_name
from feidi.portals.ui.requests import FeidiRequest


def upcoming_events(site: Site, now: datetime) -> list[dict[str, Any]]:
    """Return what is to come, soonest first, each with the address where one registers."""
    english = get_language() == "en"
    return [
        {
            "title": each.title_en if english and each.title_en else each.title_zh,
            "when": f"{each.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "place": each.address or (unit_name(site, each.booking.unit) if each.booking else ""),
            "state": _("已取消") if each.state == ActivityState.CANCELLED else "",
            "url": reverse("public:events:activity_view", args=[each.uid]),
        }
        for each in list_public(site.outpost, now)
        if each.ends_at >= now
    ]


def upcoming_mark(request: FeidiRequest, site: Site) -> str:
    """Return what a page that names activities rests on."""
    return repr(upcoming_events(site, request.now))
