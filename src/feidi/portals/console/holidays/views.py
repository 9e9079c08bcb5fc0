"""放假安排: which years have a notice, what it says, and taking the next one; every working-day clock rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.engines.findings import Level, RefusedError, refuse
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.almanac import FIRST, LAST, Special
from feidi.kernel.calendar.models import SpecialDay
from feidi.kernel.calendar.notice_text import Notice, read_notice
from feidi.kernel.calendar.selectors import days_of, list_years, notices_of
from feidi.kernel.calendar.services.years import PERMISSION, upload_year
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.deadlines.services import settle_clocks
from feidi.portals.console.holidays.forms import NoticeForm
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, sent
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a year: the days off and the weekend days to work."""

    name: str
    rest: tuple[Any, ...]
    work: tuple[Any, ...]


def _holidays(days: Iterable[Special | SpecialDay]) -> list[Holiday]:
    names: dict[str, tuple[list[Any], list[Any]]] = {}
    for each in days:
        names.setdefault(each.name, ([], []))[each.is_working].append(each.date)
    return [Holiday(name, tuple(rest), tuple(work)) for name, (rest, work) in names.items()]


def _may_add(request: FeidiRequest) -> bool:
    return request.actor.may(PERMISSION, Scope(ScopeKind.INSTALLATION))


@require_safe
def notice_list(request: FeidiRequest) -> HttpResponse:
    """The years with a notice, newest first; this year and the next one are named when they have none."""
    years = list_years()
    known = {each.notice.year for each in years}
    context = {
        "years": years,
        "missing": [year for year in (request.today.year, request.today.year + 1) if year not in known],
        "may_add": _may_add(request),
    }
    return render(request, "console/holidays/notice_list.html", context)


@require_safe
def notice_view(request: FeidiRequest, year: int) -> HttpResponse:
    """One year: its notice day by day with the source, the notices it replaced; without one what is expected."""
    if not FIRST.year <= year <= LAST.year:
        raise Http404
    notices = notices_of(year)
    context = {
        "year": year,
        "notice": notices[0] if notices else None,
        "replaced": notices[1:],
        "holidays": _holidays(days_of(notices[0])) if notices else [],
        "working": sum(1 for each in _days_in(year) if each),
        "crumbs": [Crumb(_("放假安排"), reverse("console:holidays:notice_list")), Crumb(str(year))],
        "may_add": _may_add(request),
    }
    return render(request, "console/holidays/notice_view.html", context)


def _days_in(year: int) -> list[bool]:
    calendar, day = almanac(), date(year, 1, 1)
    return [calendar.is_working(day + timedelta(days=each)) for each in range((date(year + 1, 1, 1) - day).days)]


@require_http_methods(["GET", "POST"])
def notice_add(request: FeidiRequest) -> HttpResponse:
    """Take a year's notice: paste it, see what was read day by day, keep it. Clocks that rest on the year move with it."""
    if not _may_add(request):
        raise refuse("calendar.may_not_upload", who=request.actor.label)
    form = NoticeForm(sent(request), initial={"year": request.GET.get("year") or request.today.year + 1})
    read: Notice | None = None
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            read, status = read_notice(form.cleaned_data["year"], form.cleaned_data["text"]), 200
            if "keep" in request.POST:
                try:
                    return _keep(request, form.cleaned_data, read)
                except RefusedError as error:
                    add_refusal(form, error.refusal)
                    status = REFUSED
    context = {
        "form": form,
        "read": read,
        "holidays": _holidays(read.days) if read else [],
        "standing": notices_of(form.cleaned_data["year"])[:1] if read else [],
        "crumbs": [Crumb(_("放假安排"), reverse("console:holidays:notice_list")), Crumb(_("录入通知"))],
    }
    return render(request, "console/holidays/notice_add.html", context, status=status)


def _keep(request: FeidiRequest, data: dict[str, Any], read: Notice) -> HttpResponse:
    problems: Sequence[Any] = [each for each in read.findings if each.level is not Level.NOTE]
    if problems:
        raise refuse("calendar.notice_unusable", *problems, year=data["year"])
    with recorded(actor=request.actor, now=request.now):
        upload_year(actor=request.actor, now=request.now, year=data["year"], rows=read.days, source=data["source"])
        moved = settle_clocks(actor=request.actor, now=request.now, year=data["year"])
    messages.success(
        request, _("{year} 年的放假安排已收下，{n} 个时限随之确定或改期。").format(year=data["year"], n=moved)
    )
    return redirect("console:holidays:notice_view", data["year"])
