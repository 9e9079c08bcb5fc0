"""A talent's own pages: my cases with their one clock, my consents, my data. And an organization's own positions."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.talent.access import (
    ORGANIZATION_ADMIN,
    VIEW_OWN,
    contracts_visible_to,
    is_self,
    positions_visible_to,
    talents_visible_to,
)
from feidi.domain.talent.enums import CaseState, GivenHow, ItemState, RequestKind
from feidi.domain.talent.models import FlexibleContract, GreenCase, Position, Talent
from feidi.domain.talent.selectors.cases import item_reading, reading_of, with_clock
from feidi.domain.talent.selectors.catalogue import Catalogue, catalogue_of, item_name
from feidi.domain.talent.selectors.clocks import ClockState, Reading, clock_said
from feidi.domain.talent.services.consents import ask_about_data, withdraw_consent
from feidi.domain.talent.services.delivery import confirm_own
from feidi.domain.talent.services.papers import print_receipt
from feidi.domain.talent.services.requests import export_talent
from feidi.engines.findings import Finding, Level
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.documents.services.printing import render_form
from feidi.kernel.messages import text_of
from feidi.portals.ui.clock import taken_by
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest

SCORES = range(5, 0, -1)


_TONES: dict[ClockState, Tone] = {
    ClockState.PAUSED: "warn",
    ClockState.LATE: "bad",
    ClockState.FINISHED_LATE: "bad",
    ClockState.KEPT: "ok",
}


def own_talents(actor: Actor) -> list[Talent]:
    """Return the rows that are the actor themselves, live and not erased; usually one."""
    if actor.user_id is None:
        return []
    rows = talents_visible_to(actor, Talent.objects.filter(user_id=actor.user_id, erased_at__isnull=True))
    return [each for each in rows.select_related("outpost__home", "person").order_by("pk") if is_self(actor, each)]


def _own(request: FeidiRequest, uid: str) -> Talent:
    for each in own_talents(request.actor):
        if each.uid == uid:
            return each
    raise Talent.DoesNotExist


def _own_cases(request: FeidiRequest) -> QuerySet[GreenCase]:
    return with_clock(GreenCase.objects.filter(talent__in=own_talents(request.actor), voided_at__isnull=True))


@require_safe
def talent_home(request: FeidiRequest) -> HttpResponse:
    """List one's own cases, newest first, each with its clock; one's consents; what one asked about one's data."""
    require(request.actor, VIEW_OWN)
    talents = own_talents(request.actor)
    known = almanac()  # once: it asks the database
    cases = [
        (each, _badges(each, reading_of(each, request.today, known)), _names(each, request))
        for each in _own_cases(request).order_by("-id")
    ]
    own = [
        {
            "row": each,
            "consents": _consents(each, catalogue_of(each.outpost, request.today), request),
            "requests": list(each.requests.order_by("-id")),
            "disclosures": list(each.disclosures.order_by("-on", "-id")),
        }
        for each in talents
    ]
    kinds = [(RequestKind.ERASURE.value, RequestKind.ERASURE.label)]
    return render(request, "workspace/talent_home.html", {"cases": cases, "own": own, "kinds": kinds})


def _names(case: GreenCase, request: FeidiRequest) -> list[str]:
    english = get_language() == "en"
    items = sorted(case.items.all(), key=lambda each: each.position)
    return [item_name(case, each, request.today, english=english) for each in items]


