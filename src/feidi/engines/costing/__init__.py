"""Costing 成本测算: what a firm's work costs at home and at the host, item by item, exactly, from dated figures.

A figure is (value, unit, place, period, source, basket, confidence); ``compare`` holds two places' figures against each
other and says what to beware of; ``sensitivity`` says what the difference hangs on. Unknown is never 0.
"""

from feidi.engines.costing.catalogue import CONVERSION, FIGURES, ITEMS, PROFILE, UNITS, Kind, Label, Per
from feidi.engines.costing.codes import CODES, CODES_EN, words_of
from feidi.engines.costing.comparing import NOT_ASKED, Comparison, Granted, Line, Side, Subsidy, Total, compare
from feidi.engines.costing.figures import Confidence, Figure, Place, Table, Use, period_words, table_of
from feidi.engines.costing.parsing import CostFile, parse_costs
from feidi.engines.costing.profile import Asked, Group, Profile
from feidi.engines.costing.ranges import Range, whole_fen
from feidi.engines.costing.reading import read_profile
from feidi.engines.costing.sensitivity import Swing, sensitivity

__all__ = [
    "CODES",
    "CODES_EN",
    "CONVERSION",
    "FIGURES",
    "ITEMS",
    "NOT_ASKED",
    "PROFILE",
    "UNITS",
    "Asked",
    "Comparison",
    "Confidence",
    "CostFile",
    "Figure",
    "Granted",
    "Group",
    "Kind",
    "Label",
    "Line",
    "Per",
    "Place",
    "Profile",
    "Range",
    "Side",
    "Subsidy",
    "Swing",
    "Table",
    "Total",
    "Use",
    "compare",
    "parse_costs",
    "period_words",
    "read_profile",
    "sensitivity",
    "table_of",
    "whole_fen",
    "words_of",
]
