"""Places by their division codes: what lies in what, and how near two are."""

from __future__ import annotations

from typing import Final

_DIVISION: Final = 6
_PAIR: Final = 2


def bare(code: str) -> str:
    """Return a division code without the zeros that stand for "all of it".

    >>> bare("440604"), bare("440600"), bare("440000"), bare("000000"), bare("441900102")
    ('440604', '4406', '44', '', '441900102')
    """
    if len(code) == _DIVISION and code.isdigit():
        while code.endswith("00"):
            code = code[:-_PAIR]
    return code


def lies_in(code: str, wider: str) -> bool:
    """Tell whether a place is the wider one or part of it.

    >>> lies_in("440604", "440600"), lies_in("440600", "440604"), lies_in("440604", "")
    (True, False, True)
    """
    inner, outer = bare(code), bare(wider)
    return inner == outer or not outer or (outer.isdigit() and inner.startswith(outer))


def nearness(one: str, other: str) -> float:
    """Return how near two places are: 1 one lies in the other, 2/3 same city, 1/3 same province, 0 else.

    >>> [round(nearness("440604", each), 2) for each in ("440600", "440605", "440305", "310000")]
    [1.0, 0.67, 0.33, 0.0]
    """
    if lies_in(one, other) or lies_in(other, one):
        return 1.0
    here, there = bare(one), bare(other)
    if not (here.isdigit() and there.isdigit()):
        return 0.0
    return next((levels / 3 for levels in (2, 1) if here[: levels * _PAIR] == there[: levels * _PAIR]), 0.0)
