"""Keeping the search index in step with profiles: found by the outpost's people and by whose it is, by nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many, remove

KIND: Final = "matching.profile"


def entries_of(profiles: Iterable[Profile]) -> Iterator[Entry]:
    """Yield the entries of live profiles. Found by the organization it is entered for: who owns a project changes, and
    an entry does not change with it.
    """
    for each in profiles:
        yield Entry(
            kind=KIND,
            uid=each.uid,
            title=each.title,
            subtitle=f"{each.number} · {Side(each.side).label} · {ProfileKind(each.kind).label}",
            texts=[text for text in (each.masked_text, each.full_text) if text],
            codes=[each.number],
            scopes=Scopes(
                outposts=frozenset({each.outpost_id}),
                organizations=frozenset({each.organization_id} if each.organization_id else ()),
            ),
        )


def index_profile(profile: Profile) -> None:
    """Bring the entry of one profile up to date, inside the service's transaction; what was taken back is not found."""
    index_profiles([profile])


def index_profiles(profiles: Iterable[Profile]) -> None:
    """Bring the entries of several up to date."""
    rows = list(profiles)
    for each in rows:
        if each.voided_at is not None:
            remove(kind=KIND, uid=each.uid)
    index_many(entries_of(each for each in rows if each.voided_at is None))


def profile_pages() -> Iterator[list[Derived]]:
    """Yield what follows from every live profile, for writing it anew."""
    live = Profile.objects.filter(voided_at__isnull=True)
    for page in paged(live):
        yield [Derived(entry) for entry in entries_of(page)]


PROFILES: Final = Source(KIND, lambda: Profile.objects.filter(voided_at__isnull=True).count(), profile_pages)
