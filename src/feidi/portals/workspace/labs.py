"""Laboratories that a tenant may use, from its own page: the directory, asking, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.incubation.access import REPORT_OWN, is_own
from feidi.domain.incubation.enums import LabState
from feidi.domain.incubation.models import LabEntry
from feidi.domain.incubation.selectors.labs import LEVELS, list_labs
from feidi.domain.incubation.services.labs import ask_lab, withdraw_lab
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.tenancy import own_tenancy, reporting_tenancy, tenancy_url

INVALID, REFUSED = 422, 409
_FIELDS = {"incubation.lab_level_low": "biosafety", "incubation.lab_purpose_needed": "purpose"}


class LabAskForm(Form):
    """What one needs of a laboratory."""

    purpose = forms.CharField(
        label=gettext_lazy("要做什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("测什么、什么样品、多少个、几时要"),
    )
    biosafety = forms.ChoiceField(
        label=gettext_lazy("要哪一级生物安全"),
        required=False,
        choices=[("", gettext_lazy("不要求")), *((each.value, each.label) for each in LEVELS)],
    )


def _price(lab: LabEntry) -> Money | None:
    return None if lab.price_fen is None else Money(lab.price_fen, lab.currency)


@require_safe
def lab_list(request: FeidiRequest, uid: str) -> HttpResponse:
    """Laboratories one may ask for, and what came of one's own requests; never who else used them."""
    row = own_tenancy(request, uid)
    words = request.GET.get("words", "").strip()
    labs = list_labs(request.actor, outpost=row.outpost, open_to=row.kind, words=words)
    uses = row.lab_uses.filter(voided_at__isnull=True).select_related("lab").order_by("-asked_on", "-id")
    context = {
        "row": row,
        "words": words,
        "labs": [(each, _price(each)) for each in labs[:100]],
        "uses": [(each, None if each.fee_fen is None else Money(each.fee_fen, each.currency)) for each in uses[:50]],
        "may": row.ended_on is None and is_own(request.actor, row, REPORT_OWN),
        "early": {LabState.ASKED, LabState.AGREED},
        "crumbs": [
            Crumb(_("我的入驻"), reverse("workspace:tenancy_list")),
            Crumb(row.number, tenancy_url(uid)),
            Crumb(_("无界实验室")),
        ],
    }
    return render(request, "workspace/lab_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lab_ask(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Ask for a laboratory of the directory."""
    row = reporting_tenancy(request, uid)
    lab = get_object_or_404(list_labs(request.actor, outpost=row.outpost), uid=entry)
    form, status = LabAskForm(request.POST if request.method == "POST" else None), 200
    back = reverse("workspace:lab_list", args=[uid])
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                data: dict[str, Any] = form.cleaned_data
                ask_lab(actor=request.actor, now=request.now, lab=lab, tenancy=row, **data)
            except RefusedError as error:
                add_refusal(form, error.refusal, _FIELDS)
                status = REFUSED
            else:
                messages.success(request, _("已申请，驻点去问实验室，答复会写在这里。"))
                return redirect(back)
    context = {
        "form": form,
        "title": _("申请用实验室"),
        "note": f"{lab.title}　{lab.conditions}".strip(),
        "back": back,
        "crumbs": [Crumb(_("无界实验室"), back), Crumb(lab.title)],
    }
    return render(request, "workspace/tenancy_form.html", context, status=status)


@require_POST
def lab_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back what one asked for, before a sample was handed over."""
    row = reporting_tenancy(request, uid)
    use = get_object_or_404(row.lab_uses, uid=entry)
    withdraw_lab(actor=request.actor, now=request.now, use=use)
    messages.success(request, _("已撤回。"))
    return redirect("workspace:lab_list", uid)
