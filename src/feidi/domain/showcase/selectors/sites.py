"""The sites of outposts as published content has them: whether there is one, what it says of itself, its foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

SHOWCASE: Final = "enclave/showcase.yaml"
#: First parts of public addresses that lead elsewhere: no outpost with a site may be called so.
TAKEN: Final = frozenset({"apply", "recheck", "delivery", "calendar", "door", "events", "feedback", "judging"})


@dataclass(frozen=True, slots=True)
class Rules:
    """How visitors' messages and names are handled."""

    inquiry_days: int
    inquiries_a_day: int
    checkups_an_hour: int
    keep_days: int


@dataclass(frozen=True, slots=True)
class Site:
    """One outpost's public site. ``told``: its part of the content file, as written."""

    outpost: Outpost
    told: Mapping[str, Any]
    source: str

    @property
    def code(self) -> str:
        """What stands in its addresses."""
        return self.outpost.code

    @property
    def demonstration(self) -> bool:
        """Tell whether its place is invented."""
        return bool(library().place(self.outpost.home.code).get("demonstration"))


def rules_of(outpost: Outpost) -> Rules:
    """Return the rules of an outpost's home, nearest place first (``outpost.home`` is needed)."""
    data = library().read(outpost.home.code, SHOWCASE, on=None).data["rules"]
    return Rules(data["inquiry_days"], data["inquiries_a_day"], data["checkups_an_hour"], data["keep_days"])


def list_sites() -> list[Site]:
    """Return the outposts whose home has opened a site for them, real ones first, by code."""
    rows = Outpost.objects.select_related("home__parent", "host__parent", "operator").order_by("code")
    found = [site for each in rows if (site := _site(each)) is not None]
    return sorted(found, key=lambda each: (each.demonstration, each.code))


def find_site(code: str) -> Site | None:
    """Return the site of an outpost by its code, or None: no such outpost, or none opened."""
    row = Outpost.objects.select_related("home__parent", "host__parent", "operator").filter(code=code).first()
    return _site(row) if row is not None else None


#: Sites by outpost, its version and the content they were read from.
_kept: dict[tuple[int, int, tuple[int, str]], Site | None] = {}
_KEPT: Final = 100


def kept_site(code: str) -> Site | None:
    """Return the same as ``find_site``, by one small query while neither the outpost nor any content has changed. For
    reading only: the row is everybody's.
    """
    row = Outpost.objects.filter(code=code).values_list("pk", "version").first()
    if row is None:
        return None
    key = (*row, library().mark)
    if key not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        _kept[key] = find_site(code)
    return _kept[key]


def _site(outpost: Outpost) -> Site | None:
    found = library().find(outpost.home.code, SHOWCASE, on=None)
    if found is None or found.place != outpost.home.code:
        return None
    for each in found.data["sites"]:
        if each["code"] == outpost.code and each["open"]:
            return Site(outpost, each, str(found.data["source"]))
    return None
