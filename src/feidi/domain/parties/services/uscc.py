"""Unified social credit codes: what is wrong with one, to the digit."""

from __future__ import annotations

from typing import Final

from stdnum.cn import uscc

from feidi.engines.findings import Finding, Level

_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH, _DIGITS, _BODY = 18, range(8), range(8, 16)
#: Weights of the organization code within it (GB 11714), places 9 to 16.
_BODY_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def clean_uscc(text: str) -> str:
    """Return a credit code without spaces, upper-case; empty stays empty.

    >>> clean_uscc(" 9111 0000 6000 3734 1l")
    '91110000600037341L'
    """
    return "".join(text.split()).upper()


def is_valid(code: str) -> bool:
    """Tell whether a clean code has the right shape and check digit (GB 32100-2015)."""
    return bool(uscc.is_valid(code))


def fault_of(code: str) -> Finding | None:
    """Return what is wrong with a clean code and where, None when its check digit holds.

    >>> fault_of("91110000600037341L") is None
    True
    >>> found = fault_of("91110000600037341M")
    >>> found.code, found.params["letter"], found.params["wanted"]
    ('parties.uscc_check', 'M', 'L')
    >>> fault_of("9111000060003734IL").params["place"]
    17
    """
    if len(code) != _LENGTH:
        return _finding("uscc_length", value=code, n=len(code))
    for place, letter in enumerate(code):
        if letter not in _LETTERS or (place in _DIGITS and not letter.isdigit()):
            return _finding("uscc_letter", value=code, place=place + 1, letter=letter)
    wanted = uscc.calc_check_digit(code[:-1])
    if wanted == code[-1]:
        return None if is_valid(code) else _finding("uscc_check", value=code, letter=code[-1], wanted=wanted)
    body = body_check(code)
    if body != code[16]:
        # a wrong letter among places 9 to 17 breaks both check digits: this narrows it down
        return _finding("uscc_body_check", value=code, letter=code[16], wanted=body)
    return _finding("uscc_check", value=code, letter=code[-1], wanted=wanted)


def body_check(code: str) -> str:
    """Return the check digit that belongs on place 17, from places 9 to 16 (GB 11714).

    >>> body_check("91110000600037341L")
    '1'
    """
    total = sum(int(code[at], 36) * weight for at, weight in zip(_BODY, _BODY_WEIGHTS, strict=True))
    rest = (11 - total % 11) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - the standard writes ten as X


def _finding(code: str, **params: str | int) -> Finding:
    return Finding(Level.PROBLEM, f"parties.{code}", params, column="uscc")


__all__ = ["body_check", "clean_uscc", "fault_of", "is_valid"]
