"""口径确认单: the next version of what the figures mean, and its print to be signed by both sides."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import DefinitionSheet
from feidi.domain.reporting.selectors.definitions import (
    KIND,
    changes_between,
    definitions_today,
    latest_sheet,
    sheet_data,
    sheet_title,
)
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

ISSUE: Final = "report.issue"
_NOTE, _LABEL = 200, 160


def make_sheet(*, actor: Actor, now: datetime, outpost: Outpost, note: str = "") -> DefinitionSheet:
    """Freeze today's definitions as the outpost's next version. Refused: nothing has changed since the last one."""
    require(actor, ISSUE, outpost_scope(outpost.pk))
    today = definitions_today()
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update().get(pk=outpost.pk)  # one version at a time
        last = latest_sheet(outpost)
        if last is not None and not changes_between(last.definitions, today):
            raise refuse("reporting.definitions_same", revision=last.revision)
        row = DefinitionSheet.objects.create(
            outpost=outpost,
            revision=last.revision + 1 if last else 1,
            definitions=today,
            note=note.strip()[:_NOTE],
            made_by=actor.label[:_LABEL],
            created_at=now,
        )
        unit.created(row, kind=KIND)
    return row


def print_sheet(*, actor: Actor, now: datetime, sheet: DefinitionSheet) -> PrintedForm:
    """Print a version with a QR, to be signed and sealed by both sides."""
    require(actor, ISSUE, outpost_scope(sheet.outpost_id))
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(KIND, sheet.uid),
        form="statement",
        title=sheet_title(sheet),
        data=sheet_data(sheet),
    )
    return form
