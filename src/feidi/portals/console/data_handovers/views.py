"""数据移交: which packages were made, who received them, whether the deletion is certified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.reporting.access import CONTRACT
from feidi.domain.reporting.models import DataHandover
from feidi.domain.reporting.selectors.handovers import get_package, list_packages
from feidi.domain.reporting.services.data_handover import HAND_OVER, KIND, record_receipt
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.portals.console.data_handovers.forms import ReceiptForm
from feidi.portals.console.lists import listed
from feidi.portals.console.papers.signing import prints_of, signed_copy_page
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("number", gettext_lazy("移交编号"), lead=True),
    Column("home", gettext_lazy("委托方")),
    Column("made", gettext_lazy("移交时间"), sortable=True),
    Column("by", gettext_lazy("经办")),
    Column("rows", gettext_lazy("行数"), numeric=True),
    Column("received", gettext_lazy("签收")),
    Column("deleted", gettext_lazy("删除日期"), sortable=True),
]
_SORTS = {"made": "created_at", "deleted": "deleted_on"}


def _require(actor: Actor) -> None:
    """Refuse who is on neither side of a hand-over: the operator's lead, the home's readers of the contract."""
    if not actor.may(CONTRACT):
        require(actor, HAND_OVER)


def _counts(row: DataHandover) -> dict[str, int]:
    return {name: n for name, n in row.counts.items() if name != "with_contacts"}


def _badge(row: DataHandover) -> Badge:
    if row.deleted_on:
        return Badge(_("已签收，已删除"), "ok")
    return Badge(_("已签收，待删除证明"), "info") if row.received_on else Badge(_("待签收"), "warn")


def _rows(items: Sequence[DataHandover]) -> list[Row]:
    return [
        Row(
            cells={
                "number": each.number,
                "home": each.home.name_zh,
                "made": each.created_at,
                "by": each.made_by,
                "rows": sum(_counts(each).values()),
                "received": f"{each.received_on} {each.received_by}" if each.received_on else "",
                "deleted": each.deleted_on,
            },
            url=reverse("console:data_handovers:package_view", args=[each.uid]),
            uid=each.uid,
            badges=(_badge(each),),
        )
        for each in items
    ]


@require_GET
def package_list(request: FeidiRequest) -> HttpResponse:
    """List the packages of one's home or outposts, newest first: received, deleted, or still waiting."""
    _require(request.actor)
    shown = listed(request, list_packages(request.actor), COLUMNS, _rows, sorts=_SORTS)
    return render(request, "console/data_handovers/package_list.html", shown)


@require_GET
def package_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one package: what was in it, its digest, its papers and signatures, who received it and when."""
    row = get_package(request.actor, uid)
    counts = _counts(row)
    context = {
        "row": row,
        "badges": [_badge(row)],
        "crumbs": [Crumb(_("数据移交"), reverse("console:data_handovers:package_list")), Crumb(row.number)],
        "facts": [
            (_("委托方"), row.home.name_zh),
            (_("移交时间"), row.created_at),
            (_("经办"), row.made_by),
            (_("行数"), _("{n} 行，{tables} 张表").format(n=f"{sum(counts.values()):,}", tables=len(counts))),
            (_("联系方式"), _("明文") if row.counts.get("with_contacts") else _("掩码（未含明文）")),
            (_("清单指纹"), row.sha256),
            (_("审计链末环"), row.audit_head),
            (_("签收人"), row.received_by),
            (_("签收日期"), row.received_on),
            (_("删除日期"), row.deleted_on),
        ],
        "counts": sorted(counts.items(), key=lambda each: -each[1]),
        "prints": prints_of(Subject(KIND, row.uid)),
        "may_record": request.actor.may(HAND_OVER),
    }
    return render(request, "console/data_handovers/package_view.html", context)


@require_http_methods(["GET", "POST"])
def receipt_record(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down who signed the receipt and when, and the day of the certified deletion."""
    row = get_package(request.actor, uid)
    require(request.actor, HAND_OVER)

    def save(data: dict[str, Any]) -> None:
        record_receipt(
            actor=request.actor,
            now=request.now,
            handover=row,
            received_by=data["received_by"],
            received_on=data["received_on"],
            deleted_on=data["deleted_on"],
        )

    stands = {name: getattr(row, name) for name in ("received_by", "received_on", "deleted_on")}
    initial = stands if row.received_on else {"received_on": request.today}
    return save_page(
        request,
        template="console/promises/form_page.html",
        form=ReceiptForm(sent(request), initial=initial),
        save=save,
        done=_("签收已登记。"),
        onward=reverse("console:data_handovers:package_view", args=[uid]),
        extra={"title": _("登记签收与删除"), "subtitle": row.number, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def receipt_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """Attach a photograph of the signed receipt or certificate; its QR says which of the two it is."""
    row = get_package(request.actor, uid)
    require(request.actor, HAND_OVER)
    onward = reverse("console:data_handovers:package_view", args=[uid])
    return signed_copy_page(request, subject=Subject(KIND, row.uid), title=row.number, onward=onward)
