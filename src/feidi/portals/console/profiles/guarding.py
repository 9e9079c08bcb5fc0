"""Who must not see it, who has signed for it, who saw it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.enums import Viewed
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import agreements_of
from feidi.domain.matching.services.profile_blocks import block_organization, unblock_organization
from feidi.domain.matching.services.profile_readings import (
    Sent,
    record_confidentiality_agreement,
    record_sending,
    void_confidentiality_agreement,
)
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.lookup import lookup_organization
from feidi.engines.findings import refuse
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.profiles.acts import FORM
from feidi.portals.console.profiles.forms import AgreementForm, BlockForm, SendingForm
from feidi.portals.console.profiles.views import editable, record_url
from feidi.portals.ui.requests import FeidiRequest

_AT = {
    "matching.firm_unknown": "firm",
    "matching.agreement_future": "signed_on",
    "matching.agreement_ends": "until",
}


def _firm(request: FeidiRequest, words: str) -> Organization:
    """Return the one organization of this name, alias or number that the actor may see. Refused: none, several."""
    found = lookup_organization(request.actor, words).visible
    if len(found) != 1:
        raise refuse("matching.firm_unknown", name=words, n=len(found))
    return found[0]


@require_http_methods(["GET", "POST"])
def block_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a firm on the block list."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        firm = _firm(request, data["firm"])
        block_organization(actor=request.actor, now=request.now, profile=row, organization=firm, reason=data["reason"])

    return save_page(
        request,
        template=FORM,
        form=BlockForm(sent(request)),
        save=save,
        done=_("已屏蔽：它和它的关联单位、项目都看不到这一条。"),
        onward=record_url(uid),
        fields={**_AT, "matching.block_owner": "firm", "matching.block_twice": "firm"},
        extra={"title": _("加入屏蔽名单"), "subtitle": row.title, "note": _("只写竞争对手等绝不能看到的单位。")},
    )


@require_POST
def block_lift(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take a firm off the block list, with a reason."""
    row = editable(request, uid)
    block = row.blocks.filter(organization__uid=entry).select_related("organization").first()
    if block is None:
        raise Http404
    unblock_organization(
        actor=request.actor,
        now=request.now,
        profile=row,
        organization=block.organization,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已从屏蔽名单移出，记录保留。"))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def agreement_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a signed confidentiality agreement."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        record_confidentiality_agreement(
            actor=request.actor,
            now=request.now,
            profile=row,
            organization=_firm(request, data["firm"]),
            signed_on=data["signed_on"],
            until=data["until"],
            file=_stored(request, row, data["file"]),
        )

    return save_page(
        request,
        template=FORM,
        form=AgreementForm(*uploaded(request), initial={"signed_on": request.today}),
        save=save,
        done=_("保密协议已登记。"),
        onward=record_url(uid),
        fields=_AT,
        extra={"title": _("登记保密协议"), "subtitle": row.title, "note": ""},
    )


def _stored(request: FeidiRequest, row: Profile, file: Any) -> Any:
    if file is None:
        return None
    subject = Subject("matching.profile", row.uid)
    return store_upload(actor=request.actor, now=request.now, subject=subject, name=file.name, chunks=file.chunks())


@require_POST
def agreement_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take a confidentiality agreement back, with a reason."""
    row = editable(request, uid)
    agreement = agreements_of(row).filter(uid=entry).first()
    if agreement is None:
        raise Http404
    void_confidentiality_agreement(
        actor=request.actor, now=request.now, agreement=agreement, reason=request.POST.get("reason", "")
    )
    messages.success(request, _("保密协议已作废，完整文本对该单位关闭。"))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def reading_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note who was shown a version on paper or as a picture."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        firm = _firm(request, data["firm"]) if data["firm"].strip() else None
        to = Sent(organization=firm, reader=data["reader"])
        record_sending(actor=request.actor, now=request.now, profile=row, what=Viewed(data["what"]), sent=to)

    return save_page(
        request,
        template=FORM,
        form=SendingForm(sent(request)),
        save=save,
        done=_("已记入“谁看过”。"),
        onward=record_url(uid),
        fields={**_AT, "matching.reading_blocked": "firm", "matching.reading_not_open": "what"},
        extra={
            "title": _("登记给谁看过"),
            "subtitle": row.title,
            "note": _("纸面、微信图片、当面看都算；在系统里看的由系统自己记。"),
        },
    )
