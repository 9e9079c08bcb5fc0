"""草稿到期删除: what was typed and never sent is erased after the days that content says; a row without words stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.services.admission_steps import KIND
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.files.services import erase_file


def erase_old_drafts(*, actor: Actor, now: datetime) -> int:
    """Erase drafts that were never sent and are older than their place keeps one, also those given up; return how many.

    What stays says that there was one, when it began and that it was erased. Run again: nothing is left to do.
    """
    erased = 0
    for outpost in Outpost.objects.select_related("home").order_by("id"):
        before = now - timedelta(days=admission_rules(outpost).draft_days)
        old = Application.objects.filter(
            outpost=outpost, state=ApplicationState.DRAFT, created_at__lt=before, erased_at__isnull=True
        )
        for uid in list(old.order_by("id").values_list("uid", flat=True)):
            with recorded(actor=actor, now=now) as unit:
                erased += _erase(unit, uid)
    return erased


def _erase(unit: Unit, uid: str) -> int:
    row = Application.objects.select_for_update(of=("self",)).get(uid=uid)
    if row.erased_at is not None or row.state != ApplicationState.DRAFT:  # sent or erased a moment ago
        return 0
    why = str(_("草稿到期删除"))
    for each in row.files.select_related("file"):
        erase_file(actor=unit.actor, now=unit.now, file=each.file, reason=why)
    before = unit.before(row, KIND)
    row.applicant, row.one_line, row.contact_name, row.phone_masked, row.origin_digest = "", "", "", "", ""
    row.answers, row.missing, row.phone_sealed = {}, [], None
    row.erased_at = unit.now
    row.voided_at, row.void_reason = row.voided_at or unit.now, row.void_reason or why
    row.version += 1
    row.save()
    unit.changed(row, kind=KIND, before=before, action="erased", reason=why)
    return 1
