"""投诉台账: list, workbook, a new one, its page, answered, closed, taken back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.parties.selectors.feedback import whose_of
from feidi.kernel.feedback.access import can_edit, require_edit
from feidi.kernel.feedback.enums import Channel, Ruling
from feidi.kernel.feedback.kinds import EDIT, VIEW
from feidi.kernel.feedback.models import Complaint
from feidi.kernel.feedback.selectors.following import get_complaint, list_complaints, opened
from feidi.kernel.feedback.services.complaints import (
    NewComplaint,
    answer_complaint,
    close_complaint,
    receive_complaint,
    void_complaint,
)
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.feedback.asking import (
    FORM,
    LISTING,
    crumbs,
    edits_any,
    rules_for,
    staff_outposts,
    topic_words,
)
from feidi.portals.console.feedback.forms import CloseForm, ComplaintFilterForm, ComplaintForm, ReplyForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("title", gettext_lazy("什么事")),
    Column("topic", gettext_lazy("类别"), sortable=True),
    Column("channel", gettext_lazy("怎样来的"), shown=False),
    Column("received", gettext_lazy("收到日期"), sortable=True),
    Column("owner", gettext_lazy("由谁答复"), sortable=True),
    Column("due", gettext_lazy("期限"), sortable=True),
    Column("answered", gettext_lazy("答复日期"), sortable=True),
    Column("ruling", gettext_lazy("查明"), shown=False),
    Column("state", gettext_lazy("状态")),
]
SORTS = {
    "number": "number",
    "topic": "topic",
    "received": "received_on",
    "owner": "owner__display_name",
    "due": "due_on",
    "answered": "answered_on",
}
_LIVE = Q(voided_at__isnull=True)
_SHOWS = {
    "open": _LIVE & Q(answered_on__isnull=True),
    "answered": _LIVE & Q(answered_on__isnull=False, closed_on__isnull=True),
    "closed": _LIVE & Q(closed_on__isnull=False),
    "voided": Q(voided_at__isnull=False),
}
_DAYS = {"feedback.date_in_future": "on", "feedback.date_before": "on"}


def state_of(row: Complaint, today: date) -> Badge:
    """Return how a complaint stands."""
    if row.voided_at is not None:
        return Badge(_("已作废"), "quiet")
    if row.closed_on is not None:
        return Badge(_("已办结"), "ok")
    if row.answered_on is not None:
        return Badge(_("已答复，待办结"), "info")
    if row.due_on is not None and row.due_on < today:
        return Badge(_("待答复，已超 {days} 天").format(days=(today - row.due_on).days), "bad")
    return Badge(_("待答复"), "warn")


def rows_of(complaints: Sequence[Complaint], topics: dict[str, str], today: date) -> list[Row]:
    """Return complaints as list rows. Who complained is on the complaint's own page only."""
    return [
        Row(
            cells={
                "number": each.number,
                "title": each.title,
                "topic": topics.get(each.topic, each.topic),
                "channel": Channel(each.channel).label,
                "received": each.received_on,
                "owner": str(each.owner),
                "due": each.due_on,
                "answered": each.answered_on,
                "ruling": Ruling(each.ruling).label if each.ruling else "",
                "state": state_of(each, today).text,
            },
            url=reverse("console:feedback:complaint_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.voided_at or each.closed_on else "",
        )
        for each in complaints
    ]


def _asked(request: FeidiRequest, topics: dict[str, str]) -> tuple[ComplaintFilterForm, QuerySet[Complaint], int]:
    outposts = outposts_for(request.actor, VIEW)
    form = ComplaintFilterForm(request.GET, actor=request.actor, outposts=outposts, topics=topics)
    given, active = asked_of(form)
    rows = list_complaints(actor=request.actor, outposts=staff_outposts(request, given.get("outpost")))
    rows = rows.filter(_SHOWS.get(given.get("show") or "open", Q()))
    if words := given.get("words"):
        rows = rows.filter(Q(number__icontains=words) | Q(title__icontains=words))
    if topic := given.get("topic"):
        rows = rows.filter(topic=topic)
    return form, rows, active


@require_GET
def complaint_list(request: FeidiRequest) -> HttpResponse:
    """The register; what was taken back stays in it."""
    require(request.actor, VIEW)
    topics = topic_words(rules_for(request))
    form, rows, active = _asked(request, topics)
    found = listed(request, rows, COLUMNS, lambda some: rows_of(some, topics, request.today), sorts=SORTS)
    new_url = reverse("console:feedback:complaint_new") if edits_any(request) else ""
    address = f"{reverse('console:feedback:complaint_export')}?{request.GET.urlencode()}"
    first = [Action(_("登记投诉"), new_url, "plus", tone="primary")] if new_url else []
    lines = (f"{each.cells['number']} {each.cells['title']} {each.cells['state']}" for each in found["table"].rows)
    context = {
        **found,
        "title": _("投诉台账"),
        "subtitle": _("收到就登记，限期答复，办结写明改了什么；登错的作废并写理由，不删除。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:feedback:complaint_list"),
        "actions": [*first, Action(_("导出本列表"), address, "database-export")],
        "copy_text": chat_lines(_("投诉 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("没有待答复的投诉"),
        "empty_text": _("来访、电话、微信、来信都照原话登记，由谁答复、几个工作日内答复随之确定。"),
        "empty_url": new_url,
        "empty_label": _("登记投诉"),
        "bulk": "",
    }
    return render(request, LISTING, context)


@require_GET
def complaint_export(request: FeidiRequest) -> HttpResponse:
    """The listed complaints as a workbook, without who complained; who took it is on record."""
    require(request.actor, VIEW)
    topics = topic_words(rules_for(request))
    rows = rows_of(list(_asked(request, topics)[1][:5000]), topics, request.today)
    return workbook(
        request,
        name="complaints",
        headers=[str(each.label) for each in COLUMNS],
        rows=([each.cells[column.code] for column in COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def complaint_new(request: FeidiRequest) -> HttpResponse:
    """Write a complaint down."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    form = ComplaintForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        topics=topic_words(rules_for(request)),
        initial={"received_on": request.today, "owner": request.user},
    )
    return save_page(
        request,
        template=FORM,
        form=form,
        save=lambda data: _receive(request, data),
        done=_("投诉已登记，时限起算。"),
        onward=reverse("console:feedback:complaint_list"),
        fields={"feedback.date_in_future": "received_on", "feedback.topic_unknown": "topic"},
        extra={"title": _("登记投诉"), "subtitle": _("名字、联系方式和原话加密保存。"), "submit": _("登记")},
    )


def _receive(request: FeidiRequest, data: dict[str, Any]) -> Complaint:
    told = {name: data[name] for name in ("received_on", "topic", "title", "words", "owner", "name", "contact")}
    new = NewComplaint(channel=Channel(data["channel"]), **told)
    return receive_complaint(actor=request.actor, now=request.now, whose=whose_of(data["outpost"]), new=new)


@require_GET
def complaint_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One complaint with who complained, in which words, and what came of it."""
    row = get_complaint(actor=request.actor, uid=uid)
    who, topics = opened(row), topic_words(rules_for(request))
    may = can_edit(request.actor, row.scope_outpost) and row.voided_at is None
    context = {
        "row": row,
        "who": who,
        "badges": [state_of(row, request.today)],
        "may": may,
        "may_answer": may and row.answered_on is None,
        "may_close": may and row.answered_on is not None and row.closed_on is None,
        "pairs": [
            (_("类别"), topics.get(row.topic, row.topic)),
            (_("怎样来的"), Channel(row.channel).label),
            (_("收到日期"), row.received_on),
            (_("登记人"), row.received_by),
            (_("投诉人"), who.name),
            (_("怎样联系"), who.contact),
            (_("由谁答复"), str(row.owner)),
            (_("期限"), row.due_on),
        ],
        "outcome": [
            (_("查明"), Ruling(row.ruling).label if row.ruling else ""),
            (_("答复"), row.reply),
            (_("答复日期"), row.answered_on),
            (_("答复人"), row.answered_by),
            (_("办结日期"), row.closed_on),
            (_("改了什么"), row.lesson),
        ],
        "crumbs": crumbs(Crumb(_("投诉台账"), reverse("console:feedback:complaint_list")), Crumb(row.number)),
    }
    return render(request, "console/feedback/complaint_view.html", context)


def _editable(request: FeidiRequest, uid: str) -> Complaint:
    row = get_complaint(actor=request.actor, uid=uid)
    require_edit(request.actor, row.scope_outpost)
    return row


@require_http_methods(["GET", "POST"])
def complaint_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what it turned out to be and what was replied; the clock stops."""
    row = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=ReplyForm(sent(request), initial={"on": request.today}),
        save=lambda data: answer_complaint(
            actor=request.actor,
            now=request.now,
            complaint=row,
            ruling=Ruling(data["ruling"]),
            reply=data["reply"],
            on=data["on"],
        ),
        done=_("答复已登记，时限停止。"),
        onward=reverse("console:feedback:complaint_view", args=[uid]),
        fields={**_DAYS, "feedback.reply_says_nothing": "reply"},
        extra={"title": _("登记答复"), "subtitle": f"{row.number} {row.title}", "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def complaint_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close what was answered."""
    row = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=CloseForm(sent(request), initial={"on": request.today}),
        save=lambda data: close_complaint(
            actor=request.actor, now=request.now, complaint=row, lesson=data["lesson"], on=data["on"]
        ),
        done=_("投诉已办结。"),
        onward=reverse("console:feedback:complaint_view", args=[uid]),
        fields=_DAYS,
        extra={"title": _("办结投诉"), "subtitle": f"{row.number} {row.title}", "submit": _("办结")},
    )


@require_POST
def complaint_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back what was entered in error; it stays in the register."""
    row = _editable(request, uid)
    void_complaint(actor=request.actor, now=request.now, complaint=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("投诉已作废，仍留在台账里。"))
    return redirect("console:feedback:complaint_view", uid)
