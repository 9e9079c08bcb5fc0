"""Visits to the exhibition hall pass to a colleague when their guide leaves."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.reassigning import passing
from feidi.domain.showcase.enums import VisitState
from feidi.domain.showcase.kinds import VISIT
from feidi.domain.showcase.models import HallVisit
from feidi.kernel.identity.models import User

_AHEAD: Final = (VisitState.ASKED, VisitState.CONFIRMED)


def visits_held(outpost: Outpost, user: User, _today: date) -> QuerySet[HallVisit]:
    """Return the outpost's visits that ``user`` is to guide and whose result nobody has written."""
    rows = HallVisit.objects.filter(outpost=outpost, guide=user, voided_at__isnull=True, state__in=_AHEAD)
    return rows.order_by("starts_at", "id")


def _visit(row: Any) -> tuple[str, str]:
    return f"{row.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {row.delegation}", str(row.get_state_display())


HANDLER: Final = passing("hall_visits", _("展厅参观讲解"), VISIT, field="guide", rows_of=visits_held, say=_visit)
