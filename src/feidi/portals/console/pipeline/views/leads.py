"""A new lead: typed, or pasted out of a chat; what looks like it is shown at once, with why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.parties.likeness import reason_words as likeness_words
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.duplicates import Alike, find_alike
from feidi.domain.pipeline.enums import ProjectKind
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.first_report_likeness import is_telling
from feidi.domain.pipeline.selectors.first_reports import find_live_claim, reported_of
from feidi.domain.pipeline.services.first_report_registering import Said, find_likenesses, register_said_lead
from feidi.domain.pipeline.services.registering import Lead
from feidi.engines.findings import Finding, Level
from feidi.kernel.identity.models import User
from feidi.portals.console.first_reports.presenting import reason_words
from feidi.portals.console.pipeline.forms import SOURCES
from feidi.portals.console.pipeline.lead_form import LEAD_FIELDS, SAID_FIELDS, LeadForm, PasteForm
from feidi.portals.console.pipeline.pasting import Pasted, read_pasted
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import INVALID, save_page, sent
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.requests import FeidiRequest

EDIT = "project.edit"
FIELDS = {
    "parties.phone_malformed": "contact_phone",
    "parties.uscc_invalid": "uscc",
    "pipeline.duplicate": "not_a_duplicate",
    "pipeline.plaque_unknown": "plaques",
}


@require_http_methods(["GET", "POST"])
def project_paste(request: FeidiRequest) -> HttpResponse:
    """Paste a message; the answer is the lead form with what was read in it, each to be confirmed."""
    require(request.actor, EDIT)
    form = PasteForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        status = INVALID if request.method == "POST" else 200
        return render(request, "console/pipeline/project_paste.html", {"form": form}, status=status)
    pasted = read_pasted(form.cleaned_data["text"], request.today)
    outposts = outposts_of(request.actor, EDIT)
    values = {**pasted.values, "pasted": pasted.message.message}
    lead_form = LeadForm(initial=values, outposts=outposts)
    lead_form.mark(pasted.hints)
    outpost = outposts.first()
    alike = _alike(request, outpost, values) if outpost else {}
    return render(request, "console/pipeline/project_new.html", {**_page(lead_form, pasted), **alike})


@require_http_methods(["GET", "POST"])
def project_new(request: FeidiRequest) -> HttpResponse:
    """Register a lead, in under a minute; a message it came from is kept as the first entry of its timeline."""
    require(request.actor, EDIT)
    form = LeadForm(sent(request), outposts=outposts_of(request.actor, EDIT))
    written = request.POST.get("pasted", "")
    pasted = read_pasted(written, request.today) if written else None
    if pasted is not None:
        unchanged = {name for name, value in pasted.values.items() if request.POST.get(name) == str(value)}
        form.mark({name: hint for name, hint in pasted.hints.items() if name in unchanged})
    made: list[Project] = []

    def save(data: dict[str, Any]) -> None:
        owner = request.user if isinstance(request.user, User) else None
        lead = Lead(**{name: data[name] for name in LEAD_FIELDS} | {"kind": ProjectKind(data["kind"])})
        said = Said(
            **{name: data[name] for name in SAID_FIELDS},
            text=pasted.message.masked() if pasted else "",
            phones=pasted.phones if pasted else (),
        )
        made.append(
            register_said_lead(
                actor=request.actor, now=request.now, outpost=data["outpost"], lead=lead, said=said, owner=owner
            )
        )

    response = save_page(
        request,
        template="console/pipeline/project_new.html",
        form=form,
        save=save,
        done=_("线索已登记。"),
        onward=reverse("console:pipeline:project_list"),
        fields=FIELDS,
        extra=_page(form, pasted),
    )
    if not made:
        return response
    _say_first_report(request, made[0])
    return redirect("console:pipeline:project_view", made[0].uid)


def _say_first_report(request: FeidiRequest, project: Project) -> None:
    """Say at once whether the right to talks holds, or which sister outpost reported the same investor, since when."""
    claim = find_live_claim(project)
    if claim is not None and claim.window_to is not None:
        messages.success(request, _("首报已登记，首谈期至 {on}。").format(on=claim.window_to))
    for each in claim.checked if claim is not None else ():
        words = _("{outpost}自 {since} 起也报过同一投资方（{why}），首谈权待主办单位裁定。")
        messages.warning(
            request,
            words.format(outpost=each["outpost"], since=each["since"], why=reason_words(each["reasons"])),
        )


@require_GET
def project_duplicates(request: FeidiRequest) -> HttpResponse:
    """What looks like the lead being typed: own projects with reasons, others' only as existing."""
    asked = request.GET.get("outpost", "")
    outpost = next((each for each in outposts_of(request.actor, EDIT) if str(each.pk) == asked), None)
    found = _alike(request, outpost, request.GET.dict()) if outpost else {}
    return render(request, "console/pipeline/project_duplicates.html", {"found": [], "elsewhere": [], **found})


def _alike(request: FeidiRequest, outpost: Outpost, values: dict[str, Any]) -> dict[str, Any]:
    """Return own projects and units that look like it, each with why, and what may be said of what only others know.

    ``find_alike`` compares names; telephones, persons with their subject and first reports are the pipeline's.
    """
    given = {name: str(values.get(name) or "") for name in ("name", "sponsor", "uscc")}
    contact = str(values.get("contact_name") or "")
    likenesses = find_likenesses(
        outpost,
        **given,
        phone=str(values.get("contact_phone") or ""),
        contact=contact,
        text=f"{given['name']} {values.get('one_line') or ''}",
    )
    reported = reported_of([each.project for each in likenesses])
    found = [
        {
            "url": reverse("console:pipeline:project_view", args=[each.project.uid]),
            "title": f"{each.project.code} {each.project.name}",
            "who": each.project.owner_text,
            "reported": business_date(reported[each.project.pk]) if each.project.pk in reported else None,
            "sponsor": each.project.sponsor_name,
            "why": reason_words(why.value for why in each.reasons),
        }
        for each in likenesses
    ]
    person = contact if is_telling(contact) else ""
    named = find_alike(request.actor, outpost, given["sponsor"] or given["name"], given["uscc"], person)
    shown = {each.project.uid for each in likenesses}
    found += [_line_of(each) for each in named if not each.elsewhere and each.uid not in shown]
    return {"found": found, "elsewhere": [_told(each) for each in named if each.elsewhere]}


def _line_of(each: Alike) -> dict[str, Any]:
    page = "pipeline:project_view" if each.kind == "pipeline.project" else "parties:organization_view"
    return {
        "url": reverse(f"console:{page}", args=[each.uid]),
        "title": f"{each.number} {each.name}".strip(),
        "who": each.who,
        "reported": None,
        "sponsor": "",
        "why": "、".join(likeness_words(each.reasons)),
    }


def _told(each: Alike) -> Finding:
    said = {"since": each.since.isoformat(), "outpost": each.outpost, "phone": each.phone}
    return Finding(Level.NOTE, "parties.organization_known_elsewhere", said)


def _page(form: LeadForm, pasted: Pasted | None) -> dict[str, Any]:
    onward = reverse("console:pipeline:project_list")
    return {"form": form, "sources": SOURCES, "pasted": pasted, "found": [], "elsewhere": [], "onward": onward}
