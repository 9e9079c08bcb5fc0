"""The list of meetings, one of them, calling one, and the four lists of a weekly meeting."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.models import Meeting
from feidi.domain.liaison.selectors.meetings import (
    SORTS,
    MeetingFilter,
    get_meeting,
    list_meetings,
    meetings_veil,
)
from feidi.domain.liaison.selectors.week import Week, week_of
from feidi.domain.liaison.services.meetings import NewMeeting, call_meeting, edit_meeting
from feidi.domain.parties.access import outpost_scope, outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.portals.console.daily import EDIT, asked_project, history_of, outposts_for, require_daily
from feidi.portals.console.lists import CHAT, asked_of, listed, workbook
from feidi.portals.console.meetings import presenting
from feidi.portals.console.meetings.forms import MeetingFilterForm, MeetingForm
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.reading import read_clock
from feidi.portals.ui.requests import FeidiRequest


def record_url(uid: str) -> str:
    """Return the page of one meeting."""
    return reverse("console:meetings:meeting_view", args=[uid])


def crumbs_of(meeting: Meeting, *more: str) -> list[Crumb]:
    """Return the way to a meeting's page, or to one behind it."""
    last = [Crumb(meeting.number, record_url(meeting.uid))] if more else [Crumb(meeting.number)]
    return [Crumb(_("会议"), reverse("console:meetings:meeting_list")), *last, *(Crumb(each) for each in more)]


def _wanted(request: FeidiRequest) -> tuple[MeetingFilterForm, MeetingFilter, int]:
    outposts = outposts_visible_to(request.actor, Outpost.objects.order_by("code"))
    form = MeetingFilterForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    show, outpost = given.get("show"), given.get("outpost")
    wanted = MeetingFilter(
        words=given.get("words") or "",
        kind=given.get("kind") or "",
        minuted={"minuted": True, "open": False}.get(show or ""),
        outpost_id=outpost.pk if outpost else None,
        project=given.get("project") or "",
        responsible_id=request.actor.user_id if show == "mine" else None,
        undone_by=request.today if show == "undone" else None,
    )
    return form, wanted, active


@require_GET
def meeting_list(request: FeidiRequest) -> HttpResponse:
    """Meetings of the actor's outposts, or of those of the actor's side, newest first."""
    require_daily(request.actor)
    form, wanted, active = _wanted(request)
    found = listed(
        request,
        list_meetings(request.actor, wanted),
        presenting.COLUMNS,
        lambda rows: presenting.rows_of(rows, request.actor),
        sorts=SORTS,
    )
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
        "export_url": f"{reverse('console:meetings:meeting_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/meetings/meeting_list.html", context)


@require_GET
def meeting_export(request: FeidiRequest) -> HttpResponse:
    """The decisions of the listed meetings as a workbook, one row each; who took it is on record."""
    require_daily(request.actor)
    _form, wanted, _active = _wanted(request)
    meetings = list(list_meetings(request.actor, wanted)[:2000])
    return workbook(
        request,
        name="meeting-decisions",
        headers=[str(each) for each in presenting.DECISION_HEADERS],
        rows=presenting.decision_cells(meetings, request.actor),
    )


def _new(request: FeidiRequest, data: dict[str, Any]) -> NewMeeting:
    data.pop("version")
    agenda = read_agenda(request.actor, data.pop("agenda", ""))
    return NewMeeting(**{**data, "kind": MeetingKind(data["kind"]), "agenda": agenda})


def read_agenda(actor: Actor, text: str) -> list[tuple[str, Project | None]]:
    """Return one item per line; a line that begins with the code of a project the actor may open is about it."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    codes = [words[0].upper() for words in lines]
    found = {each.code.upper(): each for each in visible_in_office(actor, Project.objects.filter(code__in=codes))}
    agenda: list[tuple[str, Project | None]] = []
    for words in lines:
        project = found.get(words[0].upper())
        title = words[1] if project and len(words) > 1 else project.name if project else " ".join(words)
        agenda.append((title.strip()[:160], project))
    return agenda


@require_http_methods(["GET", "POST"])
def meeting_new(request: FeidiRequest) -> HttpResponse:
    """Call a meeting with its agenda."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        outpost = data.pop("outpost")
        made.append(call_meeting(actor=request.actor, now=request.now, outpost=outpost, new=_new(request, data)).uid)

    project = asked_project(request)
    form = MeetingForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={
            "held_on": request.today,
            "kind": request.GET.get("kind", ""),
            "agenda": f"{project.code} {project.name}" if project else "",
        },
    )
    response = save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("会议已登记。"),
        onward=reverse("console:meetings:meeting_list"),
        extra={"title": _("登记会议"), "subtitle": ""},
    )
    if made:
        response.headers["Location"] = record_url(made[0])
    return response


