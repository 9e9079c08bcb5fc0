"""Green-channel cases pass to a colleague when their officer leaves. The list names no talent: it is kept for ever."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.reassigning import passing
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.kinds import CASE
from feidi.domain.talent.models import GreenCase
from feidi.kernel.identity.models import User

_OPEN: Final = (CaseState.OPEN, CaseState.DELIVERED)


def cases_held(outpost: Outpost, user: User, _today: date) -> QuerySet[GreenCase]:
    """Return the outpost's cases that ``user`` sees to and that their talent has not confirmed yet."""
    rows = GreenCase.objects.filter(outpost=outpost, officer=user, voided_at__isnull=True, state__in=_OPEN)
    return rows.order_by("id")


def _case(row: Any) -> tuple[str, str]:
    return str(row.number), str(row.get_state_display())


HANDLER: Final = passing("green_cases", _("绿色通道"), CASE, field="officer", rows_of=cases_held, say=_case)
