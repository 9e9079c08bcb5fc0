"""The formula of ``judging`` for many pairs of names at once, as numpy columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.names import judging
from feidi.engines.names.profile import WIDTH, Profile

Ints = NDArray[Any]
Floats = NDArray[np.float64]
#: Where a name has no more symbols. Sides differ, so that nothing equals nothing.
NOTHING: Final = -1
_NOTHING_ASKED: Final = -2


@dataclass(frozen=True, slots=True)
class Columns:
    """Profiles as columns: row i of each array belongs to name i."""

    symbols: Ints
    weights: Ints
    heads: Ints
    totals: Ints
    where: Ints
    forms: Ints
    branches: Ints
    cores: Ints
    wholes: Ints
    fulls: Ints
    lengths: Ints

    def __len__(self) -> int:
        return len(self.totals)

    def take(self, rows: Ints) -> Columns:
        """Return some rows (indexes, or a mask), in that order."""
        return Columns(
            self.symbols[rows],
            self.weights[rows],
            self.heads[rows],
            self.totals[rows],
            self.where[rows],
            self.forms[rows],
            self.branches[rows],
            self.cores[rows],
            self.wholes[rows],
            self.fulls[rows],
            self.lengths[rows],
        )


def columns_of(profiles: Sequence[Profile]) -> Columns:
    """Return profiles as columns."""
    size = len(profiles)
    symbols = np.full((size, WIDTH), NOTHING, np.int32)
    weights = np.zeros((size, WIDTH), np.int16)
    for row, each in enumerate(profiles):
        symbols[row, : len(each.symbols)] = each.symbols
        weights[row, : len(each.weights)] = each.weights
    return Columns(
        symbols,
        weights,
        np.array([each.head for each in profiles], np.int16),
        np.array([each.weight for each in profiles], np.int32),
        np.array([each.where for each in profiles], np.int64).reshape(size, 4),
        np.array([each.form for each in profiles], np.int64),
        np.array([each.branch for each in profiles], np.int64),
        np.array([each.core for each in profiles], np.int64),
        np.array([each.whole for each in profiles], np.int64),
        np.array([each.full for each in profiles], bool),
        np.array([each.length for each in profiles], np.int32),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """Return columns one below the other."""
    names = Columns.__slots__
    return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def scores(asked: Columns, answers: Columns) -> Floats:
    """Return the score of each asked name with the answer in the same row; equals ``judging.score_of``."""
    if not len(asked):
        return np.zeros(0)
    beside = _laid_beside(asked, answers).astype(np.float64)
    ours, theirs = asked.totals.astype(np.float64), answers.totals.astype(np.float64)
    short = np.where(asked.fulls == answers.fulls, np.minimum(ours, theirs), np.where(asked.fulls, theirs, ours))
    cover = np.minimum(1.0, beside / (2 * np.maximum(short, 0.5)))
    dice = np.minimum(1.0, beside / np.maximum(ours + theirs, 1.0))
    factor = _place_factor(asked.where, answers.where) * _form_factor(asked.forms, answers.forms)
    most = np.where(asked.cores == answers.cores, judging.ALMOST, judging.OTHER_WORDS)
    base = np.minimum(most, (judging.COVER * cover + (1 - judging.COVER) * dice) * factor)
    base[(ours == 0) | (theirs == 0)] = 0.0
    found: Floats = base * _branch_factor(asked.branches, answers.branches)
    found[(asked.wholes == answers.wholes) & (asked.wholes != 0)] = 1.0
    return found


def _laid_beside(asked: Columns, answers: Columns) -> Ints:
    """Lay each pair beside each other, one asked symbol after the other, all pairs and all answer symbols at once."""
    longest = int((answers.symbols != NOTHING).sum(axis=1).max())
    theirs = np.ascontiguousarray(answers.symbols[:, :longest].T)
    weights = np.ascontiguousarray(answers.weights[:, :longest].T)
    count = len(asked)
    signs = weights == 0
    best, runs = np.zeros((longest + 1, count), np.int16), np.zeros((longest + 1, count), np.int16)
    for at in range(int((asked.symbols != NOTHING).sum(axis=1).max())):
        ours = np.where(asked.symbols[:, at] == NOTHING, _NOTHING_ASKED, asked.symbols[:, at])
        weight = asked.weights[:, at]
        gain = (weights + weight) * (theirs == ours)
        gain += (gain >> 1) * (signs | (weight == 0))
        before = np.maximum(np.maximum(best[:-1] - judging.GAP, runs[:-1]), 0)
        runs[1:] = (gain + before) * (gain > 0)
        np.maximum(best[1:], runs[1:], out=best[1:])
        for column in range(1, longest + 1):
            np.maximum(best[column], best[column - 1], out=best[column])
    beside: Ints = best[-1]
    return beside


def _place_factor(ours: Ints, theirs: Ints) -> Floats:
    both = (ours > 0) & (theirs > 0)
    same_name = both[:, 3] & (ours[:, 3] == theirs[:, 3])
    differ = (both & (ours != theirs))[:, :3].any(axis=1) & ~same_name
    omitted = (ours[:, 0] > 0) != (theirs[:, 0] > 0)
    return np.where(differ, judging.PLACE_DIFFERS, np.where(omitted, judging.PLACE_OMITTED, 1.0))


def _form_factor(ours: Ints, theirs: Ints) -> Floats:
    unequal = np.where((ours > 0) & (theirs > 0), judging.FORM_DIFFERS, judging.FORM_OMITTED)
    return np.where(ours == theirs, 1.0, unequal)


def _branch_factor(ours: Ints, theirs: Ints) -> Floats:
    unequal = np.where((ours > 0) & (theirs > 0), judging.BRANCHES, judging.BRANCH)
    return np.where(ours == theirs, 1.0, unequal)