@require_safe
def green_case(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one own case: one receipt, one clock, each item and what its department said."""
    row = _own_cases(request).get(uid=uid)
    reading = reading_of(row, request.today)
    items, known = [], almanac()
    for item in sorted(row.items.all(), key=lambda each: each.position):
        own = item_reading(item, row, request.today, known)
        badges = [Badge(ItemState(item.state).label, "info"), *([_clock(own)] if own else [])]
        name = item_name(row, item, request.today, english=get_language() == "en")
        items.append((item, name, badges, _taken(item.taken_from)))
    context = {
        "row": row,
        "badges": _badges(row, reading),
        "reading": reading,
        "items": items,
        "waiting": any(each.until is None for each in row.pauses.all()) and row.state == CaseState.OPEN,
        "asks": row.state == CaseState.DELIVERED,
        "scores": SCORES,
        "crumbs": [Crumb(_("我的人才服务"), reverse("workspace:talent_home")), Crumb(row.number)],
    }
    return render(request, "workspace/green_case.html", context)


@never_cache
@require_POST
def green_receipt(request: FeidiRequest, uid: str) -> HttpResponse:
    """One's own receipt as PDF, printed anew."""
    row = _own_cases(request).get(uid=uid)
    form = print_receipt(actor=request.actor, now=request.now, case=row)
    mark = taken_by(request.user, request.now)
    response = HttpResponse(render_form(form, watermark=mark), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    return response


@require_POST
def green_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Confirm delivery of one's own case, with a score."""
    row = _own_cases(request).get(uid=uid)
    score = request.POST.get("score", "")
    given = int(score) if score.isascii() and score.isdigit() and len(score) == 1 else 0
    confirm_own(actor=request.actor, now=request.now, case=row, score=given, word=request.POST.get("word", ""))
    messages.success(request, _("已确认，谢谢。"))
    return redirect("workspace:green_case", uid)


@require_POST
def own_consent_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Withdraw one's own consent."""
    consent = _own(request, uid).consents.select_related("talent").get(uid=entry)
    withdraw_consent(actor=request.actor, now=request.now, consent=consent, how=GivenHow.ONLINE)
    messages.success(request, _("已撤回；此前已办的不受影响。"))
    return redirect("workspace:talent_home")


@require_POST
def own_data_request(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Ask to have one's own data exported or erased."""
    if kind not in RequestKind.values:
        raise Http404
    ask_about_data(actor=request.actor, now=request.now, talent=_own(request, uid), kind=RequestKind(kind))
    messages.success(request, _("已收到，驻点会办理并在这里答复。"))
    return redirect("workspace:talent_home")


@never_cache
@require_POST
def own_package(request: FeidiRequest, uid: str) -> HttpResponse:
    """Everything held of oneself, as a ZIP."""
    row = _own(request, uid)
    content = export_talent(actor=request.actor, now=request.now, talent=row)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{row.number}.zip"'
    return response


@require_safe
def own_positions(request: FeidiRequest) -> HttpResponse:
    """List the positions and flexible contracts of the organization that one administers, and no others."""
    require(request.actor, ORGANIZATION_ADMIN)
    own = request.actor.scopes(ORGANIZATION_ADMIN, ScopeKind.ORGANIZATION)
    positions = positions_visible_to(
        request.actor, Position.objects.filter(organization_id__in=own, voided_at__isnull=True)
    )
    contracts = contracts_visible_to(
        request.actor, FlexibleContract.objects.filter(home_unit_id__in=own, voided_at__isnull=True)
    )
    context = {
        "positions": positions.select_related("organization", "outpost").order_by("closed_on", "-id"),
        "contracts": contracts.select_related("talent__person", "home_unit").order_by("-starts_on", "-id"),
    }
    return render(request, "workspace/own_positions.html", context)


def _clock(reading: Reading) -> Badge:
    return Badge(text_of(clock_said(reading)), _TONES.get(reading.state, "info"), "clock")


def _badges(case: GreenCase, reading: Reading) -> list[Badge]:
    state = Badge(CaseState(case.state).label, "info")
    return [state] if case.state == CaseState.WITHDRAWN else [state, _clock(reading)]


def _taken(city: str) -> str:
    return text_of(Finding(Level.NOTE, "deadlines.taken_from", {"city": city})) if city else ""


def _consents(talent: Talent, catalogue: Catalogue, request: FeidiRequest) -> list[dict[str, object]]:
    """Return one's consents with the text that one agreed to, where content still has that version."""
    english = get_language() == "en"
    shown = []
    for row in talent.consents.filter(voided_at__isnull=True).order_by("-given_on", "-id"):
        text = catalogue.consent(row.purpose)
        same = text is not None and text.digest_of(talent.origin) == row.text_sha256
        shown.append(
            {
                "row": row,
                "label": (text.label_en if english else text.label_zh) if text else row.purpose,
                "text": text.text_of(talent.origin)["en" if english else "zh"] if text and same else "",
                "holds": row.withdrawn_on is None and row.keep_until > request.today,
            }
        )
    return shown
