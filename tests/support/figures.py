"""What holds of every figure: its rows make its numbers, and these its value."""

from __future__ import annotations

from feidi.domain.reporting.selectors.indicators import Indicator


def adds_up(one: Indicator) -> None:
    """The rows above the line make the numerator, those below the denominator, and both make the value."""
    reading, kind = one.reading, one.definition.kind
    if reading.state in {"missing", "hidden"}:
        assert reading.value is None
        return
    if reading.numerator is not None:
        assert reading.above.total == reading.numerator, one.code
    if reading.below is not None and reading.denominator is not None:
        assert reading.below.total == reading.denominator, one.code
    if reading.value is None or kind in {"days", "money", "share"}:
        return
    assert reading.numerator is not None
    if kind == "count":
        assert reading.value == reading.numerator, one.code
    elif kind == "net":
        assert reading.value == reading.numerator - (reading.denominator or 0), one.code
    else:
        assert reading.denominator, one.code
        factor = 100 if one.code == "K39N" else 1
        assert reading.value == reading.numerator / reading.denominator * factor, one.code
