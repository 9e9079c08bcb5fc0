"""Visits of delegations: the list, one visit with its way and its people, what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.showcase.access import EDIT, VIEW
from feidi.domain.showcase.enums import PublicationKind, VisitState
from feidi.domain.showcase.kinds import VISIT
from feidi.domain.showcase.models import HallVisit, Publication
from feidi.domain.showcase.selectors.hall import VISIT_SORTS, Filter, get_visit, list_visits
from feidi.domain.showcase.services.visits import (
    book_visit,
    cancel_visit,
    change_visit,
    finish_visit,
    set_visitors,
    set_way,
    unmask_visit,
)
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.selectors.asks import link_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.exhibition.forms import (
    FinishForm,
    PeopleForm,
    VisitFilterForm,
    VisitForm,
    WayForm,
    plan_of,
    stops_of,
    visitors_of,
)
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row, Tone
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"
UNMASK = "contact.unmask"
COLUMNS = [
    Column("when", gettext_lazy("时间"), sortable=True),
    Column("delegation", gettext_lazy("来访单位"), sortable=True, lead=True),
    Column("people", gettext_lazy("人数"), numeric=True),
    Column("listed", gettext_lazy("名单人数"), numeric=True),
    Column("guide", gettext_lazy("讲解")),
    Column("state", gettext_lazy("状态")),
    Column("result", gettext_lazy("结果"), shown=False),
]
_TONES: dict[str, Tone] = {
    VisitState.ASKED: "warn",
    VisitState.CONFIRMED: "info",
    VisitState.DONE: "ok",
    VisitState.CANCELLED: "quiet",
}


def rows_of(rows: Sequence[HallVisit]) -> list[Row]:
    """Return visits as list rows."""
    return [
        Row(
            cells={
                "when": each.starts_at,
                "delegation": each.delegation,
                "people": each.people,
                "listed": getattr(each, "listed", None),
                "guide": each.guide.display_name if each.guide else "",
                "state": each.get_state_display(),
                "result": each.result,
            },
            url=reverse("console:exhibition:visit_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.state == VisitState.CANCELLED else "",
        )
        for each in rows
    ]


def _crumbs(*rest: Crumb) -> list[Crumb]:
    return [Crumb(_("展厅参观"), reverse("console:exhibition:visit_list")), *rest]


def _wanted(request: FeidiRequest) -> tuple[VisitFilterForm, Filter, int]:
    form = VisitFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost, state = given.get("outpost"), given.get("state") or "coming"
    wanted = Filter(
        words=given.get("words") or "",
        state="" if state == "all" else state,
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, active


@require_GET
def visit_list(request: FeidiRequest) -> HttpResponse:
    """Delegations to come, the next first."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(request, list_visits(request.actor, wanted, request.now), COLUMNS, rows_of, sorts=VISIT_SORTS)
    new_url = reverse("console:exhibition:visit_new")
    export = f"{reverse('console:exhibition:visit_export')}?{request.GET.urlencode()}"
    first = [Action(_("登记来访"), new_url, "plus", tone="primary")] if request.actor.may(EDIT) else []
    lines = (
        f"{_said(each.cells['when'])} {each.cells['delegation']} {each.cells['guide']}" for each in found["table"].rows
    )
    context = {
        **found,
        "title": _("展厅参观"),
        "subtitle": _("谁哪天来、谁讲解、走哪条路线、来了谁；结束后请对方说一句。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:exhibition:visit_list"),
        "actions": [
            *first,
            Action(_("展品与标签"), reverse("console:exhibition:exhibit_list"), "qrcode"),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "copy_text": chat_lines(_("展厅参观 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("没有将要来的团队"),
        "empty_text": _("接到来访通知就登记；公开网站上的预约在“网站留言”里转过来。"),
        "empty_url": new_url if request.actor.may(EDIT) else "",
        "empty_label": _("登记来访"),
        "bulk": "",
    }
    return render(request, "console/exhibition/visit_list.html", context)


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


@require_GET
def visit_export(request: FeidiRequest) -> HttpResponse:
    """The listed visits as a workbook, without names of visitors; who took it is on record."""
    require(request.actor, VIEW)
    rows = rows_of(list(list_visits(request.actor, _wanted(request)[1], request.now)[:5000]))
    return workbook(
        request,
        name="visits",
        headers=[str(each.label) for each in COLUMNS],
        rows=([_said(each.cells["when"]), *(each.cells[column.code] for column in COLUMNS[1:])] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def visit_new(request: FeidiRequest) -> HttpResponse:
    """Enter a visit."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)

    made: list[HallVisit] = []

    def save(data: dict[str, Any]) -> None:
        made.append(book_visit(actor=request.actor, now=request.now, outpost=data["outpost"], plan=plan_of(data)))

    form = VisitForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT))
    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已登记。接着写路线和名单。"),
        onward=reverse("console:exhibition:visit_list"),
        fields={"showcase.visit_order": "ends", "showcase.guide_busy": "guide"},
        extra={"title": _("登记来访"), "subtitle": "", "submit": _("保存")},
    )
    return redirect("console:exhibition:visit_view", made[0].uid) if made else answer


@require_GET
def visit_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One visit."""
    row = get_visit(request.actor, uid)
    scope = outpost_scope(row.outpost_id)
    may = request.actor.may(EDIT, scope) and row.voided_at is None
    asked = Ask.objects.filter(subject_kind=VISIT, subject_uid=row.uid).first() if may else None
    context = {
        "row": row,
        "badges": [Badge(row.get_state_display(), _TONES[row.state])],
        "pairs": [
            (_("时间"), _span(row)),
            (_("人数"), row.people),
            (_("目的"), row.purpose),
            (_("讲解语言"), row.language),
            (_("讲解"), row.guide.display_name if row.guide else _("还没有安排")),
            (_("联系人"), row.contact_hint or _("没有留或已删除")),
            (_("结果"), row.result),
        ],
        "stops": row.stops.select_related("exhibit"),
        "visitors": list(row.visitors.all()),
        "survey": _survey(row, asked) if asked else None,
        "to_come": may and row.state in {VisitState.ASKED, VisitState.CONFIRMED},
        "receivable": may and row.state == VisitState.CONFIRMED and row.starts_at <= request.now,
        "may_list": may and row.state != VisitState.CANCELLED and row.names_gone_on is None,
        "may_unmask": bool(row.contact_enc) and request.actor.may(UNMASK, scope),
        "crumbs": _crumbs(Crumb(row.delegation)),
    }
    return render(request, "console/exhibition/visit_view.html", context)


def _span(row: HallVisit) -> str:
    return f"{row.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} – {row.ends_at.astimezone(SHANGHAI):%H:%M}"


def _survey(row: HallVisit, asked: Ask) -> dict[str, str] | None:
    """Return the link by which they say a word, the thanks to send it with, and its code; None once taken back."""
    link = link_of(asked)
    if not link:
        return None
    thanks = _("感谢{delegation}来{outpost}参观。请用一分钟说一句：{link}")
    return {
        "link": link,
        "text": thanks.format(delegation=row.delegation, outpost=row.outpost.short_name, link=link),
        "picture": segno.make(link, error="m", micro=False).svg_data_uri(scale=4, border=2),
        "url": reverse("console:feedback:ask_view", args=[asked.uid]),
    }


def _editable(request: FeidiRequest, uid: str) -> HallVisit:
    row = get_visit(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def _page(request: FeidiRequest, row: HallVisit, form: Any, save: Any, title: str) -> HttpResponse:
    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已保存。"),
        onward=reverse("console:exhibition:visit_view", args=[row.uid]),
        fields={"showcase.visit_order": "ends", "showcase.guide_busy": "guide"},
        extra={"title": title, "subtitle": row.delegation, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def visit_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change what is known of a visit, and who guides it."""
    row = _editable(request, uid)
    begins, ends = row.starts_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)
    known = {name: getattr(row, name) for name in ("delegation", "people", "purpose", "language", "version")}
    initial = {**known, "outpost": row.outpost_id, "guide": row.guide_id}
    initial |= {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}
    outposts = outposts_for(request.actor, EDIT).filter(pk=row.outpost_id)
    form = VisitForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)

    def save(data: dict[str, Any]) -> None:
        act: dict[str, Any] = {"actor": request.actor, "now": request.now}
        change_visit(visit=row, plan=plan_of(data), version=data["version"], **act)

    return _page(request, row, form, save, _("修改来访"))


@require_http_methods(["GET", "POST"])
def visit_way(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write the way through the hall."""
    row = _editable(request, uid)
    exhibits = {
        each.title: each
        for each in Publication.objects.filter(outpost=row.outpost, kind=PublicationKind.EXHIBIT, voided_at=None)
    }
    lines = "\n".join(f"{each.at}｜{each.place}｜{each.what}" for each in row.stops.all())
    form = WayForm(sent(request), initial={"stops": lines}, exhibits=sorted(exhibits))

    def save(data: dict[str, Any]) -> None:
        set_way(actor=request.actor, now=request.now, visit=row, stops=stops_of(data["stops"], exhibits))

    return _page(request, row, form, save, _("路线"))


@require_http_methods(["GET", "POST"])
def visit_people(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write who comes, or who came."""
    row = _editable(request, uid)
    lines = "\n".join(" ".join(filter(None, (each.name, each.unit, each.title))) for each in row.visitors.all())
    form = PeopleForm(sent(request), initial={"people": lines})

    def save(data: dict[str, Any]) -> None:
        set_visitors(actor=request.actor, now=request.now, visit=row, visitors=visitors_of(data["people"]))

    return _page(request, row, form, save, _("名单"))


@require_http_methods(["GET", "POST"])
def visit_finish(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that they were received; the link for their word appears on the page."""
    row = _editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        finish_visit(actor=request.actor, now=request.now, visit=row, result=data["result"])

    return _page(request, row, FinishForm(sent(request)), save, _("登记接待结果"))


@require_POST
def visit_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Cancel a visit."""
    row = _editable(request, uid)
    cancel_visit(actor=request.actor, now=request.now, visit=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消。"))
    return redirect("console:exhibition:visit_view", uid)


@never_cache
@require_POST
def visit_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show how they are reached, this once; who looked, when and why is on record."""
    row = get_visit(request.actor, uid)
    why = request.POST.get("reason", "")
    contact = unmask_visit(actor=request.actor, now=request.now, visit=row, reason=why)
    context = {
        "row": row,
        "pairs": [(_("联系人和电话"), contact)],
        "why": why,
        "crumbs": _crumbs(Crumb(row.delegation, reverse("console:exhibition:visit_view", args=[uid]))),
    }
    return render(request, "console/exhibition/visit_unmask.html", context)


@require_GET
def visit_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """The itinerary on one page, to be printed: the way and who guides; no telephone."""
    row = get_visit(request.actor, uid)
    context = {
        "row": row,
        "when": _span(row),
        "stops": row.stops.select_related("exhibit"),
        "visitors": list(row.visitors.all()),
    }
    return render(request, "console/exhibition/visit_print.html", context)
