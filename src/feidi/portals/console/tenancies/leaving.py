"""How a tenancy ends: asked for, ticked off, decided, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.incubation.access import DECIDE
from feidi.domain.incubation.enums import TenancyEnd
from feidi.domain.incubation.models import ExitReview, Tenancy
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.exits import (
    Decision,
    ask_exit,
    decide_exit,
    lacking_of,
    tick_exit,
    withdraw_exit,
)
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.tenancies.entering import FORM, given_file
from feidi.portals.console.tenancies.forms import DecideForm, ExitForm
from feidi.portals.console.tenancies.views import editable, record_url
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _review(row: Tenancy, entry: str) -> ExitReview:
    return get_object_or_404(ExitReview.objects.select_related("tenancy__outpost__home"), tenancy=row, uid=entry)


@require_http_methods(["GET", "POST"])
def exit_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask that a tenancy end: 毕业, 退出, 清退, 到期不续."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        ask_exit(
            actor=request.actor,
            now=request.now,
            tenancy=row,
            how=TenancyEnd(data["how"]),
            leaves_on=data["leaves_on"],
            reason=data["reason"],
        )

    return save_page(
        request,
        template=FORM,
        form=ExitForm(sent(request), initial={"leaves_on": request.today}),
        save=save,
        done=_("离驻已提出，等待办清单和决定。"),
        onward=record_url(uid),
        fields={"incubation.day_outside_tenancy": "leaves_on"},
        extra={"title": _("提出离驻"), "subtitle": row.number, "note": _("毕业条件会按今天的事实算一遍并存下来。")},
    )


@require_http_methods(["GET", "POST"])
def exit_tick(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """The checklist of leaving: what was done, how, by whom."""
    row = editable(request, uid)
    review = _review(row, entry)
    items = incubation_rules(row.outpost).checklist
    if request.method == "POST":
        ticks = {each.code: request.POST.get(each.code, "") for each in items}
        tick_exit(actor=request.actor, now=request.now, review=review, ticks=ticks)
        messages.success(request, _("清单已保存。"))
        return redirect(record_url(uid))
    context = {
        "row": row,
        "items": [(each, review.checklist.get(each.code, {}).get("said", "")) for each in items],
        "onward": record_url(uid),
        "crumbs": [Crumb(_("入驻"), record_url(uid)), Crumb(_("离驻清单"))],
    }
    return render(request, "console/tenancies/exit_tick.html", context)


@require_http_methods(["GET", "POST"])
def exit_decide(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """The decision that ends a tenancy; what still stands against it is listed above."""
    row = editable(request, uid, DECIDE)
    review = _review(row, entry)

    def save(data: dict[str, Any]) -> None:
        decision = Decision(data["decided_on"], given_file(data, "paper"), data["in_spite_of"])
        decide_exit(actor=request.actor, now=request.now, review=review, decision=decision)

    return save_page(
        request,
        template="console/tenancies/exit_decide.html",
        form=DecideForm(*uploaded(request), initial={"decided_on": request.today}),
        save=save,
        done=_("离驻已决定，房间按离驻日释放。"),
        onward=record_url(uid),
        fields={"incubation.removal_paper_needed": "paper"},
        extra={
            "title": _("决定离驻"),
            "subtitle": f"{row.number} {TenancyEnd(review.how).label} {review.leaves_on}",
            "lacking": lacking_of(review, request.today),
            "submit": _("决定"),
        },
    )


@require_POST
def exit_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back that a tenancy is to end."""
    row = editable(request, uid)
    withdraw_exit(
        actor=request.actor, now=request.now, review=_review(row, entry), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("离驻申请已撤回。"))
    return redirect(record_url(uid))
