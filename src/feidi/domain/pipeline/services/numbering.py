"""Human numbers per outpost and year: ``YB-2026-0001`` for projects, ``BS-2026-01`` for submissions."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import ProjectNumber
from feidi.kernel.content.library import library

PROJECT_SERIES, SUBMISSION_SERIES = "project", "submission"


def next_number(*, outpost: Outpost, series: str, now: datetime, count: int = 1) -> int:
    """Take ``count`` numbers of a series and return the first. To be called inside the transaction."""
    year = now.astimezone(SHANGHAI).year
    ProjectNumber.objects.get_or_create(outpost=outpost, series=series, year=year)
    row = ProjectNumber.objects.select_for_update().get(outpost=outpost, series=series, year=year)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return first


def project_prefix(outpost: Outpost) -> str:
    """Return the letters that begin an outpost's project numbers (content: ``number_prefix``)."""
    data = library().read(outpost.home.code, "enclave/enclave.yaml", on=None).data
    for raw in data.get("outposts") or ():
        if raw.get("code") == outpost.code:
            return str(raw.get("number_prefix") or outpost.code.upper())
    return outpost.code.upper()


def project_code(outpost: Outpost, now: datetime) -> str:
    """Take and return the next project number of an outpost."""
    number = next_number(outpost=outpost, series=PROJECT_SERIES, now=now)
    return format_project_code(project_prefix(outpost), now, number)


def format_project_code(prefix: str, now: datetime, number: int) -> str:
    """Return ``prefix-year-number``, the number with at least four digits."""
    return f"{prefix}-{now.astimezone(SHANGHAI).year}-{number:04d}"


def submission_number(outpost: Outpost, now: datetime) -> str:
    """Take and return the next submission number of an outpost."""
    number = next_number(outpost=outpost, series=SUBMISSION_SERIES, now=now)
    return f"{project_prefix(outpost)}-报送-{now.astimezone(SHANGHAI).year}-{number:03d}"
