"""How alike two profiles are, as one number: the formula, and the scalar form of it.

``S``      best way to lay the two rows of symbols beside each other, order kept: for each pair of equal symbols both
           weights, less ``GAP`` where a new run of equal symbols begins
``cover``  S / 2·W of the short name, at most 1: does the other hold all of it? Where both are written out in full, or
           neither is, the lighter one is taken for the short one
``dice``   S / (W₁ + W₂), at most 1: are they equally long?
``score``  (COVER·cover + (1 - COVER)·dice) · place · form: 1 where the folded names are equal; else at most ``ALMOST``
           where brand and trade are the same, at most ``OTHER_WORDS`` where they are not

``columns.py`` computes the same for many pairs at once; a property test holds the two equal.
"""

from __future__ import annotations

from typing import Final

from feidi.engines.names.profile import Profile

GAP: Final = 8
COVER: Final = 0.65
ALMOST: Final = 0.99
OTHER_WORDS: Final = 0.94
#: One names a place and the other does not; both do, and not the same.
PLACE_OMITTED: Final = 0.96
PLACE_DIFFERS: Final = 0.85
#: One has a legal form and the other has not; both have, and not the same.
FORM_OMITTED: Final = 0.985
FORM_DIFFERS: Final = 0.94
#: A branch beside its main body; two branches.
BRANCH: Final = 0.9
BRANCHES: Final = 0.85


def laid_beside(one: Profile, other: Profile) -> int:
    """Return S of two profiles."""
    size = len(other.symbols)
    best, runs = [0] * (size + 1), [0] * (size + 1)
    for symbol, weight in zip(one.symbols, one.weights, strict=True):
        row, ends = [0] * (size + 1), [0] * (size + 1)
        for at in range(size):
            gain = _gain(weight, other.weights[at]) if symbol == other.symbols[at] else 0
            if gain:
                ends[at + 1] = gain + max(runs[at], best[at] - GAP, 0)
            row[at + 1] = max(best[at + 1], row[at], ends[at + 1])
        best, runs = row, ends
    return best[size]


def _gain(mine: int, yours: int) -> int:
    """Both weights; a province's sign, which weighs nothing itself, counts three quarters of what it meets (粤 of 粤电力)."""
    return mine + yours if mine and yours else (mine + yours) * 3 // 2


def score_of(one: Profile, other: Profile) -> float:
    """Return how alike two names are, 0 to 1; symmetric."""
    if one.whole and one.whole == other.whole:
        return 1.0
    return base_score(one, other) * branch_factor(one.branch, other.branch)


def base_score(one: Profile, other: Profile) -> float:
    """Return how alike their main bodies are: branches left out of account."""
    if not (one.weight and other.weight):
        return 0.0
    beside = laid_beside(one, other)
    cover = min(1.0, beside / (2 * _short_weight(one, other)))
    dice = min(1.0, beside / (one.weight + other.weight))
    factor = place_factor(one.where, other.where) * form_factor(one.form, other.form)
    most = ALMOST if one.core == other.core else OTHER_WORDS
    return min(most, (COVER * cover + (1 - COVER) * dice) * factor)


def _short_weight(one: Profile, other: Profile) -> int:
    if one.full == other.full:
        return min(one.weight, other.weight)
    return other.weight if one.full else one.weight


def places_differ(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Tell whether both name a place of the same rank, and not the same."""
    if one[3] and one[3] == other[3]:
        return False
    return any(mine and theirs and mine != theirs for mine, theirs in zip(one[:3], other[:3], strict=True))


def place_factor(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    """Return what the places make of a score."""
    if places_differ(one, other):
        return PLACE_DIFFERS
    return 1.0 if (one[0] > 0) == (other[0] > 0) else PLACE_OMITTED


def form_factor(one: int, other: int) -> float:
    """Return what the legal forms make of a score."""
    if one == other:
        return 1.0
    return FORM_DIFFERS if one and other else FORM_OMITTED


def branch_factor(one: int, other: int) -> float:
    """Return what the branches make of a score."""
    if one == other:
        return 1.0
    return BRANCHES if one and other else BRANCH
