"""An investor who signs in says interest in a project that is on show, for the own firm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Organization
from feidi.domain.roadshow.models import Entry
from feidi.domain.roadshow.roadshow_access import INTEREST
from feidi.domain.roadshow.selectors.roadshows import on_show_for
from feidi.domain.roadshow.services.interests import Interested, show_interest
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.requests import FeidiRequest

INVALID, REFUSED = 422, 409


class InterestForm(Form):
    """Which project, how much; the firm is the account's own."""

    entry = forms.ModelChoiceField(label=gettext_lazy("项目"), queryset=Entry.objects.none())
    amount = MoneyTextField(
        label=gettext_lazy("单笔金额"), required=False, help_text=gettext_lazy("可不填；如 500万元")
    )
    note = forms.CharField(label=gettext_lazy("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        rows = Entry.objects.filter(pk__in=[each.pk for each in entries])
        field.queryset = rows.select_related("project", "round__roadshow")  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: f"{each.round.roadshow.title_zh} {each.project.name}"  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def interest_say(request: FeidiRequest) -> HttpResponse:
    """Say interest in a project on show, for the own firm; said again it is the same interest, brought up to date."""
    require(request.actor, INTEREST)
    entries, status = on_show_for(request.actor, request.now), 200
    form = InterestForm(request.POST if request.method == "POST" else None, entries=entries)
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                _say(request, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已收到，驻点会联系项目和您。"))
                return redirect("workspace:judging:interest_say")
    context = {"form": form, "entries": entries}
    return render(request, "workspace/judging/interest_say.html", context, status=status)


def _say(request: FeidiRequest, data: dict[str, Any]) -> None:
    firm = _firm(request.actor, data["entry"])
    said = Interested(organization=firm, ticket=data["amount"].exact, note=data["note"])
    show_interest(actor=request.actor, now=request.now, entry=data["entry"], said_by=said)


def _firm(actor: Actor, entry: Entry) -> Organization:
    """Return the own firm that the show's outpost knows."""
    firms = actor.scopes(INTEREST, ScopeKind.ORGANIZATION)
    return Organization.objects.filter(pk__in=firms, links__outpost=entry.round.roadshow.outpost_id).order_by("pk")[0]
