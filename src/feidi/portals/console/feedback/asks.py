"""Whom we asked: by mail, or by a link that staff sends in a chat. A link can be renewed and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from feidi.domain.parties.access import require
from feidi.kernel.feedback.access import can_edit
from feidi.kernel.feedback.kinds import VIEW
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.selectors.asks import get_ask, link_of, list_asks, reached
from feidi.kernel.feedback.selectors.rules import rules_of
from feidi.kernel.feedback.services.asking import message_of, renew_link, withdraw_ask
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.feedback.asking import LISTING, crumbs, occasion_words, rules_for, staff_outposts
from feidi.portals.console.feedback.forms import AskFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("about", gettext_lazy("关于"), lead=True),
    Column("occasion", gettext_lazy("场合"), sortable=True),
    Column("to", gettext_lazy("请谁评价")),
    Column("asked", gettext_lazy("请评日期"), sortable=True),
    Column("expires", gettext_lazy("链接到期日"), sortable=True),
    Column("state", gettext_lazy("状态")),
]
SORTS = {"occasion": "occasion", "asked": "asked_on", "expires": "expires_on"}


def state_of(row: Ask, today: date) -> Badge:
    """Return how an ask stands."""
    if hasattr(row, "answer"):
        return Badge(_("已评价"), "ok")
    if row.withdrawn_on is not None:
        return Badge(_("已收回"), "quiet")
    if row.expires_on < today:
        return Badge(_("已过期"), "quiet")
    return Badge(_("已发邮件") if row.mailed else _("待发链接"), "info" if row.mailed else "warn")


def rows_of(asks: Sequence[Ask], names: dict[str, str], today: date) -> list[Row]:
    """Return asks as list rows."""
    return [
        Row(
            cells={
                "about": each.about,
                "occasion": names.get(each.occasion, each.occasion),
                "to": each.to_hint,
                "asked": each.asked_on,
                "expires": each.expires_on,
                "state": state_of(each, today).text,
            },
            url=reverse("console:feedback:ask_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in asks
    ]


@require_GET
def ask_list(request: FeidiRequest) -> HttpResponse:
    """What was asked: those who have not answered yet first."""
    require(request.actor, VIEW)
    names = occasion_words(rules_for(request))
    form = AskFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW), occasions=names)
    given, active = asked_of(form)
    rows = list_asks(actor=request.actor, outposts=staff_outposts(request, given.get("outpost")))
    show = given.get("show") or "open"
    if show != "all":
        rows = rows.filter(answer__isnull=show == "open")
    if occasion := given.get("occasion"):
        rows = rows.filter(occasion=occasion)
    found = listed(request, rows, COLUMNS, lambda some: rows_of(some, names, request.today), sorts=SORTS)
    lines = (f"{each.cells['about']} {each.cells['state']}" for each in found["table"].rows)
    context = {
        **found,
        "title": _("发出的评价链接"),
        "subtitle": _("有邮箱的已自动发出；没有的点开复制链接，用微信发给对方。同一件事不会重复请同一个人评价。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:feedback:ask_list"),
        "actions": [],
        "copy_text": chat_lines(_("发出的评价链接 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("没有等着评价的"),
        "empty_text": _("服务办结、活动结束、人才事项办结、项目落地后，链接自动出现在这里。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, LISTING, context)


@never_cache
@require_GET
def ask_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One ask with its link and the words to send it with, for who works on feedback."""
    row = get_ask(actor=request.actor, uid=uid)
    occasion = rules_of(row.place, row.asked_on).occasions.get(row.occasion)
    answer, may = getattr(row, "answer", None), can_edit(request.actor, row.scope_outpost)
    live = may and answer is None and row.withdrawn_on is None and row.expires_on >= request.today
    to = reached(row)
    context = {
        "row": row,
        "answer": answer,
        "link": link_of(row) if live else "",
        "copy_text": message_of(row, occasion) if live and occasion else "",
        "may": may and answer is None,
        "badges": [state_of(row, request.today)],
        "pairs": [
            (_("场合"), say(occasion.label) if occasion else row.occasion),
            (_("请谁评价"), to.name or row.to_hint),
            (_("邮箱"), to.email),
            (_("请评日期"), row.asked_on),
            (_("链接到期日"), row.expires_on),
            (_("收回原因"), row.withdrawn_reason),
        ],
        "crumbs": crumbs(Crumb(_("发出的评价链接"), reverse("console:feedback:ask_list")), Crumb(row.about)),
    }
    return render(request, "console/feedback/ask_view.html", context)


@require_POST
def ask_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Make a new link; the one before opens nothing."""
    renew_link(actor=request.actor, now=request.now, asked=get_ask(actor=request.actor, uid=uid))
    messages.success(request, _("已换新链接，旧的打不开了。"))
    return redirect("console:feedback:ask_view", uid)


@require_POST
def ask_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a link back."""
    asked = get_ask(actor=request.actor, uid=uid)
    withdraw_ask(actor=request.actor, now=request.now, asked=asked, reason=request.POST.get("reason", ""))
    messages.success(request, _("链接已收回。"))
    return redirect("console:feedback:ask_view", uid)
