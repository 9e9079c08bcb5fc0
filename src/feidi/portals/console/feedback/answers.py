"""What people said: the list, its workbook, one answer. Nobody changes or removes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.kinds import VIEW
from feidi.kernel.feedback.models import Answer
from feidi.kernel.feedback.models.answer import BEST, SURE
from feidi.kernel.feedback.selectors.answers import get_answer, list_answers, words_of
from feidi.kernel.feedback.selectors.rules import rules_of
from feidi.kernel.subjects import Subject, label_of, url_of, visible_row
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.feedback.asking import (
    LISTING,
    crumbs,
    occasion_words,
    rules_for,
    score,
    staff_outposts,
)
from feidi.portals.console.feedback.forms import AnswerFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("about", gettext_lazy("关于"), lead=True),
    Column("occasion", gettext_lazy("场合"), sortable=True),
    Column("satisfaction", gettext_lazy("满意度"), sortable=True),
    Column("recommend", gettext_lazy("推荐"), sortable=True),
    Column("words", gettext_lazy("说的话")),
    Column("answered", gettext_lazy("日期"), sortable=True),
]
SORTS = {
    "occasion": "occasion",
    "satisfaction": "satisfaction",
    "recommend": "recommend",
    "answered": "answered_on",
}
_SHOWS: dict[str, dict[str, Any]] = {
    "bad": {"follow_up__isnull": False},
    "counts": {"counts": True},
}


def _asked(request: FeidiRequest) -> tuple[AnswerFilterForm, QuerySet[Answer], int]:
    outposts, names = outposts_for(request.actor, VIEW), occasion_words(rules_for(request))
    form = AnswerFilterForm(request.GET, actor=request.actor, outposts=outposts, occasions=names)
    given, active = asked_of(form)
    rows = list_answers(actor=request.actor, outposts=staff_outposts(request, given.get("outpost")))
    show = given.get("show")
    rows = rows.filter(**_SHOWS.get(show or "", {}))
    if show == "words":
        rows = rows.exclude(words_enc=b"")
    if occasion := given.get("occasion"):
        rows = rows.filter(occasion=occasion)
    if first := given.get("first"):
        rows = rows.filter(answered_on__gte=first)
    if last := given.get("last"):
        rows = rows.filter(answered_on__lte=last)
    return form, rows, active


def rows_of(answers: Sequence[Answer], names: dict[str, str]) -> list[Row]:
    """Return answers as list rows."""
    return [
        Row(
            cells={
                "about": each.about,
                "occasion": names.get(each.occasion, each.occasion),
                "satisfaction": score(each.satisfaction, BEST),
                "recommend": score(each.recommend, SURE),
                "words": words_of(each),
                "answered": each.answered_on,
            },
            url=reverse("console:feedback:answer_view", args=[each.uid]),
            uid=each.uid,
            tone="bad" if hasattr(each, "follow_up") and each.follow_up.closed_on is None else "",
        )
        for each in answers
    ]


@require_GET
def answer_list(request: FeidiRequest) -> HttpResponse:
    """The answers that a period, an occasion and a filter leave, newest first."""
    require(request.actor, VIEW)
    form, rows, active = _asked(request)
    names = occasion_words(rules_for(request))
    found = listed(request, rows, COLUMNS, lambda some: rows_of(some, names), sorts=SORTS)
    address = f"{reverse('console:feedback:answer_export')}?{request.GET.urlencode()}"
    lines = (f"{each.cells['satisfaction']} {each.cells['words']}".strip() for each in found["table"].rows)
    context = {
        **found,
        "title": _("评价"),
        "subtitle": _("每人每件只评一次，评过不能改、不能删；话只有驻点的工作人员看得到。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:feedback:answer_list"),
        "actions": [
            Action(_("发出的链接"), reverse("console:feedback:ask_list"), "link"),
            Action(_("导出本列表"), address, "database-export"),
        ],
        "copy_text": chat_lines(_("评价 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("还没有评价"),
        "empty_text": _("服务办结、活动结束、人才事项办结、项目落地后，系统自动请对方用一分钟评价。"),
        "empty_url": reverse("console:feedback:ask_list"),
        "empty_label": _("看发出的链接"),
        "bulk": "",
    }
    return render(request, LISTING, context)


@require_GET
def answer_export(request: FeidiRequest) -> HttpResponse:
    """The listed answers as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    names = occasion_words(rules_for(request))
    rows = rows_of(list(_asked(request)[1][:5000]), names)
    return workbook(
        request,
        name="answers",
        headers=[str(each.label) for each in COLUMNS],
        rows=([each.cells[column.code] for column in COLUMNS] for each in rows),
    )


@require_GET
def answer_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One answer, what it is about, and its follow-up."""
    row = get_answer(actor=request.actor, uid=uid)
    ask = row.ask
    occasion = rules_of(ask.place, ask.asked_on).occasions.get(row.occasion)
    subject = Subject(ask.subject_kind, ask.subject_uid)
    about = visible_row(request.actor, subject)
    reason = occasion.reasons.get(row.reason) if occasion else None
    follow_up = getattr(row, "follow_up", None)
    context = {
        "row": row,
        "words": words_of(row),
        "follow_up": follow_up,
        "badges": [Badge(_("待回访"), "bad")] if follow_up and follow_up.closed_on is None else [],
        "pairs": [
            (_("场合"), say(occasion.label) if occasion else row.occasion),
            (_("满意度"), score(row.satisfaction, BEST)),
            (_("推荐"), score(row.recommend, SURE)),
            (_("原因"), say(reason) if reason else ""),
            (_("评价日期"), row.answered_on),
            (_("怎样收到的"), Via(row.via).label),
            (_("计入满意度"), _("是") if row.counts else _("否")),
        ],
        "about": (label_of(about, subject.kind), url_of(subject) or "") if about is not None else None,
        "crumbs": crumbs(Crumb(_("评价"), reverse("console:feedback:answer_list")), Crumb(row.about)),
    }
    return render(request, "console/feedback/answer_view.html", context)
