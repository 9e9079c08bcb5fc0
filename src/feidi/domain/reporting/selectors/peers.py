"""What other enclaves have published: dated, with its source, shown beside a figure and never compared by a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from feidi.domain.parties.models import Outpost
from feidi.kernel.content.library import library

CONTENT: Final = "enclave/benchmarks.yaml"


@dataclass(frozen=True, slots=True)
class PeerFact:
    """One published fact of one enclave. ``on``: when it was said, as exactly as the source tells."""

    peer: str
    label: str
    value: str
    on: str
    source: str


def peers_for(outposts: Sequence[Outpost], code: str = "") -> list[PeerFact]:
    """Return the facts that belong to a figure (by its main number); without a code all of them. Content, no rows."""
    if not outposts:
        return []
    parsed = library().find(outposts[0].home.code, CONTENT, on=None)
    lang = "en" if get_language() == "en" else "zh"
    return [
        PeerFact(peer["name"][lang], fact["label"][lang], fact["value"], str(fact["on"]), peer["source"])
        for peer in (parsed.data["peers"] if parsed else ())
        for fact in peer["facts"]
        if not code or (fact["figure"] or "")[:3] == code[:3]
    ]
