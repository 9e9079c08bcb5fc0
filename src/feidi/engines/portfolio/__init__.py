"""Portfolio 遴选: which candidates to foster so that at least L land with probability α, under area, budget, sectors.

The number of landings is Poisson-binomial, reckoned exactly; the choice is proved best (every subset, or HiGHS). When
the aim cannot be met the answer says so, and what would do. Chances from few cases carry their range.
"""

from feidi.engines.portfolio.chances import chance_given, chance_of
from feidi.engines.portfolio.choosing import choose, curve_by_area, curve_by_number
from feidi.engines.portfolio.codes import CODES, CODES_EN, words_of
from feidi.engines.portfolio.counting import at_least, distribution, needed_chance, needed_number
from feidi.engines.portfolio.model import (
    Aim,
    Ask,
    Candidate,
    Chance,
    CurvePoint,
    Limits,
    Portfolio,
    Solver,
)

__all__ = [
    "CODES",
    "CODES_EN",
    "Aim",
    "Ask",
    "Candidate",
    "Chance",
    "CurvePoint",
    "Limits",
    "Portfolio",
    "Solver",
    "at_least",
    "chance_given",
    "chance_of",
    "choose",
    "curve_by_area",
    "curve_by_number",
    "distribution",
    "needed_chance",
    "needed_number",
    "words_of",
]
