"""Service runs pass to a colleague when their officer leaves."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.reassigning import passing
from feidi.domain.playbook.enums import RunState
from feidi.domain.playbook.kinds import RUN
from feidi.domain.playbook.models import PlaybookRun
from feidi.kernel.identity.models import User


def runs_held(outpost: Outpost, user: User, _today: date) -> QuerySet[PlaybookRun]:
    """Return the outpost's runs under way that ``user`` sees to."""
    return PlaybookRun.objects.filter(outpost=outpost, officer=user, state=RunState.RUNNING).order_by("id")


def _run(row: Any) -> tuple[str, str]:
    return str(row), row.planned_end.isoformat()


HANDLER: Final = passing("playbook_runs", _("服务进度"), RUN, field="officer", rows_of=runs_held, say=_run)
