"""The values that writers and askers hand over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scopes:
    """On an entry: whose it is. On a search: what the actor reaches. An actor finds what shares a number with theirs.

    ``homes_reported`` stands on an entry only once it has been reported (报送) to that home; on a search it holds the
    homes for which the actor may see what was reported. The numbers are the domain's; the kernel only compares them.
    """

    outposts: frozenset[int] = frozenset()
    homes_reported: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()

    def tokens(self) -> Iterator[str]:
        """Yield one token per scope."""
        for letter, ids in (("o", self.outposts), ("h", self.homes_reported), ("g", self.organizations)):
            for each in sorted(ids):
                yield f"s{letter}{each}"


#: How a search names what its actor reaches.
Visible = Scopes


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject as its owner wants it found.

    ``texts``: names, aliases, anything else to be found by, never contact data. ``codes``: identifiers that are found
    whole or by their first six characters or more.
    """

    kind: str
    uid: str
    title: str
    scopes: Scopes
    subtitle: str = ""
    texts: Sequence[str] = ()
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    kind: str
    uid: str
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer: the first rows, and how many there are in all; ``more``: over ``COUNTED``, not counted further."""

    rows: tuple[Hit, ...]
    total: int
    more: bool


NOTHING = Results((), 0, more=False)
#: Totals are exact up to this number; ``more`` then says that the true one is higher.
COUNTED = 1000
