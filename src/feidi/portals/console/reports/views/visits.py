"""领导到访: in three minutes an outline as Word, one page as a picture, a sign-in sheet, and the wall. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.report_periods import term_of
from feidi.domain.reporting.selectors.report_body import ReportBody
from feidi.domain.reporting.selectors.report_content import VISIT
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_building import build_body, order_of
from feidi.domain.reporting.services.report_rendering import Stamp
from feidi.domain.reporting.services.report_rendering import render as render_report
from feidi.domain.reporting.services.visits import visit_sign_in_sheet
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.papers.scope import require_papers
from feidi.portals.console.reports import presenting
from feidi.portals.console.reports.forms import VisitForm
from feidi.portals.console.reports.views.reports import attachment
from feidi.portals.ui.requests import FeidiRequest

_LINES = 12


@dataclass(frozen=True, slots=True)
class Visit:
    """Who visits which outpost when."""

    form: VisitForm
    outpost: Outpost
    guests: str
    on: date

    @property
    def query(self) -> str:
        """The same as in an address."""
        return urlencode({"outpost": self.outpost.pk, "guests": self.guests, "on": self.on.isoformat()})


def _visit(request: FeidiRequest) -> Visit:
    """Read the address; what makes no sense is left out."""
    outposts = require_papers(request.actor, ISSUE)
    outpost = next((each for each in outposts if str(each.pk) == request.GET.get("outpost")), outposts[0])
    given = {"outpost": str(outpost.pk), "on": request.today.isoformat()}
    given |= {name: value for name in ("guests", "on") if (value := request.GET.get(name))}
    form = VisitForm(given, outposts=outposts)
    form.is_valid()
    cleaned = form.cleaned_data
    return Visit(form, outpost, cleaned.get("guests") or "", cleaned.get("on") or request.today)


def _body(request: FeidiRequest, outpost: Outpost) -> ReportBody:
    kind = presenting.contents_of([outpost], request.today)[outpost.pk].kind(VISIT)
    return build_body(request.actor, order_of(outpost, kind, term_of(kind.period, request.today), request.now))


def _lines(body: ReportBody) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in body.figures.values()][:_LINES]


@require_safe
def visit_view(request: FeidiRequest) -> HttpResponse:
    """Show the four things that a visit of leaders needs, each one click away."""
    visit = _visit(request)
    body = _body(request, visit.outpost)
    context = {
        "visit": visit,
        "body": body,
        "tabs": presenting.tabs_of(),
        "lines": _lines(body),
        "wall_url": _wall(),
        "file_name": f"visit-{visit.on:%Y%m%d}",
    }
    return render(request, "console/reports/visit_view.html", context)


def _wall() -> str:
    try:
        return reverse("wall:wall_view")
    except NoReverseMatch:
        return ""


@require_safe
def visit_outline(request: FeidiRequest) -> HttpResponse:
    """Send the 汇报提纲 as Word, out of today's rows; only what was reported is named."""
    visit = _visit(request)
    body = _body(request, visit.outpost)
    stamp = Stamp("", "", visit.outpost.uid, request.now)
    data = render_report(body, stamp, ReportFormat.DOCX)
    return attachment(data, ReportFormat.DOCX, f"{body.title}（{visit.on:%Y%m%d}）.docx")


@require_safe
def visit_card(request: FeidiRequest) -> HttpResponse:
    """Draw the main figures on one page as PNG."""
    visit = _visit(request)
    body = _body(request, visit.outpost)
    title = _("{outpost}：截至 {day}").format(outpost=visit.outpost.short_name, day=body.as_of)
    card = Card(title, visit.outpost.name, _lines(body), wide=True)
    address = request.build_absolute_uri(reverse("console:reports:visit_view"))
    return picture(request, card, address, f"visit-{visit.on:%Y%m%d}")


@require_safe
def visit_sign_in(request: FeidiRequest) -> HttpResponse:
    """Send the 签到表 as Word: empty lines under who comes and when."""
    visit = _visit(request)
    paper = visit_sign_in_sheet(visit.outpost, visit.guests, visit.on, print_by(request))
    return word_file(paper, f"{paper.title}（{visit.on:%Y%m%d}）")
