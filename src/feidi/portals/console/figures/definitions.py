"""口径确认单: versions of what the figures mean, printed, signed by both sides, compared with today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import DefinitionSheet
from feidi.domain.reporting.selectors.definitions import (
    CONVENTIONS,
    KIND,
    changes_between,
    definitions_today,
    get_sheet,
    list_sheets,
    sheet_data,
    signed_days,
    standing_of,
)
from feidi.domain.reporting.selectors.figures import COUNT, VIEW, outposts_counted
from feidi.domain.reporting.services.definitions import ISSUE, make_sheet, print_sheet
from feidi.engines.measures import INDICATORS
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.portals.console.papers.signing import prints_of, signed_copy_page
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_safe
def definition_list(request: FeidiRequest) -> HttpResponse:
    """The versions of each outpost: which is signed, and whether today's definitions are still those."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    sheets = list(list_sheets(request.actor))
    days = signed_days(sheets)
    context = {
        "outposts": [_outpost(request.actor, each) for each in outposts_counted(request.actor)],
        "sheets": [{"row": each, "signed_on": days.get(each.uid)} for each in sheets],
        "back_url": reverse("console:figures:figure_list"),
    }
    return render(request, "console/figures/definition_list.html", context)


def _outpost(actor: Actor, outpost: Outpost) -> dict[str, Any]:
    stands = standing_of(outpost)
    fresh = stands.newest is None or bool(changes_between(stands.newest.definitions, definitions_today()))
    return {
        "row": outpost,
        "badge": _badge(stands.signed, stands.changed),
        "signed": stands.signed,
        "signed_on": stands.signed_on,
        "changed": [INDICATORS[code].label.zh for code in INDICATORS if stands.signed and code in stands.changed],
        "may_make": fresh and actor.may(ISSUE, outpost_scope(outpost.pk)),
    }


def _badge(signed: DefinitionSheet | None, changed: frozenset[str]) -> Badge:
    if signed is None:
        return Badge(_("口径未确认"), "warn")
    words = _("第 {n} 版已确认").format(n=signed.revision)
    return Badge(_("口径已变，待确认新版"), "warn") if changed else Badge(words, "ok")


@require_safe
def definition_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One version: every figure with its definition, what differs from the version before, its prints and signatures."""
    sheet = get_sheet(request.actor, uid)
    before = DefinitionSheet.objects.filter(outpost=sheet.outpost_id, revision=sheet.revision - 1).first()
    changed = changes_between(before.definitions, sheet.definitions) if before else frozenset()
    was = {each["code"]: each["formula"] for each in before.definitions} if before else {}
    context = {
        "sheet": sheet,
        "title": _("口径确认单（第 {n} 版）").format(n=sheet.revision),
        "crumbs": [Crumb(_("口径确认单"), reverse("console:figures:definition_list")), Crumb(str(sheet.revision))],
        "lines": [
            {"said": each, "changed": each["code"] in changed, "was": was.get(each["code"], "")}
            for each in sheet.definitions
        ],
        "conventions": CONVENTIONS,
        "prints": prints_of(Subject(KIND, sheet.uid)),
        "may_issue": request.actor.may(ISSUE, outpost_scope(sheet.outpost_id)),
    }
    return render(request, "console/figures/definition_view.html", context)


@require_POST
def definition_make(request: FeidiRequest, uid: str) -> HttpResponse:
    """Freeze today's definitions as the next version of an outpost."""
    outpost = outposts_counted(request.actor).get(uid=uid)
    sheet = make_sheet(actor=request.actor, now=request.now, outpost=outpost, note=request.POST.get("reason", ""))
    messages.success(request, _("第 {n} 版已生成，请打印后由双方签章。").format(n=sheet.revision))
    return redirect("console:figures:definition_view", sheet.uid)


@require_POST
def definition_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print a version with a QR; what is printed is frozen under its hash."""
    form = print_sheet(actor=request.actor, now=request.now, sheet=get_sheet(request.actor, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def definition_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """Attach a photograph of the signed version; its QR says which print it is."""
    sheet = get_sheet(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(sheet.outpost_id))
    return signed_copy_page(
        request,
        subject=Subject(KIND, sheet.uid),
        title=_("口径确认单（第 {n} 版）").format(n=sheet.revision),
        onward=reverse("console:figures:definition_view", args=[uid]),
        current_data=sheet_data(sheet),
    )
