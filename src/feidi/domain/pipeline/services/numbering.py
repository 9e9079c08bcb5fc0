"""Numbers of projects and submissions: ``YB-2026-0001``, ``YB-报送-2026-001``."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number, number_prefix

PROJECT_SERIES, SUBMISSION_SERIES = "project", "submission"


def project_code(outpost: Outpost, now: datetime) -> str:
    """Take and return the next project number of an outpost."""
    number = next_number(outpost=outpost, series=PROJECT_SERIES, now=now)
    return format_project_code(number_prefix(outpost), now, number)


def format_project_code(prefix: str, now: datetime, number: int) -> str:
    """Return ``prefix-year-number``, the number with at least four digits."""
    return f"{prefix}-{now.astimezone(SHANGHAI).year}-{number:04d}"


def submission_number(outpost: Outpost, now: datetime) -> str:
    """Take and return the next submission number of an outpost."""
    number = next_number(outpost=outpost, series=SUBMISSION_SERIES, now=now)
    return f"{number_prefix(outpost)}-报送-{now.astimezone(SHANGHAI).year}-{number:03d}"
