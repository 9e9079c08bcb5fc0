"""Correcting an agreement after it was entered: with a reason, counted anew, what changed kept in the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import AgreementKind, Counting
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.selectors.diligence import check_before_signing
from feidi.domain.pipeline.services.agreements import (
    KIND,
    NewAgreement,
    check_new,
    check_term,
    columns_of,
    recount,
)
from feidi.domain.pipeline.services.first_reports import fulfil_first_report
from feidi.domain.pipeline.services.gaps import fill_gaps
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

EDIT = "agreement.edit"
#: The word of the trail by which a correction is told from counting anew.
CORRECTED = "corrected"
BINDING = (AgreementKind.CONTRACT, AgreementKind.TENANCY)


def change_agreement(
    *, actor: Actor, now: datetime, agreement: Agreement, version: int, new: NewAgreement, reason: str
) -> Agreement:
    """Put right what was entered wrongly, scan included; every agreement of the project is counted anew.

    ``new.scan`` None keeps the scan; the clauses' text has a page of its own and stays. Refused: no reason, nothing
    changed, taken back, changed by somebody else since ``version``; and whatever entering it would refuse.
    """
    require_on(actor, EDIT, agreement.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        project = (
            Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=agreement.project_id)
        )
        row = Agreement.objects.select_for_update(of=("self",)).select_related("scan").get(pk=agreement.pk)
        _check_standing(row, version)
        whole = replace(new, scan=new.scan or row.scan)
        check_new(whole, now)
        check_term(whole, project)
        if new.kind in BINDING and row.kind not in BINDING:
            check_before_signing(project, new.signed_on)
        before, counted_as = unit.before(row, KIND), row.counting
        for name, value in columns_of(whole).items():
            setattr(row, name, value)
        row.counting = Counting.INCREMENT if whole.adds_capital else Counting.ALREADY
        stands = unit.before(row, KIND)
        same = all(value == before.get(name) for name, value in stands.items() if name != "counting")
        if same and whole.adds_capital == (counted_as == Counting.INCREMENT):
            raise refuse("pipeline.agreement_nothing_changed")
        recount(unit=unit, project=project, reason=reason.strip(), instead=row)
        row.refresh_from_db()
        unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action=CORRECTED)
        if new.kind in BINDING:
            fulfil_first_report(unit=unit, project=project, reason=f"{AgreementKind(new.kind).label} {new.signed_on}")
        fill_gaps(unit=unit, project=project)
    return row


def _check_standing(row: Agreement, version: int) -> None:
    if row.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=row.void_reason)
    refuse_if_changed(row, KIND, version, "pipeline.agreement_changed_meanwhile")
