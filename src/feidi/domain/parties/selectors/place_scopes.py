"""Who proposes and who decides the content of a place, said in scopes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.content.library import Library, library
from feidi.kernel.content.scopes import INSTALLATION, PlaceScopes


def scopes_of_places(codes: Collection[str]) -> Mapping[str, PlaceScopes]:
    """Return the scopes over which content of each place is proposed and decided, in a fixed number of queries.

    Proposed by every outpost, and home, whose home or host inherits from the place; decided by the installation, and
    by the home when it alone uses the place: what several homes share is not one home's to change.
    """
    outposts = list(Outpost.objects.select_related("home", "host").order_by("pk"))
    published = library()
    used = {outpost.pk: _lineages(outpost, published) for outpost in outposts}
    return {code: _scopes([each for each in outposts if code in used[each.pk]]) for code in codes}


def _scopes(concerned: list[Outpost]) -> PlaceScopes:
    outposts = tuple(Scope(ScopeKind.OUTPOST, each.pk) for each in concerned)
    homes = tuple(Scope(ScopeKind.HOME, home) for home in sorted({each.home_id for each in concerned}))
    return PlaceScopes(
        propose=(INSTALLATION, *homes, *outposts),
        decide=(INSTALLATION, *homes) if len(homes) == 1 else (INSTALLATION,),
    )


def _lineages(outpost: Outpost, published: Library) -> frozenset[str]:
    known = set(published.places())
    codes = {outpost.home.code, outpost.host.code} & known
    return frozenset(each for code in codes for each in published.lineage(code))
