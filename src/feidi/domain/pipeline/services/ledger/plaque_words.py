"""Reading the column 牌子: under which of the outpost's plaques a row says its project counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from feidi.domain.parties.models import Outpost, Plaque
from feidi.engines.sheets.folding import fold_tight

#: By which the ledger writes several plaques in one cell.
JOINED: Final = "；"
_BETWEEN: Final = re.compile(r"[;；、，,/\n]+")
_SHORTEST: Final = 2


class PlaqueReader:
    """Knows an outpost's plaques by name and code; a part of a name will do where only one name has it."""

    def __init__(self, plaques: Iterable[tuple[str, str]]) -> None:
        known = list(plaques)
        self.names = tuple(name for _code, name in known)
        self._exact = {fold_tight(word): name for code, name in known for word in (code, name)}

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """Return the names that a cell means, in the outpost's order, and the words that mean none or several."""
        words = [text] if fold_tight(text) in self._exact else _BETWEEN.split(text)
        found: set[str] = set()
        strange: list[str] = []
        for word in words:
            if not word.strip():
                continue
            name = self._meant(fold_tight(word))
            if name is None:
                strange.append(word.strip())
            else:
                found.add(name)
        return [name for name in self.names if name in found], strange

    def _meant(self, word: str) -> str | None:
        if word in self._exact:
            return self._exact[word]
        alike = {name for folded, name in self._exact.items() if len(word) >= _SHORTEST and word in folded}
        return alike.pop() if len(alike) == 1 else None


def plaque_reader(outpost: Outpost) -> PlaqueReader:
    """Return the reader of an outpost's plaques (one query)."""
    return PlaqueReader(Plaque.objects.filter(outpost=outpost).order_by("id").values_list("code", "name"))
