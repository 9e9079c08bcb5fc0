"""The occupancy ledger, and the rows behind the figures of use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.space.access import SPACE_VIEW
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Booking, Occupation
from feidi.domain.space.selectors.bookings import list_bookings
from feidi.domain.space.selectors.holding import Holder, holders_of, spoken_span
from feidi.domain.space.selectors.ledger import list_occupations
from feidi.domain.space.selectors.premises import list_units
from feidi.domain.space.selectors.usage import UseFigures, use_figures
from feidi.engines.slots import Share
from feidi.kernel.subjects import Subject, url_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.rooms import presenting
from feidi.portals.console.rooms.days import asked_outpost, zone_choices
from feidi.portals.console.rooms.forms import LedgerForm, PeriodForm
from feidi.portals.console.rooms.premises import COLUMNS as UNIT_COLUMNS
from feidi.portals.console.rooms.premises import unit_row
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row, Tone
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("when", gettext_lazy("时间"), sortable=True, lead=True),
    Column("unit", gettext_lazy("房间")),
    Column("zone", gettext_lazy("区域"), shown=False),
    Column("who", gettext_lazy("谁在用")),
    Column("reason", gettext_lazy("为什么")),
    Column("freed", gettext_lazy("提前释放")),
    Column("recorded", gettext_lazy("登记人"), shown=False),
]
SORTS = {"when": "starts_at"}
_EXPORTED = 20_000
_TONES: dict[str, Tone] = {"booking": "info", "blocking": "warn", "tenancy": "mark"}
#: Code in the address → field of the figures; what its rows are.
FIGURES = {
    "area_time": gettext_lazy("空间使用率（面积·时间）"),
    "occupied": gettext_lazy("入驻率（占用）"),
    "vacancy_days": gettext_lazy("平均空置天数"),
    "meeting_use": gettext_lazy("会议、路演使用率"),
    "no_show": gettext_lazy("未到场率"),
}
_OF_BOOKINGS = frozenset({"meeting_use", "no_show"})


def held_rows(request: FeidiRequest, occupations: Sequence[Occupation]) -> list[Row]:
    """Return rows of the ledger: who holds each as far as the reader may know, with the way to it."""
    return [_row(each) for each in holders_of(request.actor, occupations)]


def _row(holder: Holder) -> Row:
    each = holder.occupation
    reason = OccupationReason(each.reason)
    return Row(
        cells={
            "when": spoken_span(each.starts_at, each.ends_at),
            "unit": each.unit.name,
            "zone": each.unit.zone.name,
            "who": holder.who or _("已占用"),
            "reason": reason.label,
            "freed": each.freed_reason if holder.row else _("是") if each.freed_at else "",
            "recorded": each.recorded_by if holder.row else "",
        },
        url=(url_of(Subject(each.subject_kind, each.subject_uid)) or "") if holder.row else "",
        uid=each.uid,
        badges=[Badge(reason.label, _TONES[each.reason])],
    )


def _wanted(request: FeidiRequest) -> tuple[LedgerForm, QuerySet[Occupation], int, str]:
    outposts = outposts_for(request.actor, SPACE_VIEW)
    units = list_units(request.actor).filter(outpost__in=outposts)
    form = LedgerForm(request.GET, actor=request.actor, outposts=outposts, zones=zone_choices(request), units=units)
    given, active = asked_of(form)
    outpost = asked_outpost(request, given)
    rows = list_occupations(
        request.actor,
        outpost=outpost,
        unit=given.get("unit"),
        zone=given.get("zone") or "",
        reason=given.get("reason") or "",
        show=given.get("show") or "",
        now=request.now,
    )
    return form, rows, active, outpost.short_name


@require_GET
def ledger_list(request: FeidiRequest) -> HttpResponse:
    """The occupancy ledger: which place is held from when to when, by whom as far as one may know, and why."""
    form, rows, active, name = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: held_rows(request, items), sorts=SORTS)
    context = {
        **found,
        "title": _("占用台账"),
        "subtitle": _("{name}：预订、封闭和入驻都记在这一本账上。").format(name=name),
        "form": form,
        "active": active,
        "clear_url": reverse("console:rooms:ledger_list"),
        "actions": [
            Action(_("一天的房间"), reverse("console:rooms:grid_view"), "calendar-event"),
            Action(
                _("导出本列表"),
                f"{reverse('console:rooms:ledger_export')}?{request.GET.urlencode()}",
                "database-export",
            ),
        ],
        "copy_text": "",
        "empty_title": _("没有符合条件的占用"),
        "empty_text": _("换个时间或房间看看；没有占用就是空着。"),
        "empty_url": reverse("console:rooms:free_find"),
        "empty_label": _("找空闲"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_GET
def ledger_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the ledger shows, as a workbook; who took it is on record."""
    _form, rows, _active, _name = _wanted(request)
    drawn = held_rows(request, list(rows[:_EXPORTED]))
    return workbook(
        request,
        name="occupations",
        headers=[str(each.label) for each in COLUMNS],
        rows=[[row.cells[each.code] for each in COLUMNS] for row in drawn],
    )


