"""Judging 路演评分: scores of several judges into a result by the written rule; harsh and lenient judges told apart.

``official`` ranks by the mean or the trimmed mean of the written rule, exactly, ties by rule: this is what is signed.
``correct`` takes judges' harshness out by the additive model, with its doubt, or refuses; ``differences`` says where the
corrected order differs from the official one and why: an internal paper. ``assign`` deals projects to judges.
"""

from feidi.engines.judging.agreeing import Agreement, agreement, krippendorff
from feidi.engines.judging.assigning import Assigned, Deal, Reader, Reading, assign
from feidi.engines.judging.codes import CODES, CODES_EN, words_of
from feidi.engines.judging.correcting import correct
from feidi.engines.judging.differing import differences
from feidi.engines.judging.means import mean_of, rounded, trimmed_mean
from feidi.engines.judging.model import (
    Corrected,
    CorrectedPlace,
    Difference,
    JudgeEffect,
    Method,
    Place,
    Result,
    Rule,
    Score,
)
from feidi.engines.judging.ranking import official

__all__ = [
    "CODES",
    "CODES_EN",
    "Agreement",
    "Assigned",
    "Corrected",
    "CorrectedPlace",
    "Deal",
    "Difference",
    "JudgeEffect",
    "Method",
    "Place",
    "Reader",
    "Reading",
    "Result",
    "Rule",
    "Score",
    "agreement",
    "assign",
    "correct",
    "differences",
    "krippendorff",
    "mean_of",
    "official",
    "rounded",
    "trimmed_mean",
    "words_of",
]
