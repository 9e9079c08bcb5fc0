"""What is done with a ceremony's list: adding, changing, ordering, striking off, taking the whole back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.models import CeremonyItem
from feidi.domain.liaison.selectors.ceremonies import get_ceremony, get_item
from feidi.domain.liaison.services.ceremonies import (
    add_item,
    edit_item,
    link_agreement,
    move_item,
    remove_item,
    void_ceremony,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.kernel.audit import recorded
from feidi.portals.console.ceremonies.forms import ItemEditForm, ItemForm
from feidi.portals.console.ceremonies.views import FORM, editable, record_url
from feidi.portals.console.daily import EDIT
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def item_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put one more project on the list."""
    row = editable(request, uid)
    outposts = Outpost.objects.filter(pk=row.outpost_id)
    return save_page(
        request,
        template=FORM,
        form=ItemForm(sent(request), actor=request.actor, outposts=outposts),
        save=lambda data: add_item(actor=request.actor, now=request.now, ceremony=row, **data),
        done=_("项目已列入名单。"),
        onward=record_url(uid),
        fields={"liaison.listed_already": "project", "liaison.other_outpost": "project"},
        extra={"title": _("增加签约项目"), "subtitle": row.title},
    )


def _item(request: FeidiRequest, uid: str) -> CeremonyItem:
    item = get_item(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(item.ceremony.outpost_id))
    return item


@require_http_methods(["GET", "POST"])
def item_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down who signs, the seat cards, and which agreement of the day it is."""
    item = _item(request, uid)
    act: dict[str, Any] = {"actor": request.actor, "now": request.now, "item": item}
    initial = {name: getattr(item, name) for name in ItemEditForm.base_fields}

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            named = {name: data[name] for name in ("signatories", "seat_cards")}
            edit_item(version=data["version"], **named, **act)
            if data["agreement"] != item.agreement:
                link_agreement(agreement=data["agreement"], **act)

    return save_page(
        request,
        template=FORM,
        form=ItemEditForm(sent(request), item=item, initial=initial),
        save=save,
        done=_("已保存。"),
        onward=record_url(item.ceremony.uid),
        extra={"title": item.project.name, "subtitle": item.ceremony.title},
    )


@require_POST
def item_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a project before the one above it."""
    item = _item(request, uid)
    move_item(actor=request.actor, now=request.now, item=item)
    return redirect(record_url(item.ceremony.uid))


@require_POST
def item_remove(request: FeidiRequest, uid: str) -> HttpResponse:
    """Strike a project off the list with a reason."""
    item = _item(request, uid)
    remove_item(actor=request.actor, now=request.now, item=item, reason=request.POST.get("reason", ""))
    messages.success(request, _("已从名单移出，协议不受影响。"))
    return redirect(record_url(item.ceremony.uid))


@require_POST
def ceremony_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a ceremony back with a reason; agreements stay."""
    row = get_ceremony(request.actor, uid)
    void_ceremony(actor=request.actor, now=request.now, ceremony=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，协议不受影响，记录仍可查。"))
    return redirect("console:ceremonies:ceremony_list")
