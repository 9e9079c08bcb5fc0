"""How often somebody may let the site reckon: counted in memory alone, per hour, under a digest nobody can turn back.

Nothing is written: a process that restarts has forgotten. Each web process counts for itself, so that the limit is
at most so many times as there are processes.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from feidi.domain.showcase.selectors.sites import Site, rules_of
from feidi.engines.findings import refuse
from feidi.portals.public.apply.guarding import origin_of
from feidi.portals.ui.requests import FeidiRequest

_REMEMBERED: Final = 5000
_counts: OrderedDict[tuple[str, str], int] = OrderedDict()
_lock = Lock()


def check_pace(request: FeidiRequest, site: Site) -> None:
    """Count one check-up of this hour. Refused: more than the site's rules allow from one place."""
    most = rules_of(site.outpost).checkups_an_hour
    origin = origin_of(request, request.today)
    if not origin:
        return
    key = (origin, request.now.strftime("%Y%m%d%H"))
    with _lock:
        count = _counts.get(key, 0) + 1
        _counts[key] = count
        _counts.move_to_end(key)
        while len(_counts) > _REMEMBERED:
            _counts.popitem(last=False)
    if count > most:
        raise refuse("showcase.too_many_checkups", most=most)
