"""The tables of talent."""

from feidi.domain.talent.models.case import ClockPause, GreenCase, GreenItem, HandOff
from feidi.domain.talent.models.person import (
    Consent,
    DataRequest,
    Disclosure,
    ProcessingAgreement,
    Talent,
)
from feidi.domain.talent.models.position import BenefitAcceptance, FlexibleContract, Position, PresenceMonth
from feidi.domain.talent.models.ruling import ClassRuling

__all__ = [
    "BenefitAcceptance",
    "ClassRuling",
    "ClockPause",
    "Consent",
    "DataRequest",
    "Disclosure",
    "FlexibleContract",
    "GreenCase",
    "GreenItem",
    "HandOff",
    "Position",
    "PresenceMonth",
    "ProcessingAgreement",
    "Talent",
]
