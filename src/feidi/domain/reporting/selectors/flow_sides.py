"""On which side of an outpost a place, an organization or the owner of a need or offer is."""

from __future__ import annotations

from collections.abc import Iterable

from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.firms import owners_of
from feidi.domain.parties.enums import PlaceKind
from feidi.domain.parties.models import Organization, Outpost, Place
from feidi.domain.talent.enums import Whereabouts

HOME, HOST, ELSEWHERE = Whereabouts.HOME, Whereabouts.HOST, Whereabouts.ELSEWHERE


class Sides:
    """The tree of places, read once. A place is at home within the outpost's home, at the host within the host's city."""

    def __init__(self) -> None:
        self._above: dict[int, int | None] = {}
        self._cities: set[int] = set()
        for pk, parent, kind in Place.objects.values_list("pk", "parent_id", "kind"):
            self._above[pk] = parent
            if kind == PlaceKind.CITY:
                self._cities.add(pk)

    def of_place(self, outpost: Outpost, place_id: int | None) -> Whereabouts | None:
        """Return the side of a place; None: no place is known, or only a wider one that holds the home."""
        if place_id is None:
            return None
        line = self._line(place_id)
        if outpost.home_id in line:
            return HOME
        if place_id in self._line(outpost.home_id):
            return None
        return HOST if self._host(outpost) in line else ELSEWHERE

    def of_profiles(self, profiles: Iterable[Profile]) -> dict[int, Whereabouts | None]:
        """Return profile → its side: of the place it names, else of its owners' places. None: unknown, or several sides.

        Two queries.
        """
        rows = list(profiles)
        owners = owners_of(rows)
        wanted = {each for owning in owners.values() for each in owning}
        places = dict(Organization.objects.filter(pk__in=wanted).values_list("pk", "place_id"))
        found: dict[int, Whereabouts | None] = {}
        for row in rows:
            named = [row.place_id] if row.place_id is not None else [places.get(each) for each in owners[row.pk]]
            sides = {self.of_place(row.outpost, each) for each in named}
            found[row.pk] = next(iter(sides)) if len(sides) == 1 else None
        return found

    def _line(self, place_id: int) -> list[int]:
        found: list[int] = []
        step: int | None = place_id
        while step is not None and step not in found:
            found.append(step)
            step = self._above.get(step)
        return found

    def _host(self, outpost: Outpost) -> int:
        """Return the host's city, or the host itself where no city stands above it."""
        return next((each for each in self._line(outpost.host_id) if each in self._cities), outpost.host_id)
