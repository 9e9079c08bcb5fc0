"""Reports that come round in a leaver's name pass to a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.reassigning import passing
from feidi.domain.reporting.models import ReportPlan
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.services.report_plans import KIND
from feidi.kernel.identity.models import User


def plans_held(outpost: Outpost, user: User, _today: date) -> QuerySet[ReportPlan]:
    """Return the outpost's plans of reports that are drafted in the name of ``user``."""
    return (
        ReportPlan.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True)
        .select_related("outpost__home")
        .order_by("id")
    )


def _plan(row: Any) -> tuple[str, str]:
    known = report_content(row.outpost, row.created_at.astimezone(SHANGHAI).date()).kinds.get(row.kind)
    return f"{known.label['zh'] if known else row.kind} {row.plaque}".strip(), str(row.day)


HANDLER: Final = passing("report_plans", _("定期报表"), KIND, field="owner", rows_of=plans_held, say=_plan)
