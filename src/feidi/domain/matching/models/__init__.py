"""The tables of matching."""

from feidi.domain.matching.models.candidates import CandidateList, CandidateRow, WeightSet
from feidi.domain.matching.models.flow_table import FlowCell, FlowTable
from feidi.domain.matching.models.industry_table import IndustryCell, IndustryTable
from feidi.domain.matching.models.introduction import (
    Introduction,
    IntroductionLog,
    IntroductionMeeting,
    IntroductionOutcome,
    MatchmakingDay,
    Trial,
)
from feidi.domain.matching.models.position_need import PositionNeed
from feidi.domain.matching.models.profile import (
    ConfidentialityAgreement,
    NeedSheet,
    Profile,
    ProfileBlock,
    ProfileReading,
)

__all__ = [
    "CandidateList",
    "CandidateRow",
    "ConfidentialityAgreement",
    "FlowCell",
    "FlowTable",
    "IndustryCell",
    "IndustryTable",
    "Introduction",
    "IntroductionLog",
    "IntroductionMeeting",
    "IntroductionOutcome",
    "MatchmakingDay",
    "NeedSheet",
    "PositionNeed",
    "Profile",
    "ProfileBlock",
    "ProfileReading",
    "Trial",
    "WeightSet",
]
