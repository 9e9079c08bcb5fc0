"""The door: a ticket number, the last digits of a telephone number, or the camera. Works without a script and without a line.

Without a script every scan is a form with a nonce of its own. With one, scans wait in the browser until the line is back
and are sent again with the same nonce (``ui/door.js``): the same scan twice is one entry.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.enums import CheckInWay
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activities import places_of
from feidi.domain.roadshow.selectors.activity_lists import found_at_door
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import fold_code
from feidi.domain.roadshow.services.check_ins import Entry, Scan, check_in, check_in_walk_in
from feidi.domain.roadshow.services.registrations import Registrant
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.messages import sentence_of
from feidi.portals.console.events.asking import at_the_door, crumbs_of
from feidi.portals.console.events.forms import WalkInForm
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.words import say
from feidi.portals.ui.requests import FeidiRequest

PAGE: Final = "console/events/door_view.html"
REFUSED = 409
_MOST = 30


def new_nonce() -> str:
    """Return the name of one scan."""
    return secrets.token_urlsafe(18)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stand at the door: one field for what is on the ticket, the count, several of one number to choose from."""
    row = at_the_door(request, uid)
    typed, problem, several = request.POST.get("code", request.GET.get("code", "")), "", []
    if request.method == "POST":
        try:
            several = found_at_door(row, _code_in(typed))
            if len(several) == 1:
                return _said(request, row, _enter(request, row, several[0]))
            if not several:
                raise refuse("roadshow.code_unknown", code=typed.strip()[:12])
        except RefusedError as error:
            problem = sentence_of(error.refusal)
    context = {
        **door_context(row),
        "typed": "" if several else _code_in(typed),
        "door": request.POST.get("door", request.GET.get("door", "")),
        "several": several[:_MOST],
        "waiting": bool(problem) and _waits(row, typed),
        "problem": problem,
    }
    return render(request, PAGE, context, status=REFUSED if problem else 200)


def door_context(row: Activity) -> dict[str, Any]:
    """Return what the page of a door says before anybody has typed anything."""
    return {
        "row": row,
        "places": places_of(row),
        "nonce": new_nonce(),
        "typed": "",
        "door": "",
        "several": [],
        "waiting": False,
        "problem": "",
        "kept_at": None,
        "crumbs": crumbs_of(row, _("签到")),
    }


@require_POST
def door_scan(request: FeidiRequest, uid: str) -> JsonResponse:
    """Take one scan of the door's queue; the answer is the same however often it is sent. Names are not repeated."""
    row = at_the_door(request, uid)
    try:
        found = found_at_door(row, _code_in(request.POST.get("code", "")))
        if len(found) != 1:
            code = "roadshow.code_several" if found else "roadshow.code_unknown"
            raise refuse(code, code=request.POST.get("code", "").strip()[:12], n=len(found))
        entry = _enter(request, row, found[0])
    except RefusedError as error:
        words = sentence_of(error.refusal)
        # several to choose from, or a waiter who may be let in: the page asks, where there is a line
        ask = error.refusal.code in {"roadshow.code_several", "roadshow.still_waiting"}
        return JsonResponse({"state": "refused", "words": words, "ask": ask, **_count(row)}, status=REFUSED)
    return JsonResponse(
        {"state": "in" if entry.first else "again", "words": _words(entry), "name": found[0].name, **_count(row)}
    )


@require_http_methods(["GET", "POST"])
def walk_in_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Register somebody who comes without a ticket, and let them in: one step."""
    row = at_the_door(request, uid)
    door_url = reverse("console:events:door_view", args=[uid])

    def save(data: dict[str, Any]) -> None:
        scan = Scan(data.pop("nonce"), CheckInWay.WALK_IN, data.pop("door"))
        given = {"actor": request.actor, "now": request.now, "activity": row, "crowd": data.pop("crowd")}
        check_in_walk_in(registrant=Registrant(**data), scan=scan, **given)

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=WalkInForm(sent(request), initial={"nonce": new_nonce(), "door": request.GET.get("door", "")}),
        save=save,
        done=_("已登记并签到。"),
        onward=door_url,
        fields={
            "roadshow.full_at_door": "crowd",
            "roadshow.registered_already": "phone",
            "roadshow.contact_needed": "phone",
            "parties.phone_malformed": "phone",
        },
        extra={
            "title": _("现场登记"),
            "subtitle": say(activity_rules(row.outpost).consent),
            "submit": _("登记并签到"),
        },
    )


def _enter(request: FeidiRequest, row: Activity, found: Registration) -> Entry:
    found.activity = row
    way = request.POST.get("way", "")
    scan = Scan(
        nonce=request.POST.get("nonce", ""),
        way=CheckInWay(way) if way in CheckInWay.values else _way(request.POST.get("code", ""), found),
        door=request.POST.get("door", ""),
        scanned_at=_moment(request.POST.get("scanned_at", "")),
    )
    let_in = bool(request.POST.get("let_in"))
    return check_in(actor=request.actor, now=request.now, registration=found, scan=scan, let_in=let_in)


def _way(typed: str, found: Registration) -> CheckInWay:
    return CheckInWay.CODE if fold_code(_code_in(typed)) == found.code else CheckInWay.PHONE


def _code_in(typed: str) -> str:
    """Return the ticket number out of what was scanned: the QR holds an address that ends with it."""
    return typed.rpartition("code=")[2].partition("&")[0].strip() if "code=" in typed else typed.strip()


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _waits(row: Activity, typed: str) -> bool:
    found = found_at_door(row, _code_in(typed))
    return len(found) == 1 and found[0].state == "waiting"


def _said(request: FeidiRequest, row: Activity, entry: Entry) -> HttpResponse:
    words = f"{entry.check_in.registration.name}　{_words(entry)}"
    (messages.success if entry.first else messages.warning)(request, words)
    address = reverse("console:events:door_view", args=[row.uid])
    door = request.POST.get("door", "")
    return redirect(f"{address}?{'door=' + door if door else ''}".rstrip("?"))


def _words(entry: Entry) -> str:
    at = entry.check_in.scanned_at.astimezone(SHANGHAI)
    if entry.first:
        return _("已签到 {at}").format(at=f"{at:%H:%M}")
    told = _("早已签到：{at}，{door}")
    return told.format(at=f"{at:%m-%d %H:%M}", door=entry.check_in.door or _("未写哪个门"))


def _count(row: Activity) -> dict[str, int | None]:
    places = places_of(row)
    return {"came": places.came, "registered": places.registered}
