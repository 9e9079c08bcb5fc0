"""Who proposes and who decides the content of a place, said in scopes."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.content.library import library
from feidi.kernel.content.scopes import INSTALLATION, PlaceScopes


def scopes_of_place(code: str) -> PlaceScopes:
    """Return the scopes over which content of a place is proposed and decided.

    Proposed by every outpost, and home, whose home or host inherits from the place; decided by the installation, and
    by the home when it alone uses the place: what several homes share is not one home's to change.
    """
    concerned = [
        (outpost.pk, outpost.home_id)
        for outpost in Outpost.objects.select_related("home", "host").order_by("pk")
        if code in _lineages(outpost)
    ]
    outposts = tuple(Scope(ScopeKind.OUTPOST, pk) for pk, _home in concerned)
    homes = tuple(Scope(ScopeKind.HOME, home) for home in sorted({home for _pk, home in concerned}))
    return PlaceScopes(
        propose=(INSTALLATION, *homes, *outposts),
        decide=(INSTALLATION, *homes) if len(homes) == 1 else (INSTALLATION,),
    )


def _lineages(outpost: Outpost) -> set[str]:
    known = library()
    codes = {place.code for place in (outpost.home, outpost.host) if place is not None}
    return {each for code in codes if code in known.places() for each in known.lineage(code)}
