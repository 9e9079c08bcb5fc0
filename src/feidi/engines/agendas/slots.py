"""Pairs into time slots: the fewest possible, nobody in two meetings at once."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.agendas.model import Agenda, Meeting, Pair, Party


def schedule(pairs: Sequence[Pair]) -> tuple[Meeting, ...]:
    """Return each pair's slot (König: the most meetings of any one party suffice)."""
    raise NotImplementedError


def agenda(first: Sequence[Party], second: Sequence[Party], *, slots: int | None = None) -> Agenda:
    """Match and schedule; with ``slots`` nobody gets more meetings than there are slots."""
    raise NotImplementedError
