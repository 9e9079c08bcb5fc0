"""Resonance 投资共振: how far an investor and a project meet, as a geometric mean in which one zero kills.

[sector cosine]^a × [stage 1, ½ or 0]^b × [share of the ask the ticket covers]^c × [region mandate, with 返投]^d ×
[share of the project's window]^e. A missing fact makes an interval and a question; amounts of different currencies are
never compared. ``resonance`` for one pair, ``resonances`` for all of two lists; a property test holds them equal.
"""

from feidi.engines.resonance.codes import CODES, CODES_EN, words_of
from feidi.engines.resonance.factors import bound_share
from feidi.engines.resonance.many import Resonances, resonances
from feidi.engines.resonance.model import (
    STAGES,
    Amount,
    Factor,
    FactorCode,
    Investor,
    Mandate,
    Project,
    Resonance,
    State,
    Weights,
    Window,
)
from feidi.engines.resonance.one import resonance

__all__ = [
    "CODES",
    "CODES_EN",
    "STAGES",
    "Amount",
    "Factor",
    "FactorCode",
    "Investor",
    "Mandate",
    "Project",
    "Resonance",
    "Resonances",
    "State",
    "Weights",
    "Window",
    "bound_share",
    "resonance",
    "resonances",
    "words_of",
]
