"""How often somebody may let the site reckon: counted per hour, under a digest nobody can turn back."""

from __future__ import annotations

from feidi.domain.showcase.selectors.sites import Site
from feidi.domain.showcase.services.pacing import count_checkup
from feidi.portals.public.apply.guarding import origin_of
from feidi.portals.ui.requests import FeidiRequest


def check_pace(request: FeidiRequest, site: Site) -> None:
    """Count one check-up of this hour. Refused: more than the site's rules allow from one place."""
    count_checkup(now=request.now, outpost=site.outpost, origin_digest=origin_of(request, request.today))
