"""The index of offers: built in memory or opened from a folder, asked by one need or many, changed at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from feidi.engines.affinity.model import Asking, Need, Offer, Result, WhyNot


class Index:
    """Offers by id. Answers depend on the offers alone, not on the order or the time of their adding."""

    @classmethod
    def build(cls, offers: Iterable[Offer], *, progress: Callable[[int], None] | None = None) -> Index:
        """Return an index of these offers. Refused: an id that is empty or stands twice."""
        raise NotImplementedError

    @classmethod
    def open(cls, folder: Path, *, verify: bool = True) -> Index:
        """Map a saved index. Refused when it is absent, of another format or damaged (told by checksum)."""
        raise NotImplementedError

    def save(self, folder: Path) -> None:
        """Write it whole or not at all; what did not change since it was opened from there is not written again."""
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __contains__(self, offer_id: str) -> bool:
        raise NotImplementedError

    def get(self, offer_id: str) -> Offer | None:
        """Return an offer as it was given, or None."""
        raise NotImplementedError

    def add(self, offers: Iterable[Offer]) -> None:
        """Add offers; one whose id is there is replaced."""
        raise NotImplementedError

    def remove(self, ids: Iterable[str]) -> None:
        """Take offers out. Refused, with nothing changed, when an id is not there."""
        raise NotImplementedError

    def compact(self) -> None:
        """Put all segments into one and let go of what was removed."""
        raise NotImplementedError

    def query(self, need: Need, asking: Asking | None = None) -> Result:
        """Return the offers that serve a need best, of equal scores the smaller id first. Refused: no words in it."""
        raise NotImplementedError

    def query_many(self, needs: Sequence[Need], asking: Asking | None = None) -> list[Result]:
        """Return what ``query`` returns for each need."""
        raise NotImplementedError

    def why_not(self, need: Need, offer_id: str, asking: Asking | None = None) -> WhyNot:
        """Tell why an offer is not among the candidates of a need, and the smallest change that would mend it."""
        raise NotImplementedError
