"""The yearly statistics: as they stand, frozen on filing, as a workbook; thresholds beside them, never a grade."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, VIEW_HOME, in_office
from feidi.domain.incubation.models import YearSnapshot
from feidi.domain.incubation.selectors.filed import filed_statistics, find_snapshot
from feidi.domain.incubation.selectors.statistics import statistics_of
from feidi.domain.incubation.services.snapshots import freeze_year, void_snapshot
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.forms import OutcomeFilterForm, StatisticsForm
from feidi.portals.console.lists import asked_of, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.console.tenancies.views import require_sight
from feidi.portals.ui.requests import FeidiRequest

#: The units of the form in English.
_UNITS: Final = {
    "人": "people",
    "个": "",
    "件": "items",
    "千元": "thousand yuan",
    "万元": "10,000 yuan",
    "家": "",
    "户": "",
}


def _asked(request: FeidiRequest, permission: str = VIEW) -> tuple[Outpost, int]:
    """Return which outpost and year the address names; else the first the actor sees, the last full year.

    Nothing is written where the address names an outpost that is not there: it is not found then.
    """
    outposts = outposts_for(request.actor, permission, *([VIEW_HOME] if permission == VIEW else []))
    code = request.GET.get("outpost", "")
    found = outposts.filter(code=code).first() if code else outposts.first()
    if found is None and request.method in {"GET", "HEAD"}:
        found = outposts.first()
    if found is None:
        raise Http404
    given, _active = asked_of(OutcomeFilterForm(request.GET))
    return found, given.get("year") or request.today.year - 1


def _here(name: str, outpost: Outpost, year: int) -> str:
    return f"{reverse(f'console:incubation:{name}')}?outpost={outpost.code}&year={year}"


def _label(line: Any) -> str:
    return str(line.en if get_language() == "en" else line.zh)


@require_GET
def statistics_view(request: FeidiRequest) -> HttpResponse:
    """A year's form as it stands (or as it was frozen), and how far the outpost is from the thresholds."""
    require_sight(request.actor)
    outpost, year = _asked(request)
    held = find_snapshot(outpost, year)
    typed = {each["code"]: each["value"] for each in held.values if each["value"] is not None} if held else {}
    found = statistics_of(request.actor, outpost, year, known_at=request.now, typed=typed)
    context = {
        "outpost": outpost,
        "year": year,
        "form": OutcomeFilterForm(request.GET),
        "lines": [(_label(each), each, _unit(each.unit)) for each in found.lines],
        "beside": [
            (_label(each), each, _said(each.value), _said(each.at_least), _unit(each.unit)) for each in found.beside
        ],
        "problems": found.problems,
        "held": held,
        "earlier": YearSnapshot.objects.filter(outpost=outpost, year=year, voided_at__isnull=False).order_by("-id"),
        "may": request.actor.may(EDIT, outpost_scope(outpost.pk)) and year < request.today.year,
        "freeze_url": _here("year_freeze", outpost, year),
        "export_url": _here("statistics_export", outpost, year),
    }
    return render(request, "console/incubation/statistics_view.html", context)


def _unit(code: str) -> str:
    """Return a unit of the form; content writes it as the form does, in Chinese."""
    return _UNITS.get(code, code) if get_language() == "en" else code


def _said(value: Any) -> str:
    return "—" if value is None else f"{float(value):.2f}".rstrip("0").rstrip(".")


@require_GET
def statistics_export(request: FeidiRequest) -> HttpResponse:
    """A year's form as a workbook: the frozen one where there is one."""
    require_sight(request.actor)
    outpost, year = _asked(request)
    rows = filed_statistics(request.actor, outpost, year, known_at=request.now).rows
    headers = [_("指标"), _("单位"), _("数值"), _("填报户数")]
    return workbook(request, name=f"incubation-{year}", headers=headers, rows=rows)


@require_http_methods(["GET", "POST"])
def year_freeze(request: FeidiRequest) -> HttpResponse:
    """Type the figures that only people know, and freeze the year as filed."""
    outpost, year = _asked(request, EDIT)
    require(request.actor, EDIT, outpost_scope(outpost.pk))
    if request.method == "GET" and request.GET.get("outpost", outpost.code) != outpost.code:
        return redirect(_here("year_freeze", outpost, year))
    found = statistics_of(request.actor, outpost, year, known_at=request.now)
    typed = [(each.code, f"{_label(each)}（{each.unit}）") for each in found.lines if each.manual]

    def save(data: dict[str, Any]) -> None:
        given = {code: data[code] for code, _label in typed if data[code] is not None}
        freeze_year(actor=request.actor, now=request.now, outpost=outpost, year=year, typed=given, note=data["note"])

    return save_page(
        request,
        template=FORM,
        form=StatisticsForm(sent(request), typed=typed),
        save=save,
        done=_("{year} 年统计已定稿。").format(year=year),
        onward=_here("statistics_view", outpost, year),
        extra={
            "title": _("年度统计定稿 {year}").format(year=year),
            "subtitle": outpost.short_name,
            "note": _("注意单位是千元。台账里有的数自动算出，这里只填台账没有的；不清楚的空着，不要写 0。"),
        },
    )


@require_POST
def year_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a frozen year back because the filed form was corrected."""
    row = in_office(request.actor, YearSnapshot.objects.select_related("outpost")).filter(uid=uid).first()
    if row is None:
        raise Http404
    void_snapshot(actor=request.actor, now=request.now, snapshot=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("原稿已作废，留有记录；可以重新定稿。"))
    return redirect(_here("statistics_view", row.outpost, row.year))
