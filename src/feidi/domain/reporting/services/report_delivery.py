"""送达与签收: an approved report is laid before the home side's page; there it is read, taken and signed for."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.parties.access import require
from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.models import Report, ReportDelivery, ReportReceipt
from feidi.domain.reporting.selectors.reports import digest_of
from feidi.domain.reporting.services.reports import kind_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.files.access import OPEN_PERMISSION
from feidi.kernel.files.services import OpenedFile, path_of
from feidi.kernel.files.services.opening import download_headers

DELIVERY: Final = "reporting.report_delivery"
RECEIPT: Final = "reporting.report_receipt"
RECEIVE: Final = "report.receive"
#: To whom a kind of report must be for the home side to get it.
_HOME: Final = "home"


def may_deliver(report: Report) -> bool:
    """Tell whether a report is of a kind for the home side."""
    return kind_of(report).audience == _HOME


def deliver_report(*, actor: Actor, now: datetime, report: Report) -> tuple[ReportDelivery, bool]:
    """Lay an approved report before the home side; within ``send_report``, which has asked for permission and approval.

    Returns the delivery and whether it is new. Refused: a kind that is not for the home side.
    """
    if not may_deliver(report):
        raise refuse("reports.not_for_home", number=report.number)
    with recorded(actor=actor, now=now) as unit:
        row, new = ReportDelivery.objects.get_or_create(
            report=report,
            defaults={"outpost": report.outpost, "delivered_by": actor.label[:160], "created_at": now},
        )
        if new:
            unit.created(row, kind=DELIVERY)
    return row, new


def sign_for_report(*, actor: Actor, now: datetime, delivery: ReportDelivery) -> ReportReceipt:
    """Sign for a delivery. Refused: no permission at the home side, signed for before, a report taken back since."""
    require(actor, RECEIVE, Scope(ScopeKind.HOME, delivery.outpost.home_id))
    with recorded(actor=actor, now=now) as unit:
        row = ReportDelivery.objects.select_for_update(of=("self",)).select_related("report").get(pk=delivery.pk)
        _refuse_voided(row.report)
        person = actor.user_id or 0
        standing = row.receipts.filter(signed_by_id_number=person).first()
        if standing is not None:
            raise refuse("reports.signed_for", number=row.report.number, on=standing.created_at.date().isoformat())
        receipt = ReportReceipt.objects.create(
            delivery=row, signed_by_id_number=person, signed_by=actor.label[:160], created_at=now
        )
        unit.created(receipt, kind=RECEIPT)
    return receipt


def open_delivered(*, actor: Actor, now: datetime, delivery: ReportDelivery, form: ReportFormat) -> OpenedFile:
    """Open the file of a delivery and record the download. The caller fetched the delivery with access.

    Refused: no ``file.view``, a report taken back since, bytes or digests that are not what was approved.
    """
    report = delivery.report
    _refuse_voided(report)
    kept = {each.form: each for each in report.files.all()}
    if not actor.may(OPEN_PERMISSION):
        raise refuse("files.may_not_open", name=report.title)
    file = kept[form].file
    path = path_of(file)
    if not path.is_file() or path.stat().st_size != file.size:
        raise refuse("files.bytes_missing", name=file.name)
    if digest_of(report, {name: each.sha256 for name, each in kept.items()}) != report.sha256:
        raise refuse("reports.not_as_approved", number=report.number)
    with recorded(actor=actor, now=now) as unit:
        unit.acted("downloaded", kind=DELIVERY, uid=delivery.uid, form=form.value, sha256=file.sha256)
    return OpenedFile(file, path.open("rb"), download_headers(file))


def _refuse_voided(report: Report) -> None:
    if report.voided_at is not None:
        raise refuse("reports.taken_back", number=report.number, reason=report.void_reason)
