"""Tables of incubation."""

from feidi.domain.incubation.models.application import Application, ApplicationFile, ApplicationStep, FirstAnswer
from feidi.domain.incubation.models.fostering import (
    ExitReview,
    Mentor,
    MentorHour,
    Milestone,
    PeriodReport,
    ServiceRequest,
    TenantOutcome,
    TenantVisit,
    YearSnapshot,
)
from feidi.domain.incubation.models.labs import LabEntry, LabUse
from feidi.domain.incubation.models.review import Review, ReviewSeat
from feidi.domain.incubation.models.tenancy import (
    Charge,
    Receipt,
    ResearchTopic,
    SecondedPerson,
    Tenancy,
    TenancyTerm,
    TenancyUnit,
)

__all__ = [
    "Application",
    "ApplicationFile",
    "ApplicationStep",
    "Charge",
    "ExitReview",
    "FirstAnswer",
    "LabEntry",
    "LabUse",
    "Mentor",
    "MentorHour",
    "Milestone",
    "PeriodReport",
    "Receipt",
    "ResearchTopic",
    "Review",
    "ReviewSeat",
    "SecondedPerson",
    "ServiceRequest",
    "Tenancy",
    "TenancyTerm",
    "TenancyUnit",
    "TenantOutcome",
    "TenantVisit",
    "YearSnapshot",
]
