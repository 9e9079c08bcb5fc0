"""Planning an activity: what, when, where; its programme and the questions of its form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.access import EDIT, VIEW
from feidi.domain.roadshow.enums import Audience
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_rules import read_questions
from feidi.domain.roadshow.services.activities import Plan, change_activity, plan_activity, put_programme
from feidi.domain.roadshow.services.places import Place
from feidi.domain.space.access import units_visible_to
from feidi.domain.space.models import Unit
from feidi.domain.space.selectors.holding import spoken_span
from feidi.engines.findings import refuse
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.events.asking import FORM, activity_url, editable
from feidi.portals.console.events.forms import ActivityForm, ProgrammeForm, QuestionsForm
from feidi.portals.console.events.presenting import kinds_of
from feidi.portals.console.events.writing import items_of, lines_of, question_lines, questions_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

_FIELDS = {
    "roadshow.over": "day",
    "roadshow.title_needed": "title_zh",
    "roadshow.capacity_below": "capacity",
    "roadshow.capacity_wrong": "capacity",
    "roadshow.window_in_order": "closes_day",
    "roadshow.window_after_end": "closes_day",
    "roadshow.kind_unknown": "kind",
    "space.unit_taken": "unit",
    "space.booking_refused": "unit",
    "space.other_outpost": "unit",
}


def _form(request: FeidiRequest, **more: Any) -> ActivityForm:
    outposts = outposts_for(request.actor, EDIT)
    units = units_visible_to(request.actor, Unit.objects.filter(bookable=True, voided_at__isnull=True))
    units = units.filter(outpost__in=outposts.values("pk")).select_related("zone", "outpost__home")
    kinds = kinds_of(outposts)
    ordered = units.order_by("outpost_id", "zone_id", "code")
    return ActivityForm(sent(request), actor=request.actor, outposts=outposts, units=ordered, kinds=kinds, **more)


def _plan(data: dict[str, Any], row: Activity | None = None) -> Plan:
    same = ("kind", "title_zh", "title_en", "starts_at", "ends_at", "capacity", "opens_at", "closes_at")
    told = {name: data[name] for name in (*same, "side", "partners", "about_zh", "about_en")}
    kept = None if row is None or row.kind != data["kind"] else read_questions(row.questions)
    return Plan(
        place=Place(unit=data["unit"], address="" if data["unit"] else data["address"]),
        audience=Audience(data["audience"]),
        questions=kept,
        **told,
    )


@require_http_methods(["GET", "POST"])
def activity_new(request: FeidiRequest) -> HttpResponse:
    """Plan an activity as a draft."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    made: list[Activity] = []

    def save(data: dict[str, Any]) -> None:
        plan = _plan(data)
        if plan.ends_at <= request.now:  # it could never be opened
            raise refuse("roadshow.over", span=spoken_span(plan.starts_at, plan.ends_at))
        made.append(plan_activity(actor=request.actor, now=request.now, outpost=data["outpost"], plan=plan))

    answer = save_page(
        request,
        template=FORM,
        form=_form(request, initial={"audience": Audience.PUBLIC, "day": request.today + timedelta(days=14)}),
        save=save,
        done=_("已存为筹备中。写好议程，再开放报名。"),
        onward=reverse("console:events:activity_list"),
        fields=_FIELDS,
        extra={"title": _("筹备活动"), "subtitle": _("先存成筹备中，只有驻点看得到。"), "submit": _("保存")},
    )
    return redirect(activity_url(made[0].uid)) if made else answer


@require_http_methods(["GET", "POST"])
def activity_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say otherwise what is planned; the room moves with it."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        version = data["version"] or row.version
        change_activity(actor=request.actor, now=request.now, activity=row, version=version, plan=_plan(data, row))

    form = _form(request, initial=_initial(row))
    del form.fields["outpost"]  # an activity stays with its outpost
    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已修改。"),
        onward=activity_url(uid),
        fields=_FIELDS,
        extra={"title": _("修改活动"), "subtitle": row.number, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def programme_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write the programme, one line an item."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        items = items_of(row, data["lines"])
        put_programme(actor=request.actor, now=request.now, activity=row, items=items)

    return save_page(
        request,
        template=FORM,
        form=ProgrammeForm(sent(request), initial={"lines": lines_of(row)}),
        save=save,
        done=_("议程已保存。"),
        onward=activity_url(uid),
        fields={"roadshow.item_unread": "lines", "roadshow.item_outside": "lines", "roadshow.topic_needed": "lines"},
        extra={"title": _("议程"), "subtitle": row.title_zh, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def questions_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what the form asks; who has answered before keeps their answers."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        questions = questions_of(data["lines"], read_questions(row.questions))
        plan = _plan({**_initial(row), **_times(row), "unit": row.booking.unit if row.booking else None}, row)
        given: dict[str, Any] = {"actor": request.actor, "now": request.now, "activity": row, "version": row.version}
        change_activity(plan=replace(plan, questions=questions), **given)

    return save_page(
        request,
        template=FORM,
        form=QuestionsForm(sent(request), initial={"lines": question_lines(read_questions(row.questions))}),
        save=save,
        done=_("报名问题已保存。"),
        onward=activity_url(uid),
        fields={"roadshow.question_unread": "lines"},
        extra={"title": _("报名问题"), "subtitle": row.title_zh, "submit": _("保存")},
    )


def _times(row: Activity) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("starts_at", "ends_at", "opens_at", "closes_at")}


def _initial(row: Activity) -> dict[str, Any]:
    same = ("version", "kind", "title_zh", "title_en", "address", "capacity", "audience", "side", "partners")
    start, end = row.starts_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)
    return {
        **{name: getattr(row, name) for name in (*same, "about_zh", "about_en", "outpost")},
        "day": start.date(),
        "begins": start.time(),
        "ends": end.time(),
        "unit": row.booking.unit_id if row.booking else None,
        "opens_day": row.opens_at.astimezone(SHANGHAI).date() if row.opens_at else None,
        "closes_day": _last_day(row),
    }


def _last_day(row: Activity) -> Any:
    """The last day on which somebody may register: an end at midnight belongs to the day before."""
    return (row.closes_at - timedelta(seconds=1)).astimezone(SHANGHAI).date() if row.closes_at else None
