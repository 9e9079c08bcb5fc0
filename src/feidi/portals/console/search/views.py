"""The search page, and the suggestions under the search box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feidi.domain.pipeline.access import search_visible
from feidi.kernel.search.selectors import search
from feidi.portals.console.search import presenting
from feidi.portals.ui.requests import FeidiRequest

#: Longest question taken from the address; more words find nothing more.
_LONGEST = 200
_SHOWN, _SUGGESTED = 60, 8


def _asked(request: FeidiRequest) -> str:
    return request.GET.get("q", "").strip()[:_LONGEST]


def _narrowed(kinds: list[str]) -> list[str] | None:
    """Return None when nothing is left out: a search over everything asks the index less."""
    return None if len(kinds) == len(presenting.KINDS) else kinds


@require_safe
def search_view(request: FeidiRequest) -> HttpResponse:
    """Show what the actor may see of what holds every word, grouped by kind; ``kind`` narrows to one."""
    asked, kind = _asked(request), request.GET.get("kind", "")
    kinds = presenting.kinds_for(request.actor)
    only = [kind] if kind in kinds else None
    results = search(asked, visible=search_visible(request.actor), kinds=only or _narrowed(kinds), limit=_SHOWN)
    page = {
        "asked": asked,
        "groups": presenting.groups_of(results),
        "results": results,
        "total": presenting.total_of(results),
        "shown": len(results.rows),
        "tabs": presenting.tabs(asked, kinds),
        "kind": kind if only else "",
        "people_url": presenting.people_url(request.actor, asked),
    }
    return render(request, "console/search/search_view.html", page)


@require_safe
def search_suggest(request: FeidiRequest) -> HttpResponse:
    """Show the first hits while somebody types; nothing for an empty box."""
    asked = _asked(request)
    kinds = _narrowed(presenting.kinds_for(request.actor))
    results = search(asked, visible=search_visible(request.actor), kinds=kinds, limit=_SUGGESTED)
    page = {
        "asked": asked,
        "found": [presenting.found(hit) for hit in results.rows],
        "more": results.more or results.total > len(results.rows),
        "total": presenting.total_of(results),
    }
    return render(request, "console/search/search_suggest.html", page)
