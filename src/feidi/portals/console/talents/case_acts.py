"""What is done with a case: told once, standing still and going on, brought to departments, delivered, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.talent.models import GreenCase, HandOff
from feidi.domain.talent.services.cases import pause_case, resume_case, tell_missing, withdraw_case
from feidi.domain.talent.services.delivery import deliver_case, renew_delivery_link
from feidi.domain.talent.services.items import NewHandOff, answer_hand_off, finish_item, hand_off
from feidi.domain.talent.services.papers import print_receipt, print_telling
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.talents.asking import FORM, case_url, crumbs, editable_case, scan_of
from feidi.portals.console.talents.forms import (
    AnswerForm,
    DayForm,
    FinishForm,
    HandOffForm,
    PauseForm,
    TellForm,
    lines_of,
)
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

_DAYS = {"talent.date_in_future": "on", "talent.date_before": "on"}


@require_http_methods(["GET", "POST"])
def case_tell(request: FeidiRequest, uid: str) -> HttpResponse:
    """Tell once what is missing; the clock stands still until it has come."""
    row = editable_case(request, uid)
    proposed = "\n".join(dict.fromkeys(each for item in row.items.all() for each in item.documents))
    return save_page(
        request,
        template=FORM,
        form=TellForm(sent(request), initial={"on": request.today, "missing": proposed}),
        save=lambda data: tell_missing(
            actor=request.actor, now=request.now, case=row, missing=lines_of(data["missing"]), on=data["on"]
        ),
        done=_("已一次性告知，时钟停止。请打印告知书交给本人。"),
        onward=case_url(uid),
        fields={**_DAYS, "talent.missing_says_nothing": "missing"},
        extra={
            "title": _("一次性告知"),
            "subtitle": _("留下真正缺的，一行一样；只告知一次，漏告的由驻点补办。"),
            "submit": _("告知"),
        },
    )


@require_http_methods(["GET", "POST"])
def case_pause(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stop the clock: the applicant has to answer something."""
    row = editable_case(request, uid)
    return save_page(
        request,
        template=FORM,
        form=PauseForm(sent(request), initial={"on": request.today}),
        save=lambda data: pause_case(actor=request.actor, now=request.now, case=row, **data),
        done=_("时钟已停止。"),
        onward=case_url(uid),
        fields=_DAYS,
        extra={"title": _("等申请人答复"), "subtitle": row.number, "submit": _("停止时钟")},
    )


@require_http_methods(["GET", "POST"])
def case_resume(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let the clock go on."""
    row = editable_case(request, uid)
    return save_page(
        request,
        template=FORM,
        form=DayForm(sent(request), initial={"on": request.today}),
        save=lambda data: resume_case(actor=request.actor, now=request.now, case=row, on=data["on"]),
        done=_("时钟继续。"),
        onward=case_url(uid),
        fields=_DAYS,
        extra={"title": _("已补齐，时钟继续"), "subtitle": row.number, "submit": _("继续")},
    )


@require_POST
def case_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """End a case that the applicant no longer wants."""
    row = editable_case(request, uid)
    withdraw_case(actor=request.actor, now=request.now, case=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，不计入统计。"))
    return redirect(case_url(uid))


@require_http_methods(["GET", "POST"])
def item_hand(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Bring an item to a department."""
    row = editable_case(request, uid)
    item = row.items.select_related("case__talent__outpost").get(uid=entry)

    def save(data: dict[str, Any]) -> None:
        receipt = scan_of(data.pop("receipt"), data.pop("mark_reason"))
        hand_off(actor=request.actor, now=request.now, item=item, new=NewHandOff(receipt=receipt, **data))

    initial = {"handed_on": request.today, "department": item.department, "what": "、".join(item.documents)}
    return save_page(
        request,
        template=FORM,
        form=HandOffForm(*uploaded(request), initial=initial),
        save=save,
        done=_("交件已登记，向部门提供的个人材料已留痕。"),
        onward=case_url(uid),
        fields={"talent.date_in_future": "handed_on", "talent.date_before": "handed_on"},
        extra={
            "title": _("交件"),
            "subtitle": _("部门不登录本系统：把交件、受理号、回执和答复记在这里。"),
            "submit": _("保存"),
        },
    )


@require_http_methods(["GET", "POST"])
def hand_off_answer(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Write down what a department said."""
    row = editable_case(request, uid)
    handed = HandOff.objects.select_related("item__case").get(item__case=row, uid=entry)
    return save_page(
        request,
        template=FORM,
        form=AnswerForm(sent(request), initial={"on": request.today}),
        save=lambda data: answer_hand_off(actor=request.actor, now=request.now, handed=handed, **data),
        done=_("部门答复已登记。"),
        onward=case_url(uid),
        fields=_DAYS,
        extra={"title": _("登记部门答复"), "subtitle": handed.department, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def item_finish(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Close an item."""
    row = editable_case(request, uid)
    item = row.items.select_related("case").get(uid=entry)

    def save(data: dict[str, Any]) -> None:
        told = {"result": data["result"], "on": data["on"], "done": data["done"] == "yes"}
        finish_item(actor=request.actor, now=request.now, item=item, **told)

    return save_page(
        request,
        template=FORM,
        form=FinishForm(sent(request), initial={"on": request.today}),
        save=save,
        done=_("事项已办结。"),
        onward=case_url(uid),
        fields=_DAYS,
        extra={"title": _("登记办理结果"), "subtitle": item.title, "submit": _("保存")},
    )


@never_cache
@require_POST
def case_deliver(request: FeidiRequest, uid: str) -> HttpResponse:
    """Deliver a case; the answer shows the link by which the applicant confirms, once."""
    row = editable_case(request, uid)
    changed, token = deliver_case(actor=request.actor, now=request.now, case=row)
    return _link_page(request, changed, token)


@never_cache
@require_POST
def case_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Make a new link, shown once; the one before opens nothing any more."""
    row = editable_case(request, uid)
    changed, token = renew_delivery_link(actor=request.actor, now=request.now, case=row)
    return _link_page(request, changed, token)


def _link_page(request: FeidiRequest, case: GreenCase, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("public:delivery:case_confirm", args=[token]))
    lines = [_("请于 {day} 前打开链接确认办结并打分，不用登录：").format(day=case.link_expires_on), link]
    context = {
        "row": case,
        "link": link,
        "copy_text": chat_lines(_("{number} 已办结").format(number=case.number), lines),
        "crumbs": crumbs(Crumb(case.number, case_url(case.uid)), Crumb(_("确认链接"))),
    }
    return render(request, "console/talents/case_link.html", context)


@require_POST
def receipt_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the receipt; what is printed is frozen under its hash."""
    row = editable_case(request, uid)
    return redirect("console:pipeline:form_view", print_receipt(actor=request.actor, now=request.now, case=row).uid)


@require_POST
def telling_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print what was told to be missing."""
    row = editable_case(request, uid)
    return redirect("console:pipeline:form_view", print_telling(actor=request.actor, now=request.now, case=row).uid)
