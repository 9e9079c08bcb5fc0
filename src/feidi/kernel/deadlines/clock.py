"""What a clock of content says. How it is reckoned is the calendar's work (``kernel.calendar.clock``)."""

from __future__ import annotations

from dataclasses import dataclass

from feidi.kernel.calendar.clock import Unit


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """One clock of content: ``n`` working or calendar days after its start, or the next ``n``-th of a month.

    ``stops_when``: the event that stops it. ``taken_from``: the city whose practice it is, as long as the
    place has not confirmed it; empty: confirmed or its own.
    """

    code: str
    label_zh: str
    label_en: str
    n: int
    unit: Unit | str
    stops_when: str
    taken_from: str = ""