@require_GET
def meeting_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One meeting: who was there, what was said of each item, what was decided and what became of it."""
    row = get_meeting(request.actor, uid)
    veil, may = meetings_veil(request.actor, [row]), presenting.might(request.actor, row)
    context = {
        "row": row,
        "title": veil.text(row.title),
        "summary": veil.text(row.summary),
        "may": may,
        "pairs": presenting.pairs_of(row, veil),
        "agenda": presenting.agenda_of(row, veil),
        "apart": presenting.apart_of(row, veil),
        "weekly": may.staff and row.kind == MeetingKind.WEEKLY,
        "badges": presenting.badges_of(row),
        "entries": history_of("liaison.meeting", row.uid, veil, presenting.FIELDS, presenting.TURNS),
        "copy_text": presenting.record_text(row, veil),
        "today": request.today,
        "crumbs": crumbs_of(row),
    }
    return render(request, "console/meetings/meeting_view.html", context)


def editable(request: FeidiRequest, uid: str, permission: str = EDIT) -> Meeting:
    """Return one that the actor may change; others are refused or not found."""
    row = get_meeting(request.actor, uid)
    require(request.actor, permission, outpost_scope(row.outpost_id))
    return row


@require_http_methods(["GET", "POST"])
def meeting_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Correct title, day, place or chair."""
    row = editable(request, uid)
    names = ("outpost", "kind", "title", "held_on", "held_at", "place", "chair")
    outposts: QuerySet[Outpost] = Outpost.objects.filter(pk=row.outpost_id)
    initial = {**{name: getattr(row, name) for name in names}, "version": row.version}
    form = MeetingForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)
    del form.fields["agenda"]

    def save(data: dict[str, Any]) -> None:
        data.pop("outpost")
        version = data["version"] or row.version
        edit_meeting(actor=request.actor, now=request.now, meeting=row, version=version, new=_new(request, data))

    return save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        extra={"title": _("修改会议"), "subtitle": row.number},
    )


@require_GET
def meeting_week(request: FeidiRequest, uid: str) -> HttpResponse:
    """The four lists of a weekly meeting: 本周要见, 超过14天没动, 等别人, 要报送."""
    row = editable(request, uid, VIEW)
    context = {**_lists_of(request, row.outpost), "row": row, "crumbs": crumbs_of(row, _("四张单子"))}
    return render(request, "console/meetings/meeting_week.html", context)


@require_GET
def week_view(request: FeidiRequest) -> HttpResponse:
    """The four lists of this week as they stand now, before anybody has called a meeting."""
    require(request.actor, VIEW)
    outposts = list(outposts_for(request.actor, VIEW))
    asked = [each for each in outposts if each.code == request.GET.get("outpost")]
    here = (asked or outposts)[0]
    crumbs = [Crumb(_("会议"), reverse("console:meetings:meeting_list")), Crumb(_("四张单子"))]
    context = {**_lists_of(request, here), "outpost": here, "outposts": outposts, "crumbs": crumbs}
    return render(request, "console/meetings/week_view.html", context)


def _lists_of(request: FeidiRequest, outpost: Outpost) -> dict[str, Any]:
    """Return what both pages of the four lists show."""
    week = week_of(request.actor, outpost, request.today)
    return {
        "week": week,
        "today": request.today,
        "copy_text": week_text(week, request.today),
        "stale_url": f"{reverse('console:pipeline:project_list')}?show=stale",
        "waiting_url": f"{reverse('console:coordinations:coordination_list')}?show=waiting",
    }


def week_text(week: Week, today: Any) -> str:
    """Return the four lists as a chat message: the counts, then the first of each, as far as there is room."""
    head = _("本周要见 {see}，超过14天没动 {stale}，等别人 {wait}，要报送 {due}").format(
        see=len(week.to_see), stale=week.stale_count, wait=len(week.waiting), due=len(week.due) + len(week.unreported)
    )
    see, wait, report = _("见"), _("等"), _("报")
    lines = [f"{see}：{each.project.name} {each.todo.what}" for each in week.to_see]
    for each in week.waiting:
        clock = read_clock(today=today, waiting_since=each.asked_on).text
        lines.append(f"{wait}：{each.department}（{clock}）")
    lines += [f"{report}：{each.paraphrase[:30]}" for each in week.due]
    text = head
    for line in lines:
        if len(text) + len(line) + 1 > CHAT:
            break
        text = f"{text}\n{line}"
    return text
