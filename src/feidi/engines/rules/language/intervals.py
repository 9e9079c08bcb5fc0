"""``[300万元, 1000万元)``: an end belongs to the interval when its bracket is square, an empty end is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from feidi.engines.rules.conditions import Op
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import fold, shown

# a comma with three digits behind it, and digits before it, may be a thousands separator: then the one with a space is meant
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SHAPE: Final = re.compile(r"(?P<open>[\[(])(?P<inside>[^\[\]()]*)(?P<close>[\])])")
_ENDS: Final = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends as texts ("" is open) and whether each belongs to it."""

    lo: str
    lo_inclusive: bool
    hi: str
    hi_inclusive: bool

    @property
    def lo_op(self) -> Op:
        """How a value stands to the lower end."""
        return Op.GE if self.lo_inclusive else Op.GT

    @property
    def hi_op(self) -> Op:
        """How a value stands to the upper end."""
        return Op.LE if self.hi_inclusive else Op.LT


def interval_parts(text: object) -> Interval:
    """Take an interval apart. Raises ``WrongError``.

    >>> interval_parts("[2,000万元, 5,000万元）")
    Interval(lo='2000万元', lo_inclusive=True, hi='5000万元', hi_inclusive=False)
    """
    match = _SHAPE.fullmatch(fold(text)) if isinstance(text, str) else None
    if match is None:
        raise WrongError("rules.interval_expected", found=shown(text))
    ends = _ends(match["inside"])
    if len(ends) != _ENDS or not (ends[0] or ends[1]):
        raise WrongError("rules.interval_expected", found=shown(text))
    return Interval(ends[0], match["open"] == "[", ends[1], match["close"] == "]")


def _ends(inside: str) -> list[str]:
    plain = [each.strip() for each in inside.split(",")]
    if len(plain) == _ENDS:
        return plain
    return [each.strip() for each in _THOUSANDS.sub("", inside).split(",")]
