"""What owners released to the outpost, and taking it up for publication."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.showcase.access import EDIT, VIEW, staff_sees
from feidi.domain.showcase.fields import FIELDS, NAME
from feidi.domain.showcase.models import Publication, Sheet
from feidi.domain.showcase.selectors.publications import get_sheet, list_sheets
from feidi.domain.showcase.services.drafts import take_up_sheet
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.showcase import presenting
from feidi.portals.console.showcase.forms import HoldBackForm, SheetFilterForm
from feidi.portals.console.showcase.publications import FORM
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def sheet_list(request: FeidiRequest) -> HttpResponse:
    """What owners have released field by field; nothing else of theirs can be published."""
    require(request.actor, VIEW)
    form = SheetFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    rows = list_sheets(request.actor, words=given.get("words") or "", outpost_id=outpost.pk if outpost else None)
    context = {
        **listed(request, rows, presenting.SHEET_COLUMNS, presenting.sheet_rows, sorts={}),
        "title": _("所有方公开的资料"),
        "subtitle": _("由单位自己逐项同意；本驻点可以少公开，不能多公开。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:showcase:sheet_list"),
        "actions": [],
        "copy_text": "",
        "empty_title": _("还没有单位同意公开"),
        "empty_text": _("请入驻企业或本地企业在“公开展示”里勾选要公开的字段。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/showcase/sheet_list.html", context)


@require_http_methods(["GET", "POST"])
def sheet_take(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin its publication: choose what is held back."""
    sheet = get_sheet(request.actor, uid)
    if not staff_sees(request.actor, sheet.outpost_id):
        raise Sheet.DoesNotExist
    require(request.actor, EDIT, outpost_scope(sheet.outpost_id))
    made: list[Publication] = []

    def save(data: dict[str, Any]) -> None:
        held = tuple(data["held_back"])
        made.append(take_up_sheet(actor=request.actor, now=request.now, sheet=sheet, held_back=held))

    offered = [(each.code, each.label) for each in FIELDS[sheet.kind] if each.code in sheet.released]
    form = HoldBackForm(sent(request), offered=[each for each in offered if each[0] != NAME])
    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已起草，送审后由另一位同事发布。"),
        onward=reverse("console:showcase:sheet_list"),
        extra={"title": sheet.label, "subtitle": sheet.organization.name, "submit": _("起草发布")},
    )
    if made:
        response["Location"] = reverse("console:showcase:publication_view", args=[made[0].uid])
    return response
