"""Head leases: the register, one lease with the tenancies that outlast it, entering and changing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.selectors.tenancies import tenancies_of, tenancies_outlasting
from feidi.domain.space.access import VIEW
from feidi.domain.space.enums import RentBasis
from feidi.domain.space.models import HeadLease
from feidi.domain.space.selectors.head_leases import (
    find_bounding_lease,
    get_head_lease,
    list_head_leases,
    monthly_rent,
)
from feidi.domain.space.services import (
    LeaseTerms,
    add_head_lease,
    attach_document,
    change_head_lease,
    void_head_lease,
)
from feidi.domain.space.services.head_leases import EDIT
from feidi.engines.money import Money, MoneyText
from feidi.kernel.audit import recorded
from feidi.portals.console.leases import presenting
from feidi.portals.console.leases.forms import LeaseFilterForm, LeaseForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

_TEXTS = ("landlord", "premises", "starts_on", "ends_on", "area_m2", "sublet", "sublet_clause")
_MORE = ("fit_out", "fire_safety", "note")


def _wanted(request: FeidiRequest) -> tuple[LeaseFilterForm, QuerySet[HeadLease], int]:
    form = LeaseFilterForm(request.GET)
    given, active = asked_of(form)
    current = request.today if given.get("show") == "current" else None
    return form, list_head_leases(request.actor, current_on=current), active


@require_GET
def lease_list(request: FeidiRequest) -> HttpResponse:
    """Every head lease that the actor may see, the last to end first, with days left."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    shown = listed(
        request,
        rows,
        presenting.COLUMNS,
        lambda items: presenting.rows_of(items, request.today),
        sorts=presenting.SORTS,
    )
    may_add = request.actor.may(EDIT)
    actions = [Action(_("登记租约"), reverse("console:leases:lease_new"), "plus", tone="primary")] if may_add else []
    address = f"{reverse('console:leases:lease_export')}?{request.GET.urlencode()}"
    actions.append(Action(_("导出本列表"), address, "database-export"))
    words = _("{outpost}：{ends} 到期，剩 {left} 天")
    lines = [
        words.format(**{name: each.cells[name] for name in ("outpost", "ends", "left")}) for each in shown["table"].rows
    ]
    context = {
        **shown,
        "title": _("上游租约"),
        "subtitle": _("驻点自己租来的场地。入驻协议的租期不得晚于最后一份租约的到期日；到期前 12、6、3 个月提醒。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:leases:lease_list"),
        "actions": actions,
        "copy_text": chat_lines(_("上游租约（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有登记上游租约"),
        "empty_text": _("没有租约就无法核对入驻租期。由运营方负责人登记。"),
        "empty_url": reverse("console:leases:lease_new") if may_add else "",
        "empty_label": _("登记租约"),
        "bulk": "",
    }
    return render(request, "console/leases/lease_list.html", context)


@require_GET
def lease_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    drawn = presenting.rows_of(list(rows), request.today)
    return workbook(
        request,
        name="leases",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


def _terms(data: dict[str, Any]) -> LeaseTerms:
    return LeaseTerms(
        **{name: data[name] for name in (*_TEXTS, *_MORE)},
        rent=data["rent"],
        deposit=data["deposit"],
        basis=RentBasis(data["basis"]),
    )


def _attach(request: FeidiRequest, lease: HeadLease, data: dict[str, Any]) -> None:
    upload = data["document"]
    if upload:
        attach_document(
            actor=request.actor,
            now=request.now,
            lease=lease,
            name=upload.name,
            chunks=upload.chunks(),
            reason=data["mark_reason"],
        )


@require_http_methods(["GET", "POST"])
def lease_new(request: FeidiRequest) -> HttpResponse:
    """Enter a head lease."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            lease = add_head_lease(actor=request.actor, now=request.now, outpost=data["outpost"], terms=_terms(data))
            _attach(request, lease, data)

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=LeaseForm(*uploaded(request), outposts=outposts_of(request.actor, EDIT)),
        save=save,
        done=_("租约已登记。"),
        onward=reverse("console:leases:lease_list"),
        fields={"space.lease_order": "ends_on"},
        extra={"title": _("登记上游租约"), "subtitle": "", "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def lease_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change a lease: ended early, prolonged, corrected."""
    lease = get_head_lease(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(lease.outpost_id))

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            version = data["version"] or lease.version
            changed = change_head_lease(
                actor=request.actor, now=request.now, lease=lease, version=version, terms=_terms(data)
            )
            _attach(request, changed, data)

    outposts = Outpost.objects.filter(pk=lease.outpost_id)
    initial = {name: getattr(lease, name) for name in (*_TEXTS, *_MORE, "basis", "version")}
    initial |= {"sublet": "" if lease.sublet is None else str(lease.sublet).lower()}
    initial |= {
        "rent": _written(lease.rent_fen, lease.currency),
        "deposit": _written(lease.deposit_fen, lease.currency),
    }
    return save_page(
        request,
        template="console/promises/form_page.html",
        form=LeaseForm(*uploaded(request), outposts=outposts, initial=initial),
        save=save,
        done=_("租约已修改。"),
        onward=reverse("console:leases:lease_view", args=[uid]),
        fields={"space.lease_order": "ends_on"},
        extra={"title": _("修改上游租约"), "subtitle": lease.landlord, "submit": _("保存")},
    )


def _written(fen: int | None, currency: str) -> MoneyText | None:
    return None if fen is None else MoneyText("", fen, fen, currency)


@require_GET
def lease_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One lease: terms, days left, and which tenancies outlast what bounds them now."""
    lease = get_head_lease(request.actor, uid)
    rent = monthly_rent(lease)
    bounding = find_bounding_lease(lease.outpost)
    late = tenancies_outlasting(request.actor, lease.outpost)
    deposit = None if lease.deposit_fen is None else Money(lease.deposit_fen, lease.currency)
    scopes = (outpost_scope(lease.outpost_id),)
    context = {
        "lease": lease,
        "badges": presenting.ending_badges(lease, request.today),
        "days": presenting.days_left(lease, request.today),
        "bounding": bounding is not None and bounding.pk == lease.pk,
        "outlasting": presenting.outlasting(late, bounding) if bounding else [],
        "tenancies": list(tenancies_of(request.actor, lease.outpost)),
        "pairs": [
            (_("驻点"), lease.outpost.short_name),
            (_("场地"), lease.premises),
            (_("面积（㎡）"), None if lease.area_m2 is None else f"{lease.area_m2:g}"),
            (_("租期起"), lease.starts_on),
            (_("租期止"), lease.ends_on),
            (_("每月租金"), rent.whole),
            (_("每平方米每月"), rent.per_m2),
            (_("押金"), deposit),
            (_("合同允许转租或分租"), {True: _("是"), False: _("否"), None: _("合同没写")}[lease.sublet]),
            (_("转租条款"), lease.sublet_clause),
            (_("装修责任"), lease.fit_out),
            (_("消防责任"), lease.fire_safety),
            (_("备注"), lease.note),
            (_("登记人"), lease.recorded_by),
        ],
        "may_edit": request.actor.may(EDIT, *scopes) and lease.voided_at is None,
        "may_files": request.actor.may("file.view"),
        "crumbs": [Crumb(_("上游租约"), reverse("console:leases:lease_list")), Crumb(lease.landlord)],
    }
    return render(request, "console/leases/lease_view.html", context)


@require_POST
def lease_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a lease back that was entered in error."""
    lease = get_head_lease(request.actor, uid)
    void_head_lease(actor=request.actor, now=request.now, lease=lease, reason=request.POST.get("reason", ""))
    messages.success(request, _("租约已作废，记录保留。"))
    return redirect("console:leases:lease_view", uid)
