"""Consents and requests about one's own data, written down for the person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.talent.enums import GivenHow, RequestKind
from feidi.domain.talent.selectors.catalogue import catalogue_of
from feidi.domain.talent.services.consents import NewConsent, ask_about_data, give_consent, withdraw_consent
from feidi.domain.talent.services.requests import decline_request
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.talents.asking import FORM, editable, scan_of, talent_url
from feidi.portals.console.talents.forms import ConsentForm, DataRequestForm
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def consent_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down a consent; the texts stand above the form, in the words for this person's papers."""
    row = editable(request, uid)
    catalogue = catalogue_of(row.outpost, request.today)

    def save(data: dict[str, Any]) -> None:
        scan = scan_of(data["paper"], data["mark_reason"])
        how = GivenHow(data["given_how"])
        new = NewConsent(data["purpose"], how, data["given_on"], data["keep_until"], scan)
        give_consent(actor=request.actor, now=request.now, talent=row, new=new)

    initial = {"given_on": request.today, "given_how": GivenHow.PAPER}
    return save_page(
        request,
        template="console/talents/consent_add.html",
        form=ConsentForm(*uploaded(request), catalogue=catalogue, initial=initial),
        save=save,
        done=_("同意已登记。"),
        onward=talent_url(uid),
        fields={
            "talent.consent_paper_missing": "paper",
            "talent.consent_stands": "purpose",
            "talent.consent_too_long": "keep_until",
            "talent.date_in_future": "given_on",
        },
        extra={
            "title": _("登记同意"),
            "subtitle": row.number,
            "submit": _("保存"),
            "texts": [(each, each.text_of(row.origin)) for each in catalogue.consents],
        },
    )


@require_POST
def consent_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Write down that a consent was withdrawn."""
    row = editable(request, uid)
    consent = row.consents.select_related("talent").get(uid=entry)
    withdraw_consent(actor=request.actor, now=request.now, consent=consent, how=GivenHow.RECORDED)
    messages.success(request, _("已登记撤回；没有其他有效同意的，已列入“超期保存”。"))
    return redirect(talent_url(uid))


@require_http_methods(["GET", "POST"])
def request_add(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Write down that a person asks to have their data exported or erased."""
    row = editable(request, uid)
    if kind not in RequestKind.values:
        raise Http404
    return save_page(
        request,
        template=FORM,
        form=DataRequestForm(sent(request)),
        save=lambda data: ask_about_data(
            actor=request.actor, now=request.now, talent=row, kind=RequestKind(kind), how=GivenHow(data["how"])
        ),
        done=_("已记下，列入待办。"),
        onward=talent_url(uid),
        extra={"title": str(RequestKind(kind).label), "subtitle": row.number, "submit": _("保存")},
    )


@require_POST
def request_decline(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Answer a request with why it is not done."""
    row = editable(request, uid)
    asked = row.requests.select_related("talent").get(uid=entry)
    decline_request(actor=request.actor, now=request.now, request=asked, reason=request.POST.get("reason", ""))
    messages.success(request, _("已答复，原因会显示给本人。"))
    return redirect(talent_url(uid))
