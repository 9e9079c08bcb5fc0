"""Pieces of evidence with what the reader may do about each; the same on a profile and on what came of an introduction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.evidence.selectors import RequirementState
from feidi.kernel.evidence.services.reviews import check_reviewer
from feidi.portals.console.pipeline.presenting import ShownItem, evidence_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece. ``decide_url``: where to accept or return it; ``replace_url``: where to correct it; empty: not to be."""

    shown: ShownItem
    decide_url: str
    replace_url: str


def pieces_of(
    actor: Actor,
    states: Iterable[RequirementState],
    advisers: frozenset[int],
    *,
    reviewer: bool,
    show_url: str,
    decide_url: Callable[[str], str],
) -> list[Piece]:
    """Return every piece handed in. ``advisers`` have a part and decide nothing; ``reviewer``: holds the permission."""
    shown = [item for one in evidence_of(states) for item in one.items]
    return [
        Piece(
            item,
            decide_url(item.row.uid) if reviewer and _may_decide(actor, item, advisers) else "",
            f"{show_url}?replaces={item.row.uid}" if item.row.state == "returned" and not item.corrected else "",
        )
        for item in shown
    ]


def _may_decide(actor: Actor, shown: ShownItem, advisers: frozenset[int]) -> bool:
    if shown.row.state != "submitted":
        return False
    try:
        check_reviewer(actor=actor, item=shown.row, forbidden_reviewers=advisers)
    except RefusedError:
        return False
    return True
