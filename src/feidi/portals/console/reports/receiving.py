"""From deliveries and receipts to what the pages draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.models import ReportDelivery
from feidi.domain.reporting.selectors.report_body import ReportBody
from feidi.domain.reporting.selectors.report_content import ReportKind, report_content
from feidi.portals.console.reports.presenting import kind_label
from feidi.portals.ui.pieces import Badge, Column, Row

HOME: Final = "home"
COLUMNS = (
    Column("title", gettext_lazy("报表"), lead=True),
    Column("number", gettext_lazy("编号")),
    Column("kind", gettext_lazy("种类")),
    Column("as_of", gettext_lazy("截至"), sortable=True),
    Column("delivered", gettext_lazy("送达时间"), sortable=True),
    Column("signed", gettext_lazy("签收")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
)
SORTS = {"as_of": "report__as_of", "delivered": "created_at"}


def row_of(delivery: ReportDelivery, kinds: Mapping[str, ReportKind]) -> Row:
    """Return one delivery for the list."""
    report = delivery.report
    cells = {
        "title": report.title,
        "number": report.number,
        "kind": kind_label(kinds.get(report.kind), report.kind),
        "as_of": report.as_of,
        "delivered": delivery.created_at,
        "signed": "；".join(_receipt(each) for each in delivery.receipts.all()),
        "outpost": delivery.outpost.short_name,
    }
    url = reverse("console:reports:received_view", args=[delivery.uid])
    return Row(cells, url=url, uid=delivery.uid, badges=badges_of(delivery), tone="quiet" if report.voided_at else "")


def _receipt(receipt: Any) -> str:
    return f"{receipt.signed_by} {localtime(receipt.created_at):%Y-%m-%d %H:%M}"


def badges_of(delivery: ReportDelivery) -> tuple[Badge, ...]:
    """Return where a delivery stands."""
    report, found = delivery.report, []
    if report.voided_at:
        found.append(Badge(_("已收回"), "quiet"))
    elif delivery.receipts.all():
        found.append(Badge(_("已签收"), "ok"))
    else:
        found.append(Badge(_("待签收"), "info"))
    if report.revision > 1:
        found.append(Badge(_("第 {n} 版").format(n=report.revision), "quiet"))
    return tuple(found)


def kind_of_delivery(delivery: ReportDelivery) -> ReportKind | None:
    """Return the kind of a delivered report as content had it on the day it was made; None where it has it no more."""
    report = delivery.report
    return report_content(report.outpost, localtime(report.created_at).date()).kinds.get(report.kind)


def files_of(delivery: ReportDelivery) -> list[tuple[str, str, str]]:
    """Return (words, address, digest) of each file."""
    kept = {each.form: each for each in delivery.report.files.all()}
    return [
        (
            str(ReportFormat(form).label),
            reverse("console:reports:received_download", args=[delivery.uid, form]),
            kept[form].sha256,
        )
        for form in ReportFormat.values
        if form in kept
    ]


def facts_of(delivery: ReportDelivery, body: ReportBody) -> Sequence[tuple[str, Any]]:
    """Return what is said of a delivery beside its text."""
    report = delivery.report
    return [
        (_("编号"), report.number),
        (_("期间"), body.span),
        (_("截至"), report.as_of),
        (_("驻点"), delivery.outpost.name),
        (_("给谁"), "、".join(body.to)),
        (_("批准"), f"{report.approved_by} {localtime(report.approved_at):%Y-%m-%d %H:%M}"),
        (_("送达"), f"{delivery.delivered_by} {localtime(delivery.created_at):%Y-%m-%d %H:%M}"),
        (_("内容校验 SHA-256"), report.sha256),
    ]
