"""What is done with one entry: handed on, closed in place, turned into a lead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.models import WalkIn
from feidi.domain.liaison.selectors.walk_ins import get_visit
from feidi.domain.liaison.services.walk_ins import close_visit, hand_on, turn_into_lead, void_visit
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import ProjectKind
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.first_report_registering import Said
from feidi.domain.pipeline.services.registering import Lead
from feidi.kernel.identity.models import User
from feidi.portals.console.counter.forms import HandForm
from feidi.portals.console.counter.views import editable
from feidi.portals.console.pipeline.lead_form import LEAD_FIELDS, SAID_FIELDS, LeadForm
from feidi.portals.console.pipeline.views.leads import FIELDS
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def visit_hand(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand an entry to somebody else."""
    row = editable(request, uid)
    outposts = Outpost.objects.filter(pk=row.outpost_id)
    initial = {"to": row.handed_to_id, "to_text": row.handed_to_text}
    return save_page(
        request,
        template="console/daily/form.html",
        form=HandForm(sent(request), actor=request.actor, outposts=outposts, initial=initial),
        save=lambda data: hand_on(actor=request.actor, now=request.now, walk_in=row, **data),
        done=_("已转办，对方会在待办里看到。"),
        onward=reverse("console:counter:visit_view", args=[uid]),
        fields={"liaison.nobody_responsible": "to_text"},
        extra={"title": _("转办"), "subtitle": row.asked[:80]},
    )


@require_POST
def visit_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close an entry with its result; on the counter's page the line is drawn anew in its place."""
    close_visit(
        actor=request.actor,
        now=request.now,
        walk_in=get_visit(request.actor, uid),
        result=request.POST.get("result", ""),
    )
    if request.htmx:
        return render(request, "console/counter/visit_line.html", {"visit": get_visit(request.actor, uid)})
    messages.success(request, _("已办结。"))
    return redirect("console:counter:visit_view", uid)


@require_POST
def visit_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry back that was written down in error."""
    row = editable(request, uid)
    void_visit(actor=request.actor, now=request.now, walk_in=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:counter:visit_list")


def _form(request: FeidiRequest, row: WalkIn) -> LeadForm:
    initial = {
        "sponsor": row.unit,
        "contact_name": row.visitor,
        "one_line": row.asked[:300],
        "source_channel": "来访",
        "kind": ProjectKind.ENTERPRISE,
    }
    form = LeadForm(sent(request), outposts=Outpost.objects.filter(pk=row.outpost_id), initial=initial)
    if row.phone_hint:
        form.fields["contact_phone"].help_text = _("空着就用登记时留的 {hint}").format(hint=row.phone_hint)
    return form


@require_http_methods(["GET", "POST"])
def visit_lead(request: FeidiRequest, uid: str) -> HttpResponse:
    """Turn a visit into a lead: what was said at the counter stands in the form, the entry is closed with it."""
    row = editable(request, uid)
    form, made = _form(request, row), list[Project]()

    def save(data: dict[str, Any]) -> None:
        lead = Lead(**{name: data[name] for name in LEAD_FIELDS} | {"kind": ProjectKind(data["kind"])})
        said = Said(**{name: data[name] for name in SAID_FIELDS}, text=row.asked)
        owner = request.user if isinstance(request.user, User) else None
        made.append(
            turn_into_lead(actor=request.actor, now=request.now, walk_in=row, lead=lead, said=said, owner=owner)
        )

    onward = reverse("console:counter:visit_view", args=[uid])
    response = save_page(
        request,
        template="console/counter/visit_lead.html",
        form=form,
        save=save,
        done=_("线索已登记，来访登记随之办结。"),
        onward=onward,
        fields=FIELDS,
        extra={"row": row},
    )
    return redirect("console:pipeline:project_view", made[0].uid) if made else response
