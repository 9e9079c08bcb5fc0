"""Projects, their log, agreements, landing, first reports, targets and submissions."""

from feidi.domain.pipeline.models.agreement import Agreement
from feidi.domain.pipeline.models.commitment import BenefitSettlement, BenefitTerm, ClauseReview, Commitment
from feidi.domain.pipeline.models.first_report import FirstReport, FirstReportDispute, FirstReportEntry
from feidi.domain.pipeline.models.interaction import Interaction
from feidi.domain.pipeline.models.landing import LandingCase
from feidi.domain.pipeline.models.log import Gap, ProjectCondition, StageLog
from feidi.domain.pipeline.models.plaque import ProjectPlaque
from feidi.domain.pipeline.models.project import Project, ProjectParty
from feidi.domain.pipeline.models.recheck import LandingRecheck, RecheckRound
from feidi.domain.pipeline.models.submission import Submission, SubmissionRow
from feidi.domain.pipeline.models.target import DiligenceCheck, Target

__all__ = [
    "Agreement",
    "BenefitSettlement",
    "BenefitTerm",
    "ClauseReview",
    "Commitment",
    "DiligenceCheck",
    "FirstReport",
    "FirstReportDispute",
    "FirstReportEntry",
    "Gap",
    "Interaction",
    "LandingCase",
    "LandingRecheck",
    "Project",
    "ProjectCondition",
    "ProjectParty",
    "ProjectPlaque",
    "RecheckRound",
    "StageLog",
    "Submission",
    "SubmissionRow",
    "Target",
]
