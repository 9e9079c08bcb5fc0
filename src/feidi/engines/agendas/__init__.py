"""Agendas 对接会议程: who meets whom by deferred acceptance with capacities, and in which time slot.

``match`` is stable and deterministic and says why somebody is left; ``match_arrays`` is the same for 100,000 × 50;
``agenda`` puts the pairs into the fewest slots with nobody in two places at once.
"""

from feidi.engines.agendas.arrays import match_arrays
from feidi.engines.agendas.codes import CODES, CODES_EN, words_of
from feidi.engines.agendas.matching import blocking_pairs, match
from feidi.engines.agendas.model import Agenda, Left, Matching, Meeting, Pair, Party
from feidi.engines.agendas.slots import agenda, schedule

__all__ = [
    "CODES",
    "CODES_EN",
    "Agenda",
    "Left",
    "Matching",
    "Meeting",
    "Pair",
    "Party",
    "agenda",
    "blocking_pairs",
    "match",
    "match_arrays",
    "schedule",
    "words_of",
]
