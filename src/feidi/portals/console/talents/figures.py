"""人才统计: delivered in time, persons introduced; every number opens its rows, for those who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.talent.access import VIEW, VIEW_HOME, cases_visible_to, talents_visible_to
from feidi.domain.talent.models import ClassRuling, GreenCase, Talent
from feidi.domain.talent.selectors.cases import with_clock
from feidi.domain.talent.selectors.figures import TalentFigures, outposts_counted, talent_figures
from feidi.domain.talent.selectors.talents import with_standing
from feidi.engines.measures import TALENT_DEFINITIONS, Period, percent
from feidi.portals.console.lists import chat_lines, listed
from feidi.portals.console.talents import case_presenting, presenting
from feidi.portals.console.talents.asking import crumbs
from feidi.portals.console.talents.wording import said
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

ON_TIME, INTRODUCED = "K32", "K33"


@dataclass(frozen=True, slots=True)
class Line:
    """One number with what it says beside it and the rows behind it."""

    label: str
    value: str
    note: str = ""
    url: str = ""


def _asked(request: FeidiRequest) -> tuple[int, Period, TalentFigures]:
    """Return the calendar year asked for (this one by default) and its figures."""
    written = request.GET.get("year", "")
    this = request.today.year
    year = int(written) if written.isascii() and written.isdigit() and 2000 <= int(written[:5]) <= this else this  # noqa: PLR2004 - a year
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    return year, period, talent_figures(outposts_counted(request.actor), period, request.today)


def _url(year: int, part: str) -> str:
    return f"{reverse('console:talents:figure_rows')}?{urlencode({'year': year, 'part': part})}"


def _on_time_lines(year: int, found: TalentFigures) -> list[Line]:
    one = found.on_time
    value = _("无数据") if one.ratio.value is None else f"{percent(one.ratio.value)} %"
    note = _("{hit} / {base} 件").format(hit=one.ratio.hit, base=one.ratio.base)
    return [
        Line(said(*_words(ON_TIME)), value, note, _url(year, "due")),
        Line(_("超时的"), str(len(one.late)), "", _url(year, "late")),
        Line(_("没有规定时限（单列）"), str(len(one.unpromised)), "", _url(year, "unpromised")),
        Line(_("正在等申请人（单列）"), str(len(one.standing)), "", _url(year, "standing")),
    ]


def _introduced_lines(year: int, found: TalentFigures) -> list[Line]:
    names = dict(ClassRuling.objects.exclude(class_code="").order_by("id").values_list("class_code", "class_name"))
    lines = [Line(said(*_words(INTRODUCED)), str(len(found.introduced.persons)), "", _url(year, "introduced"))]
    for code, persons in found.introduced.by_class:
        label = names.get(code, code) if code else _("类别未裁定")
        lines.append(Line(label, str(len(persons)), _("按类别"), _url(year, f"class:{code}")))
    for side, persons in found.introduced.by_side:
        lines.append(Line(presenting.where(side), str(len(persons)), _("按工作地"), _url(year, f"side:{side}")))
    return lines


def _words(code: str) -> tuple[str, str]:
    label = TALENT_DEFINITIONS[code].label
    return label.zh, label.en


@require_GET
def figure_view(request: FeidiRequest) -> HttpResponse:
    """Both figures of a calendar year, of the outposts that the reader may count."""
    if not request.actor.may(VIEW_HOME):
        require(request.actor, VIEW)
    year, _period, found = _asked(request)
    on_time, introduced = _on_time_lines(year, found), _introduced_lines(year, found)
    opens = request.actor.may(VIEW)
    context = {
        "year": year,
        "years": range(request.today.year, request.today.year - 4, -1),
        "on_time": on_time,
        "introduced": introduced,
        "formulas": [said(each.formula.zh, each.formula.en) for each in TALENT_DEFINITIONS.values()],
        "opens": opens,
        "today": request.today,
        "copy_text": chat_lines(
            _("人才统计 {year} 年（截至{day}）").format(year=year, day=request.today),
            (f"{each.label}：{each.value} {each.note}".strip() for each in (*on_time, *introduced)),
        ),
        "crumbs": crumbs(Crumb(_("人才统计"))) if opens else [],
    }
    return render(request, "console/talents/figure_view.html", context)


def _keys(found: TalentFigures, part: str) -> tuple[bool, Sequence[int]]:
    """Return whether a part is of cases, and its keys; raises Http404 for what does not exist."""
    one, kind, code = found.on_time, *part.partition(":")[::2]
    cases = {
        "due": (*one.in_time, *one.late),
        "late": one.late,
        "unpromised": one.unpromised,
        "standing": one.standing,
    }
    if part in cases:
        return True, cases[part]
    if part == "introduced":
        return False, found.introduced.persons
    groups = {"class": found.introduced.by_class, "side": found.introduced.by_side}.get(kind)
    if groups is None:
        raise Http404
    return False, dict(groups).get(code, ())


@require_GET
def figure_rows(request: FeidiRequest) -> HttpResponse:
    """The rows behind a number, of those that the reader may open by name."""
    require(request.actor, VIEW)
    year, _period, found = _asked(request)
    of_cases, keys = _keys(found, request.GET.get("part", "due"))
    if of_cases:
        rows = with_clock(cases_visible_to(request.actor, GreenCase.objects.filter(pk__in=keys))).order_by("-id")
        shown = listed(
            request,
            rows,
            case_presenting.COLUMNS,
            lambda items: case_presenting.rows_of(items, request.today),
            sorts={},
        )
    else:
        people = talents_visible_to(request.actor, Talent.objects.filter(person_id__in=keys, voided_at__isnull=True))
        shown = listed(request, with_standing(people).order_by("-id"), presenting.COLUMNS, presenting.rows_of, sorts={})
    back = Crumb(_("人才统计"), f"{reverse('console:talents:figure_view')}?year={year}")
    context = {**shown, "counted": len(keys), "crumbs": crumbs(back, Crumb(_("明细")))}
    return render(request, "console/talents/figure_rows.html", context)