def period_of(request: FeidiRequest) -> tuple[PeriodForm, Any, date, date]:
    """Return the form of a period, the outpost, and both days; this month up to today when nothing is asked."""
    outposts = outposts_for(request.actor, SPACE_VIEW)
    first = request.today.replace(day=1)
    form = PeriodForm(
        request.GET or None, actor=request.actor, outposts=outposts, initial={"since": first, "until": request.today}
    )
    given = form.cleaned_data if form.is_valid() else {}
    return form, asked_outpost(request, given), given.get("since") or first, given.get("until") or request.today


@require_GET
def usage_view(request: FeidiRequest) -> HttpResponse:
    """How the space is used (K19–K22), each figure with its numerator and denominator, opening its rows."""
    form, outpost, since, until = period_of(request)
    figures = use_figures(request.actor, outpost, since, until + timedelta(days=1), request.now)
    asked = f"outpost={outpost.pk}&since={since.isoformat()}&until={until.isoformat()}"
    rows = reverse("console:rooms:usage_rows")
    context = {
        "form": form,
        "outpost": outpost,
        "since": since,
        "until": until,
        "export": f"{reverse('console:rooms:usage_export')}?{asked}",
        "lines": [(*line, f"{rows}?figure={code}&{asked}") for code, *line in _lines(figures)],
    }
    return render(request, "console/rooms/usage_view.html", context)


@require_GET
def usage_rows(request: FeidiRequest) -> HttpResponse:
    """The rows behind one figure of use: rooms that were let, or bookings that were held."""
    _form, outpost, since, until = period_of(request)
    figure = request.GET.get("figure", "area_time")
    if figure not in FIGURES:
        raise Http404
    share: Share = getattr(use_figures(request.actor, outpost, since, until + timedelta(days=1), request.now), figure)
    if figure in _OF_BOOKINGS:
        bookings: QuerySet[Booking] = list_bookings(request.actor, outpost=outpost).filter(uid__in=share.rows)
        seen = bookings.count()
        found = listed(request, bookings, presenting.COLUMNS, presenting.booking_rows, sorts=presenting.SORTS)
    else:
        units = list_units(request.actor, outpost=outpost).filter(uid__in=share.rows)
        seen = units.count()
        found = listed(request, units, UNIT_COLUMNS, lambda items: [unit_row(each) for each in items], sorts={})
    context = {
        **found,
        "title": FIGURES[figure],
        "outpost": outpost,
        "since": since,
        "until": until,
        "share": share,
        "hidden": len(set(share.rows)) - seen,
        "crumbs": [Crumb(_("空间使用"), reverse("console:rooms:usage_view")), Crumb(FIGURES[figure])],
    }
    return render(request, "console/rooms/usage_rows.html", context)


@require_GET
def usage_export(request: FeidiRequest) -> HttpResponse:
    """The figures of use of a period as a workbook, each with numerator, denominator and how it is reckoned."""
    _form, outpost, since, until = period_of(request)
    figures = use_figures(request.actor, outpost, since, until + timedelta(days=1), request.now)
    span = f"{since.isoformat()} – {until.isoformat()}"
    return workbook(
        request,
        name="space-use",
        headers=[_("指标"), _("数值"), _("分子"), _("分母"), _("口径"), _("驻点"), _("期间")],
        rows=[
            [str(label), value, float(share.numerator), float(share.denominator), note, outpost.short_name, span]
            for _code, label, value, share, note in _lines(figures)
        ],
    )


def _lines(figures: UseFigures) -> list[tuple[str, Any, str, Share, str]]:
    """Return code, name, value in words, the share itself, how it is reckoned."""
    notes = {
        "area_time": _("已让出面积 × 天 / 可让面积 × 天"),
        "occupied": _("占用不等于成效"),
        "vacancy_days": _("空置的单元 × 天 / 单元数"),
        "meeting_use": _("到场使用的时长 / 可预订的时长"),
        "no_show": _("未到场 / 应到场"),
    }
    found = []
    for code, label in FIGURES.items():
        share: Share = getattr(figures, code)
        value = _plain(share) if code == "vacancy_days" else _percent(share)
        found.append((code, label, value, share, notes[code]))
    return found


def _percent(share: Share) -> str:
    value = share.value
    return _("不适用") if value is None else f"{float(value) * 100:.1f}%"


def _plain(share: Share) -> str:
    value = share.value
    return _("不适用") if value is None else f"{float(value):.1f}"
