"""Who came of whom: numbers with their rows, entries taken back, who met whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feidi.domain.roadshow.access import check_ins_visible_to, may_edit
from feidi.domain.roadshow.models import ActivityTalk, CheckIn
from feidi.domain.roadshow.selectors.activities import attendance_of
from feidi.domain.roadshow.services.check_ins import void_check_in
from feidi.portals.console.events.asking import crumbs_of, staffed
from feidi.portals.console.events.forms import MeetingForm
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 200


@require_GET
def attendance_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Registered, came, did not come, with the rate's numerator and denominator; each number opens its rows."""
    row = staffed(request, uid)
    people = reverse("console:events:registration_list", args=[uid])
    talks = ActivityTalk.objects.filter(check_in__activity=row) | ActivityTalk.objects.filter(meeting__activity=row)
    written = {each.interaction_id: each for each in talks.select_related("interaction__project").order_by("pk")}
    met = row.meetings.filter(voided_at__isnull=True).select_related("left__organization", "right__organization")
    figures = attendance_of(row)
    context = {
        "row": row,
        "figures": figures,
        "rate": f"{figures.no_show_percent}%",
        "people": people,
        "today": request.today,
        "meetings": list(met.order_by("-pk")[:_SHOWN]),
        "talks": [each.interaction for each in written.values()],
        "form": MeetingForm(),
        "may": may_edit(request.actor, row),
        "crumbs": crumbs_of(row, _("到场与结识")),
    }
    return render(request, "console/events/attendance_view.html", context)


@require_POST
def entry_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry back: it was somebody else."""
    rows = check_ins_visible_to(request.actor, CheckIn.objects.filter(voided_at__isnull=True))
    entry = rows.select_related("activity__outpost__home", "registration").get(uid=uid)
    void_check_in(actor=request.actor, now=request.now, entry=entry, reason=request.POST.get("reason", ""))
    messages.success(request, _("签到已撤销。"))
    return redirect("console:events:registration_view", entry.registration.uid)
