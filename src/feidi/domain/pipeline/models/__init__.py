"""Projects, their log, agreements, landing and submissions."""

from feidi.domain.pipeline.models.agreement import Agreement
from feidi.domain.pipeline.models.interaction import Interaction
from feidi.domain.pipeline.models.landing import LandingCase
from feidi.domain.pipeline.models.log import Gap, ProjectCondition, StageLog
from feidi.domain.pipeline.models.project import Project, ProjectNumber, ProjectParty
from feidi.domain.pipeline.models.submission import Submission, SubmissionRow

__all__ = [
    "Agreement",
    "Gap",
    "Interaction",
    "LandingCase",
    "Project",
    "ProjectCondition",
    "ProjectNumber",
    "ProjectParty",
    "StageLog",
    "Submission",
    "SubmissionRow",
]
