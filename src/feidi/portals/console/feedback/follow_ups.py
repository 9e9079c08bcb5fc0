"""回访: bad scores with their clocks; each ends with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.kernel.feedback.access import can_edit, require_edit
from feidi.kernel.feedback.kinds import EDIT, VIEW
from feidi.kernel.feedback.models import FollowUp
from feidi.kernel.feedback.models.answer import BEST, SURE
from feidi.kernel.feedback.selectors.answers import words_of
from feidi.kernel.feedback.selectors.asks import reached
from feidi.kernel.feedback.selectors.following import get_follow_up, list_follow_ups
from feidi.kernel.feedback.services.answering import assign_follow_up, close_follow_up
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.feedback.asking import FORM, LISTING, crumbs, score, staff_outposts
from feidi.portals.console.feedback.forms import AssignForm, DoneForm, FollowUpFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("about", gettext_lazy("关于"), lead=True),
    Column("satisfaction", gettext_lazy("满意度"), sortable=True),
    Column("recommend", gettext_lazy("推荐")),
    Column("owner", gettext_lazy("回访人"), sortable=True),
    Column("due", gettext_lazy("期限"), sortable=True),
    Column("state", gettext_lazy("状态")),
]
SORTS = {"satisfaction": "answer__satisfaction", "owner": "owner__display_name", "due": "due_on"}


def state_of(row: FollowUp, today: date) -> Badge:
    """Return how a follow-up stands."""
    if row.closed_on is not None:
        late = row.closed_on > row.due_on
        return Badge(_("已回访，晚了") if late else _("已回访"), "warn" if late else "ok")
    if row.due_on < today:
        return Badge(_("已超 {days} 天").format(days=(today - row.due_on).days), "bad")
    return Badge(_("还有 {days} 天").format(days=(row.due_on - today).days), "warn")


def rows_of(follow_ups: Sequence[FollowUp], today: date) -> list[Row]:
    """Return follow-ups as list rows."""
    return [
        Row(
            cells={
                "about": each.about,
                "satisfaction": score(each.answer.satisfaction, BEST),
                "recommend": score(each.answer.recommend, SURE),
                "owner": str(each.owner) if each.owner else _("待分派"),
                "due": each.due_on,
                "state": state_of(each, today).text,
            },
            url=reverse("console:feedback:follow_up_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.closed_on else "bad" if each.due_on < today else "",
        )
        for each in follow_ups
    ]


@require_GET
def follow_up_list(request: FeidiRequest) -> HttpResponse:
    """Follow-ups, those open and soonest due first."""
    require(request.actor, VIEW)
    form = FollowUpFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    rows = list_follow_ups(actor=request.actor, outposts=staff_outposts(request, given.get("outpost")))
    show = given.get("show") or "open"
    if show != "all":
        rows = rows.filter(closed_on__isnull=show == "open")
    if owner := given.get("owner"):
        rows = rows.filter(owner=owner)
    found = listed(request, rows, COLUMNS, lambda some: rows_of(some, request.today), sorts=SORTS)
    lines = (f"{each.cells['about']} {each.cells['owner']} {each.cells['state']}" for each in found["table"].rows)
    context = {
        **found,
        "title": _("回访"),
        "subtitle": _("分数低的评价自动开一条，到期前联系对方，写明做了什么。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:feedback:follow_up_list"),
        "actions": [],
        "copy_text": chat_lines(_("回访 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("没有要回访的"),
        "empty_text": _("评价分数低时，这里自动出现一条并起算时限。"),
        "empty_url": reverse("console:feedback:answer_list"),
        "empty_label": _("看评价"),
        "bulk": "",
    }
    return render(request, LISTING, context)


@require_GET
def follow_up_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One follow-up: what was said, by whom, what was done."""
    row = get_follow_up(actor=request.actor, uid=uid)
    to = reached(row.answer.ask)
    context = {
        "row": row,
        "badges": [state_of(row, request.today)],
        "may": can_edit(request.actor, row.scope_outpost) and row.closed_on is None,
        "words": words_of(row.answer),
        "answer_url": reverse("console:feedback:answer_view", args=[row.answer.uid]),
        "pairs": [
            (_("满意度"), score(row.answer.satisfaction, BEST)),
            (_("推荐"), score(row.answer.recommend, SURE)),
            (_("谁说的"), to.name),
            (_("邮箱"), to.email),
            (_("评价日期"), row.opened_on),
            (_("回访人"), str(row.owner) if row.owner else _("待分派")),
            (_("期限"), row.due_on),
            (_("回访日期"), row.closed_on),
            (_("做了什么"), row.done),
        ],
        "crumbs": crumbs(Crumb(_("回访"), reverse("console:feedback:follow_up_list")), Crumb(row.about)),
    }
    return render(request, "console/feedback/follow_up_view.html", context)


def _editable(request: FeidiRequest, uid: str) -> FollowUp:
    row = get_follow_up(actor=request.actor, uid=uid)
    require_edit(request.actor, row.scope_outpost)
    return row


@require_http_methods(["GET", "POST"])
def follow_up_assign(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say who asks after it."""
    row = _editable(request, uid)
    mine = outposts_for(request.actor, EDIT).filter(pk__in=Outpost.objects.filter(pk=row.scope_outpost).values("pk"))
    return save_page(
        request,
        template=FORM,
        form=AssignForm(sent(request), actor=request.actor, outposts=mine, initial={"owner": row.owner}),
        save=lambda data: assign_follow_up(actor=request.actor, now=request.now, follow_up=row, owner=data["owner"]),
        done=_("已分派，待办随之转交。"),
        onward=reverse("console:feedback:follow_up_view", args=[uid]),
        extra={"title": _("分派回访"), "subtitle": row.about, "submit": _("分派")},
    )


@require_http_methods(["GET", "POST"])
def follow_up_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what was done; the clock stops."""
    row = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=DoneForm(sent(request)),
        save=lambda data: close_follow_up(actor=request.actor, now=request.now, follow_up=row, done=data["done"]),
        done=_("回访已办结，时限停止。"),
        onward=reverse("console:feedback:follow_up_view", args=[uid]),
        fields={"feedback.done_says_nothing": "done"},
        extra={"title": _("登记回访"), "subtitle": row.about, "submit": _("办结")},
    )
