"""Who stands in for whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost, StandIn
from feidi.domain.parties.selectors.lookup import VIEW
from feidi.domain.parties.selectors.staff import staff_of
from feidi.domain.parties.selectors.stand_ins import list_stand_ins, stand_ins_visible_to
from feidi.domain.parties.services.stand_ins import set_stand_in, void_stand_in
from feidi.kernel.access import ScopeKind
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.who import presenting
from feidi.portals.console.who.forms import StandInForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table


@require_safe
def stand_in_list(request: FeidiRequest) -> HttpResponse:
    """List who stands in for whom, today and to come."""
    require(request.actor, VIEW)
    page = paginate(list_stand_ins(request.actor, request.today), request.GET.get("page"))
    table = read_table(request.GET, presenting.STAND_IN_COLUMNS)
    rows = [presenting.stand_in_row(request.actor, each) for each in page.items]
    return render(request, "console/who/stand_in_list.html", {"page": page, "table": table.with_rows(rows)})


@require_http_methods(["GET", "POST"])
def stand_in_add(request: FeidiRequest) -> HttpResponse:
    """Arrange a stand-in for oneself; for others with the permission to hand work over."""
    require(request.actor, VIEW)
    ids = request.actor.scopes(VIEW, ScopeKind.OUTPOST)
    people = staff_of(Outpost.objects.filter(pk__in=ids).select_related("home"), request.today)
    form = StandInForm(
        sent(request),
        outposts=Outpost.objects.filter(pk__in=ids).order_by("id"),
        people=people,
        initial={"absent": request.actor.user_id, "since": request.today},
    )

    def save(data: dict[str, Any]) -> None:
        set_stand_in(actor=request.actor, now=request.now, **data)

    return save_page(
        request,
        template="console/who/form.html",
        form=form,
        save=save,
        done=_("替班已安排。"),
        onward=reverse("console:who:stand_in_list"),
        fields={"parties.stand_in_days": "until", "parties.stand_in_past": "until"},
        extra={
            "title": _("安排替班"),
            "subtitle": _("替班的人在工作台上看到不在岗者的待办；权限仍是替班人自己的"),
            "button": _("保存"),
            "crumbs": [Crumb(_("替班"), reverse("console:who:stand_in_list")), Crumb(_("安排替班"))],
        },
    )


@require_POST
def stand_in_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a stand-in back."""
    rows = stand_ins_visible_to(request.actor, StandIn.objects.select_related("absent", "outpost"))
    row = rows.get(uid=uid)
    reason = request.POST.get("reason", "").strip() or _("提前返岗或安排有误")
    void_stand_in(actor=request.actor, now=request.now, row=row, reason=reason)
    messages.success(request, _("已撤回。"))
    return redirect("console:who:stand_in_list")
